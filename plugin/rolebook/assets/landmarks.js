/* Gives names, for those who hear a page or walk through it by keyboard, to what the theme leaves without one. */
(() => {
  /* See search-later.js. */
  const opened = new BroadcastChannel("rolebook-search")
  addEventListener("focusin", ({ target }) => {
    if (target.dataset.mdComponent === "search-query") opened.postMessage("")
  })

  const FRAMES = ".md-typeset__scrollwrap, .md-typeset pre > code"

  const nameSearch = () => {
    const dialog = document.querySelector(".md-search[role=dialog]:not([aria-label])")
    const words = dialog?.querySelector("input")?.placeholder
    if (words) dialog.ariaLabel = words
  }


  /* A section that has a page of its own is labelled by an arrow alone. */
  const nameSections = () => {
    for (const section of document.querySelectorAll(".md-nav[aria-labelledby]")) {
      const label = document.getElementById(section.getAttribute("aria-labelledby"))
      const title = section.querySelector(".md-nav__title")?.textContent.trim()
      if (!label || !title || label.textContent.trim()) continue
      const words = document.createElement("span")
      words.className = "rb-unseen"
      words.textContent = title
      label.append(words)
    }
  }

  const heading = (element) => {
    const before = [...document.querySelectorAll("article :is(h1, h2, h3, h4)")].filter(
      (each) => each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    )
    return before.at(-1)?.firstChild?.textContent.trim()
  }

  /* The theme lets tables and code of hand-written pages scroll where they are too wide. */
  const reach = (frame) => {
    const scrolls = frame.scrollWidth > frame.clientWidth
    for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name)
    if (!scrolls) return
    frame.tabIndex = 0
    frame.role = "group"
    frame.ariaLabel = heading(frame) ?? document.title
  }
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => reach(entry.target)))

  const name = () => {
    nameSearch()
    nameSections()
    for (const frame of document.querySelectorAll(FRAMES)) sizes.observe(frame)
  }

  /* When the theme has put its frames around the tables of a page. */
  const later = () => requestAnimationFrame(name)
  if (window.document$) window.document$.subscribe(later)
  else addEventListener("DOMContentLoaded", later)
})()
