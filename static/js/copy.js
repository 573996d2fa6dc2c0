// Buttons with data-copy put the text of that field into the clipboard.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) {
    return;
  }
  const field = document.getElementById(button.dataset.copy);
  if (!field) {
    return;
  }
  field.select();
  navigator.clipboard?.writeText(field.value).then(() => {
    button.textContent = "Copied";
  });
});
