from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from portal.remote.errors import Unavailable
from portal.reports import actions
from portal.reports.actions import building
from portal.reports.models import Report
from tests.reports.builders import PERSON_ID, SERVICE_ID, row

Status = Report.Status


def stored(files):
    return [path for path in files.rglob("*") if path.is_file()]


def test_a_report_holds_every_message_once(make_report, sent_messages, rows_of):
    sent = sent_messages(250)
    report = make_report()

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == Status.FINISHED
    assert (report.rows_done, report.rows_total) == (250, 250)
    assert [line["Recipient"] for line in rows_of(report)] == [
        message["recipient"] for message in sent.rows
    ]


def test_a_number_of_messages_that_fills_its_pages_ends_the_report(
    make_report, sent_messages, rows_of
):
    sent = sent_messages(200)
    report = make_report()

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert len(rows_of(report)) == 200
    assert sent.requests == 3


def without_senders(sent):
    """Let the API tell no senders, as it does for messages of files."""
    for message in sent.rows:
        message["created_by_name"] = message["created_by_email_address"] = None


def file_sent_by(name, person_id=PERSON_ID):
    who = {"id": person_id, "name": name}
    return {"original_file_name": "people.csv", "created_by": who}


def test_messages_of_a_file_are_sent_by_who_sent_the_file(
    make_report, sent_messages, rows_of, api
):
    without_senders(sent_messages(3))
    jobs = {"data": [file_sent_by("Morgan Reeve")], "links": {}}
    api.get(f"/service/{SERVICE_ID}/job", json=jobs)
    person = {"id": PERSON_ID, "email_address": "morgan@example.gov.uk"}
    api.get(f"/service/{SERVICE_ID}/users", json={"data": [person]})
    report = make_report()

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    senders = {(line["Sent by"], line["Sent by email"]) for line in rows_of(report)}
    assert senders == {("Morgan Reeve", "morgan@example.gov.uk")}


def test_where_two_people_sent_files_of_one_name_nobody_is_named(
    make_report, sent_messages, rows_of, api
):
    without_senders(sent_messages(3))
    files = [file_sent_by("Ann"), file_sent_by("Bo", str(uuid.uuid4()))]
    api.get(f"/service/{SERVICE_ID}/job", json={"data": files, "links": {}})
    api.get(f"/service/{SERVICE_ID}/users", json={"data": []})
    report = make_report()

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert {line["Sent by"] for line in rows_of(report)} == {""}


def test_a_report_of_nothing_has_only_headings(make_report, sent_messages, rows_of):
    sent_messages(0)
    report = make_report()

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == Status.FINISHED
    assert rows_of(report) == []


def test_a_report_of_a_job_goes_by_page_number(make_report, api, rows_of):
    job = str(uuid.uuid4())
    base = f"/service/{SERVICE_ID}/job/{job}"
    api.get(f"{base}/notification_count", json={"count": 3})
    for rows in ([row(1), row(2)], [row(3)]):
        api.get(
            f"{base}/notifications",
            json={"notifications": rows, "page_size": 2, "total": 3, "links": {}},
        )
    filters = actions.NotificationFilters(job_id=job)
    report = make_report(parameters=filters.as_parameters())

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert len(rows_of(report)) == 3


def test_progress_can_be_seen_while_a_report_is_made(
    make_report, sent_messages, monkeypatch
):
    sent = sent_messages(250)
    report = make_report()
    seen = []
    page = sent.page

    def looking(request):
        row = Report.objects.get(pk=report.pk)
        seen.append((row.status, row.rows_done, row.rows_total))
        return page(request)

    sent.api.reset()
    sent.page = looking
    sent.register()
    actions.build_report(report_id=report.pk)

    assert seen == [("building", done, 250) for done in (0, 100, 200)]


def test_a_finished_report_is_not_made_again(make_report, sent_messages, files):
    sent = sent_messages(10)
    report = make_report()
    actions.build_report(report_id=report.pk)
    asked, before = sent.requests, stored(files)

    actions.build_report(report_id=report.pk)

    assert sent.requests == asked
    assert stored(files) == before


