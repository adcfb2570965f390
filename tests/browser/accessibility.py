"""What a browser can tell about a page's accessibility and layout."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# The Design System opens conditional fields this way, and explains why in its documentation.
KNOWN = ("aria-allowed-attr", ("govuk-radios__input", "govuk-checkboxes__input"))

# Style sheets read once more by axe would be refused by the page's own policy; only what
# is wrong comes back, as all the rest takes longer to tell than to find.
RUN = """async (rules) => {
    const options = { runOnly: rules, preload: false, resultTypes: ["violations"] };
    const { violations } = await axe.run(options);
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
}"""


def violations(page: Any) -> list[str]:
    """Return what axe finds wrong, one line for each rule with the first element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return [
        f"{rule['id']}: {nodes[0][:160]}"
        for rule in page.evaluate(RUN, list(RULES))
        if (nodes := [node for node in rule["nodes"] if not _is_known(rule, node)])
    ]


def overflow(page: Any) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def check_page(page: Any) -> None:
    """Hold that the page has no violation and reflows at 320 pixels, 400 % zoom."""
    size = page.viewport_size
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert overflow(page) <= 0
    page.set_viewport_size(size)


def _is_known(rule: dict[str, Any], node: str) -> bool:
    name, classes = KNOWN
    return rule["id"] == name and any(c in node for c in classes)
