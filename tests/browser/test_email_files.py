"""A file behind a link in an e-mail: attached, made live, sent, opened from the outbox."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.browser.accessibility import check_page
from tests.browser.conftest import await_message, outbox
from tests.browser.journey import (
    make_template,
    open_service,
    person_with_role,
)

SERVICE = "Riverside parking permits"
NAME = "Rules of parking 2026.pdf"
PDF = b"%PDF-1.7 rules"
LINK = r"\]\((http://\S+/d/\S+)\)"


@pytest.fixture(scope="module")
def manager(demo):
    return person_with_role(demo, "Service manager")


@pytest.fixture(scope="module")
def signed_in(visitor_of):
    """The cookies of somebody who manages a service."""
    return {"cookies": visitor_of("Service manager").cookies}


@pytest.fixture
def page(page, signed_in):
    page.context.add_cookies(signed_in["cookies"])
    return page


@pytest.fixture
def service(page):
    """A service that recipients of files can reach: its address."""
    url = open_service(page, SERVICE)
    page.goto(f"{url}/service-settings/send-files-by-email")
    page.get_by_label("Link to a web page").check()
    page.get_by_label("Web address").fill("https://www.example.com/contact")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The contact details are saved.").wait_for()
    return url


@pytest.fixture
def template(page, service):
    """An e-mail with a place for the file: its address."""
    return make_template(
        page,
        service,
        "email",
        **{
            "Template name": f"Rules {uuid.uuid4().hex[:6]}",
            "Subject": "Your permit",
            "Message": f"Hello,\n\nhere are (({NAME})).",
        },
    )


def attach(page, name=NAME, content=PDF):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    page.get_by_role("button", name="Upload file").click()


@pytest.mark.parametrize("width", [1280, 375])
def test_a_file_is_attached_sent_and_opened(page, demo, manager, template, width):
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(template)
    page.get_by_role("link", name="Attach files").click()
    page.get_by_role("heading", name="Attach a file").wait_for()
    check_page(page)
    attach(page)
    page.get_by_role("heading", name=NAME).wait_for()
    check_page(page)

    page.get_by_role("link", name="Change Link text").click()
    page.get_by_label("Link text (optional)").fill("the rules of parking")
    check_page(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Add to template").click()
    page.get_by_text("1 file attached.").wait_for()
    message = page.frame_locator("iframe[title='The email']")
    assert message.get_by_role("link", name="the rules of parking").is_visible()
    check_page(page)

    seen = len(outbox(demo))
    page.goto(template.replace("/templates/", "/template/") + "/one-off/send-to-myself")
    page.get_by_role("heading", name="Check your message").wait_for()
    check_page(page)
    page.get_by_role("button", name="Send 1 email").click()
    page.get_by_text("Your email has been sent.").wait_for()
    assert page.get_by_text("((").count() == 0
    link = await_message(demo, manager["email_address"], LINK, seen)[1]

    page.goto(link)
    page.get_by_role("heading", name="You have a file to download").wait_for()
    check_page(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Email address").fill("somebody.else@example.com")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="The file was not sent to this email address").click()
    assert page.evaluate("document.activeElement.id") == "id_email_address"
    check_page(page)
    page.get_by_label("Email address").fill(manager["email_address"])
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Download your file").wait_for()
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this PDF (0.1KB)").click()
    assert download.value.suggested_filename == NAME
    assert Path(download.value.path()).read_bytes() == PDF


def test_a_link_with_a_wrong_key_says_whom_to_ask(page, template):
    page.goto(template)
    page.get_by_role("link", name="Attach files").click()
    attach(page)
    page.get_by_role("button", name="Add to template").click()
    page.get_by_role("link", name="Manage files").click()
    page.get_by_role("link", name=f"Manage {NAME}").click()
    page.get_by_role("link", name="See the pages that recipients see").click()
    page.get_by_text("This is a preview of what recipients see.").wait_for()
    page.goto(page.url.split("?")[0] + f"?key={'C' * 43}")

    page.get_by_role("heading", name="File not found").wait_for()
    assert page.get_by_role("link", name=f"contact {SERVICE}").is_visible()
    check_page(page)


def test_what_cannot_be_attached_is_refused_beside_the_field(page, template):
    page.goto(f"{template}/files/upload")

    attach(page, name="rules.pdf", content=b"no such file")

    page.get_by_role("link", name="The file is not what its name says.").wait_for()
    check_page(page)


def test_a_file_is_removed_and_its_placeholder_with_it(page, template):
    page.goto(f"{template}/files/upload")
    attach(page)
    page.get_by_role("button", name="Add to template").click()
    page.get_by_role("link", name="Manage files").click()
    page.get_by_role("link", name=f"Manage {NAME}").click()

    page.get_by_role("link", name="Remove this file").click()
    page.get_by_role("heading", name=f"Remove “{NAME}”?").wait_for()
    check_page(page)
    page.get_by_role("button", name="Remove this file").click()

    page.get_by_text("is removed.").wait_for()
    assert page.get_by_role("link", name="Attach files").is_visible()


def test_a_long_name_breaks_on_a_phone(page, template):
    name = f"{'x' * 96}.pdf"
    page.goto(f"{template}/files/upload")
    attach(page, name=name)

    page.get_by_role("heading", name=name).wait_for()
    check_page(page)
    page.get_by_role("button", name="Add to template").click()
    page.get_by_text("is in the template.").wait_for()
    check_page(page)
    page.get_by_role("link", name="Manage files").click()
    check_page(page)
