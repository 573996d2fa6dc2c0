// Keys of the review page: j and k step through it, a goes to approving, s to other words. They can be turned off.
(() => {
  "use strict";
  const box = document.querySelector("[data-keys]");
  if (!box) return;
  const line = box.querySelector("[data-keys-on]");
  const turn = box.querySelector("[data-keys-turn]");
  const STORED = "postern-review-keys";
  let on = window.localStorage.getItem(STORED) !== "off";

  function tell() {
    line.hidden = !on;
    turn.hidden = false;
    turn.textContent = on ? "Turn the keys off" : "Turn the keys on";
  }
  turn.addEventListener("click", () => {
    on = !on;
    window.localStorage.setItem(STORED, on ? "on" : "off");
    tell();
  });
  tell();

  function step(by) {
    const places = [...document.querySelectorAll("[data-step]")];
    const here = places.indexOf(document.activeElement);
    const next = places[here < 0 ? (by > 0 ? 0 : places.length - 1) : here + by];
    if (next) next.focus();
  }

  function go(key) {
    const place = document.querySelector(`[data-key="${key}"]`);
    if (!place) return false;
    const folded = place.closest("details");
    if (folded) folded.open = true;
    const field = folded ? folded.querySelector("textarea") : place;
    field.focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("textarea, select, [contenteditable], input:not([type=checkbox])")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if ((event.key !== "a" && event.key !== "s") || !go(event.key)) return;
    event.preventDefault();
  });
})();
