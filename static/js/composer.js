// The composer: channels as tabs, "show me" buttons, counting, and no typed word lost by accident.
(() => {
  "use strict";
  const form = document.querySelector("[data-compose]");
  if (!form) return;
  let unsaved = form.hasAttribute("data-unsaved");

  function open(account) {
    for (const tab of form.querySelectorAll("[data-opens]")) {
      const chosen = tab.dataset.opens === account;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const panel of form.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== account;
    form.querySelector("[data-tab]").value = account;
  }

  function go(id) {
    const place = document.getElementById(id);
    if (!place) return;
    const panel = place.closest("[data-panel]");
    if (panel) open(panel.dataset.panel);
    const folded = place.closest("details");
    if (folded) folded.open = true;
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }

  function count(field) {
    const shown = document.getElementById(field.dataset.count);
    if (!shown) return;
    const length = [...field.value].length;
    shown.textContent = String(length);
    shown.parentElement.classList.toggle("over", length > Number(field.dataset.limit));
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.opens) open(button.dataset.opens);
    if (button.dataset.focus) go(button.dataset.focus);
    if (button.name === "do" && button.value) unsaved = true;
  });

  form.addEventListener("keydown", (event) => {
    // Enter in a one-line field would press the first button of the page.
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
    const tab = event.target.closest("[role=tab]");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!tab || !step) return;
    const tabs = [...form.querySelectorAll("[role=tab]")];
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    open(next.dataset.opens);
    next.focus();
  });

  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") unsaved = true;
    if (event.target.dataset.count) count(event.target);
  });

  form.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // While a step is under way its answer brings the gate along; and what is searched for is no part of the post.
  let stepping = false;
  const isStep = (event) => event.detail.pathInfo.requestPath.includes("/arrange/");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isStep(event)) stepping = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (isStep(event)) stepping = false;
  });
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt.id !== "watch") return;
    const field = event.detail.triggeringEvent && event.detail.triggeringEvent.target;
    if (stepping || (field && field.type === "search")) event.preventDefault();
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const desk = document.getElementById("desk");
    if (event.detail.elt !== desk || !desk.dataset.go) return;
    go(desk.dataset.go);
    delete desk.dataset.go;
  });

  // A refused field is shown at once.
  const refused = form.querySelector("[aria-invalid=true]");
  if (refused) go(refused.id);
})();
