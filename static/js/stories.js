// Stories: a picture pasted from the clipboard, a handle that the address tells, a kind sign noted as its post is opened.
(() => {
  "use strict";
  const pictureFieldOf = (target) => {
    const form = target.closest?.("[data-story-form]") ?? document.querySelector("[data-story-form]");
    return form?.querySelector("input[data-paste]");
  };

  const tell = (field) => {
    const line = field.closest("form").querySelector("[data-chosen]");
    const file = field.files[0];
    if (line) line.textContent = file ? `Chosen: ${file.name} (${(file.size / 1024 / 1024).toFixed(1)} MB)` : "";
  };

  document.addEventListener("paste", (event) => {
    const picture = [...event.clipboardData.files].find((file) => file.type.startsWith("image/"));
    const field = picture && pictureFieldOf(event.target);
    if (!field) return;
    event.preventDefault();
    const folded = field.closest("details");
    if (folded) folded.open = true;
    const carrier = new DataTransfer();
    carrier.items.add(picture);
    field.files = carrier.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-paste]")) tell(event.target);
  });

  // What the address tells is filled in only where nothing was typed.
  document.addEventListener("htmx:afterSettle", (event) => {
    const told = event.target.querySelector?.("[data-handle]");
    const field = document.getElementById("id_handle");
    if (told && field && !field.value) field.value = told.dataset.handle;
  });

  // The post opens in a window of its own; here it is noted that it was left at this sign.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-records]");
    if (link) setTimeout(() => document.getElementById(link.dataset.records).requestSubmit(), 0);
  });
})();
