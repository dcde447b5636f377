/* Zooms a chart that is wider than its column, and moves it sideways: by mouse, fingers, wheel and keyboard.
   Up and down, the page scrolls it: the chart is always as high as it is drawn. Loaded with Panzoom. */
(() => {
  const charts = window.rolebookCharts
  const STEP = 1.3
  const MOST = 4
  const NUDGE = 60 // pixels that an arrow key moves the chart
  const SLACK = 5 // pixels that a hand may move while it clicks

  /* Where the chart may stand: without a gap where it could fill the view. Panzoom scales about the middle,
     so the left edge is at `width * (1 - scale) / 2 + scale * x`. */
  const inside = (x, scale, width, room) => {
    const middle = (width * (1 - scale)) / 2
    const edge = Math.max(Math.min(0, room - scale * width), Math.min(0, middle + scale * x))
    return (edge - middle) / scale
  }

  /* A hand that drags the chart over a node does not mean to open it. */
  const tellDragsFromClicks = (view) => {
    let start
    let dragged
    const press = (event) => {
      start = event.clientX
      dragged = false
      if (event.button) event.stopPropagation() // only the first button drags
    }
    const drag = (event) => {
      dragged ||= event.buttons > 0 && Math.abs(event.clientX - start) > SLACK
    }
    const click = (event) => {
      if (!dragged || !event.detail) return // Enter counts no clicks
      event.preventDefault()
      event.stopPropagation()
    }
    view.addEventListener("pointerdown", press, true)
    view.addEventListener("pointermove", drag, true)
    view.addEventListener("click", click, true)
    view.addEventListener("dragstart", (event) => event.preventDefault())
  }

  class Zoom {
    #host
    #view
    #words
    #buttons = document.createElement("span")
    #panzoom = null // only while the chart is wider than the view
    #drawn = 1

    constructor(root, tools, words) {
      this.#words = words
      this.#host = root.host
      this.#view = root.host.parentElement
      this.#buttons.append(
        charts.button(words.zoomIn, () => this.#by(STEP), "+"),
        charts.button(words.zoomOut, () => this.#by(1 / STEP), "−"),
        charts.button(words.fit, () => this.#by(0)),
      )
      tools.prepend(this.#buttons)
      const whileWide = (act) => (event) => this.#panzoom && act(event)
      this.#view.addEventListener("wheel", whileWide((event) => this.#wheel(event)), { passive: false })
      this.#view.addEventListener("keydown", whileWide((event) => this.#key(event)))
      this.#host.addEventListener("panzoomchange", whileWide(() => this.#settle()))
      root.addEventListener("focusin", whileWide((event) => this.#reveal(event.target)))
      tellDragsFromClicks(this.#view)
    }

    /* To be called when the room for the chart has changed. */
    adapt() {
      const wide = this.#view.isConnected && this.#host.offsetWidth > this.#view.clientWidth
      if (wide) this.#start()
      else if (this.#panzoom) this.#stop()
    }

    #start() {
      const fromTheRight = getComputedStyle(this.#host).direction === "rtl"
      this.#panzoom ??= Panzoom(this.#host, {
        cursor: "grab",
        disableYAxis: true,
        maxScale: MOST,
        origin: "50% 0",
        overflow: "clip",
        startX: fromTheRight ? -this.#host.offsetWidth : 0,
        setTransform: (_, at) => this.#show(at),
        touchAction: "pan-y",
      })
      this.#view.tabIndex = 0
      this.#view.role = "group"
      this.#view.ariaLabel = this.#words.moves
      this.#buttons.hidden = false
      this.#panzoom.setOptions({ minScale: this.#view.clientWidth / this.#host.offsetWidth })
      this.#panzoom.zoom(this.#panzoom.getScale())
    }

    #stop() {
      this.#panzoom.destroy()
      this.#panzoom.resetStyle()
      this.#panzoom = null
      this.#drawn = 1
      this.#host.style.transform = this.#view.style.height = ""
      for (const name of ["tabindex", "role", "aria-label"]) this.#view.removeAttribute(name)
      this.#buttons.hidden = true
    }

    #allowed(x, scale) {
      return inside(x, scale, this.#host.offsetWidth, this.#view.clientWidth)
    }

    /* What is under the hand stays there, so the page scrolls while the chart grows. */
    #show({ x, scale, originalEvent }) {
      if (!this.#panzoom) return
      const top = this.#view.getBoundingClientRect().top
      const above = (originalEvent?.clientY ?? top) - top
      this.#host.style.transform = `scale(${scale}) translateX(${this.#allowed(x, scale)}px)`
      this.#view.style.height = `${this.#host.offsetHeight * scale}px`
      window.scrollBy({ top: above * (scale / this.#drawn - 1), behavior: "instant" })
      this.#drawn = scale
    }

    /* Panzoom goes on counting beyond the edge; the next movement begins where the chart is shown. */
    #settle() {
      const x = this.#allowed(this.#panzoom.getPan().x, this.#panzoom.getScale())
      this.#panzoom.pan(x, 0, { silent: true })
    }

    #move(pixels) {
      this.#panzoom.pan(pixels / this.#panzoom.getScale(), 0, { relative: true })
    }

    #by(factor) {
      const { left, right, top } = this.#view.getBoundingClientRect()
      const point = { clientX: (left + right) / 2, clientY: top }
      this.#panzoom.zoomToPoint(this.#panzoom.getScale() * factor, point)
    }

    #wheel(event) {
      if (event.ctrlKey || event.metaKey) {
        this.#panzoom.zoomWithWheel(event)
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        this.#move(-event.deltaX)
      }
    }

    #key(event) {
      const way = { ArrowLeft: 1, ArrowRight: -1 }[event.key]
      if (!way || event.target !== this.#view) return
      event.preventDefault()
      this.#move(NUDGE * way)
    }

    /* The browser scrolls the page to what has the focus, but not within the view. */
    #reveal(node) {
      const box = node.getBoundingClientRect()
      const { left, right } = this.#view.getBoundingClientRect()
      const out = Math.max(left + SLACK - box.left, 0) || Math.min(right - SLACK - box.right, 0)
      if (out) this.#move(out)
    }
  }

  charts.Zoom = Zoom
})()
