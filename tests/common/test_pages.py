"""Pages that belong to no domain."""

from __future__ import annotations

import datetime

import pytest
import requests
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone

from portal.common import views
from portal.common.templatetags import portal_ui


def test_the_brands_colour_comes_as_a_style_sheet(client, settings):
    settings.PORTAL_BRAND_COLOUR = "#00703c"

    response = client.get("/theme.css")

    assert response["Content-Type"] == "text/css"
    assert b"--govuk-brand-colour:#00703c" in response.content
    assert b"--portal-header-text:#ffffff" in response.content


def test_a_light_brand_colour_gets_dark_text(client, settings):
    settings.PORTAL_BRAND_COLOUR = "#ffdd00"

    assert b"--portal-header-text:#0b0c0c" in client.get("/theme.css").content


def test_a_colour_that_is_none_changes_nothing(client, settings):
    settings.PORTAL_BRAND_COLOUR = "red;}body{display:none"

    assert client.get("/theme.css").content == b""


@pytest.mark.django_db
def test_the_portal_answers_while_the_api_is_away(client, api):
    assert client.get("/_status?simple=1").json() == {"status": "ok"}


@pytest.mark.django_db
def test_the_status_tells_what_does_not_answer(client, api):
    api.get("/_status", body=requests.ConnectionError())

    response = client.get("/_status")

    assert response.status_code == 503
    assert response.json() == {
        "status": "error",
        "api": "does not answer",
        "database": "ok",
        "cache": "ok",
    }


@pytest.mark.django_db
def test_the_status_is_well_when_all_answer(client, api):
    api.get("/_status", json={"status": "ok"})

    assert client.get("/_status").json()["status"] == "ok"


@pytest.mark.parametrize("page", ["400", "403", "404", "410", "500", "503", "csrf"])
def test_an_error_page_asks_nobody_who_this_is(page):
    html = render_to_string(f"errors/{page}.html")

    assert "<h1" in html
    assert "Sign out" not in html


def test_a_path_that_leads_nowhere_has_our_page(client):
    response = client.get("/nowhere")

    assert response.status_code == 404
    assert b"Page not found" in response.content


def test_the_page_of_an_outage_offers_what_was_typed_again():
    request = RequestFactory().post("/x")
    fields = [("content", "line one\nline two"), ("name", '"><script>')]

    html = render_to_string(
        "errors/503.html", {"retry_url": "/x?y=1", "retry_fields": fields}, request
    )

    assert 'action="/x?y=1"' in html
    assert "line one\nline two" in html
    assert "csrfmiddlewaretoken" in html
    assert "<script>" not in html.split("<main")[1].split("</main>")[0]


def test_an_expired_form_keeps_what_was_typed_but_no_secrets():
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})

    response = client.post("/sign-in", {"email_address": "a@b.uk", "password": "pw"})

    assert response.status_code == 403
    assert b'value="a@b.uk"' in response.content
    assert b'value="pw"' not in response.content


def test_a_form_of_another_site_is_not_offered_again():
    client = Client(enforce_csrf_checks=True, headers={"Origin": "https://evil.test"})

    response = client.post("/sign-in", {"email_address": "a@b.uk"})

    assert response.status_code == 403
    assert b"a@b.uk" not in response.content


def test_pages_allow_no_scripts_of_others(client):
    policy = client.get("/nowhere")["Content-Security-Policy"]

    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy


def test_no_page_holds_scripts_or_styles_of_its_own(client):
    html = client.get("/nowhere").content.decode()

    assert "<style" not in html
    assert "style=" not in html
    assert html.count("<script") == html.count('<script src="') + html.count(
        '<script type="module" src="'
    )


def test_an_unknown_number_is_a_dash_and_never_nought():
    assert portal_ui.figure(None) == "–"
    assert portal_ui.figure(0) == "0"
    assert portal_ui.figure(1205) == "1,205"


@pytest.mark.parametrize(
    ("hour", "minute", "text"),
    [
        (0, 0, "midnight"),
        (12, 0, "midday"),
        (0, 5, "12:05am"),
        (3, 46, "3:46am"),
        (13, 2, "1:02pm"),
    ],
)
def test_hours_are_written_as_people_say_them(hour, minute, text):
    moment = datetime.datetime(2026, 1, 5, hour, minute, tzinfo=datetime.UTC)

    assert portal_ui.plain_hour(moment) == text


def test_days_are_written_as_people_say_them():
    now = timezone.now().replace(hour=12)

    assert portal_ui.plain_day(now) == "today"
    assert portal_ui.plain_day(now - datetime.timedelta(days=1)) == "yesterday"
    assert portal_ui.plain_day(datetime.date(2020, 11, 20)) == "20 November 2020"


def test_a_time_without_a_zone_is_utc():
    naive = datetime.datetime(2026, 7, 1, 12, 0)  # noqa: DTZ001 - as the API writes it

    assert portal_ui.plain_hour(naive) == "1:00pm"


def live(**values):
    text = "{% load portal_ui %}<div {% live url=url seconds=3 when=when %}>"
    return Template(text).render(Context(values))


def test_a_live_region_says_where_it_asks():
    html = live(url='/x?a="b"', when=True)

    assert 'hx-get="/x?a=&quot;b&quot;"' in html
    assert 'data-seconds="3"' in html
    assert 'aria-live="polite"' in html


def test_a_region_that_cannot_change_does_not_ask():
    assert live(url="/x", when=False) == "<div >"


def test_the_traditional_icon_is_ours(client):
    response = client.get("/favicon.ico")

    assert response["Location"].endswith("common/images/favicon.svg")


def test_contrast_decides_between_black_and_white():
    assert views.readable_on("#000000") == "#ffffff"
    assert views.readable_on("#ffffff") == "#0b0c0c"
