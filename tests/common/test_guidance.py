"""The guidance: every page says something, leads on, and is found where it once was."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from portal.common.guidance import TOPICS
from portal.common.historical import ADDRESSES, GUIDANCE, QUESTIONS


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_page_has_its_title_its_text_and_links_that_lead_somewhere(client, topic):
    page = client.get(reverse(topic.url_name))

    text = page.content.decode()
    assert page.status_code == 200
    assert f'<h1 class="govuk-heading-l">{topic.title}</h1>' in text
    prose = text.split('class="portal-prose">')[1].split("</div>")[0]
    assert "<p>" in prose or "<li>" in prose
    for link in re.findall(r'href="(/[^"#]*)"', prose):
        assert client.get(link).status_code == 200


def test_the_brand_is_named_from_the_settings(client, settings):
    settings.PORTAL_BRAND_NAME = "Post of Ruritania"

    page = client.get(reverse("common:guidance_cookies"))

    assert b"Post of Ruritania uses only cookies" in page.content


def test_a_topic_about_each_kind_of_message_leads_to_its_pages(client):
    page = client.get(reverse("common:guidance_message_status"))

    for kind in ("email", "sms", "letter"):
        address = reverse(f"common:guidance_message_status_{kind}")
        assert f'href="{address}"'.encode() in page.content


def test_the_first_page_leads_to_the_pages_on_using_the_platform(client):
    page = client.get("/using-notify").content.decode()

    prose = page.split('class="portal-prose">')[1].split("</div>")[0]
    assert 'href="/using-notify/trial-mode">Trial mode</a>' in prose
    assert 'href="/using-notify/message-status">Message status</a>' in prose
    assert "/using-notify/message-status/email" not in prose


def test_a_page_says_what_it_is_under(client):
    page = client.get("/using-notify/message-status/email").content.decode()

    crumbs = page.split('aria-label="Breadcrumb"')[1].split("</nav>")[0]
    assert 'href="/using-notify">' in crumbs
    assert 'href="/using-notify/message-status">Message status</a>' in crumbs
    marked = '<a href="/using-notify/message-status" aria-current="true">'
    assert marked in page
    assert "govuk-breadcrumbs" not in client.get("/using-notify").content.decode()


@pytest.mark.parametrize(("old", "name"), GUIDANCE.items())
def test_an_old_address_leads_to_the_page_of_today_for_good(client, old, name):
    answer = client.get(f"/{old}")

    assert answer.status_code == 301
    assert answer.headers["Location"] == reverse(f"common:guidance_{name}")


KEY = "99999999-0000-4000-8000-000000000001"


def filled(address):
    """Fill the parts of an old address."""
    given = {"<uuid:key_id>": KEY, "<str:token>": "a%20b"}
    for part, value in {**given, "<ticket_type:ticket_type>": "report-problem"}.items():
        address = address.replace(part, value)
    return address


@pytest.mark.parametrize("old", [*ADDRESSES, *QUESTIONS])
def test_an_old_page_about_oneself_leads_to_todays_with_its_query(client, old):
    today = {**ADDRESSES, **QUESTIONS}[old]
    parts = {"key_id": KEY, "token": "a%20b", "ticket_type": "report-problem"}

    answer = client.get(f"/{filled(old)}?a=1&b=%26")

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{today.format(**parts)}?a=1&b=%26"


@pytest.mark.parametrize("old", QUESTIONS)
def test_an_answer_to_an_old_page_is_posted_to_todays(client, old):
    answer = client.post(f"/{filled(old)}")

    assert answer.status_code == 308
    assert answer.headers["Location"] == QUESTIONS[old].format(key_id=KEY)


@pytest.mark.parametrize(
    ("asked", "status"), [(403, 403), (404, 404), (410, 410), (503, 503), (504, 404)]
)
def test_a_proxy_can_show_the_portals_error_pages(client, asked, status):
    assert client.get(f"/error/{asked}").status_code == status
