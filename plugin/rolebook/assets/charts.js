/* Draws charts with the Mermaid script that lies beside this file, fetched when the first chart is drawn.
   Material fetches one from another host only when it finds no `mermaid`; so this stands in for it. */
(() => {
  const here = document.currentScript.src
  let settings
  let script

  /* Text is 16 px where there is room and not below 12 px where there is not: then the chart scrolls.
     On paper it is as wide as the page. */
  const legible = (svg, id) =>
    svg
      .replace(/max-width: ([\d.]+)px/, (all, width) => `${all}; min-width: ${0.75 * width}px`)
      .replace(/<\/svg>\s*$/, `<style>@media print { #${id} { min-width: 0 !important } }</style></svg>`)

  const load = () =>
    (script ??= new Promise((resolve, reject) => {
      const placeholder = window.mermaid
      const element = document.createElement("script")
      element.src = new URL("mermaid.min.js", here).href
      element.onload = () => {
        const real = window.mermaid
        window.mermaid = placeholder
        real.initialize(settings)
        resolve(real)
      }
      element.onerror = () => reject(new Error("The chart script could not be loaded"))
      document.head.append(element)
    }))

  window.mermaid = {
    initialize: (options) => {
      settings = options
    },
    render: async (id, ...rest) => {
      const drawn = await (await load()).render(id, ...rest)
      return { ...drawn, svg: legible(drawn.svg, id) }
    },
  }
})()
