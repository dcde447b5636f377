// Reads role, person and business files into the values of a form, and writes them back: only what was
// changed in the form is written, everything else stays as it is, byte for byte.

import { isMap, isScalar, isSeq, parseDocument, visit } from "./yaml.min.js"

const FRONT = /^(\ufeff?---[ \t]*\r?\n)([\s\S]*?)(?<=\n)((?:---|\.\.\.)[ \t]*(?:\r?\n|$))/
const SOURCE = "rolebook_source"

/** The file format of a kind of file: how Sveltia reads a file's text into a form, and a form into text. */
export function fileFormat(shape, names, texts) {
  const form = new Form(shape, names, texts)
  return { fromFile: text => form.read(text), toFile: content => inWords(texts, () => form.write(content)) }
}

/** Why a file is not written: the name of one of the texts, and the field that it is about. */
class NotWritten extends Error {
  constructor(why, field = "") {
    super(why)
    this.field = field
  }
}

/** Do it; whatever keeps it from being done is said in the language of the page. */
function inWords(texts, write) {
  try {
    return write()
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error
    throw new Error(texts[error.message].replace("{}", () => error.field))
  }
}

class Form {
  constructor(shape, names, texts) {
    this.texts = texts
    this.shape = { kind: "group", fields: shape.fields, short: "" }
    this.parts = shape.parts
    this.name = shape.name
    this.names = names
  }

  /** The values of a form. A file whose fields cannot be read is listed, and stays as it is. */
  read(text) {
    const file = split(text)
    if (!file) return { ...(this.name ? { [this.name]: this.texts.unreadable } : {}), [SOURCE]: text }
    const content = {}
    for (const [field, value] of Object.entries(this.shown(file.root))) {
      const part = Object.keys(this.parts).find(each => this.parts[each].includes(field))
      if (part) (content[part] ??= {})[field] = value
      else content[field] = value
    }
    return { ...content, body: bodyText(file.after), [SOURCE]: text }
  }

  write(content) {
    const { [SOURCE]: source, body, ...rest } = content
    const now = this.withoutParts(rest)
    const file = source ? split(source) : split("")
    if (!file) throw new NotWritten("unreadable")
    const front = this.changed(file.front, file.root, now)
    const after = withBody(file.after, body ?? "")
    if (file.before || front === "") return file.before + front + fenceBefore(file, after) + after
    return `---\n${front}---\n${after}`
  }

  withoutParts(content) {
    const values = {}
    for (const [field, value] of Object.entries(content)) {
      if (Object.hasOwn(this.parts, field)) Object.assign(values, value ?? {})
      else values[field] = value
    }
    return values
  }

  shown(root) {
    return shown(root, this.shape, this.names)
  }

  /** The front matter with what the form says now. */
  changed(front, root, now) {
    const before = this.shown(root)
    const fields = Object.keys(this.shape.fields)
    return fields.filter(field => !same(before[field], now[field], this.shape.fields[field])).reduce(
      (text, field) => this.withField(text, understood(text), field, before[field], now[field]), front)
  }

  /** The front matter with one field changed: within it if that goes, else all of it is written anew. */
  withField(text, root, field, before, now) {
    const shape = this.shape.fields[field]
    for (const isFine of hasUnknown(find(root, field)?.value, shape) ? [true] : [true, false]) {
      const after = new Edits(text, isFine).made(root, this.shape, { [field]: before }, { [field]: now })
      const read = after !== null && understood(after)
      if (read && withoutField(read, field) === withoutField(root, field) &&
          same(this.shown(read)[field], now, shape)) return after
    }
    throw new NotWritten("unchangeable", field)
  }
}

// --- reading -------------------------------------------------------------------------------------------

/** The parts of a file; null for one that cannot be read. */
function split(text) {
  if (text.includes("\ufffd")) return null // was not UTF-8
  const found = FRONT.exec(text)
  if (found ? /\r(?!\n)/.test(found[2]) : /^\ufeff?---/.test(text)) return null
  const [whole, before, front, fence] = found ?? ["", "", "", ""]
  const root = understood(front)
  return root && { before, front, fence, root, after: text.slice(whole.length) }
}

