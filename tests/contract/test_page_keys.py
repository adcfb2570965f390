"""The recorded keys that pages keep besides those of the clients, and the API's own counters."""

from __future__ import annotations

import re
from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django_redis import get_redis_connection

from portal import clients
from portal.remote.cache import cache
from portal.remote.errors import HTTPError
from tests.remote.cache.conftest import redis_settings
from tests.servers import require_redis_server

SERVICE = SimpleNamespace(id="5e7bd1cb-0000-4000-8000-000000000001")
TEMPLATE = "5e7bd1cb-0000-4000-8000-000000000002"
LETTER = {
    "id": TEMPLATE,
    "version": 3,
    "template_type": "letter",
    "is_precompiled_letter": False,
    "reply_to_text": None,
}
COUNTS = {"count": 2, "welsh_page_count": 0, "attachment_page_count": 0}
PAGES = "http://preview.test/get-page-count"


def count_pages(**kwargs):
    client = clients.template_preview_client
    return client.get_page_counts_for_letter(LETTER, SERVICE, **kwargs)


@pytest.fixture
def preview(api, settings):
    settings.TEMPLATE_PREVIEW_API_HOST = "http://preview.test"
    return api.add("POST", PAGES, json=COUNTS)


def test_the_pages_of_a_template_are_counted_once(preview):
    assert [count_pages(), count_pages()] == [COUNTS, COUNTS]

    assert preview.call_count == 1


def test_the_pages_of_a_letter_with_values_are_counted_each_time(preview):
    for _ in range(2):
        count_pages(values={"name": "Jo"})

    assert preview.call_count == 2


OTHER = "5e7bd1cb-0000-4000-8000-000000000003"
SERVICES, ATTACHMENTS = clients.service_api_client, clients.letter_attachment_client
WRITES = {
    "content": (
        f"/service/{SERVICE.id}/template/{TEMPLATE}",
        lambda: SERVICES.update_service_template(SERVICE.id, TEMPLATE, content="x"),
    ),
    "attachment": (
        "/letter-attachment",
        lambda: ATTACHMENTS.create_letter_attachment(
            upload_id=OTHER,
            original_filename="a.pdf",
            page_count=1,
            template_id=TEMPLATE,
            service_id=SERVICE.id,
        ),
    ),
    "contact": (
        f"/service/{SERVICE.id}/letter-contact/{OTHER}",
        lambda: SERVICES.update_letter_contact(SERVICE.id, OTHER, "A street"),
    ),
    "branding": (
        f"/service/{SERVICE.id}",
        lambda: SERVICES.update_service(SERVICE.id, letter_branding=OTHER),
    ),
}


@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize(("path", "write"), WRITES.values(), ids=WRITES)
def test_pages_are_counted_anew_after_a_write(preview, api, path, write, status):
    count_pages()
    api.post(path, status=status, json={"data": {}, "message": "No."})

    with suppress(HTTPError):
        write()
    count_pages()

    assert preview.call_count == 2


@pytest.fixture
def shared(settings):
    """The Redis of the API, which is also the portal's."""
    server = require_redis_server()
    settings.NOTIFY_REDIS_SHARED = True
    settings.CACHES = settings.CACHES | {"remote": redis_settings(server.url, "test")}
    caches["remote"].clear()
    yield server
    server.stop()


TOKENS = [f"{SERVICE.id}-tokens-{kind}" for kind in ("normal", "team", "test")]


@pytest.mark.redis
def test_a_new_rate_limit_begins_at_once(shared, api):
    redis = get_redis_connection("remote")
    api.post(f"/service/{SERVICE.id}", json={"data": {}})
    for key in TOKENS:
        redis.set(key, 1)

    SERVICES.update_service(SERVICE.id, name="A name")
    before = redis.exists(*TOKENS)
    SERVICES.update_service(SERVICE.id, rate_limit=100)

    assert (before, redis.exists(*TOKENS)) == (3, 0)


@pytest.mark.redis
def test_todays_count_is_read_from_the_redis_of_the_api(shared, monkeypatch):
    asked = []
    redis = get_redis_connection("remote")
    read = type(redis).get
    monkeypatch.setattr(
        type(redis), "get", lambda self, key: asked.append(key) or read(self, key)
    )

    assert SERVICES.get_notification_count("id", "sms") == 0
    redis.set(asked[0], 17)
    assert SERVICES.get_notification_count("id", "sms") == 17
    assert re.fullmatch(r"id-sms-\d{4}-\d\d-\d\d-count", asked[0])


@pytest.mark.redis
def test_without_the_redis_of_the_api_its_counts_are_unknown(shared, api):
    api.post(f"/service/{SERVICE.id}", json={"data": {"rate_limit": 100}})
    shared.stop()

    assert SERVICES.get_notification_count("id", "sms") is None
    assert SERVICES.update_service(SERVICE.id, rate_limit=100)["data"]
    assert cache.store.breaker.is_open