def test_a_run_that_was_cut_off_is_gone_on_with_and_leaves_one_file(
    make_report, sent_messages, files, rows_of, monkeypatch
):
    monkeypatch.setattr(building, "PART_ROWS", 100)
    sent = sent_messages(450)
    sent.fails_at = {4: 503}
    report = make_report()
    with pytest.raises(Unavailable):
        actions.build_report(report_id=report.pk)

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert [line["Recipient"] for line in rows_of(report)] == [
        message["recipient"] for message in sent.rows
    ]
    assert len(stored(files)) == 1
    assert report.runs == 2
    # Five pages, of which one was asked for again: none was read twice.
    assert sent.requests == 6


def test_a_run_that_was_cut_off_between_two_parts_reads_again_what_was_not_stored(
    make_report, sent_messages, rows_of, monkeypatch
):
    monkeypatch.setattr(building, "PART_ROWS", 200)
    sent = sent_messages(450)
    sent.fails_at = {4: 503}
    report = make_report()
    with pytest.raises(Unavailable):
        actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert (report.rows_done, report.checkpoint["read"]) == (300, 200)
    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert len({line["Recipient"] for line in rows_of(report)}) == 450
    assert len(rows_of(report)) == 450


def test_a_run_that_was_cut_off_while_its_file_was_made_reads_nothing_again(
    make_report, sent_messages, rows_of, monkeypatch
):
    sent = sent_messages(250)
    report = make_report()
    write = dict(building.WRITERS)
    monkeypatch.setitem(building.WRITERS, "csv", cut_off)
    with pytest.raises(SystemExit):
        actions.build_report(report_id=report.pk)
    monkeypatch.setitem(building.WRITERS, "csv", write["csv"])
    asked = sent.requests

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert len(rows_of(report)) == 250
    assert sent.requests == asked


def cut_off(*args):
    raise SystemExit


@pytest.mark.parametrize("file_type", ["csv", "xlsx"])
def test_a_run_says_that_it_is_alive_while_its_file_is_made(
    make_report, sent_messages, monkeypatch, file_type
):
    sent_messages(250)
    report = make_report(file_type=file_type)
    monkeypatch.setattr(building, "PART_ROWS", 100)
    write = building.WRITERS[file_type]
    silent = []

    def slowly(file, columns, rows):
        def looked_at():
            for line in rows:
                silent.append(bool(actions.list_reports_to_resume()))
                long_ago = timezone.now() - datetime.timedelta(hours=1)
                Report.objects.filter(pk=report.pk).update(heartbeat_at=long_ago)
                yield line

        return write(file, columns, looked_at())

    monkeypatch.setitem(building.WRITERS, file_type, slowly)
    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == Status.FINISHED
    assert [number for number, was in enumerate(silent) if not was] == [0, 100, 200]


def test_a_run_taken_over_while_its_file_is_made_stops(
    make_report, sent_messages, files, monkeypatch
):
    sent_messages(250)
    report = make_report(file_type="xlsx")
    monkeypatch.setattr(building, "PART_ROWS", 100)
    write, written = building.WRITERS["xlsx"], []

    def taken_over(file, columns, rows):
        def looked_at():
            for line in rows:
                Report.objects.filter(pk=report.pk).update(claim=uuid.uuid4())
                written.append(line)
                yield line

        return write(file, columns, looked_at())

    monkeypatch.setitem(building.WRITERS, "xlsx", taken_over)
    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert len(written) == 100
    assert report.status == Status.BUILDING
    assert not [path for path in stored(files) if path.suffix == ".xlsx"]


def test_a_report_can_be_a_workbook(make_report, sent_messages):
    sent_messages(250)
    report = make_report(file_type="xlsx")

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    with actions.open_report_file(report=report) as file:
        rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert (report.rows_done, len(rows)) == (250, 251)


def test_a_report_holds_only_the_days_and_the_template_asked_for(
    make_report, sent_messages, rows_of
):
    sent = sent_messages(6)
    for number, message in enumerate(sent.rows):
        message["created_at"] = f"2026-11-{20 - number} 10:00:00"
    sent.rows[2]["template_name"] = "Other"
    filters = actions.NotificationFilters(
        first_day="2026-11-16", last_day="2026-11-19", template_names=("Reminder",)
    )
    report = make_report(parameters=filters.as_parameters())

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    days = [line["Time"][8:10] for line in rows_of(report)]
    assert days == ["19", "17", "16"]
    assert report.rows_done == 3


