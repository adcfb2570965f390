"""Every method of every client against the calls recorded from the platform's own front-end.

The record is ``clients.json``, or the file that CONTRACT_FILE names. Headers are held as well.
Deviations, all on purpose; those of what is sent are made in ``recorded.DEVIATIONS``:

- ``NotificationApiClient.get_notifications_for_service`` with both a job and a recipient searches
  the service and keeps the job's; recorded is a POST to a route that answers 405.
- ``EmailBrandingClient.get_email_branding_name_for_alt_text``, ``LetterRateApiClient.get_letter_rates``,
  ``LetterBrandingClient.get_unique_name_for_letter_branding`` and ``SMSRateApiClient.get_sms_rate``
  send the path with its slash; without it the API answers 308.
- ``UserApiClient.send_verify_code`` sends ``next`` with a link only: the schema of text-message
  codes refuses it.
- ``ApiKeyApiClient.create_api_key`` and ``ApiKeyApiClient.revoke_api_key`` end what is kept of the
  service: a write that cannot be told to other processes is refused, and so these are too.
- ``OrgInviteApiClient.accept_invite`` ends what is kept of the person, as for services.
- ``TemplateEmailFileClient.create_file`` ends what is kept of its template, which lists its files.
- ``TemplatePreviewClient.get_preview_for_templated_letter`` draws a PNG unless told otherwise.
- ``InviteApiClient.get_count_of_invites_with_permission`` counts; the recorded one fails on any
  invitation (it asks a dictionary for a method).
- ``ServiceAPIClient.get_active_services`` works without parameters, where the recorded one
  fails, and leaves its caller's dictionary alone.
- ``UserApiClient.verify_password`` raises what is neither a yes nor a no, so that an outage is not
  taken for a wrong password; recorded is None for all of it.
- ``ServiceAPIClient.get_notification_count`` is None, not 0, where the API's Redis is not shared.
- ``TemplatePreviewClient.get_page_counts_for_letter`` raises the portal's HTTPError, not that of requests.
"""

from __future__ import annotations

import inspect
import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses

from portal import clients
from portal.message_templates.client import DocumentDownloadError
from portal.remote import context, errors
from tests.contract.recorded import (
    ANSWER,
    DEVIATIONS,
    METHODS,
    OWN_ANSWERS,
    USER_ID,
    case_name,
    cases,
    name_of,
    objects,
)

CALLS = [
    (entry, case)
    for entry, case in cases()
    if "raises" not in case and (case["http"] or name_of(entry) in OWN_ANSWERS)
]
ERRORS = [400, 401, 403, 404, 409, 410, 413, 429, 500, 503]
HOSTS = {
    "DocumentDownloadAPIClient": "http://documents.test",
    "TemplatePreviewClient": "http://preview.test",
}
AUTHORISED = {
    "DocumentDownloadAPIClient": "Bearer a-key",
    "TemplatePreviewClient": "Token a-key",
}


@pytest.fixture(autouse=True)
def page(settings):
    settings.ADMIN_BASE_URL = "http://admin-base-url.example"
    settings.DOCUMENT_DOWNLOAD_API_HOST = HOSTS["DocumentDownloadAPIClient"]
    settings.TEMPLATE_PREVIEW_API_HOST = HOSTS["TemplatePreviewClient"]
    with context.scope(user_id=USER_ID):
        yield


def method_of(entry):
    return getattr(getattr(clients, entry["instance"]), entry["method"])


def register(api, entry, case, **answer):
    host = HOSTS.get(entry["class"], "http://api.test")
    answers, _ = OWN_ANSWERS.get(name_of(entry), ([ANSWER] * 9, None))
    for http, body in zip(case["http"], answers, strict=False):
        if entry["class"] == "TemplatePreviewClient":
            answer.setdefault("headers", {"Cache-Control": "no-store", "X-Other": "1"})
        api.add(http["method"], host + http["path"], **{"json": body, **answer})


def call(entry, case):
    return method_of(entry)(**objects(case["kwargs"]))


@pytest.mark.parametrize("entry", METHODS, ids=name_of)
def test_the_signature_is_the_recorded_one(entry):
    parameters = inspect.signature(method_of(entry)).parameters.values()

    assert [
        {
            "name": parameter.name,
            "kind": parameter.kind.name.lower(),
            **(
                {}
                if parameter.default is parameter.empty
                else {"default": parameter.default}
            ),
        }
        for parameter in parameters
    ] == [
        {key: one[key] for key in ("name", "kind", "default") if key in one}
        for one in entry["signature"]
    ]


