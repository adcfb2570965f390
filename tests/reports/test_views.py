from __future__ import annotations

import csv
import io
import uuid

import pytest

from portal.reports import actions
from portal.reports.models import Report
from tests.reports.builders import row
from tests.users.personas import SERVICE_ID, outsider, sign_in, staff

BASE = f"/services/{SERVICE_ID}"
PAGE, FILE = f"{BASE}/download-report", f"{BASE}/report-request"
PAGES = (
    "reports",
    "reports/new",
    "download-report/{pk}",
    "download-report/{pk}/ready",
    "download-report/{pk}/status.json",
    "report-request/{pk}.csv",
    "report-request/{pk}.xlsx",
)
OF_ONE = [page for page in PAGES if "{pk}" in page]
SERVICE = {
    "id": SERVICE_ID,
    "name": "Test service",
    "active": True,
    "restricted": False,
    "permissions": ["email", "sms"],
    "organisation": None,
}


@pytest.fixture(autouse=True)
def known_service(api):
    api.assert_all_requests_are_fired = False
    api.get(f"/service/{SERVICE_ID}", json={"data": SERVICE})


@pytest.fixture
def member(db, client, api):
    return sign_in(client, staff("view_activity"), api)


def sent(api, count, rows):
    base = f"/service/{SERVICE_ID}/notifications"
    api.get(f"{base}/count", json={"notifications_sent_count": count})
    answer = {"notifications": rows, "page_size": 1000}
    api.get(f"{base}/csv", json=answer)


def test_a_short_report_is_downloaded_at_once(member, api, api_calls):
    sent(api, 2, [row(1), row(2)])

    response = member.get(f"{BASE}/download-notifications.csv?message_type=sms&status=")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    lines = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert [line["Recipient"] for line in lines] == ["07700900001", "07700900002"]
    assert len([c for c in api_calls if "/notifications" in c.route]) == 2


def test_a_long_report_is_made_in_the_background(member, api, sent_tasks):
    sent(api, 1001, [])

    response = member.get(f"{BASE}/download-notifications.csv?status=failed")

    report = Report.objects.get()
    assert response["Location"] == f"{PAGE}/{report.pk}"
    assert report.parameters["status"] == "failed"
    assert [args for _, *args in sent_tasks] == [[str(report.pk)]]


def test_following_the_link_twice_makes_one_report(member, api, sent_tasks):
    sent(api, 1001, [])
    for _ in range(2):
        member.get(f"{BASE}/download-notifications.csv?message_type=email")

    assert Report.objects.count() == len(sent_tasks) == 1


def test_nonsense_is_refused(member):
    response = member.get(f"{BASE}/download-notifications.csv?message_type=pigeon")

    assert response.status_code == 400


def of_service(make_report, **fields):
    return make_report(service_id=uuid.UUID(SERVICE_ID), **fields)


def test_a_running_report_shows_how_far_it_is_and_asks_again(member, make_report):
    report = of_service(make_report, status="building", rows_done=1500, rows_total=3000)

    page = member.get(f"{PAGE}/{report.pk}").content.decode()

    assert "1,500 of 3,000 messages have been read." in page
    assert f'hx-get="{PAGE}/{report.pk}"' in page


