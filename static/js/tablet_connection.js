// A screen leaves only when the server can be reached: without a connection it stays, with all that was marked on it.
(() => {
  "use strict";
  const WAIT_MS = 8 * 1000;
  const dialog = document.getElementById("still-there");
  const notice = document.getElementById("no-connection");
  if (!dialog || !notice) return;
  const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
  const sure = new WeakSet();
  let asking = false;

  function reached() {
    const headers = { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" };
    const options = { method: "POST", headers, body: "ago=0", redirect: "manual", cache: "no-store" };
    return fetch(dialog.dataset.touch, { ...options, signal: AbortSignal.timeout(WAIT_MS) }).then((answer) => {
      if (answer.status >= 500) throw new Error("The server cannot keep anything just now.");
    });
  }
  function stay() {
    notice.setAttribute("role", "alert");
    notice.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  }
  // Before every other listener: what they do to the form happens once, when it really goes.
  window.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      // A window may open only in the very moment of the press, so a copy that opens one is not asked about.
      if (sure.delete(form) || form.hasAttribute("data-copy-window")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (asking) return;
      asking = true;
      const button = event.submitter;
      reached()
        .then(() => {
          notice.hidden = true;
          sure.add(form);
          form.requestSubmit(button);
        }, stay)
        .finally(() => {
          asking = false;
        });
    },
    { capture: true },
  );
})();
