// A scan beside a form: larger and smaller by button or key, page by page, without losing one's place in the form.
(() => {
  "use strict";
  const scan = document.querySelector(".scan");
  if (!scan) return;
  const LARGEST = 4;
  const pages = scan.querySelector(".scan-pages");

  const zoom = (step) => {
    const now = Number(scan.dataset.zoom);
    const next = Math.min(LARGEST, Math.max(1, now + step));
    const [x, y] = [pages.scrollLeft / pages.scrollWidth, pages.scrollTop / pages.scrollHeight];
    scan.dataset.zoom = next;
    pages.scrollTo(x * pages.scrollWidth, y * pages.scrollHeight);
  };

  scan.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom-by]");
    if (button) zoom(Number(button.dataset.zoomBy));
    const link = event.target.closest("a[href^='#page-']");
    if (!link) return;
    event.preventDefault();
    const page = document.getElementById(link.hash.slice(1));
    pages.scrollTop += page.getBoundingClientRect().top - pages.getBoundingClientRect().top;
    pages.focus({ preventScroll: true });
  });
  pages.addEventListener("keydown", (event) => {
    const step = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (step) zoom(step);
  });
})();