/** The line that closes the fields; it needs an end if a text follows. */
function fenceBefore({ before, fence }, after) {
  const end = /\r?\n$/.exec(before)?.[0] ?? ""
  return after && !fence.endsWith("\n") ? fence + end : fence
}

/** The fields as a node; null where they are not simply fields. */
function understood(front) {
  const options = { schema: "failsafe", keepSourceTokens: false, logLevel: "silent" }
  const document = parseDocument(front, options)
  const root = document.contents
  let isPlain = !document.errors.length && (root === null || isMap(root) || isNothing(root))
  visit(document, {
    Alias: () => { isPlain = false },
    Node: (_, node) => { if (node.anchor || node.tag) isPlain = false },
    Pair: (_, pair) => { if (!isScalar(pair.key)) isPlain = false },
  })
  if (!isPlain) return null
  return isMap(root) ? root : { items: [] }
}

const isNothing = node => isScalar(node) && ["", "~", "null", "Null", "NULL"].includes(node.source ?? node.value) &&
  (!node.type || node.type === "PLAIN")
const find = (group, field) => group.items.find(pair => pair.key.value === field)
const withoutField = (root, field) =>
  JSON.stringify(root.items.filter(pair => pair.key.value !== field).map(pair => [pair.key.value, pair.value]))

/** Whether a value has fields that no form shows. */
function hasUnknown(node, shape) {
  if (!node?.items) return false
  if (isSeq(node)) return node.items.some(item => hasUnknown(item, shape.of ?? shape.fields?.[shape.short] ?? shape))
  const inner = shape.kind === "list" ? shape.of : shape
  const fields = inner.fields ?? { min: {}, max: {} }
  return node.items.some(pair =>
    !Object.hasOwn(fields, pair.key.value) || hasUnknown(pair.value, fields[pair.key.value]))
}

const oneLine = text => String(text).trim().replace(/\s+/g, " ")

/** What a form shows of a node; undefined for what it cannot show. */
function shown(node, shape, names) {
  if (node === null || node === undefined || isNothing(node)) return undefined
  if (shape.kind === "list") {
    const nodes = isSeq(node) ? node.items.filter(item => !isNothing(item)) : [node]
    const items = nodes.map(item => shown(item, shape.of, names))
    return items.length && !items.includes(undefined) ? items : undefined
  }
  if (shape.kind === "group") {
    if (!("items" in node) || isSeq(node)) return shownShort(node, shape, names)
    const values = {}
    for (const [field, inner] of Object.entries(shape.fields)) {
      const value = shown(find(node, field)?.value, inner, names)
      if (value !== undefined) values[field] = value
    }
    return values
  }
  if (shape.kind === "hours" && isMap(node)) {
    const [min, max] = ["min", "max"].map(end => shown(find(node, end)?.value, { kind: "number" }, names))
    return min === undefined || max === undefined ? undefined : min === max ? `${min}` : `${min}-${max}`
  }
  return isScalar(node) ? shownText(oneLine(node.value), shape, names) : undefined
}

function shownShort(node, shape, names) {
  if (!shape.short) return undefined
  const value = shown(node, shape.fields[shape.short], names)
  return value === undefined ? undefined : { [shape.short]: value }
}

function shownText(text, shape, names) {
  switch (shape.kind) {
    case "text": return named(text, names[shape.to])
    case "number": return isNumber(text) ? Number(text) : undefined
    case "hours": return isNumber(text) ? `${Number(text)}` : undefined
    case "yesno": return ANSWERS.get(text.toLowerCase())
    case "choice": return shape.words.find(word => word.toLowerCase() === text.toLowerCase())
    case "day": return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined
  }
}

