"""Who may do what: every address of the portal, for everyone, as the API's front-end has it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from tests.guards import pages
from tests.guards.people import ANONYMOUS, everyone
from tests.guards.world import INACTIVE, SERVICE

SERVICE_REQUESTS = [
    (method, route)
    for method, route in pages.requests_of_all_pages()
    if route.startswith(pages.S)
]
UNKNOWN = "12121212-0000-4000-8000-000000000001"
NO_ANSWERS = (401, 403, 404, 405, 410)
METHODS = {"get", "head", "post", "put", "patch", "delete"}


def is_to_sign_in(response):
    return response.status_code == 302 and response["Location"].startswith("/sign-in")


def is_refused(name, response):
    """Tell whether somebody may not: a stranger signs in first and then comes back."""
    if name != ANONYMOUS:
        return response.status_code == 403
    asked = response.wsgi_request.get_full_path()
    query = {"next": asked} if response.wsgi_request.method == "GET" else {}
    return is_to_sign_in(response) and (
        response["Location"] == f"/sign-in?{urlencode(query)}".rstrip("?")
    )


def is_answered(page, response):
    """Tell whether there is a page, or the way to the next one."""
    if is_to_sign_in(response):
        return page.leads_to_sign_in
    if response.status_code in NO_ANSWERS:
        return response.status_code == page.status
    return response.status_code < 500


def test_every_address_has_an_entry_in_the_table():
    routes = set(pages.staff_routes())

    assert routes - set(pages.PAGES) == set(), "Say who may see these pages."
    assert set(pages.PAGES) - routes == set(), "These pages do not exist."


@pytest.mark.parametrize(("method", "route"), pages.requests_of_all_pages())
def test_those_may_who_may_and_nobody_else(visit, world, method, route):
    page = pages.PAGES[route]
    rule = page.rules()[method]
    wrong = []
    for name in everyone():
        fills = (
            {"service_id": INACTIVE} if name == "member of an inactive service" else {}
        )
        world.calls.clear()

        response = visit(name)(method, route, fills=fills)

        expected = rule.admits(name)
        if name == "member of an inactive service" and route.startswith(pages.S):
            expected = False
        if isinstance(rule, pages.Visitor):
            is_right = response.status_code == 302
        elif expected:
            is_right = is_answered(page, response)
        else:
            is_right = is_refused(name, response)
        if not is_right:
            wrong.append((name, response.status_code, response.get("Location")))
        if not expected and world.writes:
            wrong.append((name, "wrote", world.writes))

    assert not wrong


@pytest.mark.parametrize(("method", "route"), SERVICE_REQUESTS)
def test_nobody_who_is_not_signed_in_learns_whether_a_service_exists(
    visit, world, method, route
):
    answers = {
        (response.status_code, response.get("Location", "").replace(pk, "", 1))
        for pk in (SERVICE, UNKNOWN)
        for response in [visit(ANONYMOUS)(method, route, fills={"service_id": pk})]
    }

    assert len(answers) == 1
    assert world.calls == []


@pytest.mark.parametrize(("method", "route"), SERVICE_REQUESTS)
def test_a_part_of_a_page_answers_401_to_those_who_are_signed_out(visit, method, route):
    response = visit(ANONYMOUS)(method, route, headers={"HX-Request": "true"})

    assert response.status_code == 401


@pytest.mark.parametrize("route", [r for r in pages.PAGES if r])
def test_a_page_refuses_methods_that_it_has_no_rule_for(visit, world, route):
    allowed = {method.lower() for method in pages.PAGES[route].rules()}
    if "get" in allowed:
        allowed.add("head")
    browser = visit("member with all permissions")

    for method in METHODS - allowed:
        response = getattr(browser.client, method)(pages.address(route))

        assert response.status_code == 405, method
    assert world.writes == []


def test_a_platform_admin_may_look_at_an_inactive_service(visit):
    browser = visit("platform admin")

    response = browser("GET", pages.T, fills={"service_id": INACTIVE})

    assert response.status_code == 200


def test_a_platform_admin_may_not_send_for_an_inactive_service(visit, world):
    person = everyone()["platform admin and member"]
    person["services"].append(INACTIVE)
    person["permissions"][INACTIVE] = person["permissions"][SERVICE]
    world.people[person["id"]] = person
    route = f"{pages.S}/template/<uuid:template_id>/notification/check"

    response = visit("platform admin and member")(
        "POST", route, fills={"service_id": INACTIVE}
    )

    assert response.status_code == 403
    assert world.writes == []


# --- what a person may not do is not offered


def links_of(response):
    """Return the addresses that a page leads and posts to."""
    html = response.content.decode()
    return set(re.findall(r'(?:href|action|hx-post)="(/services/[^"#?]*)', html))


LOOKED_AT = [
    pages.S,
    pages.T,
    pages.F,
    pages.ONE,
    f"{pages.ONE}/versions",
    f"{pages.ONE}/version/<int:version>",
    f"{pages.S}/notifications",
    f"{pages.S}/notification/<uuid:notification_id>",
    f"{pages.S}/jobs",
    pages.J,
    f"{pages.S}/users",
    pages.U,
    f"{pages.S}/inbox",
    pages.TALK,
    f"{pages.TALK}/reply-with",
    f"{pages.S}/history",
    f"{pages.S}/make-your-service-live",
    pages.RECEIVE,
]


LOOKERS = (
    "member of the organisation",
    "member without permissions",
    "member who may send_messages",
    "member who may manage_templates",
    "member who may view_activity",
    "platform admin",
)


@pytest.mark.parametrize("route", LOOKED_AT)
@pytest.mark.parametrize("name", LOOKERS)
def test_a_page_offers_nothing_that_is_forbidden(visit, route, name):
    page = pages.PAGES[route]
    browser = visit(name)
    response = browser("GET", route)
    if not page.get.admits(name):
        assert response.status_code == 403
        return
    if response.status_code == 302:
        response = browser.client.get(response["Location"])

    dead = {
        link: status
        for link in links_of(response)
        if (status := browser.client.get(link).status_code) in (403, 404, 500)
    }
    posts = b'<form method="post"' in response.content

    assert response.status_code == 200
    assert not dead
    assert not posts or page.post is None or page.post.admits(name)


# --- the Django admin


@pytest.mark.parametrize("route", pages.admin_routes())
def test_the_django_admin_is_for_platform_admins_only(visit, world, route):
    wrong = []
    for name in (ANONYMOUS, "outsider", "member with all permissions"):
        browser = visit(name)
        for method in ("get", "post"):
            response = getattr(browser.client, method)(pages.admin_address(route))
            while response.get("Location", "").startswith("/admin/"):
                response = browser.client.get(response["Location"])

            is_refused_rightly = (
                is_to_sign_in(response)
                if name == ANONYMOUS
                else response.status_code == 403
            )
            if not is_refused_rightly and route != "admin/logout/":
                wrong.append((name, method, response.status_code))

    assert not wrong
    assert world.writes == []


@pytest.mark.parametrize("route", pages.admin_routes())
def test_the_django_admin_lets_platform_admins_in(visit, world, route):
    response = visit("platform admin").client.get(pages.admin_address(route))

    assert not is_to_sign_in(response)
    assert response.status_code < 500
    assert world.writes == []


# --- folders that only some of the team see

OF_ONE_TEMPLATE = [
    (method, route)
    for method, route in SERVICE_REQUESTS
    if route.startswith(
        (
            pages.TO_SEND,
            f"{pages.S}/template/",
            f"{pages.ONE}/",
            pages.CHECK,
            f"{pages.S}/start-job",
        )
    )
    and pages.PAGES[route].rules()[method] != pages.ORG
    and not route.endswith(".csv")
]


@pytest.fixture
def hidden_folder(world):
    """Let all templates lie in a folder that nobody but someone else sees."""

    def changed(path, answer):
        if path.endswith("/template-folder"):
            answer["template_folders"][0]["users_with_permission"] = [pages.world.OTHER]
        elif "/template/" in path and isinstance(answer["data"], dict):
            answer["data"]["folder"] = pages.world.FOLDER
        elif path.endswith("/template"):
            for template in answer["data"]:
                template["folder"] = pages.world.FOLDER
        return answer

    world.changed = changed


@pytest.mark.parametrize(("method", "route"), OF_ONE_TEMPLATE)
def test_a_template_in_a_hidden_folder_can_be_neither_sent_nor_changed(
    visit, world, hidden_folder, method, route
):
    response = visit("member with all permissions")(method, route)

    assert response.status_code in (403, 404)
    assert world.writes == []


@pytest.mark.parametrize("route", [pages.F, f"{pages.F}/manage", f"{pages.F}/delete"])
def test_a_hidden_folder_cannot_be_opened(visit, world, hidden_folder, route):
    browser = visit("member with all permissions")

    assert browser("GET", route).status_code in (403, 404)
    assert browser("POST", route).status_code in (403, 404)
    assert world.writes == []


def test_a_hidden_folder_is_not_in_the_list(visit, hidden_folder):
    page = visit("member with all permissions")("GET", pages.T).content.decode()

    assert pages.world.FOLDER not in page
    assert pages.world.SMS not in page


def test_platform_admins_see_all_folders(visit, hidden_folder):
    page = visit("platform admin")("GET", pages.T).content.decode()

    assert pages.world.FOLDER in page
