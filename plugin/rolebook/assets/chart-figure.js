/* How a chart looks, and what a reader can do with a drawn one: read it at a legible size, follow its links by mouse and
   keyboard, take its source along. Loaded with the first chart. */
(() => {
  const charts = window.rolebookCharts
  const LEGIBLE = 0.75 // of Mermaid's 16 px: text is never smaller than 12 px

  /* Boxes are measured with this: their texts are as wide as `wrappingWidth` in the sources of charts, whatever the letters,
     and wider where the shape adds less, so that all boxes are of one width. */
  charts.LOOKS = `
    .nodeLabel p { width: 172px; white-space: normal; overflow-wrap: anywhere }
    .founder .nodeLabel p, .outsourced .nodeLabel p { width: 180px }
    .node rect { rx: 7px; ry: 7px }`

  /* No line ends within a range of hours. */
  charts.unbroken = (text) => text.replace(/(?<=\d(–|#8211;))(?=\d)/g, "#8288;")

  /* Inside the shadow root, which the page's own styles do not reach. */
  const style = new CSSStyleSheet()
  style.replaceSync(`
    svg { display: block; width: 100%; height: auto }
    a .nodeLabel { text-decoration: none !important }
    a:hover .nodeLabel { text-decoration: underline !important }
    a:focus-visible { outline: .15rem solid var(--md-default-fg-color); outline-offset: .15rem }
    @media print { svg { max-height: var(--rb-paper) } }
  `)

  /* Mermaid takes no variables: the colours of its boxes are those of the style sheet, which an own one may change. */
  const LINES = { filled: "in-house", fold: "retired", person: "planned", deliverable: "offer" }
  const recolour = (root) => {
    for (const held of ["founder", "in-house", "outsourced", "team", "vacant", "planned", "retired", "offer", ...Object.keys(LINES)])
      for (const shape of root.querySelectorAll(`.node.${held} [style*="stroke:"]`))
        shape.style.setProperty("stroke", `var(--rb-${LINES[held] ?? held})`, "important")
  }

  /* Material's instant navigation listens to links in the page, not to those within a drawing. */
  const follow = (event, figure) => {
    const node = event.target.closest("a")
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (!node || node.target.baseVal || elsewhere) return
    event.preventDefault()
    const link = document.createElement("a")
    link.href = node.href.baseVal
    link.hidden = true
    figure.append(link)
    link.click()
    link.remove()
  }

  /* Addresses in `click` lines lead to the same pages wherever the source is pasted. */
  const absolute = (text) => {
    const page = document.querySelector("link[rel=canonical]")?.href ?? location.href
    if (page.startsWith("file:")) return text
    return text.replace(/^(\s*click\s+\S+\s+(?:href\s+)?")([^"]*)"/gm, (line, before, address) =>
      URL.canParse(address, page) ? `${before}${new URL(address, page)}"` : line,
    )
  }

  const fenced = (text) => {
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
    const fence = "`".repeat(longest + 1)
    return `${fence}mermaid\n${absolute(text).trimEnd()}\n${fence}\n`
  }

  /* Browsers keep the clipboard from pages that came over plain http, such as an intranet's. */
  const copyBySelection = (text) => {
    const field = document.createElement("textarea")
    field.value = text
    document.body.append(field)
    field.select()
    const copied = document.execCommand("copy")
    field.remove()
    if (!copied) throw new Error("The browser copied nothing")
  }

  const copy = async (text, said, words) => {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(text)
      else copyBySelection(text)
      said.textContent = words.copied
    } catch {
      said.textContent = words.notCopied
    }
    setTimeout(() => (said.textContent = ""), 4000)
  }

  const button = (words, act, sign = words) => {
    const made = document.createElement("button")
    made.type = "button"
    made.textContent = sign
    if (sign !== words) made.ariaLabel = made.title = words
    made.addEventListener("click", act)
    return made
  }

  const toolbar = (text, words) => {
    const tools = document.createElement("div")
    tools.className = "rb-chart-tools"
    const said = document.createElement("span")
    said.setAttribute("role", "status")
    tools.append(said, button(words.copy, () => copy(fenced(text), said, words)))
    return tools
  }

  /* The four sides of a box as points, in the coordinates of `line`. */
  const sides = (node, line) => {
    const shape = node.querySelector(".label-container")
    const { x, y, width, height } = shape.getBBox()
    const here = line.getCTM().inverse().multiply(shape.getCTM())
    const point = (across, down) => new DOMPoint(x + across * width, y + down * height).matrixTransform(here)
    return { left: point(0, 0.5), right: point(1, 0.5), top: point(0.5, 0), bottom: point(0.5, 1) }
  }

  /* Mermaid lets a line leave a box where it is nearest to the next one, and it then runs across the boxes beside it. A line
     to the next level begins and ends in the middle of the sides that face each other. */
  const WAYS = { TB: ["bottom", "top"], LR: ["right", "left"], RL: ["left", "right"] }
  const straighten = (svg, leaves, arrives) => {
    const boxes = new Map([...svg.querySelectorAll(".node")].map((node) => [/-(n\d+)-\d+$/.exec(node.id)?.[1], node]))
    for (const line of svg.querySelectorAll("path.edge-pattern-solid[data-points]")) {
      const [, upper, lower] = line.dataset.id.split("_").map((id) => boxes.get(id))
      const nextLevel = JSON.parse(atob(line.dataset.points)).length === 3
      if (!upper || !lower || !nextLevel || !line.getCTM()) continue
      const from = sides(upper, line)[leaves]
      const to = sides(lower, line)[arrives]
      const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2]
      const bends = leaves === "bottom" ? `${from.x},${y} ${to.x},${y}` : `${x},${from.y} ${x},${to.y}`
      line.setAttribute("d", `M${from.x},${from.y} C${bends} ${to.x},${to.y}`)
    }
  }

  /* Without the script that zooms, a wide chart scrolls. */
  const zoomWhereWide = (root, tools) => {
    const view = root.host.parentElement
    let zoom
    const adapt = async () => {
      if (!zoom && root.host.offsetWidth <= view.clientWidth) return
      zoom ??= Promise.all([charts.load("panzoom.min.js"), charts.load("chart-zoom.js")])
        .then(() => new charts.Zoom(root, tools, root.host.closest(".rb-chart").dataset))
        .catch(() => null)
      const loaded = await zoom
      loaded?.adapt()
    }
    new ResizeObserver(adapt).observe(view)
  }

  charts.button = button

  charts.finish = (root, text) => {
    root.adoptedStyleSheets = [style]
    recolour(root)
    const figure = root.host.closest(".rb-chart")
    if (!figure) return
    const width = parseFloat(root.querySelector("svg").style.maxWidth)
    if (width) root.host.style.minWidth = `${LEGIBLE * width}px`
    root.addEventListener("click", (event) => follow(event, figure))
    straighten(root, ...WAYS[/^flowchart (TB|RL)$/m.exec(text)?.[1] ?? "LR"])
    figure.classList.add("rb-drawn")
    const tools = toolbar(text, figure.dataset)
    figure.prepend(tools)
    zoomWhereWide(root, tools)
  }
})()
