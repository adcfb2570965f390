"""The API goes away and comes back while somebody works."""

from __future__ import annotations

import signal
import time

import pytest

from tests.browser.accessibility import check_page
from tests.browser.journey import open_service, person_with_role, sign_in

BUDGET_SECONDS = 5
# For so long the portal does not ask an API that was away.
BREAKER_SECONDS = 5.5


@pytest.fixture(autouse=True)
def asked_again(demo):
    """Leave a portal to the next test that asks the API again."""
    yield
    if "sandbox" not in demo.children:
        demo.start_sandbox()
    time.sleep(BREAKER_SECONDS)


@pytest.fixture
def service(page, demo):
    """The address of a service, opened by somebody who may edit templates."""
    sign_in(page, demo, person_with_role(demo, "Edits templates"))
    return open_service(page, "Riverside bin collections")


@pytest.fixture
def stopped(demo):
    """Stop the API; it runs again after the test."""
    return lambda: demo.stop("sandbox")


def timed(action):
    began = time.monotonic()
    answer = action()
    return answer, time.monotonic() - began


def test_a_stopped_api_is_told_in_time_and_a_half_filled_form_survives(
    page, demo, service, stopped
):
    page.goto(f"{service}/templates/add-email")
    page.get_by_label("Template name").fill("Kept in spite of all")
    page.get_by_label("Subject").fill("About ((thing))")
    page.get_by_label("Message", exact=True).fill("Line one\n\nLine two")
    stopped()

    began = time.monotonic()
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="unavailable").wait_for()
    assert sent.value.status == 503
    assert time.monotonic() - began < BUDGET_SECONDS
    check_page(page)

    answer, seconds = timed(lambda: page.request.get(f"{service}/notifications"))
    assert (answer.status, seconds < BUDGET_SECONDS) == (503, True)
    assert "Traceback" not in answer.text()

    demo.start_sandbox()
    page.wait_for_timeout(5_500)
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("heading", name="Kept in spite of all").wait_for()
    email = page.frame_locator(".portal-email iframe").locator("body")
    assert "Line two" in email.inner_text()


def test_an_api_that_hangs_is_told_in_time(page, demo, service):
    sandbox = demo.children["sandbox"]
    sandbox.send_signal(signal.SIGSTOP)
    try:
        answer, seconds = timed(lambda: page.request.get(f"{service}/notifications"))
    finally:
        sandbox.send_signal(signal.SIGCONT)

    assert (answer.status, seconds < BUDGET_SECONDS) == (503, True)


def test_sign_in_and_status_pages_answer_without_the_api(page, stopped):
    stopped()

    assert page.goto("/sign-in").status == 200
    check_page(page)
    assert page.request.get("/_status?simple=1").status == 200