@pytest.mark.parametrize(("entry", "case"), CALLS, ids=map(case_name, CALLS))
def test_the_call_is_the_recorded_one(api, entry, case):
    register(api, entry, case)

    call(entry, case)

    sent = [one.request for one in api.calls]
    assert [(one.method, urlsplit(one.url).path) for one in sent] == [
        (one["method"], one["path"]) for one in case["http"]
    ]
    for request, recorded in zip(sent, case["http"], strict=True):
        assert query(request) == unordered(recorded.get("query", {}))
        assert_body(request.body, recorded)


@pytest.mark.parametrize(("entry", "case"), CALLS, ids=map(case_name, CALLS))
def test_the_headers_are_the_recorded_ones(api, settings, entry, case):
    settings.DOCUMENT_DOWNLOAD_API_KEY = settings.TEMPLATE_PREVIEW_API_KEY = "a-key"
    register(api, entry, case)

    call(entry, case)

    for one in api.calls:
        sent = one.request.headers
        assert sent["Content-Type"] == "application/json"
        assert re.fullmatch("[0-9a-f]{32}", sent["X-B3-TraceId"])
        assert re.fullmatch("[0-9a-f]{16}", sent["X-B3-SpanId"])
        assert re.fullmatch("[0-9a-f]{16}", sent["X-B3-ParentSpanId"])
        authorised = re.compile(AUTHORISED.get(entry["class"], r"Bearer \S+\.\S+\.\S+"))
        assert authorised.fullmatch(sent["Authorization"])
        if entry["class"] not in HOSTS:
            assert sent["User-Agent"] == "NOTIFY-API-PYTHON-CLIENT/10.0.1"
            assert sent["Accept-Encoding"] == "gzip, deflate"
            assert sent["X-Notify-User-Id"] == USER_ID


def query(request):
    return unordered(
        dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    )


def unordered(found):
    """Spell comma-joined statuses in one order: theirs comes from a set."""
    return {
        key: sorted(value.split(",")) if key == "statuses" else value
        for key, value in found.items()
    }


def assert_body(body, recorded):
    if "body" not in recorded:
        assert body is None
    elif recorded["kind"] == "raw":
        assert body
        assert body.startswith(b"%PDF") == ("PDF" in recorded["body"])
    else:
        assert comparable(json.loads(body)) == comparable(recorded["body"])


def comparable(body):
    if not isinstance(body, dict):
        return body
    made = dict(body)
    if isinstance(made.get("permissions"), list):
        made["permissions"] = sorted(made["permissions"], key=str)
    for name, pattern in {
        "go_live_at": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?",
        "body": r"<rendered markdown template>|# .*",
    }.items():
        if re.match(pattern, str(made.get(name)), re.DOTALL):
            made[name] = pattern
    return made


@pytest.mark.parametrize(("entry", "case"), CALLS, ids=map(case_name, CALLS))
def test_what_is_returned_is_the_recorded_part_of_the_answer(api, entry, case):
    register(api, entry, case)

    assert call(entry, case) == expected(entry, case)


def expected(entry, case):
    returns, name = case["returns"], name_of(entry)
    if name == "TemplateFolderAPIClient.get_template_folder" and not case["http"]:
        return {"id": None, "name": "Templates", "parent_id": None}
    if name in OWN_ANSWERS:
        return OWN_ANSWERS[name][1]
    if returns.startswith("(response.content"):
        attachment = [("Content-Disposition", "attachment")]
        is_pdf = case["kwargs"].get("filetype") == "pdf"
        headers = [("Cache-Control", "no-store"), ("Content-Type", "application/json")]
        return Same((json.dumps(ANSWER).encode(), 200, headers + attachment * is_pdf))
    if returns.startswith("requests.Response"):
        return Status(200)
    if returns in {"None", "True", "(True, '')"}:
        return {"None": None, "True": True, "(True, '')": (True, "")}[returns]
    made = ANSWER
    for key in re.findall(r'\["(\w+)"\]|\.get\("(\w+)"\)', returns):
        made = made["".join(key)]
    return made


class Same(tuple):
    """A drawing's content, status and headers, in any order of these."""

    __hash__ = None

    def __eq__(self, other):
        return (*other[:2], sorted(other[2])) == (*self[:2], sorted(self[2]))


class Status(int):
    __hash__ = None

    def __eq__(self, other):
        return other.status_code == int(self)


REFUSING = [
    one for one in METHODS if one.get("unknown_attribute") == "raises TypeError"
]


@pytest.mark.parametrize("entry", REFUSING, ids=name_of)
def test_an_attribute_that_may_not_be_sent_is_named(entry):
    with pytest.raises(TypeError, match="made_up"):
        method_of(entry)(*["id"] * (len(entry["signature"]) - 1), made_up=1)


