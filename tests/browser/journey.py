"""What several browser tests do on the way: sign in, open a service, read a code."""

from __future__ import annotations

from tests.browser.conftest import await_message, outbox, people


def person_with_role(demo, role):
    return next(p for p in people(demo) if p["role"] == role)


def sign_in(page, demo, person, path="/your-services"):
    """Sign in as a demo person with the code from the outbox."""
    seen = len(outbox(demo))
    page.goto(path)
    page.get_by_label("Email address").fill(person["email_address"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/two-factor-sms*")
    number = outbox(demo)[seen]["to"]
    code = await_message(demo, number, r"\b(\d{5})\b", seen)[1]
    page.get_by_label("Text message code").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{path}")


def open_service(page, name):
    """Open a service from the list; gives its address."""
    page.goto("/your-services")
    page.get_by_role("link", name=name).click()
    page.wait_for_url("**/services/*")
    return page.url


def make_template(page, service_url, kind, **words):
    """Make a template; gives its address."""
    page.goto(f"{service_url}/templates/add-{kind}")
    for label, text in words.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/templates/*-*-*")
    return page.url
