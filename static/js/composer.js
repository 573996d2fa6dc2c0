// The composer: channels as tabs, "show me" buttons, counting, and no typed word lost by accident.
(() => {
  "use strict";
  const form = document.querySelector("[data-compose]");
  if (!form) return;
  let unsaved = form.hasAttribute("data-unsaved");
  let unasked = false; // typed since the gate was asked last

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

  function select(id, stretch) {
    const [first, last] = stretch.split("-").map(Number);
    document.getElementById(id)?.setSelectionRange(first, last);
  }

  // What the word screen stopped at is underlined: the same words lie under the field, unseen but for their marks.
  function paint(field, stretches) {
    const under = form.querySelector(`[data-under="${field.id}"]`);
    if (!under) return;
    const parts = [];
    let place = 0;
    for (const [first, last] of stretches) {
      if (first < place || last > field.value.length) continue;
      const mark = document.createElement("mark");
      mark.textContent = field.value.slice(first, last);
      parts.push(field.value.slice(place, first), mark);
      place = last;
    }
    // A last line break needs something behind it to take up its line.
    parts.push(field.value.slice(place) + "\u200b");
    under.replaceChildren(...parts);
    under.scrollTop = field.scrollTop;
    field.painted = { text: field.value, stretches };
  }

  function paintAll() {
    for (const section of form.querySelectorAll("[data-marks-in]")) {
      const field = document.getElementById(section.dataset.marksIn);
      const stretches = section.dataset.marks.split(" ").filter(Boolean).map((one) => one.split("-").map(Number));
      if (field) paint(field, stretches.sort((a, b) => a[0] - b[0]));
    }
  }

  // Until the gate answers again, only what stands before the change is still where it was.
  function keepBefore(field) {
    if (!field.painted) return;
    const { text, stretches } = field.painted;
    let same = 0;
    while (same < text.length && text[same] === field.value[same]) same += 1;
    paint(field, stretches.filter(([, last]) => last <= same));
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
    if (button.dataset.select) select(button.dataset.focus, button.dataset.select);
    if (["do", "mend"].includes(button.name) && button.value) unsaved = true;
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
    if (event.target.type !== "search") unsaved = unasked = true;
    if (event.target.dataset.count) count(event.target);
    keepBefore(event.target);
  });

  form.addEventListener("scroll", (event) => {
    const under = form.querySelector(`[data-under="${event.target.id}"]`);
    if (under) under.scrollTop = event.target.scrollTop;
  }, true);

  // What only some purposes ask for is there as soon as the purpose is chosen.
  form.addEventListener("change", (event) => {
    if (event.target.id !== "purpose") return;
    for (const part of form.querySelectorAll("[data-for-purpose]")) {
      const filled = [...part.querySelectorAll("input")].some((field) =>
        field.type === "checkbox" ? field.checked : field.value.trim());
      part.hidden = part.dataset.forPurpose !== event.target.value && !filled;
    }
  });

  form.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // A step's answer is a whole new desk: what was typed or ticked while it was on its way moves over to it.
  let step = null;
  const isStep = (event) => event.detail.pathInfo.requestPath.includes("/arrange/");
  const underWay = () => step !== null && step.xhr.readyState > 0 && step.xhr.readyState < 4;
  const fields = () => [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const keyOf = (field) => field.id || `${field.name}=${field.value}`;
  const held = (field) => (field.type === "checkbox" ? "checked" : "value");
  const contents = () => new Map(fields().map((field) => [keyOf(field), field[held(field)]]));

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isStep(event)) return;
    step = { xhr: event.detail.xhr, sent: contents() };
    unasked = false;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isStep(event)) return;
    const { sent } = step;
    step.meanwhile = new Map([...contents()].filter(([key, value]) => sent.has(key) && sent.get(key) !== value));
    step.at = step.meanwhile.size ? document.activeElement.id : "";
    step.caret = document.activeElement.selectionStart;
  });

  function moveOver(meanwhile) {
    for (const field of fields()) {
      if (!meanwhile.has(keyOf(field))) continue;
      field[held(field)] = meanwhile.get(keyOf(field));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "gate") paintAll();
    const desk = document.getElementById("desk");
    if (event.detail.elt !== desk) return;
    moveOver(step.meanwhile);
    go(step.at || desk.dataset.go);
    if (step.at && step.caret !== null) document.activeElement.setSelectionRange?.(step.caret, step.caret);
    delete desk.dataset.go;
    paintAll();
  });

  // The gate: a step's answer brings it along, and what is searched for is no part of the post.
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt.id !== "watch") return;
    const searching = event.detail.triggeringEvent?.target.type === "search";
    if (underWay() || (searching && !unasked)) event.preventDefault();
    else unasked = false;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (isStep(event) && !event.detail.successful) form.dispatchEvent(new Event("input"));
  });

  paintAll();

  // A refused field is shown at once.
  const refused = form.querySelector("[aria-invalid=true]");
  if (refused) go(refused.id);
})();
