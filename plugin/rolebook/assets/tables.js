/* Long tables: finding rows, also those in a fold and on further pages. Without a script, all are there. */
(() => {
  const form = document.querySelector(".rb-filter")
  const tables = [...document.querySelectorAll("table.rb-rows")]
  if (!form || !tables.length || form.dataset.ready) return
  form.dataset.ready = "yes"
  const find = form.querySelector("input")
  const said = document.querySelector(".rb-tools output")
  const rest = document.querySelector(".rb-rest")
  const rows = () => tables.flatMap((table) => [...table.tBodies[0].rows])

  /* The rows of the list's other pages are taken from there, once. */
  let whole
  const load = () => {
    const pages = new Set([...document.querySelectorAll(".rb-pager a")].map((page) => page.href))
    whole ??= Promise.all([...pages].map(fetched)).then((found) => {
      tables.at(-1).tBodies[0].append(...found.flat())
    })
    /* Without the network, or opened as a file: the pages are there. */
    return whole.catch(() => {})
  }
  const fetched = async (page) => {
    const html = await (await fetch(page)).text()
    const there = new DOMParser().parseFromString(html, "text/html")
    const found = [...there.querySelectorAll("table.rb-rows > tbody > tr")]
    for (const row of found) {
      for (const link of row.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), page)
    }
    return found
  }

  /* Letters without their accents, so that "ines" finds Inês. */
  const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i" }
  const plain = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[łøđðßæœþı]/g, (letter) => LETTERS[letter])

  const filter = async () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean)
    if (words.length) await load()
    let found = 0
    for (const row of rows()) {
      const text = plain([...row.querySelectorAll("a:not(.rb-edit_link), small")].map((each) => each.textContent).join(" "))
      row.hidden = !words.every((word) => text.includes(word))
      found += !row.hidden
    }
    if (rest) rest.open = words.length > 0
    said.textContent = !words.length ? "" : found === 1 ? "1 row" : `${found.toLocaleString("en")} rows`
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
      rows().find((row) => !row.hidden)?.querySelector("a").focus()
    }
  })
  form.hidden = false
})()
