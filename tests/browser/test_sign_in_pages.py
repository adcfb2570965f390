"""The pages of signing in, in a real browser: accessible, narrow, and quick to correct."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import check_page
from tests.browser.conftest import await_message, outbox, people


@pytest.fixture
def person(demo):
    return next(p for p in people(demo) if p["role"] == "Platform admin")


@pytest.mark.parametrize("path", ["/sign-in", "/forgot-password", "/no-such-page"])
def test_pages_for_visitors_are_accessible(page, path):
    page.goto(path)

    check_page(page)


def test_errors_take_the_focus_and_lead_to_their_fields(page):
    page.goto("/sign-in")
    page.get_by_role("button", name="Continue").click()

    page.wait_for_function(
        "document.activeElement.classList.contains('govuk-error-summary')"
    )
    check_page(page)
    page.get_by_role("link", name="Enter your password.").click()

    assert page.evaluate("document.activeElement.id") == "id_password"


def test_a_code_from_the_outbox_signs_in_and_signing_out_ends_it(page, demo, person):
    seen = len(outbox(demo))
    page.goto("/your-services")
    page.get_by_label("Email address").fill(person["email_address"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/two-factor-sms*")
    check_page(page)

    messages = outbox(demo)
    number = messages[seen]["to"]
    code = await_message(demo, number, r"\b(\d{5})\b", seen)[1]
    page.get_by_label("Text message code").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/your-services")
    check_page(page)

    page.get_by_role("link", name="Sign out").click()
    page.goto("/your-services")
    assert "/sign-in" in page.url
