"""What a service's people do besides sending, on a big and on a small screen."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
import requests

from tests.browser.accessibility import check_page
from tests.browser.conftest import await_message
from tests.browser.journey import make_template, open_service

BINS, TAX = "Riverside bin collections", "Riverside council tax"
FAILS, WORKS = "07700900002", "07700900111"
LINK = r"(https?://\S+/unsubscribe/\S+)"
PERIODS = ("Today", "Last 7 days", "This month", "This financial year")
ID = r"[0-9a-f-]{36}"


@pytest.fixture(params=[1280, 375])
def page(page, request, visitor_of):
    page.context.add_cookies(visitor_of("Service manager").cookies)
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


@pytest.fixture
def name():
    """A word of this test only."""
    return f"Word{uuid4().hex[:6]}"


def csv_file(name, *rows):
    text = "\n".join(rows)
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def press(page, button):
    page.get_by_role("button", name=button, exact=True).click()


def follow(page, link):
    page.get_by_role("link", name=link).click()


def get_ready(page):
    """Begin to send from the template on the page."""
    follow(page, "Get ready to send")
    if "set-sender" in page.url:
        press(page, "Continue")


def write_letter(page, service, name):
    """Send one letter; gives the address of its page."""
    make_template(
        page,
        service,
        "letter",
        **{"Template name": name, "Heading": "Your bill", "Body": "Please pay."},
    )
    get_ready(page)
    page.get_by_label("Address").fill("Ada\n1 Street\nSW1A 1AA")
    press(page, "Continue")
    press(page, "Send 1 letter")
    page.wait_for_url(re.compile(f"/notification/{ID}"))
    return page.url.partition("?")[0]


def test_a_contact_list_is_kept_and_sent_to(page, name):
    service = open_service(page, BINS)
    page.goto(f"{service}/contact-lists")
    check_page(page)
    press(page, "Upload a contact list")
    page.locator("input[type=file]").set_input_files(
        csv_file(f"{name}.csv", "phone number", WORKS, "07700900222")
    )
    press(page, "Upload file")
    page.get_by_text("2 phone numbers found.").wait_for()
    check_page(page)
    press(page, "Save contact list")
    page.get_by_role("link", name=name).first.wait_for()

    words = {"Template name": name, "Message": "The bins are late."}
    make_template(page, service, "sms", **words)
    follow(page, "Send to a contact list")
    check_page(page)
    follow(page, name)
    check_page(page)
    press(page, "Send 2 text messages")
    page.wait_for_url(re.compile(f"/jobs/{ID}"))

    page.locator("#status-delivered").get_by_text("2", exact=True).wait_for()


def test_a_letter_is_sent_and_cancelled(page, name):
    letter = write_letter(page, open_service(page, TAX), name)
    check_page(page)
    follow(page, "Cancel sending this letter")
    check_page(page)
    press(page, "Cancel this letter")

    page.get_by_text("The letter is cancelled.").wait_for()
    page.goto(letter)
    assert page.get_by_role("link", name="Cancel sending this letter").count() == 0


def test_a_letter_that_came_back_is_listed(page, demo):
    service = open_service(page, TAX)
    page.goto(f"{service}/notifications/letter?status=delivered")
    printed = page.locator("tbody th a").first.get_attribute("href")
    requests.post(
        f"{demo.sandbox_url}/_sandbox/returned-letters.json",
        json={"notification_id": re.search(f"/notification/({ID})", printed)[1]},
        timeout=10,
    ).raise_for_status()

    page.goto(f"{service}/returned-letters")
    check_page(page)
    page.get_by_role("link", name="Returned letters reported on").first.click()
    page.locator("tbody th a").first.wait_for()
    check_page(page)
    with page.expect_download() as download:
        follow(page, "Download this report (CSV)")

    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 1


def test_who_unsubscribes_is_reported_and_seen_to(page, demo, name):
    service = open_service(page, BINS)
    reader = f"{name.lower()}@elsewhere.example"
    page.goto(f"{service}/templates/add-email")
    page.get_by_label("Template name", exact=True).fill(name)
    page.get_by_label("Subject", exact=True).fill("News")
    page.get_by_label("Message", exact=True).fill("Bins are emptied on Monday.")
    page.get_by_label("Add an unsubscribe link").check()
    press(page, "Save")
    get_ready(page)
    page.get_by_label("email address").fill(reader)
    press(page, "Continue")
    press(page, "Send 1 email")
    page.goto(await_message(demo, reader, LINK)[1])
    check_page(page)
    press(page, "Unsubscribe")
    page.get_by_role("heading", name="Request received").wait_for()

    page.goto(f"{service}/unsubscribe-requests/summary")
    page.locator("a[href$='/reports/latest']").click()
    check_page(page)
    press(page, "Make the report")
    with page.expect_download() as download:
        follow(page, "Download the report (CSV)")
    assert reader in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_label("Everyone in the report is off our list").check()
    check_page(page)
    press(page, "Save")

    page.goto(f"{service}/unsubscribe-requests/summary")
    assert page.get_by_text("Completed").first.is_visible()
    check_page(page)


def test_the_dashboard_tells_of_four_periods(page):
    service = open_service(page, BINS)
    page.goto(service)

    for period in PERIODS:
        page.get_by_role("link", name=period, exact=True).click()
        current = page.locator("[aria-current]", has_text=period)
        current.first.wait_for()
        assert page.locator("#sms, #email").count()
        check_page(page)


def test_what_failed_of_a_file_is_sent_again(page, name):
    service = open_service(page, BINS)
    words = {"Template name": name, "Message": "Hello ((name))."}
    make_template(page, service, "sms", **words)
    page.get_by_role("link", name="Upload a list of recipients").click()
    rows = ("phone number,name", f"{FAILS},Ada", f"{WORKS},Bo")
    page.locator("input[type=file]").set_input_files(csv_file(f"{name}.csv", *rows))
    press(page, "Upload file")
    press(page, "Send 2 text messages")
    press(page, "Send again to the 1 that failed")
    page.get_by_role("button", name="Send 1 text message").wait_for()
    check_page(page)
    page.get_by_text("Hello Ada.").wait_for()
    press(page, "Send 1 text message")

    page.wait_for_url(re.compile(f"/jobs/{ID}"))
    page.locator("#status-failed").get_by_text("1", exact=True).wait_for()


def test_wrong_cells_of_a_file_are_corrected_where_they_are_told(page, name):
    service = open_service(page, BINS)
    words = {"Template name": name, "Message": "Dear ((name)), the bins are late."}
    make_template(page, service, "sms", **words)
    follow(page, "Upload a list of recipients")
    rows = ("phone number,name,ward", f"{WORKS},Ada,East", "0770,Bo,West", "12,Cy,East")
    page.locator("input[type=file]").set_input_files(
        csv_file(f"{name}.csv", *rows, "07700900223,,North")
    )
    press(page, "Upload file")
    press(page, "Correct 3 rows here")
    check_page(page)

    row = page.get_by_role("group", name="Row 3")
    row.get_by_label("Row 3: phone number").fill("0770 ")
    left_out = page.get_by_role("group", name="Row 4")
    left_out.get_by_label("Do not send to this row").check()
    press(page, "Save and check the file")

    summary = page.locator(".govuk-error-summary")
    assert summary.evaluate("node => node === document.activeElement")
    check_page(page)
    follow(page, "Fill in “name” in row 5.")
    page.keyboard.type("Di")
    assert left_out.get_by_label("Do not send to this row").is_checked()
    row.get_by_label("Row 3: phone number").fill("07700900222")
    press(page, "Save and check the file")

    page.get_by_text("Your corrections are saved in a copy of the file.").wait_for()
    check_page(page)
    page.get_by_role("button", name="Send 3 text messages").wait_for()
