/* The whole organisation as a tree: finding, opening and closing all, branches from pages of their own. */
(() => {
  const tree = document.querySelector(".rb-branches")
  const form = document.querySelector(".rb-filter")
  if (!tree || !form || form.dataset.ready) return
  form.dataset.ready = "yes"
  const find = form.querySelector("input")
  const status = form.querySelector("select")
  const said = form.querySelector("output")

  const rows = () => [...tree.querySelectorAll("li[id]")]
  const cut = () => [...tree.querySelectorAll("details[data-branch]")]

  /* A branch that has pages of its own is taken from there, and leads there where that fails. */
  const load = async (details) => {
    const pages = details.dataset.branch.split(" ").map((page) => new URL(page, document.baseURI))
    delete details.dataset.branch
    try {
      const parts = await Promise.all(pages.map(fetched))
      details.querySelector("ul").replaceChildren(...parts.flatMap((part) => [...part.children]))
    } catch {
      /* Without the network, or opened as a file: the link is there. */
    }
  }
  const fetched = async (page) => {
    const html = await (await fetch(page)).text()
    const branch = new DOMParser().parseFromString(html, "text/html").querySelector(".rb-branches")
    const absolute = (address) => new URL(address, page).href
    for (const link of branch.querySelectorAll("a")) link.href = absolute(link.getAttribute("href"))
    for (const cut of branch.querySelectorAll("[data-branch]")) {
      cut.dataset.branch = cut.dataset.branch.split(" ").map(absolute).join(" ")
    }
    for (const first of branch.querySelectorAll(":scope > li > details")) first.open = false
    return branch
  }
  const loadAll = async () => {
    for (let branches = cut(); branches.length; branches = cut()) await Promise.all(branches.map(load))
  }
  tree.addEventListener("toggle", (event) => event.target.dataset.branch && load(event.target), true)

  const filter = async () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean)
    const sought = words.length > 0 || status.value !== ""
    if (sought) await loadAll()
    let found = 0
    /* Backwards, so that a row knows whether something below it is shown. */
    for (const item of rows().reverse()) {
      const [key, title, detail] = item.firstElementChild.children
      const text = `${title.textContent} ${detail.textContent}`
      const here =
        words.every((word) => text.toLowerCase().includes(word)) &&
        (!status.value || key.classList.contains(`rb-${status.value}`))
      const below = item.querySelector(":scope > details > ul > li:not([hidden])") !== null
      found += here
      item.hidden = sought && !here && !below
      item.classList.toggle("rb-found", sought && here)
      if (sought && below) item.lastElementChild.open = true
    }
    said.textContent = !sought ? "" : found === 1 ? "1 role" : `${found.toLocaleString("en")} roles`
  }
  let soon
  form.addEventListener("input", () => {
    clearTimeout(soon)
    soon = setTimeout(filter, 150)
  })
  form.addEventListener("submit", (event) => event.preventDefault())
  form.addEventListener("click", async ({ target }) => {
    if (target.tagName !== "BUTTON") return
    if (target.value === "open") await loadAll()
    for (const details of tree.querySelectorAll("details")) details.open = target.value === "open"
  })
  form.hidden = false

  /* The address of a role's row opens the branches around it. */
  const show = () => {
    const row = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!row || !tree.contains(row)) return
    for (let above = row.parentElement; above !== tree; above = above.parentElement) {
      if (above.tagName === "DETAILS") above.open = true
    }
    row.scrollIntoView({ block: "center" })
  }
  addEventListener("hashchange", show)
  show()
})()
