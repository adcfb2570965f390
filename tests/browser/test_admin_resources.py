"""Adding, changing, acting, exporting, reading the history and being refused, on five models."""

from __future__ import annotations

import csv
import re

import pytest

from tests.browser.admin import check, choose, is_told, listen, names, open_row, save
from tests.browser.journey import person_with_role, sign_in

SERVICES = "/admin/services/service/"
ORGANISATIONS = "/admin/organisations/organisation/"
FOLDERS = "/admin/message_templates/templatefolder/"
REPLY_TO = "/admin/services/serviceemailreplyto/"
BRANDINGS = "/admin/branding/emailbranding/"
USERS = "/admin/users/user/"
PHONE = {"width": 375, "height": 800}


@pytest.fixture(scope="module")
def signed_in(chrome, demo):
    context = chrome.new_context(base_url=demo.portal_url)
    chief = person_with_role(demo, "Platform admin")
    sign_in(context.new_page(), demo, chief, "/admin/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def pat(page, signed_in):
    listen(page)
    page.context.add_cookies(signed_in["cookies"])
    yield page
    assert page.complaints == []


def of_service(page, path, name="Riverside bin collections"):
    """Open a list of one service by choosing the service."""
    page.goto(path)
    choose(page, "Service:", name)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text(f"of {name}.").wait_for()


def exported(page):
    """The lines of what the list shows, as its link gives it."""
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Export CSV").click()
    with downloading.value.path().open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def history(page):
    page.get_by_role("link", name="History").click()
    page.locator(".portal-event").first.wait_for()
    check(page)
    return " ".join(page.locator("#change-history").inner_text().split())


def act(page, name, action):
    """Choose an action for one row, up to the page that asks."""
    page.get_by_role("row", name=name).get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option(label=action)
    page.get_by_role("button", name="Go").click()
    page.locator("input[name=post]").wait_for(state="attached")
    check(page)


def test_services(pat):
    pat.goto(f"{SERVICES}add/")
    pat.get_by_label("Name:", exact=True).fill("Harbour moorings")
    pat.get_by_label("Type of organisation").select_option("Local government")
    save(pat)
    is_told(pat, "was added successfully")
    pat.goto(f"{SERVICES}?q=harbour moorings")
    assert exported(pat)[1][1] == "Harbour moorings"
    act(pat, "Harbour moorings", "Suspend the selected services")
    pat.get_by_role("button", name="Suspend").click()
    is_told(pat, "Done for one.")

    open_row(pat, "Harbour moorings")
    assert pat.locator(".field-state .readonly").inner_text() == "Suspended"
    pat.get_by_role("button", name="Resume").click()
    pat.get_by_text("Are you sure that you want to resume").wait_for()
    pat.get_by_role("button", name="Resume").click()
    is_told(pat, "Done for one.")
    pat.goto(f"{SERVICES}?q=harbour moorings")
    open_row(pat, "Harbour moorings")
    pat.get_by_label("Name:", exact=True).fill("Riverside bin collections")
    save(pat)
    assert "uplicate" in pat.locator(".field-name .errorlist").inner_text()
    told = history(pat)
    assert re.search("Resumed.*Suspended.*Added", told)


def test_organisations(pat):
    pat.goto(f"{ORGANISATIONS}add/")
    pat.get_by_label("Name:", exact=True).fill("Lighthouse Trust")
    pat.get_by_label("Type of organisation").select_option("Other")
    pat.get_by_label("Crown body").select_option("No")
    save(pat)
    is_told(pat, "was added successfully")
    open_row(pat, "Lighthouse Trust")
    pat.get_by_label("Notes:").fill("Call on Mondays")
    save(pat)
    is_told(pat, "was changed successfully")

    pat.goto(f"{ORGANISATIONS}?q=lighthouse")
    assert exported(pat)[1][1] == "Lighthouse Trust"
    open_row(pat, "Lighthouse Trust")
    pat.get_by_label("Name:", exact=True).fill("Riverside Council")
    save(pat)
    assert "already exists" in pat.locator(".errorlist").first.inner_text()
    assert "Call on Mondays" in history(pat)
    pat.goto(f"{ORGANISATIONS}?q=lighthouse")
    act(pat, "Lighthouse Trust", "Archive the selected organisations")
    pat.get_by_role("button", name="Archive").click()
    is_told(pat, "Done for one.")


def test_reply_to_addresses_in_their_list_and_under_the_tab(pat):
    of_service(pat, REPLY_TO)
    check(pat)
    pat.get_by_role("link", name="Add reply-to address").click()
    pat.wait_for_url("**/add/*")
    pat.get_by_label("Email address").fill("harbour@riverside.example")
    pat.get_by_label("Default").uncheck()
    save(pat)
    is_told(pat, "was added successfully")
    assert "harbour@riverside.example" in {line[1] for line in exported(pat)}
    open_row(pat, "harbour@riverside.example")
    pat.get_by_label("Email address").fill("moorings@riverside.example")
    save(pat)
    is_told(pat, "was changed successfully")
    open_row(pat, "moorings@riverside.example")
    assert "harbour@riverside.example" in history(pat)

    pat.goto(f"{SERVICES}?q=riverside bin")
    open_row(pat, "Riverside bin collections")
    pat.get_by_role("link", name="Reply-to addresses").click()
    pat.wait_for_url("**?part=reply-to")
    check(pat)
    rows = pat.locator("input[name$='-email_address']")
    taken = pat.locator("input[value='moorings@riverside.example']").input_value()
    rows.nth(pat.locator("tr.has_original").count()).fill(taken)
    save(pat)
    assert "already" in pat.locator(".errorlist").first.inner_text()
    assert taken in [row.input_value() for row in rows.all()]

    of_service(pat, REPLY_TO)
    act(pat, taken, "Archive the selected reply-to addresses")
    pat.get_by_role("button", name="Archive").click()
    is_told(pat, "Done for one.")
    assert taken not in names(pat)


def test_folders(pat):
    of_service(pat, FOLDERS)
    check(pat)
    pat.get_by_role("link", name="Add template folder").click()
    pat.wait_for_url("**/add/*")
    pat.get_by_label("Name:", exact=True).fill("Harbour")
    save(pat)
    is_told(pat, "was added successfully")
    assert "Harbour" in {line[1] for line in exported(pat)}
    open_row(pat, "Harbour")
    pat.get_by_label("Name:", exact=True).fill("Moorings")
    save(pat)
    is_told(pat, "was changed successfully")
    open_row(pat, "Moorings")
    assert re.search("Harbour.*Moorings", history(pat))
    of_service(pat, FOLDERS)
    act(pat, "Moorings", "Delete the selected template folders")
    pat.get_by_role("button", name="Delete").click()
    is_told(pat, "Done for one.")
    assert "Moorings" not in names(pat)

    act(pat, names(pat)[0], "Delete the selected template folders")
    pat.get_by_role("button", name="Delete").click()
    pat.locator(".messagelist .error").wait_for()


def test_brandings(pat):
    pat.goto(f"{BRANDINGS}add/")
    check(pat)
    pat.get_by_label("Name:", exact=True).fill("Harbour blue")
    pat.get_by_label("Kind:").select_option(index=1)
    pat.get_by_label("Text beside the logo").fill("Harbour")
    save(pat)
    is_told(pat, "was added successfully")
    open_row(pat, "Harbour blue")
    pat.get_by_label("Colour").fill("#003366")
    save(pat)
    is_told(pat, "was changed successfully")
    pat.goto(f"{BRANDINGS}?q=harbour")
    assert exported(pat)[1][1] == "Harbour blue"
    open_row(pat, "Harbour blue")
    pat.get_by_label("Name:", exact=True).fill("Riverside Council")
    save(pat)
    pat.locator(".errorlist").first.wait_for()
    assert "#003366" in history(pat)
    pat.goto(f"{BRANDINGS}?q=harbour")
    act(pat, "Harbour blue", "Archive the selected email brandings")
    pat.get_by_role("button", name="Archive").click()
    is_told(pat, "Done for one.")


def test_numbers_of_people_are_shown_after_asking(pat):
    pat.goto(USERS)
    column = pat.locator("#result_list tbody .field-masked_mobile_number")
    assert set("".join(column.all_inner_texts())) <= set("•0123456789–")

    pat.get_by_role("button", name="Show it for five minutes").click()
    pat.locator("#result_list tbody .field-mobile_number").first.wait_for()
    check(pat)
    pat.goto("/admin/common/auditevent/")
    assert "Asked for personal data" in pat.locator("#result_list").inner_text()


def test_what_needs_attention_comes_after_the_page(pat):
    pat.goto("/admin/")

    pat.get_by_role("heading", name="What needs attention").wait_for()
    pat.locator(".portal-attention").get_by_text("Answers").wait_for()
    check(pat)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/notifications/notification/",
        "/admin/jobs/job/",
        "/admin/inbound/inboundsms/",
        "/admin/services/serviceguestlist/",
        "/admin/invites/inviteduser/",
    ],
)
def test_lists_of_a_service_fit_a_phone(pat, path):
    of_service(pat, path)
    pat.set_viewport_size(PHONE)

    check(pat)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/inbound/inboundnumber/",
        "/admin/notifications/complaint/",
        "/admin/billing/letterrate/",
        "/admin/platform/protectedsenderid/",
        "/admin/users/webauthncredential/",
        "/admin/invites/invitedorganisationuser/",
    ],
)
def test_lists_of_the_platform_fit_a_phone(pat, path):
    pat.goto(path)
    pat.set_viewport_size(PHONE)

    check(pat)
