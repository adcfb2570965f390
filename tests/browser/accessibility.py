"""What a browser can tell about a page's accessibility and layout."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# The Design System opens conditional fields this way, and explains why in its documentation.
KNOWN = ("aria-allowed-attr", ("govuk-radios__input", "govuk-checkboxes__input"))


def violations(page: Any) -> list[str]:
    """Return what axe finds wrong, one line for each rule with the first element."""
    # Style sheets read once more by axe would be refused by the page's own policy.
    options = {"runOnly": list(RULES), "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {nodes[0]['html'][:160]}"
        for rule in found
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


def _is_known(rule: dict[str, Any], node: dict[str, Any]) -> bool:
    name, classes = KNOWN
    return rule["id"] == name and any(c in node["html"] for c in classes)
