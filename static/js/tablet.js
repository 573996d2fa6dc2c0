// The tablet in the patient's hands: told that somebody is there, wiped when nobody is, the copy shown or printed.
(() => {
  "use strict";
  const WARN_MS = 90 * 1000;
  const AWAY_MS = 120 * 1000;
  const TELL_MS = 15 * 1000;
  const dialog = document.getElementById("still-there");
  const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
  // The page may be shown again while nobody is there: the time goes on from when the server last heard of a hand.
  let lastAct = Date.now() - Number(dialog.dataset.quiet);
  let lastTold = lastAct;
  let telling = null;
  let copyWindow = null;

  function post(address, body, background) {
    const headers = { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" };
    if (background) headers["X-Postern-Background"] = "1";
    return fetch(address, { method: "POST", headers, body, redirect: "manual", cache: "no-store", keepalive: true });
  }

  // Only a hand counts. The server is told at once, then at most every few seconds, and always of the last move.
  function tell() {
    window.clearTimeout(telling);
    telling = null;
    lastTold = Date.now();
    post(dialog.dataset.touch, `ago=${lastTold - lastAct}`, false).catch(() => {});
  }
  function acted() {
    lastAct = Date.now();
    if (lastAct - lastTold >= TELL_MS) tell();
    else telling ??= window.setTimeout(tell, lastTold + TELL_MS - lastAct);
  }
  for (const name of ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"]) {
    document.addEventListener(name, acted, { passive: true });
  }

  function leave() {
    if (copyWindow) copyWindow.close();
    window.location.replace(dialog.dataset.away);
  }
  function look() {
    const quiet = Date.now() - lastAct;
    if (quiet >= AWAY_MS) leave();
    else if (quiet >= WARN_MS && !dialog.open) dialog.showModal();
  }
  dialog.querySelector("button").addEventListener("click", () => {
    acted();
    dialog.close();
  });
  dialog.addEventListener("cancel", acted);
  window.setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  // The copy: on the screen as soon as this page is, or as soon as it was made; in a window of its own when printed.
  function copyArrived() {
    const shown = document.querySelector("[data-shown]");
    if (shown) post(shown.action, "method=screen", true).catch(() => {});
    const print = document.querySelector("[data-copy-window]");
    print?.addEventListener("submit", () => {
      copyWindow = window.open("", "postern-copy");
      print.target = "postern-copy";
    });
  }
  copyArrived();
  document.addEventListener("htmx:afterSwap", copyArrived);
  window.addEventListener("pagehide", () => copyWindow && copyWindow.close());
})();
