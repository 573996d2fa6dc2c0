// The frame of every staff page: the menu on a narrow screen, htmx's manners, and idle sign-out.
(() => {
  "use strict";
  const IDLE_MS = 10 * 60 * 1000;
  const TELL_MS = 4 * 60 * 1000;
  const HERE = "/here/";
  const SIGNED_OUT = "/account/login/?idle=1";

  const menu = document.querySelector("[data-menu]");
  if (menu) {
    menu.setAttribute("aria-expanded", "false");
    menu.addEventListener("click", () => {
      menu.setAttribute("aria-expanded", String(menu.getAttribute("aria-expanded") === "false"));
    });
  }

  function say(sentence) {
    const line = document.createElement("p");
    line.className = "notice notice-error";
    line.textContent = sentence;
    document.getElementById("messages").replaceChildren(line);
    line.scrollIntoView({ block: "nearest" });
  }

  // What no hand began (polling, loading a panel) is not activity, and the server is told so.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.triggeringEvent) event.detail.headers["X-Postern-Background"] = "1";
  });
  document.addEventListener("htmx:responseError", () => say("That did not work; nothing was changed. Try again."));
  document.addEventListener("htmx:sendError", () => say("Postern cannot be reached; nothing was changed."));

  // Someone who writes for long without sending anything is still here; someone who left is signed out.
  if (!menu) return;
  let lastAct = Date.now();
  let lastTold = Date.now();
  function tell(background) {
    const headers = background ? { "X-Postern-Background": "1" } : {};
    return fetch(HERE, { headers, redirect: "manual", cache: "no-store" });
  }
  function acted() {
    lastAct = Date.now();
    if (lastAct - lastTold < TELL_MS) return;
    lastTold = lastAct;
    tell(false).catch(() => {});
  }
  for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) {
    document.addEventListener(name, acted, { passive: true });
  }
  async function look() {
    if (Date.now() - lastAct < IDLE_MS) return;
    const answer = await tell(true).catch(() => null);
    if (answer && !answer.ok) window.location.assign(SIGNED_OUT);
  }
  window.setInterval(look, 15 * 1000);
  document.addEventListener("visibilitychange", look);
})();
