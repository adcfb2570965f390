// Starts the Design System's scripts and our own small behaviours.
import { initAll } from "../../built/govuk-frontend.min.js";

initAll();

// Forms that need no press of a button once the page is there, or a file is chosen.
for (const form of document.querySelectorAll("form[data-portal=auto-submit]")) {
  form.requestSubmit();
}
document.addEventListener("change", ({ target }) => {
  if (target.matches("input[type=file][data-submit-when-chosen]") && target.files.length) {
    target.form.requestSubmit();
  }
});

// A form that sends messages must not be sent twice by a double click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

for (const box of document.querySelectorAll("[data-portal=copy]")) {
  const button = box.querySelector("button");
  const said = box.querySelector("[role=status]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.querySelector("code").textContent.trim());
    said.textContent = box.dataset.copied;
  });
}

// The frame of an email runs no scripts of its own; it is made as high as what it holds.
const frames = "iframe[data-portal=frame]";
const fit = (frame) => {
  const inner = frame.contentDocument?.documentElement;
  if (inner) frame.style.height = `${inner.offsetHeight}px`;
};
const fitAll = () => document.querySelectorAll(frames).forEach(fit);
fitAll();
addEventListener("resize", fitAll);
document.addEventListener("load", ({ target }) => {
  if (target.matches?.(frames)) fit(target);
}, true);
