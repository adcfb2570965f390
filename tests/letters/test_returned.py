"""Letters that came back: the days, a day's report, its file."""

from __future__ import annotations

import csv
import io

import pytest

from tests.builders import new_id, service
from tests.users.personas import SERVICE_ID, sign_in, staff

BASE = f"/services/{SERVICE_ID}/returned-letters"
API = f"/service/{SERVICE_ID}"


def letter(**overrides):
    return {
        "client_reference": None,
        "created_at": "2026-01-05 09:00:00",
        "email_address": "ann@example.gov.uk",
        "job_row_number": None,
        "notification_id": new_id(),
        "original_file_name": None,
        "reported_at": "2026-01-12",
        "template_id": new_id(),
        "template_name": "Reminder",
        "template_version": 1,
        "uploaded_letter_file_name": None,
        "user_name": "Ann Example",
        **overrides,
    }


@pytest.fixture
def viewer(db, client, api):
    api.get(API, json={"data": service(id=SERVICE_ID)})
    return sign_in(client, staff("view_activity"), api)


@pytest.fixture
def reported(api):
    def register(*letters, orphaned=0):
        answer = {"returned_letters": list(letters), "orphaned_count": orphaned}
        api.get(f"{API}/returned-letters", json=answer)

    return register


def test_days_are_listed_the_last_first(viewer, api):
    days = [("2026-01-12", 1), ("2026-02-02", 1200)]
    api.get(
        f"{API}/returned-letter-summary",
        json=[{"reported_at": d, "returned_letter_count": n} for d, n in days],
    )

    page = viewer.get(BASE).content.decode()

    assert page.index("reported on 2 February 2026") < page.index("12 January 2026")
    assert "1,200 letters" in page
    assert f'href="{BASE}/2026-01-12"' in page


def test_without_any_the_page_says_so(viewer, api):
    api.get(f"{API}/returned-letter-summary", json=[])

    assert b"No letters have come back." in viewer.get(BASE).content


def test_a_report_says_where_each_letter_came_from(viewer, reported):
    row = letter(original_file_name="list.csv", job_row_number=7)
    reported(row, letter(client_reference="ref-1"), letter(), orphaned=2)

    page = viewer.get(f"{BASE}/2026-01-12").content.decode()

    assert "5 letters came back" in page
    assert "Row 7 of list.csv" in page
    assert "ref-1" in page
    assert "Ann Example" in page
    assert "2 of them were sent too long ago" in page
    assert f"/notification/{row['notification_id']}" in page


def test_a_long_report_is_cut_on_the_page_and_whole_in_the_file(viewer, reported):
    reported(*(letter() for _n in range(53)))

    page = viewer.get(f"{BASE}/2026-01-12").content.decode()
    file = viewer.get(f"{BASE}/2026-01-12.csv")

    assert "3 more are in the file." in page
    assert len(list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))) == 54
    assert "returned-letters-2026-01-12.csv" in file["Content-Disposition"]


def test_the_file_is_safe_to_open(viewer, reported):
    reported(letter(client_reference="=cmd()", template_name="+1"))

    rows = csv.reader(
        io.StringIO(viewer.get(f"{BASE}/2026-01-12.csv").content.decode("utf-8-sig"))
    )

    assert not any(value.startswith(("=", "+")) for row in rows for value in row)


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday"])
def test_a_day_that_no_calendar_has_is_not_found(viewer, api, day):
    api.assert_all_requests_are_fired = False

    assert viewer.get(f"{BASE}/{day}").status_code == 404
