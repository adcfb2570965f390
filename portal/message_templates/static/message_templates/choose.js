// Ticks in the list of templates: says how many, swaps the buttons of the bar, and keeps what is
// ticked while a search shows other lines.
const form = document.querySelector("[data-portal=choose-items]");
const list = form.querySelector("#template-list");
const note = form.querySelector("[role=status][data-none]");
const ticked = new Set();

function show() {
  const count = ticked.size;
  const { none, one, more } = note.dataset;
  const told = count === 0 ? none : count === 1 ? one : more.replace("%n", count);
  if (note.textContent !== told) note.textContent = told;
  for (const button of form.querySelectorAll("[data-when]")) {
    button.hidden = (button.dataset.when === "some") !== (count > 0);
  }
  // Ticked lines that the search does not show are sent all the same.
  for (const old of form.querySelectorAll("input[type=hidden][name=items]")) old.remove();
  const shown = new Set([...list.querySelectorAll("input[name=items]")].map((box) => box.value));
  for (const value of ticked) {
    if (!shown.has(value)) {
      const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "items", value });
      form.append(kept);
    }
  }
}

function read() {
  for (const box of list.querySelectorAll("input[name=items]")) {
    if (box.checked) ticked.add(box.value); else ticked.delete(box.value);
  }
  show();
}

list.addEventListener("change", read);
list.addEventListener("htmx:afterSwap", () => {
  for (const box of list.querySelectorAll("input[name=items]")) box.checked = ticked.has(box.value);
  show();
});
form.querySelector("[data-clear]")?.addEventListener("click", () => {
  ticked.clear();
  for (const box of list.querySelectorAll("input[name=items]")) box.checked = false;
  show();
  list.querySelector("input[name=items]")?.focus();
});
// Coming back to the page, the browser ticks again what was ticked.
addEventListener("pageshow", read);
read();
