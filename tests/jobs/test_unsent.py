"""Files that were uploaded and not sent yet."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from portal.common.models import SavedDraft
from portal.jobs.tasks import purge_unsent_files
from tests.jobs.conftest import stored
from tests.users.personas import SERVICE_ID, sign_in, staff

pytestmark = pytest.mark.django_db

UPLOADS = f"/services/{SERVICE_ID}/uploads"
API = f"/service/{SERVICE_ID}"
FILE = "phone number,name\n07700900001,Ann\n"


@pytest.fixture
def uploads(upload, api):
    """Upload a file; gives the address of its check."""
    api.get(f"{API}/upload", json={"data": [], "links": {}, "total": 0})
    return upload(FILE)


def id_of(check):
    return check.rsplit("/", 1)[1]


def test_a_file_that_was_uploaded_is_listed_in_another_browser(uploads, client, api):
    client.cookies.clear()
    sign_in(client, staff("send_messages"), api)

    page = client.get(UPLOADS).text

    assert "Not sent yet" in page
    assert f'href="{uploads}"' in page
    assert f'href="{uploads}/delete"' in page


def test_it_is_listed_for_the_person_alone(uploads, client, api):
    client.cookies.clear()
    other = staff("send_messages", id="22222222-0000-4000-8000-000000000099")
    sign_in(client, other, api)

    assert "Not sent yet" not in client.get(UPLOADS).text
    client.post(f"{uploads}/delete")
    assert stored(id_of(uploads))


def test_deleting_asks_and_takes_the_file_away(uploads, client):
    question = client.get(f"{uploads}/delete").text
    page = client.post(f"{uploads}/delete", follow=True).text

    assert "Delete people.csv?" in question
    assert "The file is deleted." in page
    assert "Not sent yet" not in page
    assert client.get(uploads).status_code == 404


def test_a_file_that_was_sent_is_no_longer_listed(uploads, client, api):
    api.post(f"{API}/job", json={"data": {}}, status=201)

    sent = client.post(
        f"/services/{SERVICE_ID}/start-job/{id_of(uploads)}", {"when": "now"}
    )

    assert sent.url == f"/services/{SERVICE_ID}/jobs/{id_of(uploads)}"
    assert "Not sent yet" not in client.get(UPLOADS).text


def test_files_that_wait_too_long_are_deleted(uploads, client):
    SavedDraft.objects.update(saved_at=timezone.now() - datetime.timedelta(days=7))

    purge_unsent_files()

    assert client.get(uploads).status_code == 404
    assert not SavedDraft.objects.exists()
