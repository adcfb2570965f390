"""The list of templates and the form for one, with their scripts, in a real browser."""

from __future__ import annotations

import uuid

import pytest

from tests.browser.accessibility import check_page
from tests.browser.journey import (
    make_template,
    open_service,
    person_with_role,
    sign_in,
)

SERVICE = "Riverside bin collections"


@pytest.fixture(scope="module")
def signed_in(chrome, demo):
    """The cookies of somebody who edits templates."""
    context = chrome.new_context(base_url=demo.portal_url)
    sign_in(context.new_page(), demo, person_with_role(demo, "Edits templates"))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(params=[1280, 375])
def page(page, request, signed_in):
    page.context.add_cookies(signed_in["cookies"])
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


@pytest.fixture
def templates(page):
    """The address of the service's templates."""
    service = open_service(page, SERVICE).removesuffix("/templates")
    page.goto(f"{service}/templates")
    return f"{service}/templates"


@pytest.fixture
def lorry(page, templates):
    """A word that stands in the names of two templates of this test only."""
    word = f"Lorry{uuid.uuid4().hex[:6]}"
    service = templates.removesuffix("/templates")
    for number in ("one", "two"):
        words = {"Template name": f"{word} {number}", "Message": f"Beware {word[::-1]}"}
        make_template(page, service, "sms", **words)
    page.goto(templates)
    return word


def test_what_is_ticked_is_counted_kept_while_searching_and_moved(page, lorry):
    search, note = page.get_by_label("Search by name or ID"), page.get_by_role("status")
    search.fill(f"{lorry} one")
    page.get_by_text("1 match", exact=True).wait_for()
    page.get_by_label(f"Choose {lorry} one").check()
    assert note.filter(has_text="1 selected").count() == 1
    assert page.get_by_role("button", name="New template").is_hidden()

    search.fill(f"{lorry} two")
    page.get_by_role("link", name=f"{lorry} two").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_search"
    page.get_by_label(f"Choose {lorry} two").check()
    assert note.filter(has_text="2 selected").count() == 1
    check_page(page)

    page.get_by_role("button", name="Move").click()
    page.get_by_role("heading", name="Move 2 items").wait_for()
    check_page(page)
    page.get_by_label("A new folder").check()
    page.get_by_label("Folder name").fill(f"All of {lorry}")
    page.get_by_role("button", name="Move here").click()
    page.get_by_text("2 items moved.").wait_for()

    assert page.get_by_role("heading", name=f"All of {lorry}").is_visible()
    assert page.get_by_role("link", name=lorry).count() == 2
    check_page(page)


def test_ticks_can_be_cleared(page, templates):
    page.get_by_role("checkbox", name="Choose").first.check()

    page.get_by_role("button", name="Clear").click()

    assert page.get_by_text("Nothing selected").is_visible()
    assert page.locator("#template-list input:checked").count() == 0
    assert page.get_by_role("button", name="New template").is_visible()


def test_a_search_looks_inside_messages_when_asked(page, lorry):
    page.get_by_label("Search by name or ID").fill(lorry[::-1])
    page.get_by_text("Nothing here matches").wait_for()

    page.get_by_label("Look inside messages too").check()

    page.get_by_role("link", name=f"{lorry} one").wait_for()


def test_placeholders_are_marked_and_parts_counted_while_typing(page, templates):
    page.goto(f"{templates}/add-sms")

    page.get_by_label("Message", exact=True).press_sequentially("Hello ((name)), ")
    marks = page.locator(".portal-highlight__layer mark")
    assert marks.all_inner_texts() == ["((name))"]
    page.get_by_label("Message", exact=True).fill("x" * 170)
    page.get_by_text("Will be charged as 2 text messages.").wait_for()

    assert marks.count() == 0
    check_page(page)


def test_a_double_click_makes_one_template(page, templates):
    name = f"Twice{uuid.uuid4().hex[:6]}"
    page.goto(f"{templates}/add-sms")
    page.get_by_label("Template name").fill(name)
    page.get_by_label("Message", exact=True).fill("Once.")

    page.get_by_role("button", name="Save").dblclick()
    page.get_by_role("heading", name=name).wait_for()
    page.goto(f"{templates}?search={name}")

    assert page.get_by_role("link", name=name).count() == 1


def test_mistakes_in_an_email_lead_to_their_fields(page, templates):
    page.goto(f"{templates}/add-email")
    page.get_by_role("button", name="Save").click()
    page.wait_for_function(
        "document.activeElement.classList.contains('govuk-error-summary')"
    )
    check_page(page)

    page.get_by_role("link", name="Enter a subject.").click()

    assert page.evaluate("document.activeElement.id") == "id_subject"


def test_two_versions_are_compared_and_one_restored(page, templates):
    url = make_template(
        page,
        templates.removesuffix("/templates"),
        "sms",
        **{"Template name": "Versions", "Message": "First words."},
    )
    page.goto(f"{url}/edit")
    page.get_by_label("Message", exact=True).fill("Second words.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(url)

    page.goto(f"{url}/version/1")
    assert page.locator("del").inner_text() == "First words."
    assert page.locator("ins").inner_text() == "Second words."
    check_page(page)
    page.get_by_role("button", name="Restore this version").click()

    page.get_by_text("Version 1 is back.").wait_for()
    assert page.get_by_text("First words.").is_visible()
