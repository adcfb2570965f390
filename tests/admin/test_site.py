"""The admin site: who gets in, and what is left of Django's own."""

from __future__ import annotations

import io

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import call_command

from portal.remote import checks
from tests.users.personas import sign_in, staff

pytestmark = pytest.mark.django_db


def test_nobody_is_sent_to_the_one_sign_in(client):
    response = client.get("/admin/")
    assert response["Location"] == "/admin/login/?next=/admin/"

    response = client.get(response["Location"])
    assert response["Location"] == "/sign-in?next=/admin/"


def test_staff_are_refused(client, api):
    sign_in(client, staff("manage_service"), api)

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403


def test_the_index_asks_nothing_and_has_no_log_of_djangos(pat, asked):
    page = pat.get("/admin/")

    assert page.status_code == 200
    assert b"Audit log" in page.content
    assert b"Recent actions" not in page.content
    assert asked() == []


def test_the_site_is_named_after_the_brand(pat, settings):
    settings.PORTAL_BRAND_NAME = "Post"

    assert b"Post administration" in pat.get("/admin/").content


def test_passwords_are_not_changed_here(pat):
    assert pat.get("/admin/password_change/").status_code == 404
    assert b"password_change" not in pat.get("/admin/").content


def test_signing_out_is_the_portals(pat):
    response = pat.post("/admin/logout/")

    assert (response.status_code, response["Location"]) == (302, "/sign-out")


def test_only_admins_that_keep_the_audit_are_served():
    assert not admin.site.is_registered(Group)


def test_no_page_would_make_a_call_per_row():
    assert checks.check_admin_columns() == []


def test_migrations_are_complete():
    out = io.StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=out)

    assert "No changes" in out.getvalue()


def test_the_audit_log_can_be_read_and_nothing_else(pat):
    assert pat.get("/admin/common/auditevent/").status_code == 200
    assert pat.get("/admin/common/auditevent/add/").status_code == 403