def test_a_status_is_asked_for_by_all_that_it_stands_for(make_report, sent_messages):
    sent = sent_messages(3)
    filters = actions.NotificationFilters(status="sending")
    report = make_report(parameters=filters.as_parameters())

    actions.build_report(report_id=report.pk)

    asked = sent.api.calls[-1].request.params["status"]
    assert {"created", "sending", "pending"} <= set(asked)


def test_fewer_messages_than_the_api_counts_are_no_report(make_report, sent_messages):
    sent = sent_messages(250)
    sent.rows = sent.rows[:200]
    report = make_report()

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == Status.FAILED


def test_messages_that_became_too_old_meanwhile_are_not_missed(
    make_report, sent_messages, api
):
    sent = sent_messages(250)
    sent.rows = sent.rows[:200]
    api.upsert(
        "GET",
        api.url(f"{sent.base}/notifications/count"),
        json={"notifications_sent_count": 200},
    )
    report = make_report(checkpoint={"read": 0}, rows_total=250)

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert (report.status, report.rows_done) == (Status.FINISHED, 200)


def test_a_run_whose_report_was_taken_over_stores_nothing(
    make_report, sent_messages, files
):
    sent = sent_messages(250)
    report = make_report()
    page = sent.page

    def taken_over(request):
        Report.objects.filter(pk=report.pk).update(claim=uuid.uuid4())
        return page(request)

    sent.api.reset()
    sent.page = taken_over
    sent.register()
    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == Status.BUILDING
    assert not files.exists()


def test_a_run_taken_over_at_the_very_end_deletes_its_file(
    make_report, sent_messages, files, monkeypatch
):
    sent_messages(10)
    report = make_report()
    storage = building.report_files()
    save = storage.save

    def save_and_lose(name, content):
        key = save(name, content)
        Report.objects.filter(pk=report.pk).update(claim=uuid.uuid4())
        return key

    monkeypatch.setattr(storage, "save", save_and_lose)
    monkeypatch.setattr(building, "report_files", lambda: storage)
    actions.build_report(report_id=report.pk)

    assert stored(files) == []


def test_a_report_that_the_api_refuses_fails_with_a_sentence(
    make_report, sent_messages
):
    sent_messages(10).fails_at = {1: 400}
    report = make_report()

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == Status.FAILED
    assert report.error == "The report could not be made. Try again later."


def test_a_file_with_too_few_rows_is_not_given_out(
    make_report, sent_messages, monkeypatch
):
    sent_messages(10)
    monkeypatch.setitem(building.WRITERS, "csv", lambda *args: 9)
    report = make_report()

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == Status.FAILED


def test_a_report_is_given_up_after_many_runs(make_report):
    report = make_report(runs=building.MOST_RUNS)

    actions.build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == Status.FAILED


def test_a_report_that_is_gone_is_no_error(db):
    actions.build_report(report_id=uuid.uuid4())


def test_only_silent_reports_are_resumed(make_report):
    long_ago = timezone.now() - datetime.timedelta(minutes=5)
    silent = make_report(status=Status.BUILDING, heartbeat_at=long_ago)
    lost = make_report(heartbeat_at=long_ago)
    make_report(status=Status.BUILDING)
    make_report(status=Status.FINISHED, heartbeat_at=long_ago)

    assert {r.pk for r in actions.list_reports_to_resume()} == {silent.pk, lost.pk}


def test_old_reports_are_purged_with_their_files(make_report, sent_messages, files):
    sent_messages(10)
    old, new = make_report(), make_report()
    for report in (old, new):
        actions.build_report(report_id=report.pk)
    week = datetime.timedelta(days=8)
    Report.objects.filter(pk=old.pk).update(created_at=timezone.now() - week)

    assert actions.purge_old_reports() == 1

    new.refresh_from_db()
    assert list(Report.objects.all()) == [new]
    assert [path.name for path in stored(files)] == [new.file_key.partition("/")[2]]


def test_files_that_no_report_knows_are_purged_when_old(db, files):
    import os

    folder = files / "service"
    folder.mkdir(parents=True)
    for name, age in (("old.csv", 8 * 86400), ("new.csv", 0)):
        (folder / name).touch()
        then = timezone.now().timestamp() - age
        os.utime(folder / name, (then, then))

    actions.purge_old_reports()

    assert [path.name for path in stored(files)] == ["new.csv"]
