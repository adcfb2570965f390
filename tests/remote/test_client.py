from __future__ import annotations

import json
import logging
import os
import threading
import time
from datetime import UTC, date, datetime
from uuid import UUID

import jwt
import pytest
import requests
import responses
from responses import matchers

from portal.remote import context, errors, http
from portal.remote.client import NotifyAdminAPIClient, _attach_current_user

ID = "f85e69c6-f8a7-564d-b9f4-b9dd87ae6d2b"

client = NotifyAdminAPIClient()


def sent(api, index=-1):
    return api.calls[index].request


def test_a_read_returns_the_parsed_answer(api):
    api.get("/status", json={"status": "ok"})

    assert client.get("/status") == {"status": "ok"}


def test_parameters_go_into_the_query(api):
    query = {"page": "2", "name": "a b"}
    api.get("/service", json={}, match=[matchers.query_param_matcher(query)])

    client.get("/service", params={"page": 2, "name": "a b", "left_out": None})


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_write_sends_json(api, method):
    api.answer(method.upper(), "/thing", json={"done": True})

    assert getattr(client, method)("/thing", data={"a": 1}) == {"done": True}
    assert json.loads(sent(api).body) == {"a": 1}


def test_sets_dates_and_ids_become_json(api):
    api.post("/thing", json={})
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    client.post(
        "/thing",
        data={"s": {"b", "a"}, "d": date(2026, 1, 2), "t": moment, "u": UUID(ID)},
    )

    assert json.loads(sent(api).body) == {
        "s": ["a", "b"],
        "d": "2026-01-02",
        "t": "2026-01-02T03:04:05+00:00",
        "u": ID,
    }


def test_something_without_a_form_in_json_is_refused():
    with pytest.raises(TypeError, match="object has no form in JSON"):
        client.post("/thing", data={"a": object()})


def test_the_token_is_signed_and_fresh(api, settings):
    api.get("/status", json={})

    client.get("/status")

    token = sent(api).headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, settings.ADMIN_CLIENT_SECRET, algorithms=["HS256"])
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    assert claims["iss"] == "notify-admin"
    assert abs(claims["iat"] - time.time()) < 5


def test_headers_are_those_of_the_contract(api):
    api.get("/status", json={})

    client.get("/status")

    headers = sent(api).headers
    assert headers["User-agent"] == "NOTIFY-API-PYTHON-CLIENT/10.0.1"
    assert headers["Content-type"] == "application/json"
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert headers["Accept"] == "*/*"


def test_trace_and_user_of_the_page_are_sent(api):
    api.get("/status", json={})

    with context.scope(user_id=ID, trace_id="ab" * 16, span_id="cd" * 8):
        client.get("/status")

    headers = sent(api).headers
    assert headers["X-Notify-User-Id"] == ID
    assert headers["X-B3-TraceId"] == "ab" * 16
    assert headers["X-B3-ParentSpanId"] == "cd" * 8
    assert headers["X-B3-SpanId"] != "cd" * 8


def test_outside_of_a_page_there_is_a_trace_and_no_user(api):
    api.get("/status", json={})

    client.get("/status")

    assert len(sent(api).headers["X-B3-TraceId"]) == 32
    assert "X-Notify-User-Id" not in sent(api).headers


@pytest.mark.parametrize("answer", [{"status": 204}, {"body": ""}, {"body": "null"}])
def test_an_empty_answer_is_none(api, answer):
    api.get("/thing", **answer)

    assert client.get("/thing") is None


def test_a_success_that_is_no_json_is_an_invalid_response(api):
    api.get("/thing", body="<html>")

    with pytest.raises(errors.InvalidResponse):
        client.get("/thing")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.Rejected),
        (401, errors.Unauthorised),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (410, errors.Gone),
        (429, errors.RateLimited),
        (500, errors.HTTPError),
        (502, errors.Unavailable),
        (503, errors.Unavailable),
        (504, errors.Unavailable),
    ],
)
def test_each_status_has_its_error(api, status, kind):
    api.post("/thing", status=status, json={"result": "error", "message": "No."})

    with pytest.raises(kind) as caught:
        client.post("/thing")

    assert type(caught.value) is kind
    assert caught.value.status_code == status
    assert caught.value.message == "No."


def test_refused_fields_are_named(api):
    api.post("/thing", status=400, json={"message": {"name": ["Too long", "Taken"]}})

    with pytest.raises(errors.Rejected) as caught:
        client.post("/thing")

    assert caught.value.errors == {"name": ["Too long", "Taken"]}


def test_the_page_of_a_gateway_is_not_kept_as_a_message(api):
    api.get("/thing", status=404, body="<html>secret</html>")

    with pytest.raises(errors.NotFound) as caught:
        client.get("/thing")

    assert caught.value.message == ""


def test_a_gateway_error_without_words_says_that_the_service_is_away(api):
    api.get("/thing", status=502, body="<html>")

    with pytest.raises(errors.Unavailable, match="not available"):
        client.get("/thing")


def test_a_missing_slash_is_added_as_the_api_asks(api):
    api.get(
        "/letter-rates",
        status=308,
        headers={"Location": "http://api.test/letter-rates/"},
    )
    api.get("/letter-rates/", json=[1])

    assert client.get("/letter-rates") == [1]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_other_redirect_is_followed(api, status):
    api.get(
        "/thing", status=status, headers={"Location": "http://elsewhere.test/thing/1"}
    )

    with pytest.raises(errors.InvalidResponse):
        client.get("/thing")


