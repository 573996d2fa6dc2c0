// Pictures: questions that belong to an answer; adding: the names of what was chosen, and a word while it takes a while.
(() => {
  "use strict";
  for (const dependent of document.querySelectorAll("[data-shown-if]")) {
    const [name, value] = dependent.dataset.shownIf.split("=");
    const asking = dependent.closest("form");
    const show = () => {
      const chosen = asking.querySelector(`input[name=${name}]:checked`);
      dependent.hidden = !chosen || chosen.value !== value;
    };
    asking.addEventListener("change", show);
    show();
  }

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

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.type === "search") event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const button = form.querySelector("button.btn-primary");
    button.disabled = true;
    button.textContent = form.dataset.sending;
  });
})();
