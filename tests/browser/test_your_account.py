"""Your account and support in a real browser, with a security key that Chromium pretends to have."""

from __future__ import annotations

import re
import time

import jwt
import pytest
import requests

from tests.browser.accessibility import check_page
from tests.browser.conftest import await_message, outbox
from tests.browser.journey import person_with_role, sign_in

WIDTHS = (1280, 375)
ACCOUNT = "/your-account"
KEYS = f"{ACCOUNT}/security-keys"
OWNER = {
    "name": "Ola Owner",
    "email_address": "ola.owner@riverside-council.example",
    "mobile_number": "07700900811",
    "password": "nine quiet rivers",
}
NEW = {
    "name": "Ola Olsen",
    "email_address": "ola.olsen@riverside-council.example",
    "mobile_number": "07700900812",
    "password": "eleven loud rivers",
}


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


def enter(page, label, value):
    page.get_by_label(label, exact=True).fill(value)


def code_for(demo, number, seen):
    return await_message(demo, number, r"\b(\d{5})\b", seen)[1]


def link_for(demo, address, part, seen):
    return await_message(demo, address, rf"(https?://\S+/{part}/\S+)", seen)[1]


def register(page, demo):
    seen = len(outbox(demo))
    page.goto("/register")
    enter(page, "Full name", OWNER["name"])
    enter(page, "Email address", OWNER["email_address"])
    enter(page, "Mobile number", OWNER["mobile_number"])
    enter(page, "Password", OWNER["password"])
    press(page, "Continue")
    page.get_by_role("heading", name="Check your email").wait_for()
    page.goto(link_for(demo, OWNER["email_address"], "verify-email", seen))
    enter(page, "Text message code", code_for(demo, OWNER["mobile_number"], seen))
    press(page, "Continue")
    page.wait_for_url("**/your-services")


def change(page, what):
    page.goto(ACCOUNT)
    page.get_by_role("link", name=f"Change {what}", exact=True).click()


def give_password(page, password):
    page.get_by_role("heading", name="Change your").wait_for()
    look(page)
    enter(page, "Your password", password)
    press(page, "Continue")


def change_name(page):
    change(page, "Name")
    look(page)
    enter(page, "Change your name", NEW["name"])
    press(page, "Save")
    page.get_by_text("Your name has been changed.").wait_for()
    look(page)


def change_email(page, demo):
    seen = len(outbox(demo))
    change(page, "Email address")
    enter(page, "Change your email address", "nonsense")
    press(page, "Continue")
    page.wait_for_function(
        "document.activeElement.classList.contains('govuk-error-summary')"
    )
    look(page)
    enter(page, "Change your email address", NEW["email_address"])
    press(page, "Continue")
    give_password(page, OWNER["password"])
    page.get_by_role("heading", name="Check your email").wait_for()
    look(page)
    page.goto(link_for(demo, NEW["email_address"], "your-account/email/confirm", seen))
    page.get_by_text("Your email address has been changed.").wait_for()


def change_number(page, demo):
    seen = len(outbox(demo))
    change(page, "Mobile number")
    look(page)
    enter(page, "Change your mobile number", NEW["mobile_number"])
    press(page, "Continue")
    give_password(page, OWNER["password"])
    page.get_by_role("heading", name="Check your phone").wait_for()
    look(page)
    enter(page, "Text message code", "00000")
    press(page, "Save the number")
    page.get_by_text("Code not found").first.wait_for()
    enter(page, "Text message code", code_for(demo, NEW["mobile_number"], seen))
    press(page, "Save the number")
    page.get_by_text("Your mobile number has been changed.").wait_for()


def change_password(page):
    change(page, "Password")
    look(page)
    enter(page, "Current password", OWNER["password"])
    enter(page, "New password", NEW["password"])
    press(page, "Save")
    page.get_by_text("Your password has been changed.").wait_for()


def refuse(page, what):
    change(page, what)
    look(page)
    page.get_by_label("No", exact=True).check()
    press(page, "Save")
    page.get_by_text("You no longer").wait_for()


def test_people_change_everything_of_their_account(page, demo):
    register(page, demo)
    follow(page, "Your account")
    look(page)

    change_name(page)
    change_email(page, demo)
    change_number(page, demo)
    change_password(page)
    refuse(page, "Take part in user research")
    refuse(page, "Get emails about new features")

    for value in (NEW["name"], NEW["email_address"], NEW["mobile_number"]):
        assert page.get_by_role("main").get_by_text(value, exact=True).is_visible()
    follow(page, "Sign out")
    sign_in(page, demo, NEW)


