// The signature box: draw, undo, clear, or type the name instead. What counts as a signature is judged by the server.
(() => {
  "use strict";
  const MAX_CHARACTERS = 300000;
  const form = document.getElementById("answer");
  const canvas = document.getElementById("pad");
  const ink = getComputedStyle(canvas).color;
  const pad = new SignaturePad(canvas, { penColor: ink, minWidth: 1, maxWidth: 2.6, minDistance: 2 });

  // Crisp on every screen; turning the tablet keeps what was drawn.
  function fit() {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const strokes = pad.toData();
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    pad.fromData(strokes);
  }
  window.addEventListener("resize", fit);
  fit();

  document.getElementById("clear").addEventListener("click", () => pad.clear());
  document.getElementById("undo").addEventListener("click", () => {
    const strokes = pad.toData();
    strokes.pop();
    pad.clear();
    pad.fromData(strokes);
  });

  function choose(method) {
    form.elements.method.value = method;
    document.getElementById("draw").hidden = method !== "drawn";
    document.getElementById("type").hidden = method !== "typed";
    if (method === "typed") form.elements.typed_name.focus();
    else fit();
  }
  document.getElementById("to-type").addEventListener("click", () => choose("typed"));
  document.getElementById("to-draw").addEventListener("click", () => choose("drawn"));

  if (form.elements.method.value === "typed") choose("typed");

  function drawing(keepEvery) {
    const round = (value) => Math.round(value * 10) / 10;
    const strokes = pad.toData().map((stroke) => {
      const last = stroke.points.length - 1;
      const kept = stroke.points.filter((_, place) => place % keepEvery === 0 || place === last);
      return kept.map((point) => [round(point.x), round(point.y)]);
    });
    return JSON.stringify({ width: canvas.offsetWidth, height: canvas.offsetHeight, strokes });
  }

  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    for (let keepEvery = 1; keepEvery <= 16; keepEvery *= 2) {
      form.elements.drawing.value = drawing(keepEvery);
      if (form.elements.drawing.value.length <= MAX_CHARACTERS) break;
    }
  });
})();
