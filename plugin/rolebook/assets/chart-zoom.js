/* Pans and zooms a chart that is wider than its column, by mouse, fingers, wheel and keyboard.
   Loaded with Panzoom for the first such chart. */
(() => {
  const charts = window.rolebookCharts
  const STEP = 1.3
  const MOST = 4
  const NUDGE = 60 /* pixels that an arrow key moves the chart */
  const SLACK = 5 /* pixels that a hand may move while it clicks */

  /* Where the chart may stand in one direction: it leaves no gap where it could fill the view. Panzoom scales
     about the middle of `size`, so the edge is at `size * (1 - scale) / 2 + scale * at`. */
  const kept = (at, scale, size, room) => {
    const middle = (size * (1 - scale)) / 2
    const edge = Math.max(Math.min(0, room - scale * size), Math.min(0, middle + scale * at))
    return (edge - middle) / scale
  }

  /* How far to move so that the stretch from `first` to `last` lies between `low` and `high`. */
  const distance = (first, last, low, high) => Math.max(low - first, 0) || Math.min(high - last, 0)

  charts.zoomable = (root, tools) => {
    const host = root.host
    const view = host.parentElement
    let panzoom = null
    let pressed = null
    let dragged = false

    const inside = ({ x, y, scale }) => ({
      x: kept(x, scale, host.offsetWidth, view.clientWidth),
      y: kept(y, scale, host.offsetHeight, host.offsetHeight * Math.min(1, scale)),
    })

    const show = (_, at) => {
      if (!panzoom) return
      const { x, y } = inside(at)
      host.style.transform = `scale(${at.scale}) translate(${x}px, ${y}px)`
      view.style.height = `${host.offsetHeight * Math.min(1, at.scale)}px`
    }

    /* Panzoom goes on counting beyond the edge; the next movement begins where the chart is shown. */
    const settle = () => {
      if (!panzoom) return
      const { x, y } = inside({ ...panzoom.getPan(), scale: panzoom.getScale() })
      panzoom.pan(x, y, { silent: true })
    }

    const move = (x, y) => {
      const scale = panzoom.getScale()
      panzoom.pan(x / scale, y / scale, { relative: true })
    }

    /* About the middle of what can be seen. */
    const zoom = (factor) => {
      const { left, right, top, bottom } = view.getBoundingClientRect()
      const middle = {
        clientX: (left + right) / 2,
        clientY: (Math.max(top, 0) + Math.min(bottom, window.innerHeight)) / 2,
      }
      panzoom.zoomToPoint(panzoom.getScale() * factor, middle)
    }

    const reveal = (event) => {
      if (!panzoom) return
      const node = event.target.getBoundingClientRect()
      const seen = view.getBoundingClientRect()
      move(
        distance(node.left, node.right, seen.left + SLACK, seen.right - SLACK),
        distance(node.top, node.bottom, seen.top + SLACK, seen.bottom - SLACK),
      )
    }

    /* The page scrolls by the plain wheel as everywhere else. */
    const wheel = (event) => {
      if (!panzoom) return
      if (event.ctrlKey || event.metaKey) {
        panzoom.zoomWithWheel(event)
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        move(-event.deltaX, 0)
      }
    }

    const key = (event) => {
      const ways = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
      const way = ways[event.key]
      if (!panzoom || !way || event.target !== view || (way[1] && panzoom.getScale() <= 1)) return
      event.preventDefault()
      move(NUDGE * way[0], NUDGE * way[1])
    }

    const press = (event) => {
      pressed = { x: event.clientX, y: event.clientY }
      dragged = false
      if (event.button) event.stopPropagation() /* only the first button drags */
    }

    const drag = (event) => {
      const far = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > SLACK
      dragged ||= Boolean(event.buttons && far)
    }

    const click = (event) => {
      if (!dragged || !event.detail) return
      event.preventDefault()
      event.stopPropagation()
    }

    const start = () => {
      panzoom = Panzoom(host, {
        cursor: "grab",
        maxScale: MOST,
        overflow: "clip",
        pinchAndPan: true,
        setTransform: show,
        touchAction: "pan-y", // one finger still scrolls the page
      })
      view.tabIndex = 0
      buttons.hidden = false
    }

    const stop = () => {
      panzoom.destroy()
      panzoom.resetStyle()
      panzoom = null
      host.style.transform = view.style.height = ""
      view.removeAttribute("tabindex")
      buttons.hidden = true
    }

    const buttons = document.createElement("span")
    buttons.append(
      charts.button("Zoom in", () => zoom(STEP)),
      charts.button("Zoom out", () => zoom(1 / STEP)),
      charts.button("Whole chart", () => panzoom.zoom(panzoom.getOptions().minScale)),
    )
    tools.prepend(buttons)
    view.setAttribute("role", "group")
    view.setAttribute("aria-label", "Chart; the arrow keys move it")
    view.addEventListener("wheel", wheel, { passive: false })
    view.addEventListener("keydown", key)
    view.addEventListener("pointerdown", press, true)
    view.addEventListener("pointermove", drag, true)
    view.addEventListener("click", click, true)
    view.addEventListener("dragstart", (event) => event.preventDefault())
    host.addEventListener("panzoomchange", settle)
    root.addEventListener("focusin", reveal)

    /* To be called when the room for the chart has changed. */
    return () => {
      const wide = view.isConnected && host.offsetWidth > view.clientWidth
      if (wide && !panzoom) start()
      else if (!wide && panzoom) stop()
      if (!panzoom) return
      panzoom.setOptions({ minScale: view.clientWidth / host.offsetWidth })
      panzoom.zoom(panzoom.getScale())
    }
  }
})()
