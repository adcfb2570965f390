"""What pages do when the API is down, slow, or says what it never should."""

from __future__ import annotations

import copy
import re

import pytest
from django.core.cache import caches
from kombu.exceptions import OperationalError

from notify_admin import celery_app
from portal.remote import http
from tests.guards import pages
from tests.guards.world import SERVICE, down

ERRORS = ("refused", "timeout", "500", "503", "html")
SHAPES = ("empty", "{}", "[]", "null", "text", '{"data": null}', '{"data": {}}')
# These say the same whatever the API does: nobody must be kept from signing out, and
# who asks for a link must not learn whether the address is known.
WITHOUT_API = {"sign-out", "_status"}
# These ask only what a letter costs, and go on without it.
GOES_ON = {"services/<uuid:service_id>/preview-letter/<uuid:file_id>"}
TYPED_BUT_SECRET = ("typed secret", "12345")


def visitor(visit, route, method):
    rule = pages.PAGES[route].rules()[method]
    if rule is pages.SUPERUSER:
        return visit("platform admin")
    open_to_all = isinstance(rule, (pages.Visitor, pages.Anyone))
    return visit(
        "somebody signing in" if open_to_all else "member with all permissions"
    )


def break_api(world, kind, *, everything):
    """Let the API answer badly: in all it says, or in all but person and service."""
    person_and_service = {f"/service/{SERVICE}"} | {
        f"/user/{pk}" for pk in world.people
    }
    hit = []

    def changed(path, answer):
        if not everything and path in person_and_service:
            return answer
        hit.append(path)
        return down(kind)

    world.changed = changed
    http.reset()
    for cache in caches.all():
        cache.clear()
    return hit


def assert_is_a_page(response, html):
    assert "Traceback" not in html
    assert html.count("<h1") == 1
    assert "</html>" in html


@pytest.fixture(autouse=True)
def _no_second_try(settings):
    settings.NOTIFY_RETRIES = 0


@pytest.mark.parametrize(("method", "route"), pages.requests_of_all_pages())
def test_an_api_that_is_down_gives_a_page_that_says_so(visit, world, method, route):
    wrong = []
    for kind, everything in [("refused", True), *((kind, False) for kind in ERRORS)]:
        browser = visitor(visit, route, method)
        hit = break_api(world, kind, everything=everything)

        response = browser(method, route)

        expected = 500 if kind == "500" else 503
        if route in WITHOUT_API:
            assert response.status_code in (302, 503)
        elif route in GOES_ON and not everything:
            assert response.status_code == 200
        elif hit and response.status_code != expected:
            wrong.append((kind, response.status_code, hit))
        elif hit:
            assert_is_a_page(response, response.content.decode())

    assert not wrong


@pytest.mark.parametrize(("method", "route"), pages.requests_of_all_pages())
def test_answers_of_a_wrong_shape_give_a_page(visit, world, method, route):
    wrong = []
    for kind in SHAPES if method == "GET" else ("{}", "null"):
        browser = visitor(visit, route, method)
        hit = break_api(world, kind, everything=False)

        response = browser(method, route)

        if not hit or response.status_code < 500:
            continue
        assert_is_a_page(response, response.content.decode())
        if kind == "{}" and response.status_code != 503:
            wrong.append((kind, response.status_code, hit))

    assert not wrong


@pytest.mark.parametrize(("method", "route"), pages.requests_of_all_pages())
def test_a_part_of_a_page_says_it_in_a_line(visit, world, method, route):
    browser = visitor(visit, route, method)
    hit = break_api(world, "refused", everything=False)

    response = browser(method, route, headers={"HX-Request": "true"})

    if hit and route not in WITHOUT_API | GOES_ON:
        assert response.status_code == 503
        assert response.content.startswith(b'<p class="govuk-error-message"')


@pytest.mark.parametrize(
    "route",
    [route for method, route in pages.requests_of_all_pages() if method == "POST"],
)
def test_what_was_typed_survives_but_no_secret(visit, world, route):
    page = pages.PAGES[route]
    browser = visitor(visit, route, "POST")
    hit = break_api(world, "refused", everything=True)

    html = browser("POST", route).content.decode()

    if not hit:
        return
    for name, typed in page.data.items():
        secret = typed in TYPED_BUT_SECRET
        first_line = typed.split("\n")[0]
        assert (first_line in html) is not secret, name
    if not set(page.data.values()) <= set(TYPED_BUT_SECRET):
        assert "csrfmiddlewaretoken" in html


