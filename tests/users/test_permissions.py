"""Who may see which page of a service."""

from __future__ import annotations

import itertools

import pytest
from django.http import HttpResponse
from django.urls import path

from portal.users.identity import SHOWN_PERMISSIONS
from portal.users.permissions import (
    user_has_permissions,
    user_is_logged_in,
    user_is_platform_admin,
)
from tests.users.personas import (
    ORGANISATION_ID,
    SERVICE_ID,
    outsider,
    sign_in,
    staff,
    superuser,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

OTHER_SERVICE_ID = "11111111-0000-4000-8000-000000000002"
NAMES = sorted(SHOWN_PERMISSIONS)


def answer(request, *args, **kwargs):
    name = request.service.name if hasattr(request, "service") else ""
    return HttpResponse(f"in {name}")


def page(name, *permissions, **rules):
    view = user_has_permissions(*permissions, **rules)(answer)
    return path(f"services/<uuid:service_id>/{name}", view)


urlpatterns = [
    *(page(name, name) for name in NAMES),
    page("any-of-two", "manage_templates", "view_activity"),
    page("members"),
    page("no-admins", "send_messages", restrict_admin_usage=True),
    page("members-no-admins", restrict_admin_usage=True),
    page("organisation", allow_org_user=True),
    path("platform", user_is_platform_admin(answer)),
    path("anyone", user_is_logged_in(answer)),
]
handler403 = "portal.common.views.permission_denied"
handler404 = "portal.common.views.page_not_found"


def service(**overrides):
    return {
        "id": SERVICE_ID,
        "name": "Parking permits",
        "active": True,
        "restricted": False,
        "organisation": ORGANISATION_ID,
        **overrides,
    }


@pytest.fixture
def opens(client, api):
    """Return a function that tells the status of a page for a person."""
    api.assert_all_requests_are_fired = False

    def status(name, user, **overrides):
        api.get(f"/service/{SERVICE_ID}", json={"data": service(**overrides)})
        if user is not None:
            sign_in(client, user, api)
        return client.get(f"/services/{SERVICE_ID}/{name}").status_code

    return status


@pytest.mark.parametrize(("wanted", "has"), list(itertools.product(NAMES, NAMES)))
def test_a_permission_opens_its_own_pages_only(opens, wanted, has):
    assert opens(wanted, staff(has)) == (200 if wanted == has else 403)


@pytest.mark.parametrize("has", NAMES)
def test_one_of_several_permissions_is_enough(opens, has):
    expected = 200 if has in {"manage_templates", "view_activity"} else 403

    assert opens("any-of-two", staff(has)) == expected


def test_a_shown_permission_needs_all_its_stored_ones(opens):
    user = staff(permissions={SERVICE_ID: ["send_texts", "send_emails"]})

    assert opens("send_messages", user) == 403


def test_members_without_permissions_see_what_needs_none(opens):
    assert opens("members", staff()) == 200


@pytest.mark.parametrize("name", ["members", "no-admins", "organisation", *NAMES])
def test_outsiders_see_nothing(opens, name):
    assert opens(name, outsider()) == 403


def test_permissions_of_another_service_open_nothing(opens):
    assert opens("members", staff(*NAMES, service_id=OTHER_SERVICE_ID)) == 403


@pytest.mark.parametrize("name", ["members", "organisation", *NAMES])
def test_platform_admins_see_everything(opens, name):
    assert opens(name, superuser()) == 200


@pytest.mark.parametrize("name", ["no-admins", "members-no-admins"])
def test_platform_admins_cannot_do_what_is_for_the_team(opens, name):
    assert opens(name, superuser()) == 403


def test_a_platform_admin_who_is_in_the_team_can(opens):
    assert opens("no-admins", staff("send_messages", platform_admin=True)) == 200


def test_people_of_the_organisation_see_what_is_meant_for_them(opens):
    user = outsider(organisations=[ORGANISATION_ID])

    assert opens("organisation", user) == 200
    assert opens("members", user) == 403


@pytest.mark.parametrize(
    ("user", "status"),
    [(staff(*NAMES), 403), (superuser(), 200)],
    ids=["staff", "admin"],
)
def test_an_archived_service_admits_only_platform_admins(opens, user, status):
    assert opens("members", user, active=False) == status


def test_a_service_that_does_not_exist_is_not_found(client, api):
    sign_in(client, superuser(), api)
    api.get(f"/service/{SERVICE_ID}", status=404, json={"message": "No result found"})

    assert client.get(f"/services/{SERVICE_ID}/members").status_code == 404


def test_a_visitor_is_sent_to_sign_in(client):
    response = client.get(f"/services/{SERVICE_ID}/members")

    assert response["Location"] == f"/sign-in?next=%2Fservices%2F{SERVICE_ID}%2Fmembers"


def test_a_visitors_form_is_not_remembered_as_a_page(client):
    response = client.post(f"/services/{SERVICE_ID}/members")

    assert response["Location"] == "/sign-in"


def test_a_page_reads_user_and_service_once_each(client, api, api_calls):
    sign_in(client, staff(), api)
    api.get(f"/service/{SERVICE_ID}", json={"data": service()})

    response = client.get(f"/services/{SERVICE_ID}/members")

    assert response.content == b"in Parking permits"
    assert sorted(call.route for call in api_calls) == [
        "/service/<id>",
        "/user/<id>",
    ]


@pytest.mark.parametrize(
    ("user", "status"),
    [(superuser(), 200), (staff(*NAMES), 403)],
    ids=["admin", "staff"],
)
def test_platform_pages_are_for_platform_admins(client, api, user, status):
    sign_in(client, user, api)

    assert client.get("/platform").status_code == status


def test_some_pages_need_only_a_sign_in(client, api):
    sign_in(client, outsider(), api)

    assert client.get("/anyone").status_code == 200


def test_a_permission_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="no permission called 'send_letter'"):
        user_has_permissions("send_letter")
