"""Fixtures that all tests share."""

from __future__ import annotations

import logging
import re
from typing import NamedTuple

import pytest
import responses
from django.conf import settings
from django.core.cache import caches

from portal.remote import context, http

LONGEST_NAMED_BYTES = 40


def pytest_make_parametrize_id(val, argname):
    """Name files by their argument: what is in them differs between processes."""
    is_file = isinstance(val, bytes) and len(val) > LONGEST_NAMED_BYTES
    return argname if is_file else None


# Before xdist looks for the groups. They begin before all tests without one.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Let one worker prepare what a module's tests share: servers, databases, seeds."""
    for item in items:
        known = item._fixtureinfo.name2fixturedefs.values()
        is_shared = any(fixture.scope == "module" for *_, fixture in known)
        if is_shared and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))


@pytest.fixture(autouse=True)
def fresh_remote():
    """Each test begins like a new process: no breaker open, no answer kept.

    Gives the function that begins anew, for tests that try many things.
    """

    def begin_anew():
        http.reset()
        for alias in ("default", "remote"):
            caches[alias].clear()

    begin_anew()
    return begin_anew


class Api(responses.RequestsMock):
    """The Notify API as a test wants it: `api.get("/service/1", json={...})`.

    A path may hold ``<id>`` for any one segment. Everything registered must be asked for.
    """

    def url(self, path):
        if "<id>" not in path:
            return f"{settings.API_HOST_NAME}{path}"
        pattern = re.escape(f"{settings.API_HOST_NAME}{path}").replace("<id>", "[^/]+")
        return re.compile(rf"{pattern}(\?|$)")

    def answer(self, method, path, **kwargs):
        return self.add(method, self.url(path), **kwargs)

    def get(self, path, **kwargs):
        return self.answer("GET", path, **kwargs)

    def post(self, path, **kwargs):
        return self.answer("POST", path, **kwargs)

    def put(self, path, **kwargs):
        return self.answer("PUT", path, **kwargs)

    def delete(self, path, **kwargs):
        return self.answer("DELETE", path, **kwargs)


@pytest.fixture
def api():
    with Api(assert_all_requests_are_fired=True) as mock:
        yield mock


class Call(NamedTuple):
    method: str
    route: str


class _Recorder(logging.Handler):
    def __init__(self):
        super().__init__()
        self.calls = []

    def emit(self, record):
        if hasattr(record, "route"):
            self.calls.append(Call(record.method, record.route))


@pytest.fixture
def api_calls():
    """The calls made so far, as a list of (method, route template)."""
    logger = logging.getLogger("portal.remote")
    level, recorder = logger.level, _Recorder()
    logger.setLevel(logging.INFO)
    logger.addHandler(recorder)
    yield recorder.calls
    logger.removeHandler(recorder)
    logger.setLevel(level)


@pytest.fixture
def scope():
    """A page's context, with nobody signed in and no deadline."""
    with context.scope() as entered:
        yield entered