def places_in(answer, before=()):
    """Return where an answer has keys; of a list, in its first element."""
    items = answer.items() if isinstance(answer, dict) else enumerate(answer[:1])
    for key, value in items:
        if isinstance(answer, dict):
            yield (*before, key)
        if isinstance(value, (dict, list)):
            yield from places_in(value, (*before, key))


def without(answer, place, *, null):
    """Return an answer that lacks a key, or has nothing under it."""
    made = copy.deepcopy(answer)
    inner = made
    for key in place[:-1]:
        inner = inner[key]
    if null:
        inner[place[-1]] = None
    else:
        del inner[place[-1]]
    return made


READ = [
    (pages.S, rf"/service/{SERVICE}"),
    (pages.S, rf"/service/{SERVICE}/(statistics|job|template-statistics|.*-stats)"),
    (pages.T, rf"/service/{SERVICE}/template(-folder)?"),
    (pages.ONE, rf"/service/{SERVICE}/template/[^/]+"),
    (f"{pages.ONE}/versions", rf"/service/{SERVICE}/template/[^/]+/versions"),
    (f"{pages.S}/notifications", rf"/service/{SERVICE}/notifications"),
    (
        f"{pages.S}/notification/<uuid:notification_id>",
        rf"/service/{SERVICE}/notifications/[^/]+",
    ),
    (pages.J, rf"/service/{SERVICE}/job/[^/]+(/notifications)?"),
    (f"{pages.S}/users", rf"/service/{SERVICE}/(users|invite)"),
    (f"{pages.S}/inbox", rf"/service/{SERVICE}/inbound-sms/most-recent"),
    (pages.TALK, rf"/service/{SERVICE}/(inbound-sms.*|notifications)"),
    (f"{pages.S}/history", rf"/service/{SERVICE}/history"),
    (
        f"{pages.WISH}/approve",
        rf"/service/{SERVICE}/service-join-request/[^/]+",
    ),
]


@pytest.mark.parametrize("null", [False, True], ids=["missing", "null"])
@pytest.mark.parametrize(("route", "path"), READ)
def test_whatever_an_answer_lacks_there_is_a_page(visit, world, route, path, null):
    browser = visit("member with all permissions")
    found = {}
    world.changed = lambda asked, answer: found.setdefault(asked, answer)
    assert browser("GET", route).status_code == 200
    checked = 0
    answers = {asked: found[asked] for asked in found if re.fullmatch(path, asked)}
    for asked, answer in answers.items():
        for place in places_in(answer):
            lacking = without(answer, place, null=null)
            world.changed = lambda called, usual, asked=asked, lacking=lacking: (
                lacking if called == asked else usual
            )
            http.reset()
            for cache in caches.all():
                cache.clear()

            response = visit("member with all permissions")("GET", route)

            if response.status_code >= 500:
                assert_is_a_page(response, response.content.decode())
            checked += 1

    assert checked


@pytest.mark.parametrize("route", pages.admin_routes())
def test_the_django_admin_says_so_too(visit, world, route):
    wrong = []
    for kind in (*ERRORS, "{}", "null"):
        browser = visit("platform admin")
        hit = break_api(world, kind, everything=False)

        response = browser.client.get(pages.admin_address(route))

        if not hit:
            continue
        # The page about the API's health tells any failure of it in the same way.
        failed = 500 if kind == "500" and route != "admin/attention/" else 503
        if kind in ERRORS and response.status_code != failed:
            wrong.append((kind, response.status_code, hit))
        if response.status_code >= 500:
            assert_is_a_page(response, response.content.decode())
        if kind == "{}" and response.status_code == 500:
            wrong.append((kind, response.status_code, hit))

    assert not wrong


def test_a_broker_that_is_away_breaks_no_page(
    visit, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(name, args):
        raise OperationalError("Connection refused")

    monkeypatch.setattr(celery_app, "send_task", refuse)
    browser = visit("member who may view_activity")

    with django_capture_on_commit_callbacks(execute=True) as sent:
        response = browser("POST", f"{pages.S}/reports/new")

    assert sent
    assert response.status_code == 302
    assert browser.client.get(response["Location"]).status_code == 200
