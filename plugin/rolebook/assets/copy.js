/* Copies the text beside a button. One listener for the whole document outlives Material's instant navigation. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-rb-copy]")
  if (!button) return
  const source = document.getElementById(button.dataset.rbCopy)
  const status = button.parentElement.querySelector("[role=status]")
  let copied = true
  try {
    await navigator.clipboard.writeText(source.value)
  } catch {
    /* No clipboard on plain http and on file pages; the selection is the older way. */
    source.select()
    copied = document.execCommand("copy")
  }
  status.textContent = ""
  requestAnimationFrame(() => {
    status.textContent = copied ? status.dataset.copied : status.dataset.byKeys
  })
})
