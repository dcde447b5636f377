/* Zooms a chart that is wider than its column, and moves it sideways: by mouse, fingers, wheel and keyboard.
   Up and down, the page scrolls it: the chart is always as high as it is drawn. Loaded with Panzoom. */
(() => {
  const charts = window.rolebookCharts
  const STEP = 1.3
  const MOST = 4
  const NUDGE = 60 // pixels that an arrow key moves the chart
  const SLACK = 5 // pixels that a hand may move while it clicks

  /* Where the chart may stand: without a gap where it could fill the view. Panzoom scales about the middle, so
     the left edge is at `width * (1 - scale) / 2 + scale * x`. */
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

  charts.zoomable = (root, tools) => {
    const host = root.host
    const view = host.parentElement
    let panzoom = null
    let drawn = 1

    const allowed = (x, scale) => inside(x, scale, host.offsetWidth, view.clientWidth)

    /* What is under the hand stays there, so the page scrolls while the chart grows. */
    const show = (_, { x, scale, originalEvent }) => {
      if (!panzoom) return
      const top = view.getBoundingClientRect().top
      const above = (originalEvent?.clientY ?? top) - top
      host.style.transform = `scale(${scale}) translateX(${allowed(x, scale)}px)`
      view.style.height = `${host.offsetHeight * scale}px`
      window.scrollBy({ top: above * (scale / drawn - 1), behavior: "instant" })
      drawn = scale
    }

    /* Panzoom goes on counting beyond the edge; the next movement begins where the chart is shown. */
    const settle = () => panzoom?.pan(allowed(panzoom.getPan().x, panzoom.getScale()), 0, { silent: true })

    const move = (pixels) => panzoom.pan(pixels / panzoom.getScale(), 0, { relative: true })

    const zoom = (factor) => {
      const { left, right, top } = view.getBoundingClientRect()
      panzoom.zoomToPoint(panzoom.getScale() * factor, { clientX: (left + right) / 2, clientY: top })
    }

    const wheel = (event) => {
      if (event.ctrlKey || event.metaKey) {
        panzoom?.zoomWithWheel(event)
      } else if (panzoom && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        move(-event.deltaX)
      }
    }

    const key = (event) => {
      const way = { ArrowLeft: 1, ArrowRight: -1 }[event.key]
      if (!panzoom || !way || event.target !== view) return
      event.preventDefault()
      move(NUDGE * way)
    }

    /* The browser scrolls the page to what has the focus, but not within the view. */
    const reveal = (event) => {
      const node = event.target.getBoundingClientRect()
      const { left, right } = view.getBoundingClientRect()
      const out = Math.max(left + SLACK - node.left, 0) || Math.min(right - SLACK - node.right, 0)
      if (panzoom && out) move(out)
    }

    const start = () => {
      panzoom = Panzoom(host, {
        cursor: "grab",
        disableYAxis: true,
        maxScale: MOST,
        origin: "50% 0",
        overflow: "clip",
        setTransform: show,
        touchAction: "pan-y",
      })
      view.tabIndex = 0
      buttons.hidden = false
    }

    const stop = () => {
      panzoom.destroy()
      panzoom.resetStyle()
      panzoom = null
      drawn = 1
      host.style.transform = view.style.height = ""
      view.removeAttribute("tabindex")
      buttons.hidden = true
    }

    const buttons = document.createElement("span")
    buttons.append(
      charts.button("Zoom in", () => zoom(STEP), "+"),
      charts.button("Zoom out", () => zoom(1 / STEP), "−"),
      charts.button("Whole chart", () => zoom(0)),
    )
    tools.prepend(buttons)
    view.setAttribute("role", "group")
    view.setAttribute("aria-label", "Chart; the arrow keys move it")
    view.addEventListener("wheel", wheel, { passive: false })
    view.addEventListener("keydown", key)
    tellDragsFromClicks(view)
    host.addEventListener("panzoomchange", settle)
    root.addEventListener("focusin", reveal)

    /* To be called when the room for the chart has changed. */
    return () => {
      const wide = view.isConnected && host.offsetWidth > view.clientWidth
      if (wide && !panzoom) start()
      if (!wide && panzoom) stop()
      panzoom?.setOptions({ minScale: view.clientWidth / host.offsetWidth })
      panzoom?.zoom(panzoom.getScale())
    }
  }
})()
