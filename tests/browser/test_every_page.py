"""Every page there is, looked at in a real browser as those who may open it see it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser import preparing
from tests.browser.accessibility import overflow, violations
from tests.browser.admin import EXPECTED
from tests.browser.crawl import Crawl
from tests.browser.visitor import Visitor
from tests.guards.pages import PAGES, staff_routes

LOOKS = Path(__file__).with_name("looks.js").read_text()
PICTURES = os.environ.get("PICTURES")
WIDTHS, NARROWEST, HEIGHT = (1280, 375), 320, 900
BRAND = "Notify"
HOME, TRIAL = "Riverside bin collections", "Riverside parking permits"
ROLES = ("Service manager", "Sends messages", "Organisation member", "Platform admin")
STRANGER = "Nobody"
# What everybody has a view of their own of.
EVERYONES = {
    "your-services",
    "services/<uuid:service_id>",
    "services/<uuid:service_id>/templates",
    "services/<uuid:service_id>/templates/<uuid:template_id>",
    "services/<uuid:service_id>/users",
}
UNREACHED = {
    "error/<int:status_code>": "answers with its status; the bad days look at errors",
    "organisation-invitation/<str:token>": "nobody can invite into organisations yet",
    "send-new-code": "leads on after sending a code",
    "send-new-email-token": "leads on after sending a link",
    "sign-out": "ends the session; signing in looks at it",
    **{
        f"{account}/security-keys/<uuid:key_id>/{action}": "has a test with a key"
        for account in ("your-account", "user-profile")
        for action in ("manage", "delete")
    },
    **{
        f"services/<uuid:service_id>/preview-letter{part}/<uuid:file_id>": "has a test "
        "with a letter"
        for part in ("", "-image")
    },
    "services/<uuid:service_id>/<uuid:template_id>/check/<uuid:upload_id>/delete": (
        "has a test with a file that nobody sent"
    ),
    **{
        "services/<uuid:service_id>/templates/<uuid:template_id>/files/"
        f"<uuid:template_email_file_id>{part}": "has a test with a file in an email"
        for part in (
            "",
            "/change-data-retention",
            "/change-email-validation",
            "/change-link-text",
        )
    },
    **{
        f"d/<base64_uuid:service_id>/<base64_uuid:document_id>{part}": "has a test with "
        "a file in an email"
        for part in ("", "/confirm-email-address", "/download")
    },
}
FILES = re.compile(r"(\.(csv|json|png|xlsx|zip)|filetype>)$")
# Pages of one title: the same page at several addresses, or about the same thing.
TWINS = (
    r"/check/[^/]+(/row-\d+)?$",
    r"/(notification|tour/[^/]+)/check$",
    r"/templates/(action-blocked/|add-|folders/[^/]+/add-|copy/)",
    r"/make-service-live",
    r"/templates(/copy(/from-.*)?)?$",
    r"/users/invite",
    r"/join-request/[^/]+/",
    r"/download-report/",
    r"/reply-with",
    r"/(jobs|uploads)$",
    r"^/(re-validate-email|two-factor-email-sent|email-not-received)$",
    r"^/unsubscribe/",
)


@pytest.fixture(scope="module")
def visitors(demo, visitor_of):
    """Everybody who looks, by role."""
    people = {role: visitor_of(role) for role in ROLES}
    return {**people, STRANGER: Visitor(demo)}


@pytest.fixture(scope="module")
def services(visitors):
    """The ids of a service that is live and of one on trial."""
    text = visitors["Service manager"].get("/your-services").text
    pattern = r'/services/([0-9a-f-]{{36}})"[^>]*>\s*{}'
    return [re.search(pattern.format(name), text)[1] for name in (HOME, TRIAL)]


@pytest.fixture(scope="module")
def crawls(demo, visitors, services):
    """What each role meets, each kind of page by the first who does."""
    found = {}
    prepared = None
    for role, visitor in visitors.items():
        crawl = Crawl(visitor, services, tuple(found.values()), EVERYONES)
        crawl.learn()
        if prepared is None:
            prepared = preparing.everything(demo, visitors, crawl)
        crawl.look_in(*prepared.get(role, ()))
        crawl.walk(*starts(services))
        crawl.guess()
        if role == ROLES[0]:
            preparing.write_again(crawl)
        found[role] = crawl
    return found


def starts(services):
    """Where everybody begins: the services, and all addresses without an id."""
    of_services = (f"/services/{key}" for key in services)
    return ["/your-services", *of_services, *(f"/{r}" for r in PAGES if "<" not in r)]


@pytest.fixture
def looker(page):
    page.said = []

    def heard(message):
        if message.type in {"error", "warning"} and not EXPECTED.match(message.text):
            page.said.append(message.text)

    page.on("console", heard)
    return page


def are_twins(*paths):
    """Tell whether pages may have the same title."""
    paths = [path.partition("?")[0] for path in paths]
    return any(all(re.search(twin, path) for path in paths) for twin in TWINS)


def look_at(page, met, known):
    """Return what is wrong with a page, as sentences."""
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    page.said.clear()
    answer = page.goto(met.path)
    wrong = [f"answers {answer.status}"] if answer.status != met.status else []
    if urlsplit(page.url).path != met.path.partition("?")[0]:
        wrong.append(f"leads to {page.url}")
    if not re.search(rf"\S – {BRAND}$", page.title()):
        wrong.append(f"is titled {page.title()!r}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        seen = page.evaluate(LOOKS, list(known))
        known.update(seen["kinds"])
        wrong += [f"at {width} {line}" for line in seen["wrong"] + violations(page)]
        if PICTURES:
            name = re.sub(r"[^a-z0-9]+", "-", met.route.lower() + met.path[-9:])
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    if overflow(page) > 0:
        wrong.append(f"is {overflow(page)} too wide at {NARROWEST}")
    return wrong + page.said


@pytest.mark.parametrize("role", [*ROLES, STRANGER])
def test_every_page_is_sound_on_big_and_small_screens(looker, crawls, role):
    looker.context.add_cookies(crawls[role].visitor.cookies)
    wrong, known, titles = [], set(), {}
    for met in filter(lambda one: one.is_page, crawls[role].met.values()):
        wrong += [f"{met.path} {line}" for line in look_at(looker, met, known)]
        other = titles.setdefault(looker.title(), met)
        if other.route != met.route and not are_twins(other.path, met.path):
            wrong.append(f"{met.path} has the title of {other.path}")

    assert not wrong, "\n".join(wrong)


def test_every_address_is_met_by_somebody(crawls):
    routes = [r for r in staff_routes() if PAGES[r].get and not FILES.search(r)]
    missed = {r for r in routes if not any(c.reaches(r) for c in crawls.values())}

    assert not missed - set(UNREACHED), "\n".join(sorted(missed - set(UNREACHED)))
    assert set(UNREACHED) <= set(routes)
