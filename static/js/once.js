// A form goes out once: a second press while the answer is on its way would cancel the first and lose its answer.
(() => {
  "use strict";
  const AGAIN_MS = 5 * 1000;
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (Date.now() - (sent.get(form) ?? 0) < AGAIN_MS) event.preventDefault();
    else sent.set(form, Date.now());
  });
})();
