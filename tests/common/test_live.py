from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.common import live

PART = {"HX-Request": "true"}


@pytest.fixture
def render(monkeypatch):
    """Render a live page whose parts say what they are and which number they show."""

    def rendered(request, template, context, status=200):
        return HttpResponse(f"{template} {context['number']}", status=status)

    monkeypatch.setattr(live, "render", rendered)

    def show(headers=None, number=1, can_change=True, **options):
        return live.render_live(
            RequestFactory().get("/", headers=headers or {}),
            page="page",
            part="part",
            context={"number": number},
            can_change=can_change,
            **options,
        )

    return show


def test_a_visitor_gets_the_page(render):
    response = render()

    assert (response.status_code, response.content) == (200, b"page 1")


def test_a_page_may_have_another_status(render):
    assert render(status=503).status_code == 503
    assert render(PART, status=503).status_code == 200


def test_a_poll_gets_the_part(render):
    response = render(PART)

    assert (response.status_code, response.content) == (200, b"part 1")


def test_a_poll_that_knows_the_part_gets_nothing(render):
    etag = render(PART)["ETag"]

    response = render(PART | {"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_a_poll_that_knows_another_part_gets_the_new_one(render):
    etag = render(PART)["ETag"]

    response = render(PART | {"If-None-Match": etag}, number=2)

    assert (response.status_code, response.content) == (200, b"part 2")


def test_the_last_update_is_given_even_to_those_who_know_it(render):
    etag = render(PART)["ETag"]

    response = render(PART | {"If-None-Match": etag}, can_change=False)

    assert (response.status_code, response.content) == (286, b"part 1")
    assert not response.has_header("ETag")


@pytest.mark.parametrize("headers", [{}, PART])
def test_browsers_keep_page_and_part_apart_and_ask_again(render, headers):
    response = render(headers)

    assert response["Vary"] == "HX-Request"
    assert {"private", "no-cache"} <= set(response["Cache-Control"].split(", "))