const ANSWERS = new Map([["yes", true], ["true", true], ["no", false], ["false", false]])
/** What a form calls a role or a person that a file names. */
function named(text, names) {
  if (text === "") return undefined
  const key = text.normalize("NFKC").toLowerCase().replaceAll("’", "'")
  return [text, key].filter(each => names && Object.hasOwn(names, each)).map(each => names[each])[0] ?? text
}

const isNumber = text => /^-?\d{1,15}(\.\d{1,15})?$/.test(text)

function bodyText(text) {
  return text.replace(/\r\n?/g, "\n").replace(/^\s*\n/, "").trimEnd()
}

// --- values ----------------------------------------------------------------------------------------------

function isEmpty(value) {
  if (value === undefined || value === null || value === "" || Number.isNaN(value)) return true
  if (typeof value === "string") return value.trim() === ""
  if (Array.isArray(value)) return value.every(isEmpty)
  return typeof value === "object" && Object.values(value).every(isEmpty)
}

/** Whether two values of a form are written in the same way. */
const same = (one, other, shape) => flow(plain(one, shape) ?? "") === flow(plain(other, shape) ?? "")

/** The value of a form as files have it: scalars as they are written, lists, and groups of the known fields. */
function plain(value, shape) {
  if (isEmpty(value)) return undefined
  switch (shape.kind) {
    case "list": return value.filter(each => !isEmpty(each)).map(each => plain(each, shape.of))
    case "hours": return plainHours(oneLine(value))
    case "yesno": return new Written(value ? "yes" : "no")
    case "number": return new Written(`${value}`)
    case "text": return shape.to === "role" ? oneLine(value).split("/").pop() : oneLine(value)
    case "choice":
    case "day": return new Written(`${value}`)
  }
  const known = Object.entries(shape.fields).map(([field, inner]) => [field, plain(value[field], inner)])
  const fields = known.filter(([, each]) => !isEmpty(each))
  return fields.length === 1 && fields[0][0] === shape.short ? fields[0][1] : new Map(fields)
}

function plainHours(text) {
  const [min, max = min] = text.split(/\s*(?:-|–|to)\s*/).map(figure => `${Number(figure)}`)
  return min === max ? new Written(min) : new Map([["min", new Written(min)], ["max", new Written(max)]])
}

/** A word, a figure or a day that needs no quotes. */
class Written {
  constructor(text) { this.text = text }
}

// --- writing ---------------------------------------------------------------------------------------------

