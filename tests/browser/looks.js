// What can be measured on a page: gives sentences about what is wrong, in the window as it is.
(known) => {
  const wrong = [];
  const told = (node) => (node.outerHTML || "").replace(/\s+/g, " ").slice(0, 120);
  const isHidden = (node) => !node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    || node.closest(".govuk-visually-hidden, [class*=visually-hidden], .govuk-skip-link, [aria-hidden=true]")
    || isCutOff(node);
  // As tables are whose heads only screen readers tell.
  const isCutOff = (node) => node && (
    (getComputedStyle(node).overflow === "hidden" && node.getBoundingClientRect().width <= 1)
    || isCutOff(node.parentElement));

  const headings = document.querySelectorAll("h1");
  if (headings.length !== 1) wrong.push(`has ${headings.length} h1`);
  for (const picture of document.images) {
    if (picture.complete && picture.naturalWidth === 0) wrong.push(`lacks the picture ${picture.src}`);
    if (!picture.hasAttribute("alt")) wrong.push(`has a picture without alt: ${told(picture)}`);
  }

  // The nearest ancestor that draws an edge, or cuts off or scrolls what is too long.
  const boxOf = (node) => {
    for (let box = node; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === "inline" || style.display === "contents") continue;
      if (style.overflowX === "auto" || style.overflowX === "scroll") return null;
      const hasEdge = parseFloat(style.borderRightWidth) > 0 || style.overflowX === "hidden"
        || !/rgba\(0, 0, 0, 0\)|transparent/.test(style.backgroundColor);
      if (hasEdge || box.matches("td, th, dd, dt, main, nav")) return box;
    }
    return document.documentElement;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const holder = text.parentElement;
    if (!text.data.trim() || holder.closest("script, style, option, noscript, iframe, svg, textarea") || isHidden(holder)) continue;
    const box = boxOf(holder);
    if (!box) continue;
    range.selectNodeContents(text);
    const edge = box.getBoundingClientRect().right + 1;
    const furthest = Math.max(...[...range.getClientRects()].map((rect) => rect.right));
    if (furthest > edge) wrong.push(`has text that leaves its box by ${Math.round(furthest - edge)}: ${told(holder)}`);
  }

  // Each kind of thing that can be focused is looked at once; the last ones are known already.
  const look = (node) => {
    const seen = node.matches("input[type=radio], input[type=checkbox]") && node.labels[0] || node;
    return [node, seen].map((one) => ["", "::before"].map((part) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor, textDecoration } = getComputedStyle(one, part || null);
      return [outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor, textDecoration].join();
    }).join()).join();
  };
  const kinds = [];
  for (const node of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")) {
    const kind = `${node.localName}.${node.className}.${node.type || ""}`;
    if (known.includes(kind) || kinds.includes(kind) || node.disabled || !node.checkVisibility()) continue;
    kinds.push(kind);
    const before = look(node);
    node.focus({ preventScroll: true });
    if (document.activeElement === node && look(node) === before) wrong.push(`does not show the focus on ${told(node)}`);
    node.blur();
  }
  return { wrong: [...new Set(wrong)], kinds };
}
