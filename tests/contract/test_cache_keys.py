"""Each recorded cache key: kept by its reads, ended by each of its writes, also by one that fails.

These run the cache as it is: a read is kept when a second one asks nobody, and a key has ended
when the read after a write asks the API again.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress

import pytest

from portal import clients
from portal.remote import context
from portal.remote.cache import cache
from portal.remote.errors import HTTPError
from tests.conftest import Api
from tests.contract.recorded import METHODS, cases, name_of
from tests.contract.test_caching import GROUPS, READS
from tests.contract.test_clients import CALLS, call, page, register

__all__ = ["page"]

# A key that is only read straight from the API's own Redis, see test_clients.
NOT_OURS = "{service_id}-{notification_type}-{today UTC}-count"
# Ended under a name of its writer's argument; what is kept is "user-{user_id}".
PEOPLE = {"user-{invited_user_id}", "user-{requester_id}"}
EACH_VERSION = "service-{service_id}-template-{template_id}-version-{version}"
# What a move ends is the present version of each template.
MOVED = "service-{service_id}-template-{template_id}-version-None"


def patterns(kind):
    return {
        one["pattern"] if kind == "set" else one
        for entry in METHODS
        for one in entry.get("cache", {}).get(kind, ())
    }


# They read through a method that keeps.
THROUGH_OTHERS = {"get_template_folder", "get_user"}
READING = [
    (entry, case)
    for entry, case in CALLS
    if case["http"]
    and {one["method"] for one in case["http"]} == {"GET"}
    and entry["method"] not in THROUGH_OTHERS
]
KEPT, ENDED = patterns("set"), patterns("delete")
BY_PATTERN = patterns("delete_by_pattern")


# What we end besides the record, see recorded.DEVIATIONS.
OURS = {"service-{service_id}-template-{template_id}"}


def test_the_recorded_keys_are_all_here():
    """39 of 42: the other three are of pages.

    Two of these are below: the pages of a letter, and the tokens of a service's rate limit. The
    third, ``service-{service_id}-notification-search-query-hash-{hash}``, has no place in a cache
    that everyone shares: what a person searched for is in their own session, see
    ``portal.notifications.searches``.
    """
    assert len({*KEPT, *ENDED, *BY_PATTERN, MOVED, NOT_OURS} - OURS) == 39
    assert PEOPLE | OURS == ENDED - KEPT
    assert set(GROUPS) == BY_PATTERN


def plain(text):
    return re.sub(r"{[\w\[\]]+}|\*|\?+(-\?+)*", "*", text)


def key_of(read):
    key = read["cache"]["set"][0]["pattern"]
    return MOVED if key == EACH_VERSION else key


def one_by_one(write, case):
    """Return the keys that a method's own code changes, for the ids that a call names."""
    changes = (
        one for one in write.get("cache", {}).get("direct", ()) if one["op"] != "get"
    )
    for change in changes:
        for key in (
            change["key"] if isinstance(change["key"], list) else [change["key"]]
        ):
            named = re.findall(r"{(\w+)\[\d+\]}", key)
            if all(case["kwargs"].get(name) for name in named):
                yield re.sub(r"\[\d+\]", "", key)


def ends(write, case, read):
    """Tell whether the record has a write end what a read keeps."""
    facts = write.get("cache", {})
    groups = [GROUPS[one] for one in facts.get("delete_by_pattern", ())]
    keys = [*facts.get("delete", ()), *groups, *one_by_one(write, case)]
    ended = {plain(one) for one in keys}
    tags = next(texts for texts in cache.reads.values() if texts[0] == key_of(read))
    return not ended.isdisjoint(map(plain, tags))


PAIRS = [
    (write, read)
    for write in cases()
    for read in READS
    if read[1]["kwargs"].get("version") is None and ends(*write, read[0])
]


def pair_name(pair):
    (write, case), (read, _) = pair
    return f"{name_of(write)}[{write['cases'].index(case)}]-{name_of(read)}"


def test_every_key_that_is_kept_is_ended_by_a_write_or_soon():
    ended = {read["cache"]["set"][0]["pattern"] for _, (read, _) in PAIRS}

    assert KEPT - ended == {
        "letter-rates",
        "performance-stats-{start_date}-to-{end_date}",
        "sms-rate",
    }


SAME = {
    "service_id": ("cached_service_ids",),
    "template_id": ("id_", "template_ids"),
    "user_id": ("invited_user_id", "requester_id", "cached_service_user_ids"),
}


def about_the_same(read_case, write_case):
    """Let a read ask for what a write changes."""
    made, ids = json.dumps(read_case), write_case["kwargs"]
    for name, value in read_case["kwargs"].items():
        for other in (name, *SAME.get(name, ())):
            wanted = ids.get(other)
            wanted = wanted[-1] if wanted and isinstance(wanted, list) else wanted
            if isinstance(value, str) and isinstance(wanted, str):
                made = made.replace(value, wanted)
    return json.loads(made)


@pytest.fixture
def lenient_api():
    with Api(assert_all_requests_are_fired=False) as mock:
        yield mock


def asked(api, entry, case):
    """Read as in a new page; tell how often the API was asked."""
    context.current().memo.clear()
    before = len(api.calls)
    with suppress(HTTPError):
        call(entry, case)
    return len(api.calls) - before


@pytest.mark.parametrize("status", [200, 400, 500], ids=["done", "refused", "failed"])
@pytest.mark.parametrize(("write", "read"), PAIRS, ids=map(pair_name, PAIRS))
def test_what_a_write_changes_is_read_anew(lenient_api, write, read, status):
    api, (entry, case) = lenient_api, (read[0], about_the_same(read[1], write[1]))
    register(api, entry, case)
    assert asked(api, entry, case) == 1
    assert asked(api, entry, case) == 0

    answer = {} if status == 200 else {"status": status, "json": {"message": "No."}}
    register(api, *write, **answer)
    with suppress(HTTPError):
        call(*write)

    assert asked(api, entry, case) == 1


SECRET = "to-be-seen-by-nobody-else"
WITHOUT_KEYS = [(e, c) for e, c in READING if not e.get("cache", {}).get("set")]


@pytest.mark.parametrize(
    ("entry", "case"),
    WITHOUT_KEYS,
    ids=[f"{name_of(e)}[{e['cases'].index(c)}]" for e, c in WITHOUT_KEYS],
)
def test_what_may_be_personal_is_asked_each_time(lenient_api, entry, case):
    register(lenient_api, entry, case)

    first, second = (asked(lenient_api, entry, case) for _ in range(2))

    assert (first, second) == (len(case["http"]), len(case["http"]))


def test_the_secret_of_a_new_key_is_kept_nowhere(api, monkeypatch):
    written = []
    monkeypatch.setattr(cache.store, "keep", lambda *args: written.append(args))
    api.post("/service/s/api-key", json={"data": SECRET})

    clients.api_key_api_client.create_api_key("s", "A key", "normal")

    assert written == []