@pytest.mark.parametrize("entry", REFUSING, ids=name_of)
def test_all_attributes_of_the_whitelist_may_be_sent(api, entry):
    attributes = dict.fromkeys(entry["attribute_whitelist"], False)
    register(api, entry, entry["cases"][0])

    method_of(entry)(**ids_of(entry), **attributes)

    body = json.loads(api.calls[0].request.body)
    assert set(body) - {"created_by"} == set(attributes) - {"created_by"}


def ids_of(entry):
    names = {one["name"] for one in entry["signature"]}
    return {
        name: value
        for name, value in entry["cases"][0]["kwargs"].items()
        if name in names
    }


@pytest.mark.parametrize("value", [True, None, 0, "False"])
def test_nobody_is_made_a_platform_admin(value):
    with pytest.raises(TypeError, match="platform_admin"):
        clients.user_api_client.update_user_attribute("id", platform_admin=value)


CALLING = [one for one in METHODS if one["cases"] and one["cases"][0]["http"]]
MAPPED = [
    (entry, int(status), what)
    for entry in METHODS
    for status, what in entry.get("error_mapping", {}).items()
]


def answer_with(api, entry, status):
    case = entry["cases"][0]
    only_first = {**case, "http": case["http"][:1]}
    register(api, entry, only_first, status=status, json={"message": "No."})
    return case


@pytest.mark.parametrize(
    ("entry", "status", "what"), MAPPED, ids=[f"{name_of(e)}-{s}" for e, s, _ in MAPPED]
)
def test_errors_are_mapped_as_recorded(api, entry, status, what):
    case = answer_with(api, entry, status)

    if what.startswith("raises"):
        kind = DocumentDownloadError if "DocumentDownload" in what else errors.HTTPError
        with pytest.raises(kind) as caught:
            call(entry, case)
        assert caught.value.status_code == status
    elif what == "passed through":
        result = call(entry, case)
        assert status in (getattr(result, "status_code", None), *as_tuple(result))
    else:
        known = {"None": None, "False": False, "(False, error.message)": (False, "No.")}
        assert call(entry, case) == known[what.removeprefix("returns ")]


def as_tuple(result):
    return result if isinstance(result, tuple) else ()


@pytest.mark.parametrize(
    "entry", [e for e in METHODS if e["cases"] and e["cases"][0]["http"]], ids=name_of
)
def test_any_other_error_is_raised(entry):
    mapped = {int(status) for status in entry.get("error_mapping", {})}
    for status in set(ERRORS) - mapped:
        with responses.RequestsMock() as api:
            register(
                api,
                entry,
                {**entry["cases"][0], "http": entry["cases"][0]["http"][:1]},
                status=status,
            )
            with pytest.raises(errors.HTTPError) as caught:
                call(entry, entry["cases"][0])
            assert caught.value.status_code == status


FAILING = [
    pair
    for pair in cases()
    if "raises" in pair[1] and pair[0]["class"] == "TemplatePreviewClient"
]


@pytest.mark.parametrize(("entry", "case"), FAILING, ids=map(case_name, FAILING))
def test_what_cannot_be_drawn_is_refused(entry, case):
    kinds = {"NotFound 404": errors.NotFound, "BadRequest 400": errors.Rejected}

    with pytest.raises(kinds.get(case["raises"], ValueError)):
        call(entry, case)


LETTER = {
    "template_type": "letter",
    "is_precompiled_letter": False,
    "reply_to_text": None,
    "subject": "About ((name))",
    "content": "Dear ((name)), <b>",
}


@pytest.mark.parametrize("options", [{}, {"filetype": "pdf"}, {"page": 1}])
def test_a_letter_is_shown_in_words_where_nobody_draws(settings, options):
    settings.TEMPLATE_PREVIEW_API_HOST = ""

    words, status, headers = (
        clients.template_preview_client.get_preview_for_templated_letter(
            LETTER, values={"name": "Jo"}, **options
        )
    )

    assert words == b"About Jo\n\nDear Jo, <b>\n"
    assert status == 200
    assert dict(headers)["Content-Type"] == "text/plain; charset=utf-8"


WITHOUT_HOSTS = [
    (entry, case)
    for entry, case in CALLS
    if entry["class"] in HOSTS and entry["method"] != "get_preview_for_templated_letter"
]


@pytest.mark.parametrize(
    ("entry", "case"), WITHOUT_HOSTS, ids=map(case_name, WITHOUT_HOSTS)
)
def test_what_has_no_host_is_refused_with_a_sentence(settings, entry, case):
    settings.TEMPLATE_PREVIEW_API_HOST = settings.DOCUMENT_DOWNLOAD_API_HOST = ""

    with pytest.raises(errors.Unavailable, match="here\\."):
        call(entry, case)