const PLAIN = /^\p{L}(?:[\p{L}\p{N}_ @.'()/&+;%!€’‘“”–—-]|:(?=[\p{L}\p{N}_/]))*$/u
const STRANGE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u
const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null)$/i

function scalar(value, quote = "") {
  if (value instanceof Written) return value.text
  if (!quote && PLAIN.test(value) && !value.endsWith(" ") && !NOT_TEXT.test(value)) return value
  if (!STRANGE.test(value) && (quote === "'" || !quote && /["\\]/.test(value))) {
    return `'${value.replaceAll("'", "''")}'`
  }
  // Every JSON text is one of YAML, apart from characters that YAML wants by their numbers.
  return JSON.stringify(value.replace(/\p{Cs}/gu, "")).replace(new RegExp(STRANGE, "gu"), found =>
    `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`)
}

const isNested = value => Array.isArray(value) || value instanceof Map

/** A value within brackets or braces. */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`
  if (value instanceof Map) return `{${[...value].map(([field, each]) => `${field}: ${flow(each)}`).join(", ")}}`
  return scalar(value)
}

/** What follows `field:`, in lines that begin with `indent` and two spaces more. */
function block(value, indent, end) {
  if (!isNested(value)) return ` ${scalar(value)}`
  const inner = `${indent}  `
  return Array.isArray(value)
    ? value.map(each => `${end}${inner}- ${item(each, `${inner}  `, end)}`).join("")
    : `${end}${inner}${fields(value, inner, end)}`
}

const item = (value, indent, end) =>
  value instanceof Map ? fields(value, indent, end) : Array.isArray(value) ? flow(value) : scalar(value)

const fields = (group, indent, end) =>
  [...group].map(([field, value]) => `${field}:${block(value, indent, end)}`).join(`${end}${indent}`)

/** Cannot be done without writing more anew. */
class TooFine extends Error {}

/** Changes of a text, gathered as pieces to replace. */
class Edits {
  constructor(text, isFine) {
    this.text = text
    this.isFine = isFine
    this.end = /\r?\n/.exec(text)?.[0] ?? "\n"
    this.pieces = []
  }

  /** The text after the changes of a group's fields; null where they cannot be made. */
  made(root, shape, before, now) {
    try {
      this.fields(root, shape, before, now)
    } catch (error) {
      if (error instanceof TooFine) return null
      throw error
    }
    let text = this.text
    const pieces = this.pieces.map((piece, at) => ({ ...piece, at }))
    for (const { from, to, text: put } of pieces.sort((a, b) => b.from - a.from || b.at - a.at)) {
      text = text.slice(0, from) + put + text.slice(to)
    }
    return text
  }

  put(from, to, text) {
    this.pieces.push({ from, to, text })
  }

  fields(group, shape, before, now) {
    for (const [field, inner] of Object.entries(shape.fields)) {
      if (same(before?.[field], now?.[field], inner)) continue
      const pair = group.items.length ? find(group, field) : undefined
      if (isEmpty(now?.[field])) this.remove(group, pair)
      else if (pair) this.value(group, pair, inner, before?.[field], now[field])
      else this.add(group, field, plain(now[field], inner), Object.keys(shape.fields))
    }
  }

  value(group, pair, shape, before, now) {
    if (before === undefined && pair.value?.items) {
      throw new NotWritten("unshowable", pair.key.value)
    }
    if (this.isFine && this.within(group, pair.value, shape, before, now)) return
    const value = plain(now, shape)
    const colon = this.text.indexOf(":", pair.key.range[1])
    const from = colon + 1
    const isWritten = pair.value && (!isNothing(pair.value) || pair.value.source)
    const to = isWritten ? this.contentEnd(pair.value) : from
    this.put(from, to, group.flow ? ` ${flow(value)}` : block(value, this.indent(pair.key), this.end))
  }

  /** Change a value within itself; false where it must be written anew. */
  within(group, node, shape, before, now) {
    if (before === undefined || node === null || isNothing(node)) return false
    if (isScalar(node)) {
      const value = this.alone(plain(now, shape))
      if (isNested(value)) return false
      this.put(node.range[0], this.contentEnd(node), this.likeBefore(node, value))
      return true
    }
    if (shape.kind === "hours" && isMap(node)) return this.withinHours(node, now)
    if (shape.kind === "list" && isMap(node)) {
      const items = now.filter(each => !isEmpty(each))
      return items.length === 1 && this.within(group, node, shape.of, before[0], items[0])
    }
    if (shape.kind === "group" && isMap(node)) {
      this.fields(node, shape, before, now)
      return true
    }
    if (shape.kind === "group" && isSeq(node) && shape.short) {
      const others = Object.keys(now).filter(field => field !== shape.short && !isEmpty(now[field]))
      const inner = shape.fields[shape.short]
      return !others.length && !isEmpty(now[shape.short]) &&
        this.within(group, node, inner, before[shape.short], now[shape.short])
    }
    if (shape.kind === "list" && isSeq(node)) {
      this.items(node, shape.of, before, now.filter(each => !isEmpty(each)))
      return true
    }
    return false
  }

  withinHours(node, now) {
    const value = plainHours(oneLine(now))
    if (!(value instanceof Map)) return false
    for (const [end, figure] of value) {
      const there = find(node, end).value
      this.put(there.range[0], this.contentEnd(there), this.likeBefore(there, figure))
    }
    return true
  }

  /** A list of one as its entry, if that is how the list was written. */
  alone(value) {
    return Array.isArray(value) && value.length === 1 ? value[0] : value
  }

  likeBefore(node, value) {
    const quote = { QUOTE_SINGLE: "'", QUOTE_DOUBLE: '"' }[node.type] ?? ""
    return value instanceof Written && quote ? `${quote}${value.text}${quote}` : scalar(value, quote)
  }

  // --- entries of a list ---

  items(list, shape, before, now) {
    const nodes = list.items.filter(each => !isNothing(each))
    const from = matched(before, now, shape)
    const kept = from.filter(at => at >= 0)
    if (kept.some((at, n) => n && at < kept[n - 1])) return this.reordered(list, nodes, shape, before, now, from)
    nodes.forEach((node, at) => { if (!kept.includes(at)) this.removeItem(list, node) })
    let last = null
    const added = []
    now.forEach((value, n) => {
      if (from[n] < 0) return added.push([last, value])
      last = nodes[from[n]]
      if (same(before[from[n]], value, shape)) return
      if (!this.within(list, last, shape, before[from[n]], value)) this.rewriteItem(list, last, plain(value, shape))
    })
    for (const [after, value] of added) this.addItem(list, after, plain(value, shape))
  }

  rewriteItem(list, node, value) {
    const text = list.flow ? flow(value) : item(value, " ".repeat(this.column(node.range[0])), this.end)
    this.put(node.range[0], this.contentEnd(node), text)
  }

  removeItem(list, node) {
    if (list.flow) return this.removeInBrackets(list.items, list.items.indexOf(node))
    this.put(this.dash(node).line, this.lineEnd(node), "")
  }

  addItem(list, after, value) {
    const first = list.items[0]
    if (list.flow) {
      if (after) return this.put(this.contentEnd(after), this.contentEnd(after), `, ${flow(value)}`)
      return this.put(first.range[0], first.range[0], `${flow(value)}, `)
    }
    const { line, column } = this.dash(first)
    const at = after ? this.lineEnd(after) : line
    const text = `${" ".repeat(column)}- ${item(value, " ".repeat(column + 2), this.end)}${this.end}`
    this.put(at, at, text)
  }

  /** Put the entries in another order, each with the comments above it. */
  reordered(list, nodes, shape, before, now, from) {
    if (list.flow || nodes.length !== list.items.length) throw new TooFine()
    const starts = nodes.map((node, at) => at ? this.lineEnd(nodes[at - 1]) : this.dash(node).line)
    const column = this.dash(nodes[0]).column
    nodes.forEach(node => this.dash(node))
    const text = now.map((value, n) => {
      const at = from[n]
      if (at >= 0 && same(before[at], value, shape)) return this.text.slice(starts[at], this.lineEnd(nodes[at]))
      return `${" ".repeat(column)}- ${item(plain(value, shape), " ".repeat(column + 2), this.end)}${this.end}`
    })
    this.put(starts[0], this.lineEnd(nodes.at(-1)), text.join(""))
  }

  // --- fields of a group ---

  remove(group, pair) {
    if (!pair) throw new TooFine()
    if (group.flow) return this.removeInBrackets(group.items, group.items.indexOf(pair))
    const line = this.lineStart(pair.key.range[0])
    if (this.text.slice(line, pair.key.range[0]).trim()) throw new TooFine()
    this.put(line, this.lineEnd(pair), "")
  }

  removeInBrackets(items, at) {
    const start = each => (each.key ?? each).range[0]
    if (at + 1 < items.length) this.put(start(items[at]), start(items[at + 1]), "")
    else this.put(at ? this.contentEnd(items[at - 1]) : start(items[at]), this.contentEnd(items[at]), "")
  }

  add(group, field, value, order) {
    const earlier = order.slice(0, order.indexOf(field))
    const pairs = group.items
    const last = pairs.findLast(pair => earlier.includes(pair.key.value))
    if (group.flow) {
      if (!pairs.length) throw new TooFine()
      const text = `${field}: ${flow(value)}`
      if (last) return this.put(this.contentEnd(last), this.contentEnd(last), `, ${text}`)
      return this.put(pairs[0].key.range[0], pairs[0].key.range[0], `${text}, `)
    }
    if (!pairs.length) return this.put(this.text.length, this.text.length, `${field}:${block(value, "", this.end)}${this.end}`)
    const line = this.lineStart(pairs[0].key.range[0])
    const indent = this.indent(pairs[0].key)
    const isOwnLine = !this.text.slice(line, pairs[0].key.range[0]).trim()
    const at = last || !isOwnLine ? this.lineEnd(last ?? pairs[0]) : line
    this.put(at, at, `${indent}${field}:${block(value, indent, this.end)}${this.end}`)
  }

  // --- places ---

  lineStart(at) {
    return at ? this.text.lastIndexOf("\n", at - 1) + 1 : 0
  }

  column(at) {
    return at - this.lineStart(at)
  }

  indent(node) {
    return " ".repeat(this.column(node.range[0]))
  }

  /** The end of what a value says, without a comment after it. */
  contentEnd(node) {
    if (node.key) return node.value && !isNothing(node.value) ? this.contentEnd(node.value) : this.colonEnd(node)
    if (node.items && !node.flow && node.items.length) return this.contentEnd(node.items.at(-1))
    const end = node.range[1]
    return node.type?.startsWith("BLOCK") ? this.text.slice(0, end).trimEnd().length : end
  }

  colonEnd(pair) {
    if (!pair.value) return pair.key.range[1]
    const colon = this.text.indexOf(":", pair.key.range[1])
    return colon < 0 ? pair.key.range[1] : colon + 1
  }

  /** The beginning of the line after a value. */
  lineEnd(node) {
    const at = this.text.indexOf("\n", this.contentEnd(node))
    return at < 0 ? this.text.length : at + 1
  }

  /** Where the dash before an entry is: the beginning of its line and its column. */
  dash(node) {
    const at = this.text.lastIndexOf("-", node.range[0] - 1)
    const line = this.lineStart(at)
    if (at < 0 || this.text.slice(line, at).trim() || this.text.slice(at + 1, node.range[0]).trim()) throw new TooFine()
    return { line, column: at - line }
  }
}

/** Which entry before an entry of now was, by number; -1 for a new one. */
function matched(before, now, shape) {
  const free = new Set(before.keys())
  const from = now.map(value => {
    const at = [...free].find(each => same(before[each], value, shape)) ?? -1
    free.delete(at)
    return at
  })
  // An entry that was changed is one in its old place, between the same neighbours.
  return from.map((at, n) => {
    if (at >= 0) return at
    const above = n ? from.slice(0, n).findLast(each => each >= 0) ?? -1 : -1
    const below = from.slice(n + 1).find(each => each >= 0) ?? before.length
    const next = [...free].find(each => each > above && each < below) ?? -1
    free.delete(next)
    return next
  })
}

/** The text below the fields, with the lines that were changed in the form. */
function withBody(after, body) {
  const now = bodyText(body)
  if (now === bodyText(after)) return after
  if (now === "") return ""
  const end = /\r\n|\r|\n/.exec(after)?.[0] ?? "\n"
  const old = after.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []
  const lines = now.split("\n")
  let from = Math.max(0, old.findIndex(line => line.trim()))
  let to = old.findLastIndex(line => line.trim()) + 1
  if (!to) return `${after || end}${lines.join(end)}${end}`
  const bare = at => at === to - 1 ? old[at].trimEnd() : old[at].replace(/[\r\n]+$/, "")
  let first = 0
  while (from < to && lines[first] === bare(from)) { first++; from++ }
  let last = lines.length
  let atEnd = true
  while (to > from && last > first && lines[last - 1] === (atEnd ? old[to - 1].trimEnd() : bare(to - 1))) {
    last--; to--; atEnd = false
  }
  const head = old.slice(0, from).join("")
  const middle = lines.slice(first, last).map(line => line + end).join("")
  return head + (middle && head && !/[\r\n]$/.test(head) ? end : "") + middle + old.slice(to).join("")
}