def test_a_read_is_repeated_after_a_gateway_error(api, settings):
    settings.NOTIFY_RETRIES = 2
    api.get("/thing", status=503)
    api.get("/thing", body=requests.ConnectionError("reset"))
    api.get("/thing", json=1)

    assert client.get("/thing") == 1


def test_a_read_is_given_up_after_the_last_retry(api, settings, api_calls):
    settings.NOTIFY_RETRIES = 1
    api.get("/thing", status=503)

    with pytest.raises(errors.Unavailable):
        client.get("/thing")

    assert len(api_calls) == 2


@pytest.mark.parametrize(
    "answer", [{"status": 503}, {"body": requests.ConnectionError("x")}]
)
def test_a_write_is_never_repeated(api, settings, api_calls, answer):
    settings.NOTIFY_RETRIES = 3
    api.post("/thing", **answer)

    with pytest.raises(errors.Unavailable) as caught:
        client.post("/thing")

    assert len(api_calls) == 1
    assert caught.value.uncertain


def test_a_refusal_is_not_repeated(api, settings, api_calls):
    settings.NOTIFY_RETRIES = 3
    api.get("/thing", status=500, json={"message": "Internal server error"})

    with pytest.raises(errors.HTTPError):
        client.get("/thing")

    assert len(api_calls) == 1


def test_a_timeout_is_an_outage_and_not_repeated(api, settings, api_calls):
    settings.NOTIFY_RETRIES = 3
    api.get("/thing", body=requests.ReadTimeout("slow"))

    with pytest.raises(errors.Unavailable):
        client.get("/thing")

    assert len(api_calls) == 1


def test_nothing_is_sent_after_the_deadline(api_calls):
    with context.scope(seconds=0), pytest.raises(errors.Unavailable):
        client.get("/thing")

    assert api_calls == []


def test_a_retry_does_not_outlive_the_deadline(api, settings, api_calls):
    settings.NOTIFY_RETRIES = 50
    api.get("/thing", status=503)

    with context.scope(seconds=0.1), pytest.raises(errors.Unavailable):
        client.get("/thing")

    assert len(api_calls) < 5


def test_time_limits_are_those_of_the_settings_and_the_page(api, settings):
    settings.NOTIFY_CONNECT_TIMEOUT, settings.NOTIFY_READ_TIMEOUT = 2.0, 20.0
    api.get("/thing", json=1)

    with context.scope(seconds=5):
        client.get("/thing")

    timeout = api.calls[0].request.req_kwargs["timeout"]
    assert timeout.connect_timeout == 2.0
    assert 4 < timeout.total <= 5


def test_five_failures_in_a_row_open_the_breaker(api, api_calls):
    api.get("/thing", status=503)
    for _ in range(5):
        with pytest.raises(errors.Unavailable):
            client.get("/thing")

    with pytest.raises(errors.Unavailable):
        client.get("/thing")

    assert len(api_calls) == 5


def test_an_answer_of_the_api_closes_the_count_of_failures(api, api_calls):
    for _ in range(3):
        for _ in range(4):
            api.get("/thing", status=503)
        api.get("/thing", status=404)

    for _ in range(15):
        with pytest.raises(errors.HTTPError):
            client.get("/thing")

    assert len(api_calls) == 15


def test_a_call_is_logged_with_its_route_and_nothing_personal(api, caplog):
    caplog.set_level(logging.INFO, "portal.remote")
    api.post(f"/user/{ID}/verify/password", json={})

    client.post(f"/user/{ID}/verify/password", data={"password": "hunter2"})

    record = caplog.records[0]
    assert record.route == "/user/<id>/verify/password"
    assert record.getMessage().startswith("POST /user/<id>/verify/password 200 ")
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize(
    ("path", "route"),
    [
        (
            f"/service/{ID}/template/{ID}/version/3",
            "/service/<id>/template/<id>/version/<id>",
        ),
        ("/invite/service/check/abcdef", "/invite/service/check/<id>"),
        ("/user/a@b.uk/x", "/user/<id>/x"),
        ("/organisations/search?name=Ann", "/organisations/search"),
        ("/unsubscribe/x/eyJhbGciOi.J9", "/unsubscribe/x/<id>"),
        ("/letters-by-volume/2fa/_status", "/letters-by-volume/2fa/_status"),
    ],
)
def test_values_in_a_path_are_not_logged(path, route):
    assert http.route_template(f"http://api.test{path}") == route


def test_the_current_user_is_attached_to_a_copy():
    data = {"name": "x"}

    with context.scope(user_id=ID):
        assert _attach_current_user(data) == {"name": "x", "created_by": ID}
    assert data == {"name": "x"}


def test_all_threads_of_a_process_share_one_session():
    seen = []
    thread = threading.Thread(target=lambda: seen.append(http.session()))
    thread.start()
    thread.join()

    assert seen == [http.session()]
    assert http.session().trust_env is False


def test_a_forked_process_makes_its_own_session(monkeypatch):
    first = http.session()
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert http.session() is not first


def test_cookies_of_the_api_are_not_kept(api):
    api.get("/thing", json=1, headers={"Set-Cookie": "a=b"})

    client.get("/thing")

    assert not http.session().cookies


def test_an_unregistered_call_reaches_nobody():
    with responses.RequestsMock(), pytest.raises(errors.Unavailable):
        client.get("/thing")
