/* Tables: finding rows, also those in a fold and on further pages, sorting them, saving what is shown.
   Without a script, all are there. */
(() => {
  const form = document.querySelector(".rb-filter")
  const tables = [...document.querySelectorAll("table.rb-rows")]
  if (!form || !tables.length || form.dataset.ready) return
  form.dataset.ready = "yes"
  const find = form.querySelector("input")
  const said = document.querySelector(".rb-tools output")
  const rest = document.querySelector(".rb-rest")
  const { language, thousands, decimal } = form.dataset
  const forms = JSON.parse(form.dataset.found)
  const kind = new Intl.PluralRules(language)
  const inWords = (number) => (forms[kind.select(number)] ?? forms.other).replace("{}", number.toLocaleString(language))

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

  const textOf = (cell) => cell.textContent.trim().replace(/\s+/g, " ")
  /* Figures as programs write them: without the sign between thousands, with a point before decimals. */
  const between = /\s/.test(thousands) ? "\\s" : thousands.replace(/\W/g, "\\$&")
  const BETWEEN = new RegExp(`(?<=\\d)${between}(?=\\d{3})`, "g")
  const figuresOf = (cell) => textOf(cell).replace(BETWEEN, "").replaceAll(decimal, ".").match(/\d+(\.\d+)?/g) ?? [""]

  const filter = async () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean)
    if (words.length) await load()
    let found = 0
    for (const row of rows()) {
      const named = row.querySelectorAll("a:not(.rb-edit_link), .rb-badge, small")
      const text = plain([...named].map((each) => each.textContent).join(" "))
      row.hidden = !words.every((word) => text.includes(word))
      found += !row.hidden
    }
    if (rest) rest.open = words.length > 0
    said.textContent = !words.length ? "" : inWords(found)
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

  /* A column is in the order of its days, its figures or its words; a row that says nothing comes last. */
  const words = new Intl.Collator(language, { numeric: true, sensitivity: "base" })
  const value = (cell) => cell.querySelector("time")?.dateTime ?? textOf(cell)
  const sort = async (head) => {
    await load()
    const down = head.ariaSort === "ascending"
    const figures = head.classList.contains("rb-figure")
    const key = (row) => {
      const cell = row.cells[head.cellIndex]
      const text = value(cell)
      return figures && text ? parseFloat(figuresOf(cell)[0]) : text
    }
    const keys = new Map(rows().map((row) => [row, key(row)]))
    const order = (one, other) => (figures ? one - other : words.compare(one, other)) * (down ? -1 : 1)
    const sorted = rows().sort((row, next) => {
      const [one, other] = [keys.get(row), keys.get(next)]
      return one === "" || other === "" ? (one === "") - (other === "") : order(one, other)
    })
    for (const each of head.parentElement.cells) each.ariaSort = each === head ? (down ? "descending" : "ascending") : null
    tables[0].tBodies[0].append(...sorted)
  }
  for (const head of document.querySelectorAll(".rb-sortable th:not(.rb-load)")) {
    const button = document.createElement("button")
    button.append(...head.childNodes)
    button.addEventListener("click", () => sort(head))
    head.append(button)
  }

  /* What a spreadsheet would take for a formula is made text, also behind what parts cells in other countries:
     the same as spreadsheet/guard.py does. */
  const FORMULA = /(^|[;\t\n\r])(["']*)(?=[=+\-@\t\r＝＋－＠])/g
  const quoted = (text) => `"${text.replace(FORMULA, "$1'$2").replaceAll('"', '""')}"`

  /* All that a row shows is saved: figures as numbers, without what they count, and a part that names a column in
     that one. A range of one figure is from that to that. */
  const columns = (head) => (head.dataset.columns ?? textOf(head)).split("|")
  const named = (cell, head) => {
    const names = columns(head)
    if (head.matches(".rb-figure, .rb-load")) {
      const found = figuresOf(cell)
      const other = "range" in head.dataset ? found[0] : ""
      return names.map((name, at) => [name, found[at] ?? other])
    }
    const own = cell.cloneNode(true)
    const beside = [...own.querySelectorAll("[data-column]")]
    for (const part of beside) part.remove()
    return [[names[0], value(own)], ...beside.map((part) => [part.dataset.column, part.dataset.value ?? textOf(part)])]
  }
  const save = async (name) => {
    await load()
    await filter()
    const heads = [...tables[0].tHead.rows[0].cells]
    const names = heads.flatMap(columns)
    const lines = rows()
      .filter((row) => !row.hidden)
      .map((row) => new Map(heads.flatMap((head, at) => named(row.cells[at], head))))
      .map((row) => names.map((name) => row.get(name) ?? ""))
    const csv = [names, ...lines].map((cells) => cells.map(quoted).join(",")).join("\r\n")
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv, "\r\n"], { type: "text/csv" }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }
  form.querySelector("button")?.addEventListener("click", ({ target }) => save(target.value))
  form.hidden = false
})()
