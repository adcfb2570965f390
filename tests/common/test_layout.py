"""The frame around the pages of a service."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path

from portal.services.models import Service
from portal.users.models import User
from tests.users.personas import SERVICE_ID, staff, superuser

pytestmark = pytest.mark.urls(__name__)


def page(request, **kwargs):
    return HttpResponse()


urlpatterns = [
    path("services/<uuid:service_id>", page),
    path("services/<uuid:service_id>/templates", page),
    path("services/<uuid:service_id>/uploads", page),
]


def user(payload):
    made = User(
        pk=payload["id"],
        name=payload["name"],
        state="active",
        platform_admin=payload["platform_admin"],
    )
    made.extra = {name: payload[name] for name in ("permissions", "services")}
    return made


def shown(payload, where="", **service):
    request = RequestFactory().get(f"/services/{SERVICE_ID}{where}")
    request.user = user(payload)
    made = Service(
        pk=SERVICE_ID, **{"name": "Parking permits", "active": True} | service
    )
    return render_to_string("common/service_page.html", {"service": made}, request)


def test_the_title_names_the_service_and_the_brand(settings):
    settings.PORTAL_BRAND_NAME = "Riverside Messaging"

    assert "Parking permits – Riverside Messaging</title>" in shown(staff())


def test_only_pages_that_exist_are_linked():
    html = shown(superuser())

    assert f'href="/services/{SERVICE_ID}/templates"' in html
    assert f'href="/services/{SERVICE_ID}/notifications"' not in html


def test_only_pages_that_the_person_may_see_are_linked():
    html = shown(staff("manage_templates"))

    assert f'href="/services/{SERVICE_ID}/templates"' in html
    assert f'href="/services/{SERVICE_ID}/uploads"' not in html


def test_the_current_page_is_marked():
    html = shown(staff("view_activity"), "/templates")

    assert f'href="/services/{SERVICE_ID}/templates" aria-current="true"' in html
    assert html.count("aria-current") == 1


@pytest.mark.parametrize(
    ("state", "tag"),
    [({"active": False}, "Archived"), ({"restricted": True}, "Trial mode")],
)
def test_the_state_of_the_service_stands_at_its_name(state, tag):
    assert tag in shown(staff(), **{"restricted": False} | state)


def test_all_content_is_inside_a_landmark():
    html = shown(staff())

    assert '<section class="portal-service" aria-label="Service">' in html
    assert '<nav class="portal-sections" aria-label="Service pages">' in html


def test_a_name_is_escaped():
    assert "<b>" not in shown(staff(), name="<b>x</b>")


def test_only_platform_admins_see_the_admin_site():
    assert 'href="/platform-admin"' in shown(superuser())
    assert 'href="/platform-admin"' not in shown(staff())


def test_a_message_is_a_banner_that_is_read_out():
    request = RequestFactory().get("/")
    request.user = user(staff())
    message = SimpleNamespace(tags="success", __str__=lambda self: "Saved.")

    html = render_to_string(
        "common/includes/flash.html", {"messages": [message]}, request
    )

    assert 'role="alert"' in html
    assert "govuk-notification-banner--success" in html


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/send/11111111-1111-4111-8111-111111111111/csv", "templates"),
        (f"/{SERVICE_ID}/check/11111111-1111-4111-8111-111111111111", "templates"),
        ("/jobs/11111111-1111-4111-8111-111111111111", "uploads"),
        ("/service-settings/send-files-by-email", "templates"),
    ],
)
def test_pages_at_other_addresses_belong_to_a_section_too(path, section):
    html = shown(staff("view_activity", "send_messages"), path)

    assert f'href="/services/{SERVICE_ID}/{section}" aria-current="true"' in html
    assert html.count("aria-current") == 1
