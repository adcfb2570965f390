"""What the clients do while their Redis is stopped, and after it is back: a real one.

A write that takes something away from people must not be unknown to other processes, so those
about users, permissions, keys and the status of services are refused, before the API is asked.
What a sign-in itself writes goes on: else nobody could sign in and read.
"""

from __future__ import annotations

import json
import time

import pytest
from django.core.cache import caches

from portal import clients
from portal.remote import context
from portal.remote.breaker import Breaker
from portal.remote.cache import cache
from portal.remote.errors import CacheDown
from tests.contract.recorded import case_name, cases
from tests.contract.test_clients import call, page, register
from tests.remote.cache.conftest import redis_settings
from tests.servers import require_redis_server

__all__ = ["page"]

pytestmark = pytest.mark.redis

SENTENCE = (
    "This change was not made, because not every page could be told of it. "
    "Nothing was saved. Try again in a minute."
)
ALWAYS_REFUSED = {
    # users
    ("UserApiClient", "activate_user"),
    ("UserApiClient", "archive_user"),
    ("UserApiClient", "update_password"),
    # permissions
    ("InviteApiClient", "accept_invite"),
    ("OrgInviteApiClient", "accept_invite"),
    ("OrganisationsClient", "remove_user_from_organisation"),
    ("ServiceAPIClient", "remove_user_from_service"),
    ("ServiceAPIClient", "update_service_join_requests"),
    ("UserApiClient", "add_user_to_organisation"),
    ("UserApiClient", "add_user_to_service"),
    ("UserApiClient", "set_organisation_permissions"),
    ("UserApiClient", "set_user_permissions"),
    # keys
    ("ApiKeyApiClient", "create_api_key"),
    ("ApiKeyApiClient", "revoke_api_key"),
    # the status of services
    ("ServiceAPIClient", "archive_service"),
    ("ServiceAPIClient", "update_count_as_live"),
    ("ServiceAPIClient", "update_status"),
}
# Refused or not by what is changed.
BY_ATTRIBUTE = {
    ("ServiceAPIClient", "update_service"),
    ("TemplateFolderAPIClient", "update_template_folder"),
    ("UserApiClient", "update_user_attribute"),
}
WRITES = [
    (entry, case)
    for entry, case in cases()
    if (entry.get("cache", {}).keys() & {"delete", "delete_by_pattern"})
    and case["http"]
    and "raises" not in case
]
WRITES += [
    (entry, case)
    for entry, case in cases()
    if (entry["class"], entry["method"]) in ALWAYS_REFUSED
    and (entry, case) not in WRITES
]


def method(pair):
    return pair[0]["class"], pair[0]["method"]


REFUSED = [pair for pair in WRITES if method(pair) in ALWAYS_REFUSED]
GOING_ON = [
    pair for pair in WRITES if method(pair) not in ALWAYS_REFUSED | BY_ATTRIBUTE
]


@pytest.fixture(scope="module")
def server():
    started = require_redis_server()
    yield started
    started.stop()


@pytest.fixture
def redis(server, settings, monkeypatch):
    """A Redis that is there at first, and a breaker that soon tries again."""
    if server.process.poll() is not None:
        server.start()
    settings.CACHES = settings.CACHES | {"remote": redis_settings(server.url, "test")}
    monkeypatch.setattr(cache.store, "breaker", Breaker(0.2))
    caches["remote"].clear()
    return server


@pytest.fixture
def away(redis):
    redis.stop()


def new_page():
    context.current().memo.clear()


def test_every_method_is_refused_that_must_be():
    assert {pair[:2] for pair in ALWAYS_REFUSED} == {method(pair) for pair in REFUSED}


@pytest.mark.parametrize("pair", REFUSED, ids=map(case_name, REFUSED))
def test_a_write_about_access_is_refused_before_the_api_is_asked(away, api, pair):
    with pytest.raises(CacheDown) as refused:
        call(*pair)

    assert str(refused.value.message) == SENTENCE
    assert not refused.value.uncertain
    assert len(api.calls) == 0


