"""What a list shows as a file."""

from __future__ import annotations

import csv
import io

import pytest
import requests
from python_calamine import CalamineWorkbook

from portal.common.audit import record
from portal.common.models import AuditEvent
from tests.builders import organisation, service, user

SERVICES = "/admin/services/service/"
COUNCIL = organisation(name="Example Council")
PARKING = service(
    name="Parking permits",
    organisation=COUNCIL["id"],
    go_live_at="2026-07-05T09:00:00.000000Z",
)
FORMULA = service(name="=HYPERLINK(1)", restricted=True)


@pytest.fixture
def two(api):
    api.get("/service", json={"data": [PARKING, FORMULA]})
    api.get(f"/organisations/{COUNCIL['id']}", json=COUNCIL)


def text_of(response):
    return b"".join(response.streaming_content)


def lines_of(response):
    return list(csv.reader(io.StringIO(text_of(response).decode("utf-8-sig"))))


def test_the_file_has_the_columns_of_the_list_and_the_key(pat, two, asked):
    response = pat.get(f"{SERVICES}export/?format=csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="service-')
    head, formula, parking = lines_of(response)
    assert head == [
        *("ID", "Name", "Organisation", "State"),
        *("Live since", "Type of organisation"),
    ]
    assert parking == [
        *(PARKING["id"], "Parking permits", "Example Council", "Live"),
        *("2026-07-05 10:00:00", "Central government"),
    ]
    # A spreadsheet program would run it.
    assert formula[1] == "'=HYPERLINK(1)"
    assert asked() == ["GET /service", "GET /organisations/<id>"]


def test_the_file_has_what_the_filter_and_the_search_leave(pat, two):
    lines = lines_of(pat.get(f"{SERVICES}export/?state=trial&q=hyper&format=csv"))

    assert [line[1] for line in lines] == ["Name", "'=HYPERLINK(1)"]


def test_the_file_has_all_pages_of_the_list(pat, api):
    many = [service(name=f"Service {n:03}") for n in range(250)]
    api.get("/service", json={"data": many})

    lines = lines_of(pat.get(f"{SERVICES}export/?p=2&format=csv"))

    assert [line[1] for line in lines[1:]] == [f"Service {n:03}" for n in range(250)]


def test_a_workbook_has_the_same(pat, two):
    response = pat.get(f"{SERVICES}export/?format=xlsx")

    book = CalamineWorkbook.from_filelike(io.BytesIO(text_of(response)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["Name", "=HYPERLINK(1)", "Parking permits"]
    assert rows[2][0] == PARKING["id"]


def test_taking_a_list_away_is_audited_without_what_was_sought(pat, api):
    api.get("/service", json={"data": []})

    pat.get(f"{SERVICES}export/?state=live&q=07700900123&format=csv")

    event = AuditEvent.objects.get()
    assert (event.action, event.model) == ("exported", "services.service")
    assert event.after == {"state": "live", "search": True}


def test_the_list_offers_its_own_filter_as_files(pat, two):
    page = pat.get(f"{SERVICES}?state=live&p=1").content.decode()

    assert 'href="/admin/services/service/export/?format=csv&amp;state=live"' in page
    assert 'href="/admin/services/service/export/?format=xlsx&amp;state=live"' in page


def test_hidden_numbers_are_hidden_in_the_file(pat, api):
    ann = user(name="Ann", mobile_number="07700900123")
    api.post("/platform-admin/users-list", json={"data": [ann]})

    hidden = text_of(pat.get("/admin/users/user/export/?format=csv")).decode()
    pat.post("/admin/users/user/reveal/")
    shown = text_of(pat.get("/admin/users/user/export/?format=csv")).decode()

    assert "•••123" in hidden
    assert "07700900123" not in hidden
    assert "07700900123" in shown


def test_a_list_that_the_api_refuses_is_no_empty_file(pat, api):
    found = [{"id": user()["id"], "name": "N"} for _ in range(101)]
    api.post("/user/find-users-by-email", json={"data": found})

    page = pat.get("/admin/users/user/export/?q=gov&format=csv", follow=True)

    assert page.redirect_chain == [("/admin/users/user/?q=gov", 302)]
    assert b"101 people have" in page.content
    assert AuditEvent.objects.count() == 0


def test_without_the_api_there_is_no_file(pat, api):
    api.get("/service", body=requests.ConnectionError())

    assert pat.get(f"{SERVICES}export/?format=csv").status_code == 503
    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize("query", ["format=pdf", "format="])
def test_other_kinds_of_file_are_no_page(pat, query):
    assert pat.get(f"{SERVICES}export/?{query}").status_code == 404


def test_an_unknown_filter_leads_back_to_the_list(pat):
    response = pat.get(f"{SERVICES}export/?nonsense=1&format=csv")

    assert response["Location"] == f"{SERVICES}?nonsense=1"


def test_a_list_of_one_service_asks_which_before_it_is_a_file(pat):
    response = pat.get("/admin/api_keys/apikey/export/?format=csv")

    assert response["Location"] == "/admin/api_keys/apikey/?"


def test_the_audit_log_is_a_file_too(pat):
    record(actor="Pat", action="added", model="x.y", object_id=1, object_repr="=One")

    lines = lines_of(pat.get("/admin/common/auditevent/export/?format=csv"))

    assert [line[4:] for line in lines if "Added" in line] == [["x.y", "'=One"]]
