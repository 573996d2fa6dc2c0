// Cover and crop: boxes are drawn with mouse or finger, or set by their four numbers; both show the same boxes.
(() => {
  "use strict";
  const form = document.querySelector("[data-retouch]");
  if (!form) return;
  const svg = form.querySelector("[data-draw]");
  const covers = form.querySelector("[data-covers]");
  const crop = form.querySelector("[data-crop] [data-box]");
  const told = form.querySelector("[data-told]");
  const wide = svg.viewBox.baseVal.width;
  const high = svg.viewBox.baseVal.height;
  const SIDES = ["x", "y", "width", "height"];
  const LEAST = 8;
  const drawn = new Map();

  for (const hidden of form.querySelectorAll("[data-mode], [data-add], [data-remove]")) hidden.hidden = false;

  const inputs = (box) => SIDES.map((side) => box.querySelector(`input[name$=_${side}]`));
  const numbers = (box) => inputs(box).map((input) => Number(input.value) || 0);

  function put(box, four) {
    inputs(box).forEach((input, place) => (input.value = Math.round(four[place])));
    show(box);
  }

  function show(box) {
    const four = numbers(box);
    let rect = drawn.get(box);
    if (!four[2] || !four[3]) {
      if (rect) rect.remove();
      drawn.delete(box);
      return;
    }
    if (!rect) {
      rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      rect.setAttribute("class", box.dataset.box === "crop" ? "box box-kept" : "box box-cover");
      svg.append(rect);
      drawn.set(box, rect);
    }
    SIDES.forEach((side, place) => rect.setAttribute(side, four[place]));
  }

  function free() {
    const empty = [...covers.querySelectorAll("[data-box]")].find((box) => !numbers(box)[2]);
    if (empty) return empty;
    const box = form.querySelector("[data-four]").content.firstElementChild.cloneNode(true);
    box.querySelector("[data-remove]").hidden = false;
    covers.append(box);
    return box;
  }

  function pointed(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [Math.min(Math.max(at.x, 0), wide), Math.min(Math.max(at.y, 0), high)];
  }

  let from = null;
  let box = null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    from = pointed(event);
    box = form.querySelector("[name=mode]:checked").value === "crop" ? crop : free();
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x, y] = pointed(event);
    put(box, [Math.min(x, from[0]), Math.min(y, from[1]), Math.abs(x - from[0]), Math.abs(y - from[1])]);
  });
  function end() {
    if (!from) return;
    const four = numbers(box);
    if (four[2] < LEAST || four[3] < LEAST) clear(box);
    else told.textContent = box === crop ? "The part to keep is marked." : "A place to cover is marked.";
    from = null;
  }
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);

  function clear(one) {
    for (const input of inputs(one)) input.value = "";
    show(one);
  }

  form.querySelector("[data-add]").addEventListener("click", () => {
    const one = free();
    put(one, [wide * 0.4, high * 0.4, wide * 0.2, high * 0.2]);
    inputs(one)[0].focus();
  });
  form.addEventListener("click", (event) => {
    if (!event.target.matches("[data-remove]")) return;
    clear(event.target.closest("[data-box]"));
    told.textContent = "The box is removed.";
  });
  form.addEventListener("input", (event) => {
    const one = event.target.closest("[data-box]");
    if (one) show(one);
  });
  form.addEventListener("change", (event) => {
    const rect = svg.querySelector(`[data-of="${event.target.id}"]`);
    if (rect) rect.classList.toggle("box-cover", event.target.checked);
  });
})();
