"""A platform admin at work in the Django admin, in a real browser against the sandbox."""

from __future__ import annotations

import re
import time

import pytest

from tests.browser.admin import (
    check,
    choose,
    is_told,
    listen,
    names,
    narrow,
    open_row,
    save,
)
from tests.browser.journey import person_with_role, sign_in

SERVICES = "/admin/services/service/"
ORGANISATIONS = "/admin/organisations/organisation/"
USERS = "/admin/users/user/"
TEMPLATES = "/admin/message_templates/template/"
KEYS = "/admin/api_keys/apikey/"
PROVIDERS = "/admin/providers/providerdetails/"
AUDIT = "/admin/common/auditevent/"
BUDGET_SECONDS = 5


@pytest.fixture(scope="module")
def signed_in(chrome, demo):
    """The cookies of a platform admin who came by the one sign-in, on the way to /admin/."""
    context = chrome.new_context(base_url=demo.portal_url)
    sign_in(
        context.new_page(), demo, person_with_role(demo, "Platform admin"), "/admin/"
    )
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def page(page):
    listen(page)
    return page


@pytest.fixture
def pat(page, signed_in):
    page.context.add_cookies(signed_in["cookies"])
    yield page
    assert page.complaints == []


def open_service(page, name):
    page.goto(f"{SERVICES}?q={name}")
    open_row(page, name)


def test_a_platform_admin_sees_what_there_is_and_the_way_back(pat):
    pat.goto("/admin/")
    assert pat.title() == "What you can look after | Notify administration"
    check(pat)

    pat.get_by_role("link", name="Back to the services").click()
    pat.wait_for_url("**/your-services")


def test_services_are_searched_filtered_and_ordered(pat):
    pat.goto(SERVICES)
    check(pat)
    everything = names(pat)
    pat.get_by_label("Search", exact=True).fill("riverside")
    pat.get_by_role("button", name="Search").click()
    pat.wait_for_url("**q=riverside*")
    found = names(pat)
    assert 0 < len(found) < len(everything)
    pat.get_by_text(f"{len(found)} results").wait_for()

    narrow(pat, "Trial", "state=trial")
    trial = names(pat)
    assert "Riverside parking permits" in trial
    assert "Riverside bin collections" not in trial
    assert set(trial) < set(found)
    narrow(pat, "Name", "o=-1")
    assert names(pat) == sorted(trial, reverse=True)
    check(pat)


def test_people_come_in_pages_with_their_number(pat):
    pat.goto(USERS)
    check(pat)
    first = names(pat)
    count = int(pat.locator(".paginator").inner_text().split(" users")[0].split()[-1])
    narrow(pat, "2", "p=2")
    second = names(pat)

    assert len(first) == 50
    assert len(first) + len(second) == count


def test_a_service_is_changed_with_its_history(pat):
    open_service(pat, "Northmoor gritting")
    check(pat)
    pat.get_by_label("Name:", exact=True).fill("Northmoor winter roads")
    pat.get_by_label("Emails a day").fill("1234")
    save(pat)
    is_told(pat, "was changed successfully")
    open_service(pat, "Northmoor winter roads")
    assert pat.get_by_label("Emails a day").input_value() == "1234"

    pat.get_by_role("link", name="History").click()
    event = pat.locator(".portal-event").first
    assert event.locator("p").inner_text() == "Pat Overseer – Changed"
    changes = event.locator(".portal-changes tbody tr").all_inner_texts()
    assert [change.split("\t") for change in changes] == [
        ["Name", "Northmoor gritting", "Northmoor winter roads"],
        ["Emails a day", "50", "1234"],
    ]
    check(pat)


def test_a_name_in_use_is_refused_at_its_field_and_all_input_is_kept(pat):
    open_service(pat, "Riverside planning alerts")
    pat.get_by_label("Name:", exact=True).fill("Riverside bin collections")
    pat.get_by_label("Letters a day").fill("77")
    pat.get_by_label("Notes:").fill("Asked twice")
    pat.get_by_label("Receive text messages").check()
    save(pat)

    error = pat.locator(".field-name .errorlist")
    assert "uplicate service name" in error.inner_text()
    assert (
        pat.get_by_label("Name:", exact=True).input_value()
        == "Riverside bin collections"
    )
    assert pat.get_by_label("Letters a day").input_value() == "77"
    assert pat.get_by_label("Notes:").input_value() == "Asked twice"
    assert pat.get_by_label("Receive text messages").is_checked()
    check(pat)


