"""A day of somebody who sends messages, in a real browser against the sandbox."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.browser.accessibility import check_page
from tests.browser.conftest import await_message, outbox
from tests.browser.journey import (
    make_template,
    open_service,
)

SERVICE = "Riverside bin collections"
ROWS = 1000


@pytest.fixture(scope="module")
def signed_in(visitor_of):
    """The cookies of a service manager, signed in with a code from the outbox."""
    return {"cookies": visitor_of("Service manager").cookies}


@pytest.fixture(params=[1280, 375])
def page(page, request, signed_in):
    page.context.add_cookies(signed_in["cookies"])
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


def spreadsheet(rows):
    text = io.StringIO()
    csv.writer(text).writerows([["phone number", "name"], *rows])
    return {
        "name": "people.csv",
        "mimeType": "text/csv",
        "buffer": text.getvalue().encode(),
    }


def test_a_template_is_made_and_edited_with_a_warning_of_what_breaks(page):
    service = open_service(page, SERVICE)
    page.goto(f"{service}/templates")
    page.get_by_role("button", name="New template").click()
    page.get_by_label("Text message", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Template name").fill("Permit ready")
    page.get_by_label("Message", exact=True).fill(
        "Hello ((name)), your permit is ready."
    )
    page.get_by_text("Will be charged as 1 text message").wait_for()
    check_page(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Permit ready").wait_for()
    assert page.locator("mark.placeholder").inner_text() == "((name))"
    check_page(page)

    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Message", exact=True).fill("Hello ((first name)), it is ready.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Confirm changes").wait_for()
    assert page.locator("mark.placeholder").all_inner_texts() == [
        "((name))",
        "((first name))",
    ]
    check_page(page)
    page.get_by_role("button", name="Save changes").click()
    page.get_by_role("link", name="See previous versions").click()

    assert page.get_by_role("heading", name="Version 2").is_visible()
    check_page(page)


def test_one_text_message_is_sent_step_by_step(page, demo):
    service = open_service(page, SERVICE)
    template = make_template(
        page,
        service,
        "sms",
        **{"Template name": "One text", "Message": "Dear ((name)), thank you."},
    )
    seen = len(outbox(demo))
    page.goto(template)
    page.get_by_role("link", name="Get ready to send").click()
    if "set-sender" in page.url:
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("phone number").fill("07700 900123")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("name", exact=True).fill("Ada")
    check_page(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Dear Ada, thank you.").wait_for()
    check_page(page)
    page.get_by_role("button", name="Send 1 text message").click()
    page.wait_for_url("**/services/*/notification/*")

    assert await_message(demo, "07700900123", "Dear Ada, thank you", seen)
    page.locator("#status").get_by_text("Delivered").wait_for()
    check_page(page)


def test_one_email_is_sent(page, demo):
    service = open_service(page, SERVICE)
    template = make_template(
        page,
        service,
        "email",
        **{
            "Template name": "One email",
            "Subject": "About ((thing))",
            "Message": "# News\n\nHello ((name)).",
        },
    )
    seen = len(outbox(demo))
    page.goto(template)
    page.get_by_role("link", name="Get ready to send").click()
    if "set-sender" in page.url:
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("email address").fill("ada@example.com")
    page.get_by_role("button", name="Continue").click()
    for label, value in {"thing": "bins", "name": "Ada"}.items():
        page.get_by_label(label, exact=True).fill(value)
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send 1 email").click()
    page.wait_for_url("**/services/*/notification/*")

    assert await_message(demo, "ada@example.com", "Hello Ada", seen)
    page.locator("#status").get_by_text("Delivered").wait_for()


def test_a_spreadsheet_is_corrected_sent_followed_and_reported(page):
    service = open_service(page, SERVICE)
    template = make_template(
        page,
        service,
        "sms",
        **{"Template name": "To many", "Message": "Hello ((name))."},
    )
    good = [[f"07700 9{n:05}", f"Person {n}"] for n in range(ROWS)]
    bad = [list(row) for row in good]
    bad[4][0], bad[499][1], bad[998][0] = "0770", "", "not a number"

    page.goto(f"{template.replace('/templates/', '/send/')}/csv")
    check_page(page)
    page.locator("input[type=file]").set_input_files(spreadsheet(bad))
    page.get_by_role("button", name="Upload file").click()
    page.get_by_role("heading", name="There is a problem with people.csv").wait_for()
    rows = page.locator(".portal-sheet__bad")
    assert rows.locator("th").all_inner_texts() == ["6", "501", "1000"]
    errors = [rows.nth(n).locator("td").all_inner_texts() for n in range(3)]
    assert re.search("short|digits", errors[0][0])
    assert "Missing" in errors[1][1]
    assert errors[2][0].rstrip().endswith("not a number")
    check_page(page)

    page.locator("input[type=file]").set_input_files(spreadsheet(good))
    page.get_by_role("button", name="Upload your file again").click()
    page.get_by_role("button", name="Send 1,000 text messages").wait_for()
    page.get_by_role("link", name="Row 3", exact=True).click()
    page.get_by_text("Hello Person 1.").wait_for()
    check_page(page)
    page.get_by_role("button", name="Send 1,000 text messages").click()
    page.wait_for_url("**/jobs/*")

    delivered, failed = (
        page.locator("#status-delivered"),
        page.locator("#status-failed"),
    )
    page.wait_for_function(
        """() => ["delivered", "failed"].map(
            name => document.querySelector(`#status-${name} .portal-pill__figure`)
        ).reduce((sum, node) => sum + Number(node?.innerText.replace(",", "")), 0) === 1000""",
        timeout=90_000,
    )
    assert "delivered" in delivered.inner_text()
    assert "failed" in failed.inner_text()
    check_page(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download this report (CSV)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == ROWS

    report_of_all_messages(page, service)


def report_of_all_messages(page, service):
    """More rows than a page waits for: the report is made in the background."""
    page.goto(f"{service}/notifications/sms")
    check_page(page)
    page.get_by_role("link", name="Download this report (CSV)").click()
    page.get_by_text("Your report is ready").wait_for()
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this report (CSV)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) >= ROWS


def test_sent_messages_are_found_by_recipient_without_it_in_the_address(page):
    service = open_service(page, SERVICE)
    page.goto(f"{service}/notifications/sms")
    recipient = page.locator("tbody th a").first.inner_text()
    page.get_by_label("Search by phone number or reference").fill(recipient)
    page.get_by_role("button", name="Search").click()
    page.get_by_text(f"Messages that match “{recipient}”").wait_for()

    assert page.get_by_role("link", name=recipient).first.is_visible()
    assert re.sub(r"\D", "", recipient)[-6:] not in page.url
