"""What a service sent, narrowed to days, a template, an API key or a file."""

from __future__ import annotations

import datetime
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from tests.builders import notification, service, template
from tests.users.personas import SERVICE_ID, sign_in, staff

BASE = f"/services/{SERVICE_ID}/notifications"
API = f"/service/{SERVICE_ID}"
TODAY = timezone.localdate()
JOB_ID = str(uuid.uuid4())


def ago(days):
    return TODAY - datetime.timedelta(days=days)


def made(days, **overrides):
    """A message made at noon so many days ago."""
    return notification(created_at=f"{ago(days)}T12:00:00.000000Z", **overrides)


def typed(name, day):
    return {
        f"{name}_day": day.day,
        f"{name}_month": day.month,
        f"{name}_year": day.year,
    }


@pytest.fixture
def viewer(db, client, api):
    api.assert_all_requests_are_fired = False
    api.get(API, json={"data": service(id=SERVICE_ID)})
    return sign_in(client, staff("view_activity"), api)


@pytest.fixture
def sent(api):
    """Let the API have sent these messages, on one page of several or the last."""

    def register(*rows, more=False, job=""):
        path = f"{API}/job/{job}/notifications" if job else f"{API}/notifications"
        links = {"next": True} if more else {}
        api.get(path, json={"notifications": list(rows), "links": links})

    return register


@pytest.fixture
def choices(api):
    """Let the service have a template, an API key and a file."""
    chosen = template(service=SERVICE_ID, name="Reminder")
    job = {"id": JOB_ID, "original_file_name": "people.csv"}
    api.get(f"{API}/template", json={"data": [chosen]})
    api.get(f"{API}/api-keys", json={"apiKeys": [{"name": "Night run"}]})
    api.get(f"{API}/job", json={"data": [job], "links": {}})
    return chosen


def asked(api):
    """The query of the last request for messages."""
    last = [c.request for c in api.calls if "/notifications" in c.request.url][-1]
    return {k: v[0] for k, v in parse_qs(urlsplit(last.url).query).items()}


def test_a_first_day_is_asked_of_the_api(viewer, sent, api):
    sent(made(12, to="07700900112"))

    page = viewer.get(BASE, {"first_day": ago(20)}).content.decode()

    assert asked(api)["limit_days"] == "20"
    assert "07700 900112" in page
    assert "In the last 7 days" not in page


def test_a_template_is_looked_for_among_what_was_sent_and_the_page_says_how_far(
    viewer, sent, api, api_calls
):
    wanted = made(1, to="07700900111")
    sent(wanted, made(2, to="07700900222", template=template()), more=True)

    page = viewer.get(BASE, {"template": wanted["template"]["id"]}).content.decode()

    assert "1 of 2 messages fits" in page
    assert "Older ones have not been looked through yet." in page
    assert "07700 900111" in page
    assert "07700 900222" not in page
    assert "look through older messages" in page
    assert f"Template: {wanted['template']['name']}" in page
    assert asked(api)["page_size"] == "250"
    assert len(api_calls) == 3


def test_when_everything_was_looked_through_the_page_says_so(viewer, sent):
    sent(made(1), made(2))

    page = viewer.get(BASE, {"template": uuid.uuid4()}).content.decode()

    assert "0 of 2 messages fit" in page
    assert "That is all there are." in page
    assert "No messages found." in page


def test_an_api_key_is_looked_for_by_its_name(viewer, sent):
    sent(
        made(1, key_name="Night run", to="07700900111"),
        made(1, key_name="Other", to="07700900222"),
    )

    page = viewer.get(BASE, {"key": "Night run"}).content.decode()

    assert "07700 900111" in page
    assert "07700 900222" not in page


def test_messages_of_a_file_are_asked_of_the_api(viewer, sent, api_calls):
    sent(made(1, to="07700900111"), job=JOB_ID)

    page = viewer.get(BASE, {"job": JOB_ID}).content.decode()

    assert "07700 900111" in page
    assert "/service/<id>/job/<id>/notifications" in [c.route for c in api_calls]


def test_a_last_day_leaves_out_what_is_newer(viewer, sent, api):
    sent(
        made(0, to="07700900100"), made(1, to="07700900111"), made(2, to="07700900122")
    )

    page = viewer.get(BASE, {"last_day": ago(1)}).content.decode()

    assert "07700 900100" not in page
    assert "07700 900111" in page
    assert "07700 900122" in page


