// The library by keys: arrows move from picture to picture, space chooses, Escape lets go; the links work without it.
(() => {
  "use strict";
  const form = document.querySelector("[data-library]");
  if (!form) return;
  document.querySelector("[data-keys]").hidden = false;
  const cards = [...form.querySelectorAll(".picture-card")];
  const boxes = [...form.querySelectorAll("input[name=picture]")];
  const chosen = form.querySelector("[data-chosen]");

  function tell() {
    const number = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("li").classList.toggle("is-chosen", box.checked);
    if (!chosen) return;
    chosen.hidden = !number;
    chosen.querySelector("button").textContent =
      `Begin a post with ${number === 1 ? "this picture" : `these ${number} pictures`}`;
  }

  // How many cards stand in the first row.
  function across() {
    const top = cards[0].getBoundingClientRect().top;
    const row = cards.findIndex((card) => card.getBoundingClientRect().top > top + 1);
    return row < 0 ? cards.length : row;
  }

  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = cards.findIndex((card) => card.closest("li").contains(event.target));
    if (here < 0) return;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across(), ArrowUp: -across() };
    if (event.key in steps) {
      cards[here + steps[event.key]]?.focus();
    } else if (event.key === " " && event.target === cards[here] && boxes[here]) {
      boxes[here].checked = !boxes[here].checked;
      tell();
    } else if (event.key === "Escape" && boxes.some((box) => box.checked)) {
      for (const box of boxes) box.checked = false;
      tell();
    } else return;
    event.preventDefault();
  });
  form.addEventListener("change", tell);
  window.addEventListener("pageshow", tell);
  tell();
})();
