"""The main journeys with the keyboard alone."""

from __future__ import annotations

import uuid

import pytest

from tests.browser.conftest import await_message, outbox
from tests.browser.journey import make_template, open_service
from tests.browser.keyboard import fill, follow, here, press, stops, tab_to

SERVICE = "Riverside bin collections"
WORDS = {"Message": "Dear ((name)), all keys work."}


@pytest.fixture(scope="module")
def cookies(visitor_of):
    return visitor_of("Service manager").cookies


@pytest.fixture
def service(page, cookies):
    page.context.add_cookies(cookies)
    return open_service(page, SERVICE)


@pytest.fixture
def name():
    return f"Keys {uuid.uuid4().hex[:6]}"


def test_a_template_is_made_and_the_skip_link_leads_to_the_content(page, service, name):
    page.goto(f"{service}/templates")
    page.keyboard.press("Tab")
    assert here(page)["name"] == "Skip to main content"
    page.keyboard.press("Enter")
    follow(page, "New template")
    tab_to(page, "Email")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    follow(page, "Continue")
    page.wait_for_url("**/add-sms")

    fill(page, "Template name", name)
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS["Message"])
    page.get_by_text("Will be charged as 1 text message").wait_for()
    assert here(page)["name"] == "Message"
    follow(page, "Save")

    page.get_by_role("heading", name=name).wait_for()


def test_one_message_is_sent(page, demo, service, name):
    page.goto(make_template(page, service, "sms", **{"Template name": name}, **WORDS))
    seen = len(outbox(demo))
    follow(page, "Get ready to send")
    if "set-sender" in page.url:
        follow(page, "Continue")
    fill(page, "phone number", "07700 900123")
    follow(page, "Continue")
    fill(page, "name", "Ada")
    page.get_by_text("Dear Ada, all keys work.").wait_for()
    assert here(page)["name"] == "name"
    follow(page, "Continue")
    follow(page, "Send 1 text message")

    assert await_message(demo, "07700900123", "Dear Ada, all keys work", seen)


def test_a_spreadsheet_is_sent_later_and_cancelled(page, service, name):
    page.goto(make_template(page, service, "sms", **{"Template name": name}, **WORDS))
    follow(page, "Upload a list of recipients")
    with page.expect_file_chooser() as choosing:
        press(page, "Choose a file")
    rows = b"phone number,name\n07700900123,Ada\n"
    choosing.value.set_files(
        {"name": "keys.csv", "mimeType": "text/csv", "buffer": rows}
    )
    follow(page, "Upload file")
    page.get_by_text("When to send").wait_for()
    tab_to(page, "Now")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Day")
    page.keyboard.press("ArrowDown")
    follow(page, "Send 1 text message")
    page.get_by_role("heading", name="keys.csv").wait_for()
    follow(page, "Cancel sending")
    follow(page, "Cancel sending")

    page.get_by_text("The file will not be sent.").wait_for()


def test_templates_are_found_ticked_and_moved(page, service, name):
    for end in ("one", "two"):
        make_template(
            page, service, "sms", **{"Template name": f"{name} {end}"}, **WORDS
        )
    page.goto(f"{service}/templates")
    fill(page, "Search by name or ID", f"{name} two")
    page.get_by_role("link", name=f"{name} one").wait_for(state="detached")
    assert here(page)["name"] == "Search by name or ID"
    tab_to(page, f"Choose {name} two")
    page.keyboard.press("Space")
    page.get_by_text("1 selected").wait_for()
    follow(page, "Move")
    page.get_by_role("heading", name="Move 1 item").wait_for()
    follow(page, "Move here")
    page.locator(".govuk-error-summary:focus").wait_for()
    press(page, "Choose a folder.")
    page.keyboard.press("Space")
    tab_to(page, "Move here", key="Tab")
    page.keyboard.press("Enter")

    page.get_by_text("1 item moved.").wait_for()


def test_a_report_is_asked_for_and_downloaded(page, service):
    page.goto(f"{service}/reports/new")
    fill(page, "Day", "1")
    tab_to(page, "Hide who the messages went to")
    page.keyboard.press("Space")
    follow(page, "Make the report")
    page.get_by_text("Your report is ready").wait_for()
    with page.expect_download():
        press(page, "Download this report (CSV)")


@pytest.mark.parametrize("where", ["", "/templates", "/notifications/sms", "/users"])
def test_tab_goes_down_the_page_and_leaves_it(page, service, where):
    page.goto(f"{service}{where}")

    found = stops(page)

    assert found[0]["name"] == "Skip to main content"
    main = [at for at in found if at["left"] > 400]
    below = zip(main, main[1:], strict=False)
    backwards = [
        (a["name"], b["name"])
        for a, b in below
        if b["top"] < a["top"] - 60 and b["left"] <= a["left"]
    ]
    assert backwards == []