@pytest.mark.parametrize("pair", GOING_ON, ids=map(case_name, GOING_ON))
def test_another_write_goes_on(away, api, pair):
    register(api, *pair)

    call(*pair)

    assert len(api.calls) == len(pair[1]["http"])


SERVICE, USER, FOLDER = (
    "5e7bd1cb-0000-4000-8000-000000000001",
    "5e7bd1cb-0000-4000-8000-000000000002",
    "5e7bd1cb-0000-4000-8000-000000000003",
)


@pytest.mark.parametrize(
    "change",
    [
        {"active": False},
        {"active": True},
        {"restricted": False},
        {"permissions": ["email"]},
        {"name": "A name", "count_as_live": False},
    ],
    ids=str,
)
def test_a_change_to_the_status_of_a_service_is_refused(away, change):
    with pytest.raises(CacheDown):
        clients.service_api_client.update_service(SERVICE, **change)


@pytest.mark.parametrize("change", [{"name": "A name"}, {"notes": "x"}], ids=str)
def test_another_change_to_a_service_goes_on(away, api, change):
    api.post(f"/service/{SERVICE}", json={"data": {}})

    clients.service_api_client.update_service(SERVICE, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"email_address": "a@b.example"},
        {"mobile_number": None},
        {"auth_type": "sms_auth"},
        {"platform_admin": False},
        {"name": "Ada", "updated_by": USER},
    ],
    ids=str,
)
def test_a_change_to_a_user_is_refused(away, change):
    with pytest.raises(CacheDown):
        clients.user_api_client.update_user_attribute(USER, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"current_session_id": None},
        {"email_access_validated_at": "2031-01-01T00:00:00Z"},
    ],
    ids=str,
)
def test_what_a_sign_in_notes_goes_on(away, api, change):
    api.post(f"/user/{USER}", json={"data": {}})

    clients.user_api_client.update_user_attribute(USER, **change)


def test_a_folder_is_renamed_but_shown_to_nobody_else(away, api):
    folders = clients.template_folder_api_client
    api.post(f"/service/{SERVICE}/template-folder/{FOLDER}", json={})

    folders.update_template_folder(SERVICE, FOLDER, "A name")
    with pytest.raises(CacheDown):
        folders.update_template_folder(SERVICE, FOLDER, "A name", [USER])


def test_reads_go_on_and_all_recovers_by_itself(redis, api):
    client = clients.service_api_client
    api.get(f"/service/{SERVICE}", json={"data": {"name": "before"}})
    assert client.get_service(SERVICE)["data"]["name"] == "before"

    redis.stop()
    for name in ("first", "second"):
        new_page()
        api.replace(
            "GET", api.url(f"/service/{SERVICE}"), json={"data": {"name": name}}
        )
        assert client.get_service(SERVICE)["data"]["name"] == name
    with pytest.raises(CacheDown):
        client.update_status(SERVICE, live=True)

    redis.start()
    time.sleep(0.25)
    asked = len(api.calls)
    api.post(f"/service/{SERVICE}", json={"data": {}})
    client.update_status(SERVICE, live=True)
    for _ in range(3):
        new_page()
        assert client.get_service(SERVICE)["data"]["name"] == "second"

    assert json.loads(api.calls[asked].request.body)["restricted"] is False
    assert len(api.calls) == asked + 2


def test_what_was_written_meanwhile_is_never_read_as_it_was(redis, api):
    """The store kept its entries: a network that failed, not a server that ended."""
    client = clients.service_api_client
    api.get(f"/service/{SERVICE}", json={"data": {"name": "before"}})
    api.post(f"/service/{SERVICE}", json={"data": {}})
    client.get_service(SERVICE)
    saved = redis.process
    saved.send_signal(19)  # SIGSTOP: it answers nobody and forgets nothing
    try:
        client.update_service(SERVICE, name="after")
        api.replace(
            "GET", api.url(f"/service/{SERVICE}"), json={"data": {"name": "after"}}
        )
    finally:
        saved.send_signal(18)
    time.sleep(0.25)
    new_page()

    assert client.get_service(SERVICE)["data"]["name"] == "after"
