"""A whole demo of its own for the browser tests, and a Chromium to look at it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import sqlite3
import time
from pathlib import Path

import pytest
import requests

from portal.sandbox.demo import Demo

CHROMIUM = os.environ.get("CHROMIUM", "chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_SECONDS = 30


# Before xdist looks for the groups: one demo, and one worker, for all of these tests.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed
    return report


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium, or the tests are left out; in CI they fail."""
    found = shutil.which(CHROMIUM)
    if found is None:
        sentence = "There is no Chromium on the PATH."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


@pytest.fixture(scope="session")
def demo(chromium, tmp_path_factory):
    """All processes of a demo, with data of their own."""
    running = Demo(
        folder=tmp_path_factory.mktemp("demo"),
        portal_port=free_port(),
        sandbox_port=free_port(),
        extra={"PORTAL_LOG_LEVEL": "ERROR"},
    )
    try:
        running.prepare()
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(autouse=True)
def ten_minutes_later(request):
    """Forget how often people have signed in: the tests' people do so all day long."""
    if "demo" not in request.fixturenames:
        return
    folder = request.getfixturevalue("demo").folder
    with contextlib.closing(sqlite3.connect(folder / "cache.sqlite3")) as cache:
        cache.execute("DELETE FROM cache WHERE key LIKE '%throttle:%'")
        cache.commit()


@pytest.fixture(scope="session")
def chrome(chromium):
    """One Chromium for all tests."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(request, chrome, demo):
    """A page in a browser session of its own; its scripts must stay free of errors.

    A failed test leaves a picture of its page in the folder that SCREENSHOTS names.
    """
    context = chrome.new_context(
        base_url=demo.portal_url, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.set_default_timeout(WAIT_SECONDS * 1000)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    if getattr(request.node, "failed", False):
        folder = Path(os.environ.get("SCREENSHOTS", "screenshots"))
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"{request.node.name}.png", full_page=True)
    context.close()
    assert page.errors == []


@pytest.fixture(scope="session")
def visitor_of(demo):
    """Return a function: somebody of a role, signed in once for all tests.

    The portal sends one person only so many codes in ten minutes.
    """
    from tests.browser.visitor import Visitor

    known = {}

    def visitor(role):
        if role not in known or known[role].get("/your-services").status_code != 200:
            person = next(p for p in people(demo) if p["role"] == role)
            known[role] = Visitor(demo, person)
        return known[role]

    return visitor


def people(demo):
    """The demo's people by their role."""
    return requests.get(f"{demo.sandbox_url}/_sandbox/people.json", timeout=10).json()


def outbox(demo):
    """Everything sent so far, oldest first."""
    lines = requests.get(f"{demo.sandbox_url}/_sandbox/outbox.json", timeout=10).text
    return [json.loads(line) for line in lines.splitlines() if line]


def await_message(demo, to, pattern, seen=0):
    """Wait for a message whose text matches, sent after the first ``seen``."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        for message in outbox(demo)[seen:]:
            found = re.search(pattern, message["text"])
            if found and same_recipient(message["to"], to):
                return found
        time.sleep(0.2)
    raise AssertionError(f"Nothing that matches {pattern} was sent.")


def same_recipient(one, other):
    if "@" in one or "@" in other:
        return one.casefold() == other.casefold()
    return re.sub(r"\D", "", one)[-9:] == re.sub(r"\D", "", other)[-9:]
