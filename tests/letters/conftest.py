"""A service that sends letters, somebody who may, and folders for files."""

from __future__ import annotations

import base64
import functools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.messages.pdf_files import process
from tests import builders, pdf_files
from tests.users.personas import SERVICE_ID, sign_in, staff

SERVICE = f"/services/{SERVICE_ID}"
API = f"/service/{SERVICE_ID}"
PREVIEW = "http://preview.example"
RATES = builders.letter_rates(
    ("first", 1, "1.56"),
    ("second", 1, "0.73"),
    ("second", 2, "0.77"),
    ("europe", 1, "1.44"),
)


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    """Files of each test lie in folders of their own."""
    settings.STORAGES = settings.STORAGES | {
        bucket: settings.STORAGES[bucket] | {"OPTIONS": {"location": tmp_path / bucket}}
        for bucket in (
            "transient_uploaded_letters",
            "precompiled_originals_backup_letters",
            "letter_attachments",
        )
    }
    return tmp_path


read_once = functools.cache(process.read_in_process)


@pytest.fixture(autouse=True)
def each_file_is_read_once(monkeypatch):
    """A process for each file of each test would take minutes."""
    monkeypatch.setattr(process, "read_in_process", read_once)


@pytest.fixture
def browser(client, api):
    """Sign somebody in who may send letters: `browser(restricted=True)`."""

    def prepare(who=None, **service):
        api.assert_all_requests_are_fired = False
        api.get("/letter-rates/", json=RATES)
        made = builders.service(
            **{
                "id": SERVICE_ID,
                "permissions": ["letter", "email"],
                "restricted": False,
                **service,
            }
        )
        api.get(API, json={"data": made})
        return sign_in(client, who or staff("send_messages"), api)

    return prepare


@pytest.fixture
def service(settings, api):
    """Have a template-preview service that answers: `service(400, message="…")`."""

    def answer(status=200, content=b"%PDF-1.4 printable", **told):
        settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW
        settings.TEMPLATE_PREVIEW_API_KEY = "secret"
        api.upsert(
            "POST",
            f"{PREVIEW}/precompiled/sanitise",
            status=status,
            json={
                "page_count": 1,
                "recipient_address": None,
                "message": None,
                "invalid_pages": None,
                "file": base64.b64encode(content).decode() if status == 200 else None,
                **told,
            },
        )

    return answer


def pdf(content=None, name="reminder.pdf"):
    """What a browser sends of a file."""
    data = pdf_files.letter() if content is None else content
    return {"file": SimpleUploadedFile(name, data)}


@pytest.fixture
def upload(browser):
    """Upload a letter: gives the address of its preview."""

    def put(content=None, client=None, **options):
        page = (client or browser(**options)).post(
            f"{SERVICE}/upload-letter", pdf(content)
        )
        assert page.status_code == 302, page.text
        return page.url

    return put
