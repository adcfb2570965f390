"""What a browser is told, what a stranger's page cannot do, and whose text is whose."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser

import pytest

from tests.guards import pages
from tests.guards.test_bad_days import visitor
from tests.guards.world import World, mock_api, upload_file

GETS = [route for method, route in pages.requests_of_all_pages() if method == "GET"]
POSTS = [route for method, route in pages.requests_of_all_pages() if method == "POST"]
# Links in e-mails, and the pages that send them again, are addresses; so is signing out.
WRITES_ON_GET = {
    "sign-out",
    "send-new-code",
    "send-new-email-token",
    "resend-email-verification",
    "verify-email/<str:token>",
    "your-account/email/confirm/<str:token>",
}
PUBLIC_FILES = {"theme.css", "favicon.ico"}
# Pictures of letters, whose drawing takes long.
DRAWN = {r for r in pages.PAGES if r.endswith(pages.DRAWN) or "letter-preview" in r}
# Drawn with what a recipient is told; the others are drawn of templates.
PERSONAL = {
    r for r in DRAWN if any(w in r for w in ("/check", "/send/", "/notification"))
}
NASTY = "'\"><script>alert(1)</script><img src=x onerror=alert(1)>"


class Code(HTMLParser):
    """Collects what a page would run or how it would style itself."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        is_data = "json" in (given.get("type") or "")
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(tag)
        self.found += [name for name in given if name == "style" or name[:2] == "on"]
        self.found += [
            value
            for value in given.values()
            if re.match(r"(?i)\s*javascript:", value or "")
        ]


def text_of(response):
    return response.getvalue().decode(errors="ignore")


# --- writing


@pytest.mark.parametrize("route", POSTS)
def test_a_form_without_its_token_does_nothing(visit, world, route):
    browser = visitor(visit, route, "POST")
    browser.client.handler.enforce_csrf_checks = True

    response = browser("POST", route)

    assert response.status_code == 403
    assert world.writes == []
    assert "typed secret" not in response.content.decode()


@pytest.mark.parametrize("route", POSTS)
def test_another_site_gets_nothing_of_its_form_kept(visit, world, route):
    browser = visitor(visit, route, "POST")
    browser.client.handler.enforce_csrf_checks = True

    response = browser("POST", route, headers={"Origin": "https://evil.example"})

    assert response.status_code == 403
    assert b'<form method="post"' not in response.content


@pytest.mark.parametrize(
    "route", [route for route in GETS if route not in WRITES_ON_GET]
)
@pytest.mark.parametrize("who", ["somebody signing in", "member with all permissions"])
def test_looking_changes_nothing_and_head_is_a_look_at_what_is_around_a_page(
    visit, world, route, who
):
    browser = visit(who)

    looked = browser("GET", route)
    around = browser.client.head(pages.address(route))

    assert world.writes == []
    assert around.status_code == looked.status_code
    assert around.getvalue() == b""


# --- leading elsewhere

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "/%09/evil.example",
    "\t//evil.example",
    "http://testserver.evil.example/",
    "http://testserver@evil.example/",
]


def leads_elsewhere(address):
    return bool(re.match(r"(?i)\s*([a-z]+:|[/\\]{2}|[/\\]\s*[/\\])", address))


@pytest.mark.parametrize("route", [r for r in GETS if not r.startswith("services")])
@pytest.mark.parametrize(
    "who", ["anonymous", "somebody signing in", "member with all permissions"]
)
def test_next_leads_to_this_site_only(visit, fresh_remote, route, who):
    led_away = []
    for next_page in ELSEWHERE:
        fresh_remote()
        browser = visit(who)

        response = browser.client.get(pages.address(route), {"next": next_page})

        links = re.findall(r'(?:href|action)="([^"]*)"', text_of(response))
        if leads_elsewhere(response.get("Location", "/")) or any(
            "evil" in link.partition("?")[0] for link in links
        ):
            led_away.append(next_page)

    assert not led_away


def test_a_path_of_two_slashes_is_no_way_out(visit):
    response = visit("anonymous").client.get("//evil.example/%2e%2e")

    assert not leads_elsewhere(response.get("Location", "/"))


# --- what the browser is told


@pytest.mark.parametrize("route", GETS)
@pytest.mark.parametrize("who", ["anonymous", "member with all permissions"])
def test_every_answer_tells_the_browser_what_it_may_do(visit, route, who):
    response = visit(who)("GET", route)

    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] in ("SAMEORIGIN", "DENY")
    assert response["Referrer-Policy"] == "same-origin"
    # Nor has a page scripts or styles of its own, which the policy would stop.
    assert Code(text_of(response)).found == []


@pytest.mark.parametrize("route", sorted(DRAWN - PERSONAL))
def test_a_drawn_page_is_kept_for_the_person_alone_and_asked_for_again(visit, route):
    browser = visit("member with all permissions")

    first = browser("GET", route)
    again = browser("GET", route, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "route", [r for r in GETS if r not in PUBLIC_FILES | (DRAWN - PERSONAL)]
)
def test_no_copy_of_a_page_stays_behind(visit, route):
    response = visit("member with all permissions")("GET", route)

    assert "no-store" in response.get("Cache-Control", "")


