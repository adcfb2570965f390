"""The list of templates narrowed by placeholder and last use."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from tests.message_templates.conftest import API, BASE, own_folder, own_template

USAGE = f"{API}/notifications/templates_usage/monthly"
HTMX = {"HX-Request": "true", "HX-Target": "template-list"}


@pytest.fixture
def whole(api, listed):
    """Let the API list these templates and know each of them whole."""

    def register(*templates, folders=()):
        listed(*templates, folders=folders)
        for template in templates:
            api.get(f"{API}/template/{template['id']}", json={"data": template})

    return register


@pytest.fixture
def in_november(monkeypatch):
    """Let it be a day whose financial year began in April 2026."""
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2026, 11, 21))


def month(template, year, month, count=3):
    return {
        "template_id": template["id"],
        "name": template["name"],
        "type": template["template_type"],
        "year": year,
        "month": month,
        "count": count,
    }


@pytest.mark.parametrize("typed", ["first name", "((First_Name))"])
def test_templates_are_found_by_a_placeholder(editor, whole, typed):
    whole(
        own_template(name="Greeting", content="Dear ((first name))"),
        own_template(name="Plain", content="Dear all"),
        own_template(name="Other", content="((day))"),
    )

    page = editor.get(BASE, {"placeholder": typed}).content.decode()

    assert "1 match<" in page
    assert "Greeting</a>" in page
    assert "Plain</a>" not in page
    assert "Other</a>" not in page


def test_a_placeholder_in_a_subject_counts(editor, whole):
    whole(
        own_template(name="Due", template_type="email", subject="((day))", content="Hi")
    )

    page = editor.get(BASE, {"placeholder": "day"}).content.decode()

    assert "Due</a>" in page


def test_templates_without_placeholders_are_found(editor, whole):
    whole(
        own_template(name="Greeting", content="Dear ((name))"),
        own_template(name="Plain", content="Dear all"),
        folders=[own_folder("Plain things")],
    )

    page = editor.get(BASE, {"no_placeholders": "yes"}).content.decode()

    assert "1 match<" in page
    assert "Plain</a>" in page
    assert "Plain things" not in page


def test_only_the_texts_of_templates_that_fit_the_rest_are_read(
    editor, whole, api_calls
):
    wanted = own_template(name="Greeting", content="Dear ((name))")
    whole(wanted, own_template(name="Other"), own_template(name="Another"))

    editor.get(BASE, {"search": "greet", "placeholder": "name"})

    routes = [call.route for call in api_calls]
    assert routes.count("/service/<id>/template/<id>") == 1


def test_too_many_messages_are_not_looked_through_and_the_page_says_so(
    editor, listed, monkeypatch
):
    monkeypatch.setattr("portal.message_templates.actions.reading.MOST_TEXTS", 1)
    listed(own_template(name="One"), own_template(name="Two"))

    page = editor.get(BASE, {"placeholder": "name"}).content.decode()

    assert "messages are looked through at once" in page
    assert "0 matches" not in page


def test_templates_used_in_the_last_days_are_found(editor, listed, api, api_calls):
    used, other = own_template(name="Used"), own_template(name="Forgotten")
    listed(used, other)
    rows = [{"template_id": used["id"], "status": "delivered", "count": 1}]
    api.get(f"{API}/template-statistics", json={"data": rows})

    page = editor.get(BASE, {"used": "7-days"}).content.decode()

    assert "Used</a>" in page
    assert "Forgotten</a>" not in page
    assert sum("template-statistics" in call.route for call in api_calls) == 1


@pytest.mark.usefixtures("in_november")
def test_templates_of_this_financial_year_are_told_by_its_months(editor, listed, api):
    used, other = own_template(name="Used"), own_template(name="Forgotten")
    listed(used, other)
    api.get(USAGE, json={"stats": [month(used, 2026, 4)]})

    since = editor.get(BASE, {"used": "this-year"}).content.decode()
    not_since = editor.get(BASE, {"used": "not-this-year"}).content.decode()

    assert "Used since 1 April 2026" in since
    assert "Used</a>" in since
    assert "Forgotten</a>" not in since
    assert "Forgotten</a>" in not_since
    assert "Used</a>" not in not_since


@pytest.mark.usefixtures("in_november")
def test_a_template_counts_as_unused_if_its_last_month_is_more_than_a_year_ago(
    editor, listed, api, api_calls
):
    now, last_year, before = (own_template(name=name) for name in ("A", "B", "C"))
    listed(now, last_year, before)
    api.get(
        f"{USAGE}?year=2025",
        json={"stats": [month(last_year, 2025, 11), month(before, 2025, 10)]},
    )
    api.get(f"{USAGE}?year=2026", json={"stats": [month(now, 2026, 11)]})

    page = editor.get(BASE, {"used": "not-12-months"}).content.decode()

    assert "Not used since 1 November 2025" in page
    assert "C</a>" in page
    assert "A</a>" not in page
    assert "B</a>" not in page
    assert len(api_calls) == 6


def test_a_time_that_is_not_offered_is_said_and_narrows_nothing(editor, listed):
    listed(own_template(name="Ready"))

    page = editor.get(BASE, {"used": "yesterday"}).content.decode()

    assert "Choose a last use from the list." in page
    assert "Ready</a>" in page


def test_filters_go_with_the_kinds_and_the_pages(editor, listed, api):
    templates = [own_template(name=f"Permit {n:03}") for n in range(101)]
    listed(*templates)
    rows = [{"template_id": t["id"]} for t in templates]
    api.get(f"{API}/template-statistics", json={"data": rows})

    page = editor.get(BASE, {"used": "7-days", "search": "permit"}).content.decode()

    assert f"{BASE}/sms?search=permit&amp;used=7-days" in page
    assert f"{BASE}?search=permit&amp;used=7-days&amp;page=2" in page


def test_typing_brings_the_count_for_the_place_that_is_read_out(editor, listed):
    listed(own_template(name="Ready"))

    part = editor.get(BASE, {"search": "rea"}, headers=HTMX).content.decode()
    page = editor.get(BASE, {"search": "rea"}).content.decode()

    assert 'hx-swap-oob="innerHTML:#template-count"' in part
    assert 'id="template-count" role="status"' in page
