"""Working with the keyboard alone: what is reached by Tab, and pressed by Enter or Space."""

from __future__ import annotations

# What somebody sees of where they are: its name, and whether it is on the screen.
HERE = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const label = at.labels?.[0]?.innerText ?? "";
    const name = at.getAttribute("aria-label") || label || at.innerText || at.value || at.id;
    const box = (at.labels?.[0] ?? at).getBoundingClientRect();
    return {
        name: name.trim().split("\\n")[0],
        kind: at.type || at.localName,
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        top: Math.round(box.top + scrollY), left: Math.round(box.left),
    };
}"""
# A list shows a hundred rows at a time, each with a box and a link.
MOST_STEPS = 300


def here(page):
    """Return what has the focus: its name, its kind, and where it is."""
    return page.evaluate(HERE)


def tab_to(page, name, kind=None, key="Tab"):
    """Press Tab until something of that name has the focus; each stop is on the screen."""
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        at = here(page)
        if at is None:
            continue
        assert at["seen"], f"The focus is out of sight on {at['name']}."
        if at["name"] == name and kind in (None, at["kind"]):
            return at
    raise AssertionError(f"Tab never reaches {name}.")


def press(page, name, kind=None):
    """Go to a link or a button by Tab and press Enter."""
    tab_to(page, name, kind)
    page.keyboard.press("Enter")


def follow(page, name, kind=None):
    """Press a link or a button that leads to another page."""
    tab_to(page, name, kind)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill(page, name, text):
    """Go to a field by Tab and type over what it holds."""
    tab_to(page, name)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def stops(page):
    """Return all stops of Tab from the top of the page to where it leaves it."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    found = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        at = here(page)
        if at is None or (found and at == found[0]):
            return found
        found.append(at)
    raise AssertionError("Tab never leaves the page.")
