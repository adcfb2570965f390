from __future__ import annotations

import pytest

from tests.sandbox.conftest import new_person


def notifications(service, query=""):
    return f"/service/{service['id']}/notifications{query}"


def test_what_was_sent_can_be_read_with_its_values(
    sandbox, service, new_template, send
):
    template = new_template(service)

    made = send(service, template)

    read = sandbox.get(notifications(service, f"/{made['id']}"))
    assert read["personalisation"] == {"name": "Jo"}
    assert read["template"]["content"] == "Hello ((name))"
    assert read["billable_units"] == 1


def test_a_long_text_message_counts_its_parts(sandbox, service, new_template, send):
    template = new_template(service, content="x" * 400)

    made = send(service, template)

    assert sandbox.get(notifications(service, f"/{made['id']}"))["billable_units"] == 3


def test_a_text_message_that_its_values_make_too_long_is_refused(
    service, new_template, send
):
    template = new_template(service)

    refused = send(service, template, 400, personalisation={"name": "x" * 918})

    assert "Text messages cannot be longer than 918 characters" in refused["message"]


def test_the_daily_limit_ends_sending(sandbox, person, service, new_template, send):
    sandbox.post(f"/service/{service['id']}", {"sms_message_limit": 1})
    template = new_template(service)
    send(service, template)

    refused = send(service, template, 429)

    assert refused["message"] == "Exceeded send limits (sms: 1) for today"


def test_texts_abroad_have_a_limit_of_their_own(
    sandbox, live_service, new_template, send
):
    sandbox.post(
        f"/service/{live_service['id']}", {"international_sms_message_limit": 1}
    )
    template = new_template(live_service)
    send(live_service, template, to="07700900123")
    send(live_service, template, to="+33612345678")

    refused = send(live_service, template, 429, to="+33612345679")

    assert refused["message"] == "Exceeded send limits (international_sms: 1) for today"
    send(live_service, template, to="07700900124")


def test_a_number_abroad_needs_permission(sandbox, live_service, new_template, send):
    sandbox.post(f"/service/{live_service['id']}", {"permissions": ["sms"]})
    template = new_template(live_service)

    refused = send(live_service, template, 400, to="+33612345678")

    assert refused["message"] == "Cannot send to international mobile numbers"


def test_a_number_that_is_none_is_refused(live_service, new_template, send):
    send(live_service, new_template(live_service), 400, to="not a number")


def test_a_colleague_may_be_written_to_in_trial_mode(
    sandbox, service, new_template, send
):
    colleague = new_person(sandbox)
    path = f"/service/{service['id']}/users/{colleague['id']}"
    sandbox.post(path, {"permissions": [], "folder_permissions": []})
    template = new_template(service, "email")

    send(service, template, to=colleague["email_address"].upper())


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["A", "B"], "Address must be at least 3 lines"),
        (list("ABCDE") + ["F\nG", "SW1A 1AA"], "Address must be no more than 7 lines"),
        (
            ["A", "-", "SW1A 1AA"],
            "The first 2 lines of the address must both include at least one "
            "alphanumeric character",
        ),
        (
            ["A", "B", "Nowhere"],
            "Last line of address must be a real UK postcode or another country",
        ),
        (["A", "No fixed abode", "SW1A 1AA"], "Must be a real address"),
        (
            ["A", "BFPO 123", "France"],
            "The last line of a BFPO address must not be a country.",
        ),
    ],
)
def test_a_letter_needs_an_address(live_service, new_template, send, lines, message):
    letter = new_template(live_service, "letter")
    keys = [f"address_line_{number}" for number in range(1, 8)] + ["postcode"]
    values = dict(zip(keys, lines, strict=False)) | {"name": "Jo"}

    refused = send(live_service, letter, 400, to="A", personalisation=values)

    assert refused["message"] == message


def test_only_letters_can_be_cancelled(sandbox, service, new_template, send):
    made = send(service, new_template(service))

    refused = sandbox.post(notifications(service, f"/{made['id']}/cancel"), None, 400)

    assert refused["message"] == (
        "Notification cannot be cancelled - only letters can be cancelled"
    )


def test_a_search_finds_part_of_a_number(sandbox, live_service, new_template, send):
    template = new_template(live_service)
    made = send(live_service, template, to="07700 900 123")
    send(live_service, template, to="07700 900 456")

    found = sandbox.post(
        notifications(live_service), {"to": "0900123", "template_type": ["sms"]}
    )

    assert [row["id"] for row in found["notifications"]] == [made["id"]]


def test_a_page_says_whether_there_are_others(sandbox, service, new_template, send):
    template = new_template(service)
    for _ in range(3):
        send(service, template)

    first = sandbox.get(notifications(service, "?page_size=2"))
    second = sandbox.get(notifications(service, "?page_size=2&page=2"))

    assert (first["links"], len(first["notifications"])) == ({"next": True}, 2)
    assert (second["links"], len(second["notifications"])) == ({"prev": True}, 1)


def test_what_was_sent_today_counts_in_every_statistic(
    sandbox, service, new_template, send
):
    template = new_template(service)
    send(service, template)
    send(service, template)
    base = f"/service/{service['id']}"

    totals = sandbox.get(f"{base}/statistics?today_only=True")["data"]
    by_template = sandbox.get(f"{base}/template-statistics?whole_days=0")["data"]

    assert totals["sms"]["requested"] == 2
    assert sum(row["count"] for row in by_template) == 2
    assert sandbox.get(f"{base}/notifications/count")["notifications_sent_count"] == 2
