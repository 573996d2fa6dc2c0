// Larger text and reading aloud, where the browser can. What was chosen is forgotten when the form leaves these hands.
(() => {
  "use strict";
  const KEY = "postern-larger-text";
  const root = document.documentElement;
  if (document.querySelector("[data-forget-aids]")) {
    const forget = () => sessionStorage.removeItem(KEY);
    const form = document.querySelector("form[data-forget-aids]");
    if (form) form.addEventListener("submit", forget);
    else forget();
  }
  if (sessionStorage.getItem(KEY)) root.classList.add("larger-text");
  const aids = document.querySelector("[data-aids]");
  if (!aids) return;
  aids.hidden = false;

  const larger = aids.querySelector("[data-larger]");
  function show() {
    const on = root.classList.contains("larger-text");
    larger.textContent = on ? larger.dataset.usual : larger.dataset.larger;
    larger.setAttribute("aria-pressed", String(on));
  }
  larger.addEventListener("click", () => {
    if (root.classList.toggle("larger-text")) sessionStorage.setItem(KEY, "1");
    else sessionStorage.removeItem(KEY);
    show();
    window.dispatchEvent(new Event("resize"));
  });
  show();

  if (!("speechSynthesis" in window)) return;
  const read = aids.querySelector("[data-read]");
  read.hidden = false;
  function silent() {
    window.speechSynthesis.cancel();
    read.textContent = read.dataset.read;
  }
  // Sentence by sentence: browsers cut a long text off after some seconds.
  function sentences() {
    const text = document.querySelector("[data-reading]").innerText;
    return text.split(/(?<=[.!?:])\s+|\n+/).map((one) => one.trim()).filter(Boolean);
  }
  read.addEventListener("click", () => {
    if (read.textContent === read.dataset.stop) {
      silent();
      return;
    }
    read.textContent = read.dataset.stop;
    const parts = sentences().map((one) => new SpeechSynthesisUtterance(one));
    for (const part of parts) part.lang = root.lang;
    if (parts.length) parts.at(-1).addEventListener("end", silent);
    for (const part of parts) window.speechSynthesis.speak(part);
  });
  window.addEventListener("pagehide", silent);
})();
