// Marks ((placeholders)) while someone types: a coloured layer behind the text box.
const PLACEHOLDER = /\(\(([^()]|\([^()]*\))+?\)\)/g;

function draw(box, layer) {
  layer.replaceChildren();
  const text = box.value;
  let end = 0;
  for (const found of text.matchAll(PLACEHOLDER)) {
    const mark = document.createElement("mark");
    mark.textContent = found[0];
    layer.append(text.slice(end, found.index), mark);
    end = found.index + found[0].length;
  }
  // A last line without characters has no height of its own.
  layer.append(text.slice(end), "\n");
  if (box.localName === "textarea") {
    box.style.height = "auto";
    box.style.height = `${Math.max(box.scrollHeight + 4, box.dataset.lowest)}px`;
  }
}

function start(frame) {
  const box = frame.querySelector("textarea, input");
  const layer = document.createElement("div");
  const isLine = box.localName === "input";
  layer.className = `portal-highlight__layer${isLine ? " portal-highlight__layer--line" : ""}`;
  layer.setAttribute("aria-hidden", "true");
  frame.prepend(layer);
  box.dataset.lowest = box.offsetHeight;
  const update = () => draw(box, layer);
  box.addEventListener("input", update);
  box.addEventListener("scroll", () => { layer.scrollLeft = box.scrollLeft; });
  new ResizeObserver(update).observe(frame);
  update();
}

document.querySelectorAll("[data-portal=highlight]").forEach(start);
