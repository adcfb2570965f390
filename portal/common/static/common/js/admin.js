// Names what Select2 leaves without a name: its box, and the field that it opens to type in.
const named = (select) => {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const box = select.parentElement?.querySelector('[role="combobox"]');
  if (!label || !box) return;
  label.id ||= `${select.id}_label`;
  const value = box.querySelector(".select2-selection__rendered");
  box.setAttribute("aria-labelledby", `${label.id} ${value?.id ?? ""}`.trim());
  value?.setAttribute("aria-labelledby", label.id);
  window.django.jQuery(select).on("select2:open", () => {
    for (const field of document.querySelectorAll(".select2-search__field")) {
      field.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""));
    }
    document.querySelector(".select2-results__options")?.setAttribute("aria-labelledby", label.id);
  });
};
// jQuery's own event: Django's script makes the boxes in it, before this one.
window.django?.jQuery?.(() => {
  document.querySelectorAll("select.admin-autocomplete").forEach(named);
});
// Parts that may take a while come after the page, which never waits for them.
const loaded = async (part) => {
  try {
    const answer = await fetch(part.dataset.load, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    part.innerHTML = await answer.text();
  } catch {
    part.insertAdjacentText("beforeend", part.dataset.failed);
  }
};
document.querySelectorAll("[data-load]").forEach(loaded);
// Django's own rows begin with a heading that has no words.
document.querySelectorAll("th.original:empty").forEach((heading) => {
  const cell = document.createElement("td");
  cell.className = heading.className;
  heading.replaceWith(cell);
});
