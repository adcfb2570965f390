"""What a service sent: the list, its filters, its search."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.notifications import statuses
from tests.builders import notification, service, template
from tests.users.personas import SERVICE_ID, outsider, sign_in, staff, superuser

BASE = f"/services/{SERVICE_ID}/notifications"
API = f"/service/{SERVICE_ID}"
HTMX = {"HX-Request": "true"}
FIGURES = {
    "email": {"requested": 7, "delivered": 5, "failed": 2},
    "sms": {"requested": 1205, "delivered": 1100, "failed": 100},
    "letter": {"requested": 0, "delivered": 0, "failed": 0},
}


@pytest.fixture
def signed_in(db, client, api):
    """Sign somebody in: `signed_in(staff("view_activity"))`."""
    api.get(API, json={"data": service(id=SERVICE_ID)})
    api.assert_all_requests_are_fired = False
    return lambda who: sign_in(client, who, api)


@pytest.fixture
def viewer(signed_in):
    return signed_in(staff("view_activity"))


@pytest.fixture
def sent(api):
    """Let the API have sent these messages, and say whether there are more."""

    def register(*rows, links=None):
        api.get(f"{API}/statistics", json={"data": FIGURES})
        answer = {"notifications": list(rows), "page_size": 50, "links": links or {}}
        api.get(f"{API}/notifications", json=answer)
        api.post(f"{API}/notifications", json=answer)

    return register


def asked(api):
    """The query of the last request for messages."""
    last = [c.request for c in api.calls if "/notifications" in c.request.url][-1]
    return {k: v[0] for k, v in parse_qs(urlsplit(last.url).query).items()}


def test_the_list_shows_recipient_first_words_and_state(viewer, sent):
    sent(notification(to="07700900999", personalisation={"name": "Bo"}))

    page = viewer.get(BASE).content.decode()

    assert "07700 900999" in page
    assert "Hello Bo, your permit is ready." in page
    assert "Delivered" in page


def test_the_figures_are_filters(viewer, sent):
    sent()

    page = viewer.get(f"{BASE}/sms").content.decode()

    for figure in ("1,205", "5", "1,100", "100"):
        assert f'<span class="portal-pill__figure">{figure}</span>' in page
    assert f'href="{BASE}/sms?status=failed"' in page


def test_the_figures_of_all_kinds_are_added_up(viewer, sent):
    sent()

    assert ">1,212<" in viewer.get(BASE).content.decode()


def test_the_list_costs_two_calls_besides_person_and_service(viewer, sent, api_calls):
    sent(*(notification() for _ in range(50)))

    viewer.get(BASE)

    assert sorted(call.route for call in api_calls) == [
        "/service/<id>",
        "/service/<id>/notifications",
        "/service/<id>/statistics",
        "/user/<id>",
    ]


def test_kind_and_status_are_asked_of_the_api(viewer, sent, api):
    sent()

    viewer.get(f"{BASE}/email?status=failed&page=2")

    query = asked(api)
    assert (query["template_type"], query["status"], query["page"]) == (
        "email",
        "temporary-failure",
        "2",
    )
    assert query["limit_days"] == "7"


@pytest.mark.parametrize("group", ["sending", "delivered", "failed"])
def test_a_filter_asks_for_what_its_figure_counts(viewer, sent, api, group):
    sent()

    viewer.get(f"{BASE}/letter?status={group}")

    url = next(c.request.url for c in api.calls if "/notifications?" in c.request.url)
    chosen = parse_qs(urlsplit(url).query)["status"]
    assert {statuses.group(status) for status in chosen} == {group}
    assert ("returned-letter" in chosen) is (group == "delivered")
    # The API would take this for letters that came back as well.
    assert "failed" not in chosen


@pytest.mark.parametrize("query", ["status=pigeon", "page=0", "page=-3", "page=x"])
def test_nonsense_in_the_address_is_passed_over(viewer, sent, api, query):
    sent()

    assert viewer.get(f"{BASE}?{query}").status_code == 200
    assert asked(api)["page"] == "1"
    assert "status" not in asked(api)


def test_a_page_number_of_any_length_does_no_harm(viewer, sent):
    sent()

    assert viewer.get(f"{BASE}?page={'9' * 5000}").status_code == 200


def test_pages_lead_to_their_neighbours_and_keep_the_filter(viewer, sent):
    sent(notification(), links={"next": "x"})

    page = viewer.get(f"{BASE}?status=failed&page=2").content.decode()

    assert f'href="{BASE}?status=failed&amp;page=1"' in page
    assert f'href="{BASE}?status=failed&amp;page=3"' in page


@pytest.mark.parametrize("answer", ["not found", "empty"])
def test_a_page_beyond_the_end_leads_back(viewer, sent, api, answer):
    sent()
    if answer == "not found":
        api.replace("GET", api.url(f"{API}/notifications"), status=404)

    response = viewer.get(f"{BASE}?page=99")

    assert response.status_code == 200
    page = response.content.decode()
    assert "The list ends before this page." in page
    assert f'href="{BASE}"' in page


def test_nothing_sent_is_said(viewer, sent):
    sent()

    assert "No messages found." in viewer.get(BASE).content.decode()


FAILURES = [
    ("email", "permanent-failure", "Email address does not exist"),
    ("email", "temporary-failure", "Inbox not accepting messages right now"),
    ("sms", "temporary-failure", "Phone not accepting messages right now"),
    ("sms", "technical-failure", "Technical failure"),
    ("letter", "permanent-failure", "Permanent failure"),
    ("letter", "validation-failed", "Validation failed"),
]


@pytest.mark.parametrize(("kind", "status", "words"), FAILURES)
def test_a_failure_is_told_in_plain_words_and_red(viewer, sent, kind, status, words):
    sent(notification(notification_type=kind, status=status))

    page = viewer.get(BASE).content.decode()

    assert words in page
    assert "portal-status--failed" in page


def test_what_was_filled_in_stays_hidden_where_the_template_says_so(viewer, sent):
    hidden = template(redact_personalisation=True, content="Code ((code))")
    sent(notification(template=hidden, personalisation={"code": "4711"}))

    page = viewer.get(BASE).content.decode()

    assert "Code [hidden]" in page
    assert "4711" not in page


def test_a_letter_is_listed_by_the_first_line_of_its_address(viewer, sent):
    words = template(template_type="letter", subject="Final notice")
    sent(
        notification(
            notification_type="letter", to="Ann Example\n1 High Street", template=words
        )
    )

    page = viewer.get(BASE).content.decode()

    assert ">Ann Example</a>" in page
    assert "Final notice" in page


# --- searching


def search(browser, term, path=BASE):
    return browser.post(path, {"to": term})


def looked_for(api):
    """What the API was asked to look for."""
    return next(json.loads(c.request.body)["to"] for c in api.calls if c.request.body)


def test_a_search_is_sent_as_a_body_and_shown(viewer, sent, api):
    sent(notification(to="07700900999"))

    page = search(viewer, " 07700 900999 ", f"{BASE}/sms").url

    shown = viewer.get(page).content.decode()
    assert looked_for(api) == "07700 900999"
    assert "Messages that match “07700 900999”." in shown


@pytest.mark.parametrize(
    ("term", "asked"),
    [
        ("07700900999", "7700900999"),
        ("07700 900 999", "7700900999"),
        ("+44 (0)7700-900999", "447700900999"),
        ("+447700900999", "447700900999"),
        ("0770", "770"),
        ("900999", "900999"),
        ("0", "0"),
        ("12-34", "12-34"),
        ("CASE-07700900999", "CASE-07700900999"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("ann@example.gov.uk", "ann@example.gov.uk"),
    ],
)
def test_among_all_kinds_numbers_are_looked_for_as_they_are_kept(
    viewer, sent, api, term, asked
):
    sent()

    viewer.get(search(viewer, term).url)

    assert looked_for(api) == asked


def test_a_search_never_stands_in_an_address(viewer, sent, api):
    sent()

    response = search(viewer, "07700900999", f"{BASE}/sms")
    viewer.get(response.url)

    assert response.status_code == 302
    assert "07700900999" not in response.url
    assert not [c for c in api.calls if "07700900999" in c.request.url]


def test_filters_keep_the_search(viewer, sent):
    sent()
    found = search(viewer, "ann", f"{BASE}/sms").url
    key = found.partition("search=")[2]

    page = viewer.get(found).content.decode()

    assert f'href="{BASE}/sms?search={key}&amp;status=failed"' in page or (
        f'href="{BASE}/sms?status=failed&amp;search={key}"' in page
    )
    assert f'href="{BASE}/email?search={key}"' in page


def test_a_search_keeps_the_filter(viewer, sent, api):
    sent()

    found = search(viewer, "ann", f"{BASE}/sms?status=failed").url
    viewer.get(found)

    body = next(json.loads(c.request.body) for c in api.calls if c.request.body)
    assert body["template_type"] == "sms"
    assert set(body["status"]) == set(statuses.FAILED) - {"failed"}


def test_a_search_shows_no_figures_which_count_more_than_it_found(viewer, sent):
    sent()

    page = viewer.get(search(viewer, "ann").url).content.decode()

    assert "1,212" not in page


def test_an_empty_search_shows_everything(viewer, sent):
    sent()

    assert search(viewer, "  ").url == BASE


def test_a_search_of_another_session_is_over(viewer, sent):
    sent()

    response = viewer.get(f"{BASE}?search=0123456789abcdef&status=failed", follow=True)

    assert response.redirect_chain == [(f"{BASE}?status=failed", 302)]
    assert "That search is over. Search again." in response.content.decode()


def test_only_the_last_searches_are_kept(viewer, sent):
    sent()
    for number in range(25):
        search(viewer, f"ann{number}")

    assert len(viewer.session["searches"]) == 20


# --- staying up to date


def test_the_list_polls_while_a_message_is_under_way(viewer, sent):
    sent(notification(status="sending"))

    page = viewer.get(f"{BASE}?status=sending").content.decode()
    poll = viewer.get(BASE, headers=HTMX)

    assert f'hx-get="{BASE}?status=sending"' in page
    assert poll.status_code == 200
    assert b"<html" not in poll.content


def test_an_unchanged_list_has_no_body(viewer, sent):
    sent(notification(status="sending"))
    first = viewer.get(BASE, headers=HTMX)

    second = viewer.get(BASE, headers=HTMX | {"If-None-Match": first["ETag"]})

    assert second.status_code == 304


def test_polling_ends_when_every_message_has_arrived_or_failed(viewer, sent):
    sent(notification(status="delivered"), notification(status="permanent-failure"))

    assert "hx-get" not in viewer.get(BASE).content.decode()
    assert viewer.get(BASE, headers=HTMX).status_code == 286


# --- who, and the report


@pytest.mark.parametrize(
    ("who", "may_download"),
    [
        (staff("view_activity"), True),
        (superuser(), True),
        (staff("send_messages"), False),
        (staff("manage_templates"), False),
    ],
    ids=["viewer", "platform admin", "sender", "editor"],
)
def test_every_member_sees_the_list_and_viewers_may_download(
    signed_in, sent, who, may_download
):
    sent(notification())

    response = signed_in(who).get(f"{BASE}/sms?status=failed")

    link = (
        f'href="/services/{SERVICE_ID}/download-notifications.csv'
        "?message_type=sms&amp;status=failed"
    )
    assert response.status_code == 200
    assert (link in response.content.decode()) is may_download


def test_somebody_else_may_not_see_the_list(signed_in):
    assert signed_in(outsider()).get(BASE).status_code == 403


def test_without_the_api_the_list_says_so(viewer, api):
    api.get(f"{API}/statistics", status=503)
    api.get(f"{API}/notifications", status=503)

    assert viewer.get(BASE).status_code == 503


def test_the_report_is_offered_above_the_list(viewer, sent):
    row = notification()
    sent(row)

    page = viewer.get(BASE).content.decode()

    assert page.index('id="download"') < page.index(f'id="message-{row["id"]}"')


def test_a_search_leads_to_a_report_that_says_it_is_not_narrowed(viewer, sent):
    sent(notification())

    found = search(viewer, "ann", f"{BASE}/sms?status=failed").url
    page = viewer.get(found).content.decode()

    query = "message_type=sms&amp;status=failed"
    assert f'href="/services/{SERVICE_ID}/reports/new?{query}"' in page
    assert "it cannot be narrowed to a search" in page
    assert 'id="download"' not in page


@pytest.mark.parametrize("typed", ["7700900503", "07700900503", "+44 7700 900503"])
def test_numbers_are_written_in_one_way_however_they_came(viewer, sent, typed):
    """Spreadsheet programs take the nought at the beginning away."""
    sent(notification(to=typed))

    assert ">07700 900503</a>" in viewer.get(BASE).content.decode()


def test_what_is_no_phone_number_is_shown_as_it_is(viewer, sent):
    sent(notification(to="07700 9oo"))

    assert "07700 9oo" in viewer.get(BASE).content.decode()
