"""Lists of the admin over the invented domain: what each costs, and what is refused."""

from __future__ import annotations

import pytest
from django.urls import path

from tests.admin.forms import rows
from tests.remote.orm.staffing import source
from tests.remote.orm.staffing.admin import site
from tests.users.personas import sign_in, superuser

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

urlpatterns = [path("admin/", site.urls)]
PEOPLE = "/admin/staffing/person/"
SHIFTS = "/admin/staffing/shift/"


@pytest.fixture
def pat(client, api):
    return sign_in(client, superuser(), api)


def test_a_page_with_its_relations_and_filters(pat, calls):
    page = pat.get(PEOPLE)

    assert rows(page)[0] == "Person 00"
    assert page.context["cl"].result_count == 25
    assert len(rows(page)) == 10
    # The people, the teams of the filter, and the teams of the column.
    assert calls == {"list people": 1, "list teams": 1, "detail teams": 3}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=design", 8),
        ("q=person+data", 8),
        (f"team__id__exact={source.key('Ops')}", 9),
        ("email__isempty=1", 5),
    ],
)
def test_people_are_searched_and_filtered(pat, query, found):
    assert pat.get(f"{PEOPLE}?{query}").context["cl"].result_count == found


def test_people_are_ordered_across_a_relation(pat):
    assert rows(pat.get(f"{PEOPLE}?o=3.-1"))[0] == "Person 22"


def test_the_autocomplete_costs_one_call(pat, calls):
    query = "app_label=staffing&model_name=person&field_name=team&term=de"

    found = pat.get(f"/admin/autocomplete/?{query}").json()["results"]

    assert [line["text"] for line in found] == ["Design"]
    assert calls == {"list teams": 1}


def test_a_paged_list_gets_its_total_with_its_page(pat, calls):
    page = pat.get(f"{SHIFTS}?p=2&kind=day")

    assert page.context["cl"].result_count == 80
    assert page.context["cl"].result_list[0].number == 82
    assert calls == {"page shifts": 1}


def test_a_refused_filter_is_a_sentence_on_the_page(pat):
    page = pat.get(f"{SHIFTS}?kind__startswith=d")

    assert page.status_code == 200
    assert b"cannot filter by kind__startswith" in page.content
    assert page.context["cl"].result_count == 0


def test_no_button_is_offered_that_cannot_work(pat):
    page = pat.get(SHIFTS)

    assert b"Add shift" not in page.content
    assert pat.get(f"{SHIFTS}add/").status_code == 403
