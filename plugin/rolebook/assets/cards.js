/* Cards of the org chart: finding, folds, arrow keys, branches from other pages. */
(() => {
  const tree = document.querySelector(".rb-branches")
  const form = document.querySelector(".rb-filter")
  if (!tree || !form || form.dataset.ready) return
  form.dataset.ready = "yes"
  const find = form.querySelector("input")
  const status = form.querySelector("select")
  const said = document.querySelector(".rb-tools output")

  const language = form.dataset.language
  const forms = JSON.parse(form.dataset.found)
  const kind = new Intl.PluralRules(language)
  const inWords = (number) => (forms[kind.select(number)] ?? forms.other).replace("{}", number.toLocaleString(language))

  const rows = () => [...tree.querySelectorAll("li[id]")]
  const cut = () => [...tree.querySelectorAll("details[data-branch]")]

  /* A branch that has pages of its own is taken from there, and leads there where that fails. */
  const load = async (details) => {
    const pages = details.dataset.branch.split(" ").map((page) => new URL(page, document.baseURI))
    const id = details.closest("li").id
    delete details.dataset.branch
    try {
      const parts = await Promise.all(pages.map((page) => fetched(page, id)))
      details.querySelector("ul").replaceChildren(...parts.flatMap((part) => [...part.children]))
    } catch {
      /* Without the network, or opened as a file: the link is there. */
    }
  }
  const fetched = async (page, id) => {
    const html = await (await fetch(page)).text()
    const there = new DOMParser().parseFromString(html, "text/html")
    /* The chart of one role begins with it. */
    const branch =
      there.querySelector(`#${CSS.escape(id)} > .rb-across`) ?? there.querySelector(".rb-branches")
    const absolute = (address) => new URL(address, page).href
    for (const link of branch.querySelectorAll("a")) link.href = absolute(link.getAttribute("href"))
    for (const photo of branch.querySelectorAll("img")) photo.src = absolute(photo.getAttribute("src"))
    for (const cut of branch.querySelectorAll("[data-branch]")) {
      cut.dataset.branch = cut.dataset.branch.split(" ").map(absolute).join(" ")
    }
    for (const first of branch.children) {
      first.removeAttribute("class")
      const below = first.querySelector(":scope > details")
      if (below) below.open = false
    }
    return branch
  }
  const loadAll = async () => {
    for (let branches = cut(); branches.length; branches = cut()) await Promise.all(branches.map(load))
  }
  tree.addEventListener("toggle", (event) => event.target.dataset.branch && load(event.target), true)

  /* Letters without their accents, so that "ines" finds Inês, and one apostrophe for all. */
  const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i" }
  const APOSTROPHES = /[’‘ʼ´`]/g
  const plain = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[łøđðßæœþı]/g, (letter) => LETTERS[letter])
      .replace(APOSTROPHES, "'")

  const filter = async () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean)
    const sought = words.length > 0 || status.value !== ""
    if (sought) await loadAll()
    let found = 0
    let covers = 0
    /* Backwards, so that a row knows whether something below it is shown. */
    for (const item of rows().reverse()) {
      const card = item.firstElementChild
      const [, title, holder] = card.children
      const { people = "", cover = "" } = card.dataset
      const text = plain(`${title.textContent} ${holder.textContent} ${people}`)
      const covered = `${text} ${plain(cover)}`
      const here =
        words.every((word) => covered.includes(word)) &&
        (!status.value || card.classList.contains(`rb-${status.value}`))
      const below = item.querySelector("li[id]:not([hidden])") !== null
      if (here) words.every((word) => text.includes(word)) ? found++ : covers++
      item.hidden = sought && !here && !below
      item.classList.toggle("rb-found", sought && here)
      const fold = item.querySelector(":scope > details")
      if (sought && below && fold) fold.open = true
    }
    tree.classList.toggle("rb-sought", sought)
    const roles = inWords(found)
    const both = form.dataset.covers.replace("{roles}", roles).replace("{number}", covers.toLocaleString(language))
    said.textContent = !sought ? "" : covers ? both : roles
  }
  let soon
  form.addEventListener("input", () => {
    clearTimeout(soon)
    soon = setTimeout(filter, 150)
  })
  form.addEventListener("submit", (event) => event.preventDefault())
  find.addEventListener("keydown", async (event) => {
    if (event.key === "Escape") {
      find.value = ""
      await filter()
    } else if (event.key === "Enter") {
      event.preventDefault()
      clearTimeout(soon)
      await filter()
      tree.querySelector(".rb-found > .rb-card > a")?.focus()
    }
  })
  form.addEventListener("click", async ({ target }) => {
    if (target.tagName !== "BUTTON") return
    if (target.value === "open") await loadAll()
    for (const details of tree.querySelectorAll("details")) details.open = target.value === "open"
  })
  form.hidden = false

  /* Up and down lead to the card before and after, left to the role above, right to the first one below. */
  const card = ":scope > .rb-card > a"
  tree.addEventListener("keydown", (event) => {
    const item = event.target.closest("li[id]")
    if (!item || event.target !== item.querySelector(card)) return
    const shown = rows().filter((row) => row.checkVisibility())
    const place = shown.indexOf(item)
    let goal
    if (event.key === "ArrowUp") goal = shown[place - 1]
    else if (event.key === "ArrowDown") goal = shown[place + 1]
    else if (event.key === "ArrowLeft") goal = item.parentElement.closest("li[id]")
    else if (event.key === "ArrowRight") {
      const fold = item.querySelector(":scope > details")
      if (fold) fold.open = true
      goal = item.querySelector("li[id]")
    }
    if (!goal) return
    event.preventDefault()
    goal.querySelector(card).focus()
  })

  /* The address of a role's card opens the branches around it. */
  const show = () => {
    const row = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!row || !tree.contains(row)) return
    for (let above = row.parentElement; above !== tree; above = above.parentElement) {
      if (above.tagName === "DETAILS") above.open = true
    }
    /* Where the page was replaced without loading, the browser knows no target. */
    row.classList.add("rb-found")
    row.scrollIntoView({ block: "center" })
  }
  addEventListener("hashchange", show)
  show()
})()