def test_a_service_is_added_made_live_and_archived(pat):
    pat.goto(SERVICES)
    pat.get_by_role("link", name="Add service").click()
    pat.wait_for_url("**/add/")
    check(pat)
    pat.get_by_label("Name:", exact=True).fill("Riverside swimming lessons")
    choose(pat, "Organisation:", "Riverside Council")
    pat.get_by_label("Type of organisation").select_option("Local government")
    save(pat)
    is_told(pat, "was added successfully")

    open_service(pat, "Riverside swimming lessons")
    assert pat.locator(".field-state .readonly").inner_text() == "Trial"
    pat.get_by_label("Trial: sends to its own team only").uncheck()
    save(pat)
    is_told(pat, "was changed successfully")
    open_service(pat, "Riverside swimming lessons")
    assert pat.locator(".field-state .readonly").inner_text() == "Live"
    assert (
        pat.get_by_label("Text messages a day:", exact=True).input_value() == "250000"
    )

    pat.get_by_role("link", name="Archive").click()
    pat.get_by_text("Are you sure that you want to archive").wait_for()
    check(pat)
    pat.get_by_role("button", name="Archive").click()
    is_told(pat, "archived")


def test_an_organisation_is_added_changed_and_archived(pat):
    pat.goto(ORGANISATIONS)
    check(pat)
    pat.get_by_role("link", name="Add organisation").click()
    pat.wait_for_url("**/add/")
    check(pat)
    pat.get_by_label("Name:", exact=True).fill("Harbour Trust")
    pat.get_by_label("Type of organisation").select_option("Other")
    pat.get_by_label("Crown body").select_option("No")
    save(pat)
    is_told(pat, "was added successfully")

    open_row(pat, "Harbour Trust")
    check(pat)
    pat.get_by_label("Email domains").fill("harbour-trust.example")
    save(pat)
    is_told(pat, "was changed successfully")

    open_row(pat, "Harbour Trust")
    assert pat.get_by_label("Email domains").input_value() == "harbour-trust.example"
    pat.get_by_role("link", name="Archive").click()
    pat.get_by_role("button", name="Archive").click()
    is_told(pat, "archived")
    pat.goto(f"{ORGANISATIONS}?active__exact=0")
    assert [name for name in names(pat) if "Harbour Trust" in name]


def test_a_person_is_renamed_and_archived(pat):
    pat.goto(f"{USERS}?q=tide-tables")
    name = names(pat)[-1]
    open_row(pat, name)
    check(pat)
    pat.get_by_label("Name:", exact=True).fill("Zelda Marsh")
    save(pat)
    is_told(pat, "was changed successfully")

    open_row(pat, "Zelda Marsh")
    pat.get_by_role("link", name="Archive").click()
    pat.get_by_role("button", name="Archive").click()
    is_told(pat, "archived")


def test_templates_are_those_of_one_service(pat):
    pat.goto(TEMPLATES)
    pat.get_by_text("one service at a time").wait_for()
    check(pat)
    choose(pat, "Service:", "Riverside bin collections")
    pat.get_by_role("button", name="Continue").click()
    pat.get_by_text("The templates of Riverside bin collections.").wait_for()
    check(pat)

    open_row(pat, "Appointment details")
    assert "((date))" in pat.get_by_label("Message:").input_value()
    check(pat)


def test_an_api_key_is_revoked_after_a_question(pat):
    pat.goto(KEYS)
    choose(pat, "Service:", "Riverside bin collections")
    pat.get_by_role("button", name="Continue").click()
    check(pat)
    open_row(pat, "Staging")
    check(pat)
    pat.get_by_role("link", name="Revoke").click()
    pat.get_by_text("Are you sure that you want to revoke").wait_for()
    pat.get_by_role("button", name="Revoke").click()
    is_told(pat, "revoked")

    narrow(pat, "Revoked", "state=revoked")
    assert "Staging" in names(pat)
    open_row(pat, "Staging")
    assert pat.get_by_role("link", name="Revoke").count() == 0


