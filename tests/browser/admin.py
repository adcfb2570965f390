"""What the browser tests of the admin do again and again."""

from __future__ import annotations

import re

from tests.browser.accessibility import check_page

# What a browser writes for a page that we refuse on purpose.
EXPECTED = re.compile(r"Failed to load resource: .* status of (403|503) ")

# Django's script makes choosing boxes after the page is there.
BOXES_ARE_MADE = """() => [...document.querySelectorAll("select.admin-autocomplete")].every(
    (select) => select.parentElement.querySelector("[role=textbox][aria-labelledby]"))"""


def listen(page):
    """Keep what the browser complains of: errors of scripts, refusals of the CSP, missing files."""
    page.complaints = []

    def heard(message):
        if message.type in {"error", "warning"} and not EXPECTED.match(message.text):
            page.complaints.append(message.text)

    page.on("console", heard)


def check(page):
    """Hold that the page is free of complaints, accessible, and fits into 320 pixels."""
    page.wait_for_load_state()
    page.wait_for_function(BOXES_ARE_MADE)
    assert page.complaints == []
    check_page(page)


def choose(page, label, text):
    """Choose from an autocomplete box by typing."""
    page.get_by_role("combobox", name=re.compile(f"^{label}")).click()
    page.get_by_role("searchbox", name=label.rstrip(":")).last.fill(text)
    page.get_by_role("option", name=text).click()


def names(page):
    """The first column of the list."""
    page.locator("#result_list").wait_for()
    return page.locator("#result_list tbody th").all_inner_texts()


def open_row(page, name):
    page.locator("#result_list").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url("**/change/*")


def narrow(page, link, query):
    """Follow a link of the list to where the address has a query."""
    page.locator(f'a[href*="{query}"]').get_by_text(link, exact=True).click()
    page.wait_for_url(re.compile(re.escape(query)))


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def is_told(page, words):
    page.locator(".messagelist").get_by_text(words).wait_for()
