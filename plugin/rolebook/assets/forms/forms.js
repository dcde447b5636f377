// Starts Sveltia CMS with a handbook's settings and its file format.

import CMS from "./sveltia-cms.min.js"
import { fileFormat } from "./format.js"

const found = await fetch("handbook.json", { cache: "no-store" })
const { config, shapes, names, texts, isLocal } = await found.json()

for (const [name, shape] of Object.entries(shapes)) {
  const { fromFile, toFile } = fileFormat(shape, names, texts)
  CMS.registerCustomFormat(name, "md", { fromFile, toFile: content => explained(() => toFile(content)) })
}
document.documentElement.classList.toggle("local", isLocal)
CMS.init({ config })

/** Say why a file cannot be written: Sveltia itself only says that it was not saved. */
function explained(write) {
  try {
    return write()
  } catch (error) {
    alert(texts.notSaved.replace("{}", () => error.message))
    throw error
  }
}
