"""Letters as people see them before they are sent: page by page, and as a file."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.browser.accessibility import check_page
from tests.browser.journey import (
    make_template,
    open_service,
)

LETTER = {
    "Template name": "Letter of many pages",
    "Heading": "Your bill",
    "Body": "Dear ((name)),\n\nQR: https://example.com/pay\n\n---\n\nPage two",
}
SHOWN = "image => image.decode().then(() => image.naturalWidth)"


@pytest.fixture
def letter(page, visitor_of):
    """The address of a letter of two pages."""
    page.context.add_cookies(visitor_of("Service manager").cookies)
    service = open_service(page, "Riverside council tax").removesuffix("/dashboard")
    return make_template(page, service, "letter", **LETTER)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_of_a_letter_are_seen_and_downloaded(page, letter, width):
    page.set_viewport_size({"width": width, "height": 800})

    for number in (1, 2):
        picture = page.get_by_role("img", name=f"Page {number} of 2")
        picture.scroll_into_view_if_needed()
        assert picture.evaluate(SHOWN) == 1241
    page.get_by_text("The letter as text").click()
    assert page.get_by_role("heading", name="Your bill").is_visible()
    check_page(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    file = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert download.value.suggested_filename == "letter-of-many-pages.pdf"
    assert len(file.pages) == 2