def test_no_copy_of_an_error_or_of_the_django_admin_stays_behind(visit, world):
    browser = visit("platform admin")

    for path in ("/admin/services/service/", "/nothing", f"/services/{world.text}"):
        assert "no-store" in browser.client.get(path).get("Cache-Control", ""), path


def test_the_session_cookie_is_for_the_browser_alone(visit, world, settings):
    browser = visit("somebody signing in")
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"

    address = next(iter(world.people.values()))["email_address"]

    response = browser.client.post(
        "/sign-in", {"email_address": address, "password": "typed secret"}
    )

    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 429, 500, 503])
def test_error_pages_tell_nothing_of_the_inside(visit, world, status):
    said = json.dumps({"result": "error", "message": "psycopg2 at 10.0.0.1"})
    world.changed = lambda path, answer: (
        (status, {}, said) if "/template" in path else answer
    )

    response = visit("member with all permissions")("GET", pages.T)

    assert response.status_code >= 400 or status == 404
    for inside in ("psycopg2", "10.0.0.1", "api.test", "Traceback", "Error("):
        assert inside not in response.content.decode()


# --- whose text is whose


@pytest.fixture
def nasty_world(world):
    """The same world, in which every text is an attack."""
    world.text = NASTY + "{}"
    for person in world.people.values():
        person["name"] = world.named("Sandy")
    upload_file(f"{NASTY}.csv")
    return world


def is_safe(text):
    return "<script>alert" not in text and Code(text).found == []


@pytest.mark.parametrize("route", GETS)
def test_texts_of_the_api_are_texts(visit, nasty_world, route):
    browser = visitor(visit, route, "GET")
    if browser.client.session.get("_auth_user_id"):
        person = browser.client.session["_auth_user_id"]
        assert nasty_world.people[person]["name"].startswith("'")

    response = browser("GET", route)

    assert response.status_code < 500
    if response["Content-Type"].startswith("text/html"):
        assert is_safe(response.content.decode())
    for value in response.headers.values():
        assert "\n" not in value


@pytest.mark.parametrize("route", POSTS)
def test_what_was_typed_is_a_text(visit, nasty_world, route):
    browser = visitor(visit, route, "POST")
    page = pages.PAGES[route]
    typed = dict.fromkeys(page.data, f"{NASTY}\r\n\x00(({NASTY}))")

    response = browser.client.post(pages.address(route), typed)

    assert response.status_code < 500
    if response["Content-Type"].startswith("text/html"):
        assert is_safe(response.content.decode())


@pytest.mark.parametrize("route", GETS)
def test_what_is_in_the_address_is_a_text(visit, world, route):
    browser = visitor(visit, route, "GET")
    query = dict.fromkeys(
        ("next", "status", "search", "page", "new", "message_type", "compare", "to"),
        NASTY,
    )

    response = browser.client.get(pages.address(route), query)

    assert response.status_code < 500
    assert is_safe(text_of(response))


def test_a_nasty_file_name_is_shown_as_it_is(visit, nasty_world):
    page = visit("member with all permissions")("GET", pages.CHECK).content.decode()

    assert html.escape(NASTY) in page or NASTY in html.unescape(page)


def test_the_attacks_would_be_seen():
    with mock_api() as mock:
        made = World(NASTY + "{}")
        made.install(mock)

        assert not is_safe(made.template(pages.world.SMS)["name"])


@pytest.mark.parametrize(
    "route",
    [
        f"{pages.J}.csv",
        f"{pages.S}/download-notifications.csv",
        f"{pages.S}/users.csv",
        f"{pages.S}/inbox.csv",
    ],
)
def test_a_spreadsheet_program_finds_no_formulas_in_reports(visit, world, route):
    world.text = "=HYPERLINK({})"

    report = text_of(visit("member with all permissions")("GET", route))

    assert "HYPERLINK" in report
    assert not re.search(r'(^|,)"?[=+@]', report, re.MULTILINE)


@pytest.mark.parametrize("route", pages.admin_routes())
def test_the_django_admin_keeps_to_the_same_rules(visit, nasty_world, route):
    response = visit("platform admin").client.get(pages.admin_address(route))

    text = text_of(response)
    assert response.status_code < 500
    assert "unsafe" not in response["Content-Security-Policy"]
    if response["Content-Type"].startswith("text/html"):
        assert is_safe(text)
    else:
        is_script = response["Content-Type"].startswith("text/javascript")
        assert is_script or "attachment" in response["Content-Disposition"]
        assert response["X-Content-Type-Options"] == "nosniff"
    assert nasty_world.writes == []


@pytest.mark.parametrize(
    "route", [r for r in pages.admin_routes() if r.endswith(("/add/", "/change/"))]
)
def test_a_form_of_the_django_admin_needs_its_token(visit, world, route):
    browser = visit("platform admin")
    browser.client.handler.enforce_csrf_checks = True

    response = browser.client.post(pages.admin_address(route), {"name": "Typed"})

    assert response.status_code == 403
    assert world.writes == []
