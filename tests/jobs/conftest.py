"""A service with a template, somebody who may send, and a folder for files."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.common import storage
from tests import builders
from tests.users.personas import SERVICE_ID, sign_in, staff

TEMPLATE_ID = "55555555-0000-4000-8000-000000000001"
SEND = f"/services/{SERVICE_ID}/send/{TEMPLATE_ID}"


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    """Files of each test lie in a folder of its own."""
    settings.STORAGES = settings.STORAGES | {
        bucket: settings.STORAGES[bucket] | {"OPTIONS": {"location": tmp_path / bucket}}
        for bucket in ("csv_upload", "contact_list_upload")
    }
    return tmp_path / "csv_upload"


@pytest.fixture
def sender(client, api):
    def prepare(user=None, service=None, **template):
        sign_in(client, user or staff("send_messages", "view_activity"), api)
        api.get(
            f"/service/{SERVICE_ID}",
            json={"data": builders.service(id=SERVICE_ID, **(service or {}))},
        )
        made = builders.template(id=TEMPLATE_ID, service=SERVICE_ID, **template)
        api.get(f"/service/{SERVICE_ID}/template/{TEMPLATE_ID}", json={"data": made})
        return client

    return prepare


@pytest.fixture
def upload(sender, api):
    """Return a function that uploads a file and gives the check page's address."""

    def put(content, name="people.csv", client=None, jobs=(), **options):
        client = client or sender(**options)
        api.get(f"/service/{SERVICE_ID}/job", json={"data": list(jobs), "links": {}})
        figures = {kind: {"requested": 3} for kind in ("sms", "email", "letter")}
        api.get(f"/service/{SERVICE_ID}/statistics", json={"data": figures})
        api.get("/sms-rate/", json={"rate": 0.0227, "valid_from": "2026-04-01"})
        data = content.encode() if isinstance(content, str) else content
        page = client.post(f"{SEND}/csv", {"file": SimpleUploadedFile(name, data)})
        assert page.status_code == 302, page.text
        return page.url

    return put


def stored(upload_id):
    return storage.read_object(
        "csv_upload", f"service-{SERVICE_ID}-notify/{upload_id}.csv"
    )
