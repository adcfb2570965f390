"""What is kept and what ends with which write, against the recorded use of cache keys.

Keys are the recorded ones. A pattern of theirs is a group tag of ours, below; every kept entry
that the pattern matches carries that tag.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest

from portal.remote.cache import TagCache, cache
from tests.contract.recorded import METHODS, cases, name_of, objects
from tests.contract.test_clients import call, page, register

__all__ = ["page"]

GROUPS = {
    "organisation-*-email-branding-pool": "organisation-email-branding-pools",
    "organisation-*-letter-branding-pool": "organisation-letter-branding-pools",
    "service-????????-????-????-????-????????????-returned-letters-statistics": "returned-letters",
    "service-????????-????-????-????-????????????-returned-letters-summary": "returned-letters",
    "service-{service_id}-template-*": "service-{service_id}-template",
    "service-{service_id}-template*": "service-{service_id}-template",
    "service-{service_id}-template-{template_id}*": "service-{service_id}-template-{template_id}",
    "service-{service_id}-template-{id_}*": "service-{service_id}-template-{id_}",
}
LONGEST = 3600
SECONDS = {"user-{user_id}": 300, "service-{service_id}": 300}
NEVER_CHANGING = "service-{service_id}-template-{template_id}-version-{version}"
IDS = {
    "service_id": "5e7bd1cb-0000-4000-8000-000000000001",
    "template_id": "5e7bd1cb-0000-4000-8000-000000000002",
    "id_": "5e7bd1cb-0000-4000-8000-000000000002",
}


@pytest.fixture
def kept(monkeypatch):
    """What was read through the cache: (key, tags, seconds)."""
    seen, real = [], TagCache.get

    def get(self, key, tags, seconds, load, **kwargs):
        seen.append((key, tuple(tags), seconds))
        return real(self, key, tags, seconds, load, **kwargs)

    monkeypatch.setattr(TagCache, "get", get)
    return seen


def named(pair):
    return name_of(pair[0])


READS = [(e, c) for e, c in cases() if e.get("cache", {}).get("set") and c["http"]]
WRITES = [
    (e, c)
    for e, c in cases()
    if e.get("cache", {}).get("delete") or e.get("cache", {}).get("delete_by_pattern")
]


def filled(pattern, kwargs):
    return pattern.format_map({"version": None, **objects(kwargs)})


@pytest.mark.parametrize(("entry", "case"), READS, ids=map(named, READS))
def test_a_read_is_kept_under_the_recorded_key(api, kept, entry, case):
    register(api, entry, case)

    call(entry, case)

    patterns = [one["pattern"] for one in entry["cache"]["set"]]
    assert {filled(one, case["kwargs"]) for one in patterns} <= {
        key for key, _, _ in kept
    }


@pytest.mark.parametrize(("entry", "case"), READS, ids=map(named, READS))
def test_a_second_read_asks_nobody(api, api_calls, entry, case):
    register(api, entry, case)

    assert call(entry, case) == call(entry, case)
    assert len(api_calls) == 1


@pytest.mark.parametrize(("entry", "case"), READS, ids=map(named, READS))
def test_nothing_is_kept_for_weeks(api, kept, entry, case):
    register(api, entry, case)

    call(entry, case)

    for one in entry["cache"]["set"]:
        pattern = one["pattern"]
        limit = SECONDS.get(pattern, LONGEST)
        if pattern == NEVER_CHANGING and case["kwargs"].get("version"):
            limit = 24 * 3600
        seconds = {key: spent for key, _, spent in kept}
        assert seconds[filled(pattern, case["kwargs"])] <= limit


@pytest.mark.parametrize(("entry", "case"), WRITES, ids=map(named, WRITES))
def test_a_write_ends_all_that_the_recorded_one_deletes(api, ended, entry, case):
    register(api, entry, case)

    call(entry, case)

    facts = entry["cache"]
    patterns = [GROUPS[one] for one in facts.get("delete_by_pattern", ())]
    wanted = {
        filled(one, case["kwargs"]) for one in [*facts.get("delete", ()), *patterns]
    }
    assert wanted <= set(ended)


def test_archiving_ends_what_is_kept_of_the_team(api, ended):
    entry, case = next((e, c) for e, c in cases() if e["method"] == "archive_service")
    register(api, entry, case)

    call(entry, case)

    team = case["kwargs"]["cached_service_user_ids"]
    assert {f"user-{user_id}" for user_id in team} <= set(ended)


def test_a_change_to_an_organisation_ends_what_is_kept_of_its_services(api, ended):
    entry, case = next(
        (e, c)
        for e, c in cases()
        if e["method"] == "update_organisation" and "cached_service_ids" in c["kwargs"]
    )
    register(api, entry, case)

    call(entry, case)

    services = case["kwargs"]["cached_service_ids"]
    assert {f"service-{service_id}" for service_id in services} <= set(ended)


def test_moving_templates_ends_what_is_kept_of_them(api, ended):
    entry, case = next((e, c) for e, c in cases() if e["method"] == "move_to_folder")
    register(api, entry, case)

    call(entry, case)

    service_id, moved = case["kwargs"]["service_id"], case["kwargs"]["template_ids"]
    assert {
        f"service-{service_id}-template-{template_id}-version-None"
        for template_id in moved
    } <= set(ended)


def test_a_new_job_ends_the_answer_that_there_is_none(api, ended):
    api.post("/service/s/job", json={"data": {}})

    from portal.clients import job_api_client

    job_api_client.create_job("j", "s")

    assert ended == ["has_jobs-s"]


def sample(text):
    return re.sub(r"{(\w+)}", lambda name: IDS.get(name[1], name[1]), text)


@pytest.mark.parametrize(("pattern", "group"), GROUPS.items())
def test_everything_that_a_pattern_matches_is_in_its_group(pattern, group):
    matched = [
        texts
        for texts in cache.reads.values()
        if fnmatchcase(
            sample(texts[0].replace("{service_id}", IDS["service_id"])), sample(pattern)
        )
    ]
    lists_templates = "service-{service_id}-templates"

    assert matched
    assert [
        texts
        for texts in matched
        if sample(group) not in map(sample, texts) and texts[0] != lists_templates
    ] == []


def test_every_key_that_a_write_ends_is_one_that_a_read_keeps():
    kept = {sample_of_any(text) for texts in cache.reads.values() for text in texts}
    ended = {sample_of_any(text) for texts in cache.writes.values() for text in texts}

    assert ended - kept == set()


def sample_of_any(text):
    return re.sub(r"{\w+}", "*", text)


PERSONAL = (
    "NotificationApiClient",
    "ApiKeyApiClient",
    "ComplaintApiClient",
    "ContactListApiClient",
)


@pytest.mark.parametrize("entry", METHODS, ids=name_of)
def test_only_what_the_recorded_clients_keep_is_kept(entry):
    own = f"{entry['class']}.{entry['method']}"

    if entry["class"] in PERSONAL:
        assert own not in cache.reads
    if own in cache.reads:
        assert entry["cache"]["set"]