def test_the_live_part_goes_on_while_a_report_is_made(member, make_report):
    report = of_service(make_report, status="building", rows_done=1500)

    response = member.get(f"{PAGE}/{report.pk}", headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert b"<html" not in response.content


def test_the_live_part_stops_when_the_report_is_ready(member, make_report):
    report = of_service(make_report, status="finished", rows_done=2)

    response = member.get(f"{PAGE}/{report.pk}", headers={"HX-Request": "true"})

    assert response.status_code == 286
    assert f"{FILE}/{report.pk}.csv" in response.content.decode()


def test_a_finished_report_is_not_asked_for_again(member, make_report):
    report = of_service(make_report, status="finished", rows_done=2)

    page = member.get(f"{PAGE}/{report.pk}").content.decode()

    assert "It has 2 rows." in page
    assert "hx-get" not in page


def test_a_failed_report_says_so_and_can_be_made_again(member, make_report):
    report = of_service(make_report)
    actions.fail_report(report_id=report.pk)

    page = member.get(f"{PAGE}/{report.pk}").content.decode()

    assert "The report could not be made. Try again later." in page
    assert f'action="{PAGE}/{report.pk}/again"' in page


def test_a_failed_report_is_made_again_as_it_was_asked_for(
    member, make_report, sent_tasks
):
    filters = actions.NotificationFilters(status="failed").as_parameters()
    failed = of_service(make_report, parameters=filters, file_type="xlsx")
    actions.fail_report(report_id=failed.pk)

    response = member.post(f"{PAGE}/{failed.pk}/again")

    again = Report.objects.exclude(pk=failed.pk).get()
    assert response["Location"] == f"{PAGE}/{again.pk}"
    assert (again.parameters["status"], again.file_type) == ("failed", "xlsx")
    assert len(sent_tasks) == 1


def test_a_finished_file_is_downloaded(member, make_report, files):
    (files / "x").mkdir(parents=True)
    (files / "x/report.csv").write_bytes(b"\xef\xbb\xbfRecipient\r\n")
    report = of_service(make_report, status="finished", file_key="x/report.csv")

    response = member.get(f"{FILE}/{report.pk}.csv")

    assert b"".join(response.streaming_content) == b"\xef\xbb\xbfRecipient\r\n"
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_an_unfinished_file_is_not_found(member, make_report):
    report = of_service(make_report, status="building")

    assert member.get(f"{FILE}/{report.pk}.csv").status_code == 404


def test_a_workbook_is_downloaded_as_one(member, make_report, files):
    (files / "x").mkdir(parents=True)
    (files / "x/report.xlsx").write_bytes(b"PK")
    report = of_service(
        make_report, status="finished", file_key="x/report.xlsx", file_type="xlsx"
    )

    response = member.get(f"{FILE}/{report.pk}.xlsx")

    assert b"".join(response.streaming_content) == b"PK"
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["Content-Disposition"].endswith('-notifications.xlsx"')
    assert member.get(f"{FILE}/{report.pk}.csv").status_code == 404


def test_where_a_ready_report_is_leads_to_its_progress_before(member, make_report):
    report = of_service(make_report, status="building")

    response = member.get(f"{PAGE}/{report.pk}/ready")

    assert response["Location"] == f"{PAGE}/{report.pk}"


def test_a_program_can_ask_how_far_a_report_is(member, make_report):
    report = of_service(make_report, status="building", rows_done=5, rows_total=9)

    answer = member.get(f"{PAGE}/{report.pk}/status.json").json()

    assert answer == {"status": "building", "rows_done": 5, "rows_total": 9}


def test_the_reports_that_are_kept_are_listed(member, make_report):
    filters = actions.NotificationFilters(
        template_type="email",
        status="failed",
        first_day="2026-11-01",
        last_day="2026-11-02",
    )
    of_service(
        make_report,
        status="finished",
        rows_done=12,
        file_type="xlsx",
        parameters=filters.as_parameters(),
    )
    of_service(make_report, status="building", rows_done=5, rows_total=9)

    page = member.get(f"{BASE}/reports").content.decode()

    assert "Failed emails, 1 November" in page
    assert "Download this report (XLSX)" in page
    assert "12 rows" in page
    assert "Being made: 5 of 9" in page
    assert "hx-get" in page


def test_a_service_without_reports_says_so(member):
    page = member.get(f"{BASE}/reports").content.decode()

    assert "There are no reports." in page
    assert "hx-get" not in page


@pytest.mark.parametrize("page", OF_ONE)
def test_a_report_of_another_service_is_not_found(member, make_report, page):
    report = make_report(service_id=uuid.uuid4(), status="finished", file_key="x")

    assert member.get(f"{BASE}/{page.format(pk=report.pk)}").status_code == 404


@pytest.mark.parametrize("person", [outsider(), staff("manage_templates")])
@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_may_see_messages_see_reports(
    db, client, api, make_report, person, page
):
    report = of_service(make_report, status="finished", file_key="x")
    sign_in(client, person, api)

    assert client.get(f"{BASE}/{page.format(pk=report.pk)}").status_code == 403


def test_the_api_away_is_a_page_that_says_so(member, api):
    api.get(f"/service/{SERVICE_ID}/notifications/count", status=503)

    response = member.get(f"{BASE}/download-notifications.csv")

    assert response.status_code == 503