def test_a_provider_gets_another_share_for_a_reason(pat):
    pat.goto(PROVIDERS)
    check(pat)
    open_row(pat, "MMG")
    pat.get_by_label("Priority:").fill("70")
    pat.get_by_label("Reason").fill("The other is slow")
    save(pat)
    is_told(pat, "was changed successfully")

    open_row(pat, "MMG")
    assert pat.get_by_label("Priority:").input_value() == "70"
    pat.get_by_role("link", name="History").click()
    pat.get_by_role("cell", name="The other is slow").last.wait_for()
    check(pat)


def test_the_audit_log_is_there_to_be_read(pat):
    pat.goto(PROVIDERS)
    open_row(pat, "Firetext")
    pat.get_by_label("Priority:").fill("40")
    save(pat)
    is_told(pat, "was changed successfully")
    pat.goto(AUDIT)
    check(pat)
    pat.locator("#result_list tbody a").first.click()
    pat.wait_for_url("**/change/*")

    pat.get_by_role("row", name="Priority 50 40").wait_for()
    assert pat.get_by_role("button", name="Save").count() == 0
    assert pat.locator("form input:not([type=hidden]), form textarea").count() == 0
    check(pat)


@pytest.mark.parametrize("path", [USERS, KEYS, PROVIDERS, AUDIT])
def test_nothing_offers_to_add_what_the_api_does_not_make(pat, path):
    pat.goto(path)

    assert pat.locator(".addlink").count() == 0
    assert pat.goto(f"{path}add/").status == 403


def test_providers_cannot_be_removed(pat):
    pat.goto(PROVIDERS)
    actions = pat.locator("select[name=action] option").all_inner_texts()
    assert not any("rchive" in action for action in actions)
    open_row(pat, "MMG")

    assert pat.locator(".deletelink").count() == 0


def test_members_of_services_are_refused(page, demo):
    sign_in(page, demo, person_with_role(demo, "Only views"))

    assert page.goto("/admin/").status == 403
    assert page.goto(SERVICES).status == 403
    check(page)


def test_strangers_are_sent_to_the_one_sign_in(page):
    page.goto(SERVICES)

    page.wait_for_url(re.compile(r"/sign-in\?"))
    assert page.get_by_label("Password", exact=True).is_visible()


@pytest.fixture
def stopped(demo):
    """Stop the API; it runs again after the test."""
    yield lambda: demo.stop("sandbox")
    if "sandbox" not in demo.children:
        demo.start_sandbox()


def test_without_the_api_a_half_filled_form_survives(pat, demo, stopped):
    pat.goto(f"{SERVICES}add/")
    pat.get_by_label("Name:", exact=True).fill("Kept in spite of all")
    pat.get_by_label("Type of organisation").select_option("Other")
    stopped()

    began = time.monotonic()
    with pat.expect_response(lambda answer: answer.request.method == "POST") as sent:
        save(pat)
    pat.get_by_role("heading", name="unavailable").wait_for()
    assert sent.value.status == 503
    assert time.monotonic() - began < BUDGET_SECONDS
    check(pat)

    demo.start_sandbox()
    pat.wait_for_timeout(5_500)
    pat.get_by_role("button", name="Try again").click()
    is_told(pat, "was added successfully")
    assert "Kept in spite of all" in names(pat)


def test_signing_out_of_the_admin_signs_out_of_everything(pat, demo, signed_in):
    pat.goto("/admin/")
    pat.get_by_role("button", name="Sign out").click()
    pat.wait_for_url("**/sign-in")
    pat.goto("/your-services")
    pat.wait_for_url(re.compile(r"/sign-in\?"))

    sign_in(pat, demo, person_with_role(demo, "Platform admin"), "/admin/")
    signed_in.update(pat.context.storage_state())
