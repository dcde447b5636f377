/* Runs the theme's search worker once somebody opens the search. */
(() => {
  const SETUP = 0
  const READY = 1
  const held = []
  let wanted = false

  const answer = self.postMessage.bind(self)
  const replay = (message) => self.dispatchEvent(new MessageEvent("message", { data: message }))

  const startIfWanted = () => {
    if (!wanted || held[0]?.type !== SETUP) return
    removeEventListener("message", hold)
    opened.close()
    const [setup, ...queries] = held
    self.postMessage = (message) => {
      if (message.type !== READY) return answer(message)
      self.postMessage = answer
      queries.forEach(replay)
    }
    importScripts(location.href.replace(/js$/, "whole.js"))
    replay(setup)
  }

  const hold = ({ data: message }) => {
    held.push(message)
    if (message.type === SETUP) answer({ type: READY })
    else wanted ||= message.data !== ""
    startIfWanted()
  }

  const opened = new BroadcastChannel("rolebook-search")
  opened.onmessage = () => {
    wanted = true
    startIfWanted()
  }
  addEventListener("message", hold)
})()
