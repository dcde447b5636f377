/* Draws charts with the Mermaid script that lies beside this file, fetched when the first chart is drawn.
   Material fetches one from another host only when it finds no `mermaid`; so this stands in for it. */
(() => {
  const here = document.currentScript.src
  const scripts = new Map()
  let settings
  let drawing

  const fetched = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script")
      element.src = new URL(name, here).href
      element.onload = resolve
      element.onerror = () => reject(new Error(`The chart script ${name} could not be loaded`))
      document.head.append(element)
    })

  /* Runs a script that lies beside this one, once. */
  const load = (name) => {
    if (!scripts.has(name)) scripts.set(name, fetched(name))
    return scripts.get(name)
  }

  const start = async () => {
    const standIn = window.mermaid
    const figure = load("chart-figure.js")
    await load("mermaid.min.js")
    const real = window.mermaid
    window.mermaid = standIn
    await figure
    const themeCSS = `${settings.themeCSS ?? ""} ${charts.LOOKS}`
    real.initialize({ ...settings, themeCSS, suppressErrorRendering: true })
    return real
  }

  const sources = (text) =>
    [...document.querySelectorAll("pre.mermaid")].filter((source) => source.textContent === text)

  /* A reader sees at least what the author wrote. */
  const giveUp = (text) => {
    for (const source of sources(text)) source.closest(".rb-chart")?.classList.add("rb-undrawn")
  }

  /* Once the page is there and the browser has time. */
  const later = (act) => {
    const wait = () => (window.requestIdleCallback ?? setTimeout)(act)
    if (document.readyState === "complete") wait()
    else addEventListener("load", wait, { once: true })
  }

  /* A diagram that repeats a chart of cards costs nothing until somebody comes to it. Others are drawn before, since
     they are printed, and a browser that prints does not wait for them. */
  const near = (text) =>
    new Promise((resolve) => {
      const places = sources(text)
      if (!places.length) return resolve()
      if (!places.every((place) => place.matches(".rb-outline *, #as-a-diagram ~ * *"))) later(resolve)
      const watch = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        watch.disconnect()
        resolve()
      })
      for (const place of places) watch.observe(place)
      addEventListener("beforeprint", resolve, { once: true })
    })

  const charts = (window.rolebookCharts = { load })

  window.mermaid = {
    initialize: (options) => {
      settings = options
    },
    /* Material calls `fn` with the shadow root that the drawing stands in. */
    render: async (id, text) => {
      await near(text)
      try {
        const { svg } = await (await (drawing ??= start())).render(id, charts.unbroken(text))
        return { svg, fn: (root) => charts.finish(root, text) }
      } catch (error) {
        giveUp(text)
        throw error
      }
    },
  }
})()
