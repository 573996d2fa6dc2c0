// Many pictures at once: sent one after the other, with how far it is and what came of each.
(() => {
  "use strict";
  const form = document.querySelector("form[data-one]");
  if (!form) return;
  const files = form.querySelector("input[type=file]");
  const button = form.querySelector("button.btn-primary[type=submit]");
  const panel = form.querySelector("[data-progress]");
  const bar = panel.querySelector("progress");
  const how = panel.querySelector("[data-how-far]");
  const now = panel.querySelector("[data-now]");
  const undo = panel.querySelector("[data-undo]");
  const list = panel.querySelector("[data-came-of-it]");
  const MOST = 200;
  const SPOKEN_EVERY = 10;
  let upload = ""; // what they are all part of: the first answer says its number

  function line(name, told, address) {
    const item = document.createElement("li");
    const what = document.createElement(address ? "a" : "strong");
    what.textContent = name;
    if (address) what.href = address;
    item.append(what, told ? ` ${told}` : "");
    list.append(item);
  }

  async function send(file, label) {
    const body = new FormData(form);
    body.delete("pictures");
    body.append("pictures", file);
    body.set("label", label);
    body.set("together", "1");
    body.set("upload", upload);
    const response = await fetch(form.dataset.one, { method: "POST", body });
    if (response.status !== 422 && !response.ok) throw new Error(String(response.status));
    return response.json();
  }

  async function sendAll(chosen) {
    const label = form.querySelector("[name=label]").value;
    const counts = { added: 0, known: 0, refused: 0 };
    panel.hidden = false;
    button.disabled = true;
    bar.max = chosen.length;
    for (const [place, file] of chosen.entries()) {
      how.textContent = `${place + 1} of ${chosen.length}: ${file.name}`;
      let came;
      try {
        came = await send(file, `${label} ${place + 1}`);
      } catch {
        came = { state: "refused", told: "It could not be sent. Add it again." };
      }
      if (came.errors) {
        now.textContent = came.errors.join(" ");
        how.textContent = now.textContent;
        button.disabled = false;
        return;
      }
      counts[came.state] += 1;
      if (came.upload) {
        upload = String(came.upload);
        undo.formAction = came.undo;
        undo.hidden = false;
      }
      if (came.told || came.state !== "added") line(file.name, came.told, came.address);
      bar.value = place + 1;
      if ((place + 1) % SPOKEN_EVERY === 0) now.textContent = `${place + 1} of ${chosen.length} are done.`;
    }
    how.textContent = `${counts.added} added, ${counts.known} there already, ${counts.refused} not used.`;
    now.textContent = how.textContent;
    for (const part of panel.querySelectorAll("[data-done]")) part.hidden = false;
    button.hidden = true;
    files.value = ""; // undoing sends the form, not the pictures once more
  }

  form.addEventListener(
    "submit",
    (event) => {
      const chosen = [...files.files];
      if (chosen.length < 2) return;
      event.preventDefault();
      if (chosen.length > MOST) {
        panel.hidden = false;
        how.textContent = `Add at most ${MOST} pictures at once.`;
        return;
      }
      sendAll(chosen);
    },
    { capture: true },
  );
})();
