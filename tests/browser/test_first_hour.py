"""The first hour of a newcomer, who knows nothing but the addresses of the demo."""

from __future__ import annotations

import re

import pytest

from tests.browser.accessibility import check_page
from tests.browser.conftest import await_message, outbox
from tests.browser.journey import make_template, person_with_role, sign_in

PASSWORD = "seven tall trees"
NEWCOMER = {
    "name": "Nia Newcomer",
    "email_address": "nia.newcomer@riverside-council.example",
    "mobile_number": "07700900801",
}
COLLEAGUE = {
    "name": "Cal Colleague",
    "email_address": "cal.colleague@elsewhere.example",
    "mobile_number": "07700900802",
}
RESIDENT = "07700900803"
SERVICE = "Riverside tree care"
WIDTHS = (1280, 375)
LINK = r"(https?://\S+/{}/\S+)"


def look(page):
    """Hold that the page is good to use on a big and on a small screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def press(page, name):
    page.get_by_role("button", name=name).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def fill_in(page, person, *fields):
    labels = {
        "name": "Full name",
        "email_address": "Email address",
        "mobile_number": "Mobile number",
    }
    for field in fields:
        page.get_by_label(labels[field]).fill(person[field])
    page.get_by_label("Password", exact=True).fill(PASSWORD)


def enter_code(page, demo, number, seen):
    page.wait_for_url("**/verify*")
    code = await_message(demo, number, r"\b(\d{5})\b", seen)[1]
    page.get_by_label("Text message code").fill(code)
    press(page, "Continue")


def sign_up(page, demo):
    seen = len(outbox(demo))
    page.goto("/")
    follow(page, "Create one")
    look(page)
    fill_in(page, NEWCOMER, "name", "email_address", "mobile_number")
    press(page, "Continue")
    page.get_by_role("heading", name="Check your email").wait_for()
    look(page)
    address = NEWCOMER["email_address"]
    page.goto(await_message(demo, address, LINK.format("verify-email"), seen)[1])
    enter_code(page, demo, NEWCOMER["mobile_number"], seen)
    page.wait_for_url("**/your-services")
    look(page)


def add_service(page):
    """Set a service up and take its tour; gives its address."""
    page.get_by_role("button", name="Add a service").click()
    look(page)
    follow(page, "Set up a new service")
    page.get_by_label("What is the name of your service?").fill(SERVICE)
    look(page)
    press(page, "Add the service")
    page.wait_for_url("**/tour/*")
    look(page)
    press(page, "Try sending it to yourself")
    for label, value in (
        ("name", "Nia"),
        ("day of the week", "Saturday"),
        ("colour", "green"),
    ):
        page.get_by_label(label, exact=True).fill(value)
        press(page, "Continue")
    look(page)
    press(page, "Send 1 text message")
    follow(page, "Finish the tour")
    look(page)
    press(page, "Delete the example")
    page.wait_for_url(re.compile(r"/services/[0-9a-f-]{36}$"))
    page.get_by_text("Trial mode").first.wait_for()
    look(page)
    return page.url


def invite(page, service):
    page.goto(f"{service}/users")
    look(page)
    press(page, "Invite a team member")
    page.get_by_label("Email address").fill(COLLEAGUE["email_address"])
    for label in ("See dashboard", "Send messages", "Manage settings, team and usage"):
        page.get_by_label(label).check()
    look(page)
    press(page, "Send the invitation")
    page.get_by_text("The invitation has been sent").wait_for()
    look(page)


def get_ready(page, service):
    """Do all that the list asks for before a service may go live."""
    follow(page, "Make your service live")
    page.get_by_text("Not completed").first.wait_for()
    look(page)
    follow(page, "Say how many messages you expect to send")
    page.get_by_label("Text messages", exact=True).fill("2500")
    look(page)
    press(page, "Continue")
    follow(page, "Confirm that your service is unique")
    page.get_by_label("Yes, it is unique").check()
    look(page)
    press(page, "Continue")
    make_template(
        page,
        service,
        "sms",
        **{"Template name": "Trees", "Message": "Dear ((name)), we plant on Friday."},
    )
    follow(page, "Receive text messages")
    look(page)
    press(page, "Start receiving text messages")
    look(page)
    press(page, "Get a phone number")
    page.get_by_text("Your service has a phone number now").wait_for()
    look(page)


def ask_to_go_live(page):
    follow(page, "Make your service live")
    press(page, "Ask to go live")
    page.get_by_role("heading", name="You have asked to go live").wait_for()
    look(page)


def accept(page, demo):
    """Follow the invitation as somebody without an account; gives where it leads."""
    seen = len(outbox(demo))
    link = await_message(demo, COLLEAGUE["email_address"], LINK.format("invitation"))[1]
    page.goto(link)
    page.wait_for_url("**/register-from-invite*")
    look(page)
    fill_in(page, COLLEAGUE, "name", "mobile_number")
    press(page, "Continue")
    enter_code(page, demo, COLLEAGUE["mobile_number"], seen)
    page.get_by_text("You have joined").wait_for()
    look(page)
    return page.url


def approve(page, demo, service):
    member = person_with_role(demo, "Organisation member")
    pattern = rf"(\S+/{service.rpartition('/')[2]}/make-service-live)"
    link = await_message(demo, member["email_address"], pattern)[1]
    sign_in(page, demo, member)
    page.goto(link)
    look(page)
    press(page, "Continue")
    page.get_by_label("Yes").check()
    look(page)
    press(page, "Continue")
    page.get_by_label("Yes").check()
    press(page, "Continue")
    page.get_by_label("Approve the request").check()
    look(page)
    press(page, "Continue")
    page.get_by_text("is live").first.wait_for()
    look(page)


def send(page, service):
    page.goto(f"{service}/templates")
    follow(page, "Trees")
    follow(page, "Get ready to send")
    if "set-sender" in page.url:
        press(page, "Continue")
    page.get_by_label("phone number").fill(RESIDENT)
    press(page, "Continue")
    page.get_by_label("name", exact=True).fill("Rae")
    press(page, "Continue")
    press(page, "Send 1 text message")
    page.wait_for_url("**/notification/*")


def answer(page, demo, seen):
    """Read the outbox as the resident does, and reply from there."""
    await_message(demo, RESIDENT, "Dear Rae, we plant on Friday", seen)
    page.goto(f"{demo.sandbox_url}/_sandbox/outbox?to={RESIDENT}")
    page.get_by_text("Dear Rae, we plant on Friday.").first.wait_for()
    page.get_by_role("link", name="Reply").first.click()
    page.get_by_label(re.compile("Message|Text|Content", re.I)).first.fill(
        "Which trees?"
    )
    page.get_by_role("button", name=re.compile("Send", re.I)).first.click()


def read_answer(page, service):
    page.goto(f"{service}/inbox")
    page.get_by_text("Which trees?").wait_for()
    look(page)
    follow(page, "07700 900803")
    page.get_by_text("Which trees?").wait_for()
    look(page)
    press(page, "Send a text message to this phone number")
    look(page)
    follow(page, "Trees")
    page.get_by_label("name", exact=True).fill("again, oaks are what")
    press(page, "Continue")
    press(page, "Send 1 text message")
    page.wait_for_url("**/notification/*")


@pytest.fixture
def someone(chrome, demo):
    """Return a function that gives another person a browser of their own."""
    contexts = []

    def come():
        contexts.append(chrome.new_context(base_url=demo.portal_url))
        return contexts[-1].new_page()

    yield come
    for context in contexts:
        context.close()


def test_a_newcomer_comes_from_nothing_to_a_conversation(page, demo, someone):
    sign_up(page, demo)
    service = add_service(page)
    invite(page, service)
    get_ready(page, service)
    ask_to_go_live(page)

    assert accept(someone(), demo) == service
    approve(someone(), demo, service)
    assert await_message(demo, NEWCOMER["email_address"], f"{SERVICE}.* live")
    page.goto(service)
    assert page.get_by_text("Trial mode").count() == 0
    seen = len(outbox(demo))
    send(page, service)
    answer(someone(), demo, seen)
    read_answer(page, service)

    page.goto(f"{service}/users")
    assert page.get_by_text(COLLEAGUE["name"]).first.is_visible()
    page.goto(f"{service}/history")
    page.get_by_text("Made the service live").wait_for()
    look(page)