def test_pages_that_are_all_too_new_are_not_read(viewer, sent, api, api_calls):
    counted = {"notifications_sent_count": 600}
    api.get(f"{API}/notifications/count", json=counted)
    sent(made(2), made(3, to="07700900133"))

    page = viewer.get(BASE, {"last_day": ago(3)}).content.decode()

    assert asked(api)["page"] == "3"
    assert "07700 900133" in page
    assert len(api_calls) == 4


def test_a_count_that_is_too_high_hides_nothing(viewer, sent, api):
    counted = {"notifications_sent_count": 600}
    api.get(f"{API}/notifications/count", json=counted)
    sent(made(4, to="07700900144"))

    page = viewer.get(BASE, {"last_day": ago(3)}).content.decode()

    assert asked(api)["page"] == "1"
    assert "07700 900144" in page


def test_each_filter_can_be_removed(viewer, sent):
    sent(made(1, key_name="Night run"))
    query = {"key": "Night run", "first_day": "2026-11-02", "status": "failed"}

    page = viewer.get(f"{BASE}/sms", query).content.decode()

    assert "API key: Night run" in page
    assert "From 2 November 2026" in page
    assert f'href="{BASE}/sms?first_day=2026-11-02&amp;status=failed"' in page
    assert f'href="{BASE}/sms?key=Night+run&amp;status=failed"' in page
    assert 'id="status-delivered"' in page


def test_statuses_kinds_and_the_report_keep_the_filters(viewer, sent):
    sent(made(1))

    page = viewer.get(BASE, {"first_day": "2026-11-02"}).content.decode()

    assert f'href="{BASE}?status=failed&amp;first_day=2026-11-02"' in page
    assert f'href="{BASE}/sms?first_day=2026-11-02"' in page
    assert "reports/new?message_type=&amp;status=&amp;first_day=2026-11-02" in page


def test_the_filters_are_chosen_on_a_page_of_their_own(viewer, choices, api_calls):
    page = viewer.get(BASE, {"choose": "filters", "key": "Night run"}).content.decode()

    assert "Reminder</option>" in page
    assert 'value="Night run" selected' in page
    assert "people.csv</option>" in page
    assert len(api_calls) == 5


def test_what_is_chosen_becomes_the_address(viewer, choices):
    query = {
        "choose": "filters",
        "status": "failed",
        "template": choices["id"],
        **typed("first_day", ago(9)),
        **typed("last_day", ago(8)),
    }

    response = viewer.get(f"{BASE}/sms", query)

    assert response.status_code == 302
    assert response["Location"] == (
        f"{BASE}/sms?status=failed&template={choices['id']}"
        f"&first_day={ago(9)}&last_day={ago(8)}"
    )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (typed("first_day", ago(-1)), "The first day must be today or in the past."),
        (typed("first_day", ago(91)), "Messages are kept for 90 days at most"),
        (
            {"first_day_day": "31"},
            "The first day must include a day, a month and a year.",
        ),
        (
            {"first_day_day": "31", "first_day_month": "2", "first_day_year": "2026"},
            "The first day must be a real date.",
        ),
        (
            typed("first_day", ago(2)) | typed("last_day", ago(3)),
            "The last day must not be before the first day.",
        ),
        (typed("last_day", ago(30)), "enter a first day as well."),
        ({"template": str(uuid.uuid4())}, "That template is no longer there."),
        ({"key": "Gone"}, "That API key is no longer there."),
        ({"job": str(uuid.uuid4())}, "That file is no longer there."),
    ],
)
def test_each_bad_value_has_its_sentence(viewer, choices, days, sentence):
    query = {"choose": "filters", "first_day_day": "", **days}

    page = viewer.get(BASE, query).content.decode()

    assert page.count(sentence) == 2


@pytest.mark.parametrize("query", ["template=x", "job=x", "first_day=x", "last_day=31"])
def test_nonsense_in_an_address_is_passed_over(viewer, sent, api, query):
    sent(made(1, to="07700900111"))
    zero = {"requested": 0, "delivered": 0, "failed": 0}
    figures = dict.fromkeys(("sms", "email", "letter"), zero)
    api.get(f"{API}/statistics", json={"data": figures})

    assert "07700 900111" in viewer.get(f"{BASE}?{query}").content.decode()


def test_a_full_page_of_matches_says_that_there_may_be_more(viewer, api):
    rows = [made(1) for _ in range(50)]
    zero = {"requested": 0, "delivered": 0, "failed": 0}
    figures = dict.fromkeys(("sms", "email", "letter"), zero)
    api.get(f"{API}/statistics", json={"data": figures})
    api.post(f"{API}/notifications", json={"notifications": rows, "links": {}})

    page = viewer.post(BASE, {"to": "0770"}, follow=True).content.decode()

    assert "Only the newest matches are listed" in page