# They call nobody, and have tests of their own below.
WITHOUT_CALLS = {
    "ServiceAPIClient.get_notification_count",
    "ServiceAPIClient.parse_custom_email_sender_name_http_error",
    "ServiceAPIClient.parse_edit_service_http_error",
    "TemplatePreviewClient.get_allowed_headers",
}


def test_all_methods_are_driven():
    calling = {name_of(entry) for entry, _ in [*CALLS, *FAILING]}
    silent = {name_of(entry) for entry in METHODS} - calling

    assert len(METHODS) == 235
    assert silent == WITHOUT_CALLS


def test_every_deviation_is_named_above():
    assert [name for name in DEVIATIONS if name not in __doc__] == []


@pytest.mark.parametrize("recorded", [{"id": "an-organisation"}, {}])
def test_a_service_has_an_organisation(api, recorded):
    api.get("/service/s/organisation", json=recorded)

    assert clients.organisations_client.get_service_organisation("s") == recorded


def test_monthly_use_of_templates_has_its_first_name_too(api):
    api.get(
        "/service/s/notifications/templates_usage/monthly?year=2031",
        json={"stats": ["a month"]},
    )

    assert clients.template_statistics_client.get_monthly_template_usage("s", 2031) == [
        "a month"
    ]


FILES_PATH = "/service/s/templates/t/template_email_files"


def test_a_file_is_attached_to_an_email(api, ended):
    api.post(FILES_PATH, json={"data": {"id": "f"}})

    made = clients.template_email_file_client.upload_email_attachment(
        "s", "t", file_id="f", filename="a.pdf", created_by_id="u"
    )

    assert made == {"data": {"id": "f"}}
    assert json.loads(api.calls[0].request.body) == {
        "id": "f",
        "filename": "a.pdf",
        "created_by_id": "u",
        "retention_period": 26,
        "validate_users_email": True,
    }
    assert ended == ["service-s-template-t"]


def test_a_file_of_an_email_is_read(api):
    api.get(f"{FILES_PATH}/f", json={"data": {"id": "f"}})

    assert clients.template_email_file_client.get_email_attachment("s", "t", "f") == {
        "data": {"id": "f"}
    }


def test_a_search_in_a_job_keeps_only_what_the_job_sent(api):
    found = [{"id": 1, "job": {"id": "j"}}, {"id": 2, "job": {"id": "k"}}]
    found.append({"id": 3, "job": None})
    api.post("/service/s/notifications", json={"notifications": found, "links": {}})

    answer = clients.notification_api_client.get_notifications_for_service(
        "s", job_id="j", to="07700"
    )

    assert [one["id"] for one in answer["notifications"]] == [1]


def test_active_services_need_no_parameters(api):
    api.get("/service?only_active=True", json={"data": []})

    assert clients.service_api_client.get_active_services() == {"data": []}


def test_letters_are_not_counted_where_there_are_none():
    counted = clients.template_preview_client.get_page_counts_for_letter(
        {"template_type": "sms"}, None
    )

    assert counted is None


def test_todays_count_is_unknown_without_the_redis_of_the_api():
    assert clients.service_api_client.get_notification_count("id", "sms") is None


@pytest.mark.parametrize(
    ("errors_told", "says"),
    [
        ({"normalised_service_name": ["x"]}, "no other service"),
        ({"name": ["x"]}, "the platform accepts"),
        ({"other": ["x"]}, "None"),
    ],
)
def test_a_refused_service_name_is_explained(errors_told, says):
    error = errors.error_for(400, {"message": errors_told})

    assert says in str(clients.service_api_client.parse_edit_service_http_error(error))


@pytest.mark.parametrize(
    ("errors_told", "says"),
    [({"email_sender_local_part": ["x"]}, "sender name"), ({"name": ["x"]}, "None")],
)
def test_a_refused_sender_name_is_explained(errors_told, says):
    error = errors.error_for(400, {"message": errors_told})
    client = clients.service_api_client

    assert says in str(client.parse_custom_email_sender_name_http_error(error))


def test_headers_of_a_drawing_are_only_those_for_browsers():
    headers = {"Content-Type": "image/png", "cache-control": "no-store", "Server": "x"}

    assert dict(clients.template_preview_client.get_allowed_headers(headers)) == {
        "Content-Type": "image/png",
        "cache-control": "no-store",
    }


def test_a_file_with_its_job_sent_before_is_recognised(api):
    job = {
        "job_status": "finished",
        "template": "t",
        "template_version": 2,
        "original_file_name": "a.csv",
    }
    api.get("/service/s/job", json={"data": [{**job, "job_status": "cancelled"}, job]})

    assert clients.job_api_client.has_sent_previously("s", "t", 2, "a.csv") is True