def test_an_account_is_changed_with_the_keyboard_alone(page, demo):
    sign_in(page, demo, person_with_role(demo, "Only views"), ACCOUNT)
    research = f"{ACCOUNT}/take-part-in-user-research"
    page.locator(f'a[href="{research}"]').focus()

    page.keyboard.press("Enter")
    page.wait_for_url(f"**{research}")
    while not page.evaluate("document.activeElement.matches('[type=radio]')"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{ACCOUNT}")
    page.get_by_text("user research.").wait_for()


# --- security keys


@pytest.fixture
def admin(demo):
    """The platform admin, who signs in by code again after the test."""
    chief = person_with_role(demo, "Platform admin")
    yield chief
    user = tell_api(demo, "/user/email", email=chief["email_address"])["data"]
    tell_api(demo, f"/user/{user['id']}", auth_type="sms_auth")


def tell_api(demo, path, **data):
    """Post to the sandbox as the portal does."""
    secret = demo.environment["ADMIN_CLIENT_SECRET"]
    token = jwt.encode({"iss": "notify-admin", "iat": int(time.time())}, secret)
    return requests.post(
        f"{demo.sandbox_url}{path}",
        json=data,
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    ).json()


@pytest.fixture
def local(chrome, demo):
    """A page at ``localhost``, since no browser makes keys for an address of numbers."""
    context = chrome.new_context(
        base_url=demo.portal_url.replace("127.0.0.1", "localhost"),
        viewport={"width": 1280, "height": 900},
    )
    yield context.new_page()
    context.close()


class VirtualKeys:
    """The security keys of a page, as Chrome's own tools make them."""

    OPTIONS = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": False,
        "automaticPresenceSimulation": True,
    }

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")

    def plug_in(self):
        return self.session.send(
            "WebAuthn.addVirtualAuthenticator", {"options": self.OPTIONS}
        )["authenticatorId"]

    def pull_out(self, key):
        self.session.send(
            "WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key}
        )


def give_name_and_password(page, person, path):
    page.goto(path)
    page.get_by_label("Email address").fill(person["email_address"])
    enter(page, "Password", person["password"])
    press(page, "Continue")


def test_a_security_key_is_registered_and_signs_in(local, demo, admin):
    keys = VirtualKeys(local)
    first = keys.plug_in()
    sign_in(local, demo, admin, KEYS)
    look(local)

    press(local, "Register a security key")
    local.get_by_text("You are asked for it when you sign in next.").wait_for()
    look(local)
    follow(local, "Manage")
    look(local)
    enter(local, "Name of the security key", "Blue key")
    press(local, "Save")
    local.get_by_text("The name has been changed.").wait_for()
    follow(local, "Sign out")

    give_name_and_password(local, admin, "/your-services")
    local.get_by_role("heading", name="Get your security key").wait_for()
    look(local)
    press(local, "Check security key")
    local.wait_for_url("**/your-services")
    local.goto(KEYS)
    local.get_by_text("Last used today").wait_for()

    keys.pull_out(first)
    follow(local, "Sign out")
    keys.plug_in()
    give_name_and_password(local, admin, "/your-services")
    press(local, "Check security key")
    local.get_by_text("Your browser got no answer from the security key.").wait_for()
    assert local.evaluate("document.activeElement.dataset.key") == "problem"
    look(local)
    local.goto("/your-services")
    assert "/sign-in" in local.url


def test_without_scripts_the_page_says_what_keys_need(chrome, demo, admin):
    context = chrome.new_context(
        base_url=demo.portal_url.replace("127.0.0.1", "localhost"),
        java_script_enabled=False,
    )
    page = context.new_page()

    sign_in(page, demo, admin, KEYS)

    assert page.get_by_text("Security keys need JavaScript").is_visible()
    assert page.get_by_role("button", name="Register a security key").count() == 0
    context.close()


def test_under_an_address_of_numbers_the_page_says_where_keys_work(page, demo, admin):
    sign_in(page, demo, admin, KEYS)

    page.get_by_text("Security keys work at").wait_for()
    look(page)


def test_a_platform_admin_puts_the_view_aside_and_back(page, demo, admin):
    sign_in(page, demo, admin, ACCOUNT)
    change(page, "Use platform admin view")
    look(page)
    page.get_by_label("No", exact=True).check()
    press(page, "Save")
    page.get_by_text("off until you sign in again").wait_for()
    assert page.get_by_role("link", name="Platform admin", exact=True).count() == 0

    change(page, "Use platform admin view")
    page.get_by_label("Yes", exact=True).check()
    press(page, "Save")

    page.get_by_role("link", name="Platform admin", exact=True).wait_for()


# --- support


def test_a_visitor_finds_the_right_form_and_writes(page):
    page.goto("/sign-in")
    follow(page, "Support")
    look(page)
    page.get_by_label(re.compile("public sector")).check()
    press(page, "Continue")
    look(page)
    page.get_by_label("Report a problem").check()
    press(page, "Continue")
    look(page)
    page.get_by_label("I cannot sign in to my account").check()
    press(page, "Continue")
    look(page)
    page.get_by_label("I did not get a text message with a security code").check()
    press(page, "Continue")
    look(page)
    follow(page, "I still have no security code")
    press(page, "Send")
    page.get_by_text("There is a problem").wait_for()
    look(page)
    enter(page, "Full name", "Ann Example")
    page.get_by_label("Your email address").fill("ann@example.gov.uk")
    enter(page, "Your mobile number", "07700900123")
    press(page, "Send")

    page.get_by_role("heading", name="Thank you for your message").wait_for()
    look(page)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "public",
            "escalate",
            "email-link",
            "what-happened",
            "ask-question-give-feedback",
        ),
        *("mobile-number-changed", "mobile-number-changed/account-details"),
        *("email-address-changed", "email-address-changed/account-details"),
        *("email-link/account-details", "report-problem?severe=no"),
    ],
)
def test_every_page_of_support_is_good_to_use(page, path):
    page.goto(f"/support/{path}")

    look(page)
