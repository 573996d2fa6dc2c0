// Adding pictures: the names of what was chosen, the questions that belong to it, and a word while it takes a while.
(() => {
  "use strict";
  const form = document.querySelector("form[data-sending]");
  if (!form) return;

  const files = form.querySelector("input[type=file]");
  const names = form.querySelector("[data-file-names]");
  files.addEventListener("change", () => {
    names.replaceChildren(
      ...[...files.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = `${file.name} (${(file.size / 1024 / 1024).toFixed(1)} MB)`;
        return line;
      }),
    );
  });

  const dependent = form.querySelector("[data-shown-if]");
  const [name, value] = dependent.dataset.shownIf.split("=");
  function show() {
    const chosen = form.querySelector(`input[name=${name}]:checked`);
    dependent.hidden = !chosen || chosen.value !== value;
  }
  form.addEventListener("change", show);
  show();

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.type === "search") event.preventDefault();
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.btn-primary");
    button.disabled = true;
    button.textContent = form.dataset.sending;
  });
})();
