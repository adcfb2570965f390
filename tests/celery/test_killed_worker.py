from __future__ import annotations

import csv
import os
import signal

import pytest
from python_calamine import CalamineWorkbook

from tests.celery.conftest import PREPARE, ROWS
from tests.servers import require_rabbitmq


def kill_group(worker):
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def kill_parent_only(worker):
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def finish_after_a_kill(portal, slow_api, until, kill):
    """Kill a worker in the middle of a report; return the report that the next one made."""
    pk = portal.ask_for_report()
    first = portal.start_worker()
    assert slow_api.reached_the_end.wait(30), portal.log()
    halfway = portal.report(pk)
    kill(first)
    slow_api.may_go_on.set()

    portal.start_worker()
    assert until(lambda: portal.report(pk)["status"] == "finished"), portal.log()

    assert (halfway["status"], halfway["rows_done"]) == ("building", 2000)
    return portal.report(pk)


def assert_whole_and_single(portal, report):
    files = [path for path in (portal.folder / "files").rglob("*") if path.is_file()]
    assert [str(path).endswith(report["file_key"]) for path in files] == [True]
    with files[0].open(encoding="utf-8-sig", newline="") as file:
        recipients = [line["Recipient"] for line in csv.DictReader(file)]
    assert len(recipients) == len(set(recipients)) == ROWS
    assert report["rows_done"] == ROWS


# A pool process whose parent is gone may still end its task, or be cut off: both are fine.
@pytest.mark.parametrize("kill", [kill_group, kill_parent_only])
def test_a_report_whose_worker_is_killed_is_made_whole_by_the_next(
    background, slow_api, until, kill
):
    portal = background("safefile://")

    report = finish_after_a_kill(portal, slow_api, until, kill)

    assert_whole_and_single(portal, report)
    assert slow_api.traces == {"f" * 32}
    assert until(lambda: not list((portal.folder / "celery/held").iterdir()))


@pytest.mark.parametrize("kill", [kill_group, kill_parent_only])
def test_a_workbook_whose_worker_is_killed_while_it_writes_is_made_whole_by_the_next(
    background, slow_api, until, kill
):
    slow_api.may_go_on.set()
    portal = background("safefile://")
    portal.environment["DJANGO_SETTINGS_MODULE"] = "tests.celery.halfway"
    pk = portal.ask_for_report(PREPARE, "xlsx")
    first = portal.start_worker()
    assert until((portal.folder / "halfway").exists), portal.log()
    halfway, asked = portal.report(pk), slow_api.asked
    kill(first)

    portal.start_worker()
    assert until(lambda: portal.report(pk)["status"] == "finished"), portal.log()

    report = portal.report(pk)
    files = [path for path in (portal.folder / "files").rglob("*") if path.is_file()]
    assert (halfway["status"], halfway["rows_done"]) == ("building", ROWS)
    assert [str(path).endswith(report["file_key"]) for path in files] == [True]
    head, *rows = CalamineWorkbook.from_path(files[0]).get_sheet_by_index(0).to_python()
    recipients = [row[head.index("Recipient")] for row in rows]
    assert len(recipients) == len(set(recipients)) == report["rows_done"] == ROWS
    # What was read is not read again.
    assert slow_api.asked == asked


@pytest.mark.rabbitmq
def test_a_report_whose_worker_is_killed_is_made_whole_through_rabbitmq(
    background, slow_api, until
):
    portal = background(require_rabbitmq())

    report = finish_after_a_kill(portal, slow_api, until, kill_group)

    assert_whole_and_single(portal, report)
