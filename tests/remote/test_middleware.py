from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from portal.common.errors import error_response, server_error
from portal.remote import context, errors
from portal.remote.client import NotifyAdminAPIClient

ID = "f85e69c6-f8a7-564d-b9f4-b9dd87ae6d2b"


def show_context(request):
    entered = context.current()
    left = context.remaining(1000)
    return HttpResponse(f"{entered.trace_id} {entered.user_id} {left}")


def ask(request):
    context.set_user(ID)
    return HttpResponse(str(NotifyAdminAPIClient().post("/thing")))


def fail(request, name):
    raise getattr(errors, name)("Said by the API.")


def fail_otherwise(request):
    raise ValueError("Not the API's.")


urlpatterns = [
    path("context", show_context),
    path("ask", ask),
    path("fail/<name>", fail),
    path("fail-otherwise", fail_otherwise),
]
handler500 = server_error


class FailingMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "inner" in request.GET:
            raise errors.Unavailable
        return self.get_response(request)


TEMPLATES = {
    f"errors/{status}.html": f"page {status} "
    "{{ retry_url }} {% for name, value in retry_fields %}[{{ name }}={{ value }}]{% endfor %}"
    "{% if uncertain %} uncertain{% endif %} {{ refusal }}"
    "{% if user.is_authenticated %}signed in{% endif %}"
    for status in (403, 404, 410, 500, 503)
}


@pytest.fixture(autouse=True)
def pages(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "portal.common.middleware.RequestScopeMiddleware",
        "portal.common.middleware.RemoteErrorMiddleware",
        f"{__name__}.FailingMiddleware",
    ]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ],
            },
        }
    ]


def test_each_page_has_its_own_trace(client):
    one, two = client.get("/context"), client.get("/context")

    assert one["X-B3-TraceId"] != two["X-B3-TraceId"]
    assert one.content.decode().split()[0] == one["X-B3-TraceId"]


@pytest.mark.parametrize("trace_id", ["ab" * 8, "ab" * 16])
def test_an_incoming_trace_is_kept(client, trace_id):
    response = client.get("/context", headers={"X-B3-TraceId": trace_id})

    assert response["X-B3-TraceId"] == trace_id


@pytest.mark.parametrize("trace_id", ["x" * 32, "ab", "ab" * 16 + "\r\nA: b", ""])
def test_a_bad_incoming_trace_is_replaced(client, trace_id):
    response = client.get("/context", headers={"X-B3-TraceId": trace_id})

    assert response["X-B3-TraceId"] != trace_id
    assert len(response["X-B3-TraceId"]) == 32


def test_a_page_has_a_deadline(client, settings):
    settings.NOTIFY_PAGE_SECONDS = 3

    left = float(client.get("/context").content.split()[2])

    assert 2 < left <= 3


def test_the_context_ends_with_the_page(client):
    client.get("/context")

    assert context.current() is None


def test_the_person_named_during_the_page_is_told_to_the_api(client, api):
    api.post("/thing", json=1)

    response = client.get("/ask")

    headers = api.calls[0].request.headers
    assert headers["X-Notify-User-Id"] == ID
    assert headers["X-B3-TraceId"] == response["X-B3-TraceId"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Forbidden", 403),
        ("NotFound", 404),
        ("Gone", 410),
        ("Unavailable", 503),
        ("InvalidResponse", 503),
        ("CacheDown", 503),
        ("Unauthorised", 500),
        ("Rejected", 500),
        ("Conflict", 500),
        ("HTTPError", 500),
    ],
)
def test_errors_become_pages(client, name, status):
    response = client.get(f"/fail/{name}")

    assert response.status_code == status
    assert response.content.startswith(f"page {status}".encode())


def test_what_the_api_said_is_not_shown(client):
    assert b"Said by" not in client.get("/fail/HTTPError").content


def test_other_errors_are_left_to_django(client):
    with pytest.raises(ValueError, match="Not the API's"):
        client.get("/fail-otherwise")


def test_other_errors_get_the_page_for_errors():
    response = Client(raise_request_exception=False).get("/fail-otherwise")

    assert (response.status_code, response.content[:8]) == (500, b"page 500")


def test_errors_of_inner_middleware_become_pages_too():
    response = Client(raise_request_exception=False).get("/context?inner")

    assert (response.status_code, response.content[:8]) == (503, b"page 503")


def test_htmx_gets_a_sentence_with_the_same_status(client):
    response = client.get("/fail/Unavailable", headers={"HX-Request": "true"})

    assert response.status_code == 503
    assert response.content.startswith(b'<p class="govuk-error-message" role="alert">')


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_a_write_that_cannot_be_made_known_is_refused_in_words(rf, headers):
    refused = error_response(rf.post("/x", headers=headers), errors.CacheDown())

    assert refused.status_code == 503
    assert b"This change was not made" in refused.content


def test_what_was_typed_survives_an_outage(client):
    typed = {"name": "<A>", "to": ["1", "2"], "postcode": "SW1"}

    content = client.post("/fail/Unavailable?a=b", typed).content.decode()

    assert "/fail/Unavailable?a=b" in content
    assert "[name=&lt;A&gt;][to=1][to=2][postcode=SW1]" in content


@pytest.mark.parametrize(
    "name",
    [
        "csrfmiddlewaretoken",
        "password",
        "new_password",
        "sms_code",
        "code",
        "client_secret",
    ],
)
def test_secrets_are_not_written_into_the_page(client, name):
    content = client.post("/fail/Unavailable", {name: "hush", "a": "b"}).content

    assert b"hush" not in content
    assert b"[a=b]" in content


def test_a_write_that_may_have_happened_is_marked(rf):
    error = errors.Unavailable()
    error.uncertain = True

    assert b"uncertain" in error_response(rf.post("/x"), error).content


def test_the_page_does_not_ask_the_api_who_is_looking(rf):
    request = rf.get("/x")
    request.user = "unresolved"

    error_response(request, errors.Unavailable())

    assert request.user.is_anonymous
