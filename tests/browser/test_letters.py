"""Letters as PDF, from the file to the list of what was sent; nothing of it needs scripts."""

from __future__ import annotations

import pytest

from tests import pdf_files
from tests.browser.accessibility import check_page
from tests.browser.journey import make_template, open_service, person_with_role, sign_in

SERVICE = "Riverside bin collections"
WIDTHS = (1280, 375)
TOO_NEAR = pdf_files.document(
    [
        pdf_files.page(1, pdf_files.A4, pdf_files.ADDRESS),
        (pdf_files.A4, pdf_files.text(pdf_files.A4, 3, 150, "At the edge")),
    ]
)


def file(name, content):
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def visitor(chrome, demo, role):
    context = chrome.new_context(base_url=demo.portal_url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo, person_with_role(demo, role))
    return page


def check_as_shown(chrome, page):
    """Hold the page to what all pages are held to; looking at it takes scripts."""
    state = page.context.storage_state()
    context = chrome.new_context(storage_state=state, viewport=page.viewport_size)
    scripted = context.new_page()
    scripted.goto(page.url)
    check_page(scripted)
    context.close()


@pytest.fixture(scope="module")
def sender(chrome, demo):
    """Somebody who sends, in a browser without scripts."""
    page = visitor(chrome, demo, "Sends messages")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def editor(chrome, demo):
    """Somebody who edits templates, in a browser without scripts."""
    page = visitor(chrome, demo, "Edits templates")
    yield page
    page.context.close()


def has_pictures(page):
    """Whether all the pictures of pages are there, those further down too."""
    pictures = page.locator(".portal-pages__picture")
    for number in range(pictures.count()):
        pictures.nth(number).scroll_into_view_if_needed()
        address = pictures.nth(number).get_attribute("src")
        answer = page.request.get(address)
        assert answer.headers["content-type"] == "image/png", address
    return pictures.count()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_letter_is_uploaded_looked_at_sent_and_found(chrome, sender, width):
    page, name = sender, f"reminder-{width}.pdf"
    page.set_viewport_size({"width": width, "height": 900})
    service = open_service(page, SERVICE)

    page.goto(f"{service}/uploads")
    page.get_by_role("button", name="Upload a letter").click()
    check_as_shown(chrome, page)
    page.get_by_label("Choose a PDF").set_input_files(file("edge.pdf", TOO_NEAR))
    page.get_by_role("button", name="Upload letter").click()
    assert page.get_by_text("Page 2 has something").count() == 2
    assert has_pictures(page) == 2
    check_as_shown(chrome, page)

    page.get_by_label("Choose another file").set_input_files(
        file(name, pdf_files.letter(2))
    )
    page.get_by_role("button", name="Upload this file instead").click()
    assert page.get_by_text("Ann Example").is_visible()
    assert has_pictures(page) == 2
    check_as_shown(chrome, page)

    # Whoever leaves now finds it again.
    page.goto(f"{service}/uploads")
    check_as_shown(chrome, page)
    page.get_by_role("link", name=name).click()
    letter = page.url
    page.get_by_label("First class").check()
    page.get_by_role("button", name="Send 1 letter").click()
    page.wait_for_url("**/notification/*")
    assert page.get_by_text(f"Reference: {name}").is_visible()
    assert has_pictures(page) == 2
    check_as_shown(chrome, page)

    sent = page.url
    page.goto(letter)
    assert page.url == sent
    page.goto(f"{service}/uploads")
    assert page.get_by_role("link", name=name).count() == 0
    page.get_by_role("link", name="Uploaded letters").first.click()
    assert page.get_by_text(name).is_visible()
    check_as_shown(chrome, page)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_attached_to_a_template_and_taken_off_again(chrome, editor, width):
    page = editor
    page.set_viewport_size({"width": width, "height": 900})
    service = open_service(page, SERVICE)
    template = make_template(
        page,
        service,
        "letter",
        **{
            "Template name": f"With a leaflet {width}",
            "Heading": "Your bins",
            "Body": "We collect them on Monday.",
        },
    )

    page.get_by_role("link", name="Attach pages").click()
    check_as_shown(chrome, page)
    page.get_by_label("Choose a PDF").set_input_files(
        file("long.pdf", pdf_files.letter(10, address=()))
    )
    page.get_by_role("button", name="Attach pages").click()
    assert page.get_by_text("the letter is 11 pages long").count() == 2
    page.get_by_label("Choose another file").set_input_files(
        file("leaflet.pdf", pdf_files.letter(2, address=()))
    )
    page.get_by_role("button", name="Attach pages").click()
    assert page.url == template
    assert page.get_by_text("leaflet.pdf (PDF, 2 pages)").is_visible()
    assert has_pictures(page) == 3

    page.get_by_role("link", name="Change attached pages").click()
    assert has_pictures(page) == 2
    check_as_shown(chrome, page)
    page.get_by_role("link", name="Remove these pages").click()
    check_as_shown(chrome, page)
    page.get_by_role("button", name="Remove attached pages").click()
    assert page.get_by_text("The attached pages are removed.").is_visible()
    assert has_pictures(page) == 1
    page.get_by_role("link", name="See previous versions").click()
    assert page.get_by_text("leaflet.pdf, 2 pages").count() == 2
