from __future__ import annotations

import csv
import io
import uuid

import pytest
from django.utils import timezone

from portal.reports import actions
from portal.reports.actions import notifications
from portal.reports.actions.parts import report_files
from portal.reports.models import Report
from tests.reports.builders import PERSON_ID, SERVICE_ID, SentMessages


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """The folder of the reports' files."""
    settings.STORAGES = settings.STORAGES | {
        "report_requests_download": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "reports"},
        }
    }
    return tmp_path / "reports"


@pytest.fixture(autouse=True)
def sent_tasks(monkeypatch):
    """The tasks that were asked for by name, none of which runs."""
    sent = []
    monkeypatch.setattr(
        "portal.reports.actions.reports.send_task", lambda *call: sent.append(call)
    )
    return sent


@pytest.fixture
def sent_messages(api, monkeypatch):
    """Let the API have sent so many messages, which it gives in pages of 100."""
    monkeypatch.setattr(notifications, "PAGE_SIZE", 100)
    return lambda count: SentMessages(api, count).register()


@pytest.fixture
def make_report(db):
    def make(**fields):
        now = timezone.now()
        defaults = {
            "service_id": uuid.UUID(SERVICE_ID),
            "created_by_id": uuid.UUID(PERSON_ID),
            "parameters": actions.NotificationFilters().as_parameters(),
            "created_at": now,
            "heartbeat_at": now,
        }
        return Report.objects.create(**defaults | fields)

    return make


@pytest.fixture
def rows_of():
    """Read the rows under the heading of a report's file."""

    def read(report):
        with report_files().open(report.file_key) as file:
            return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))

    return read
