from __future__ import annotations

import json
import re

import requests

from tests.sandbox.conftest import new_person


def page(sandbox, **query):
    return requests.get(
        f"{sandbox.base_url}/_sandbox/outbox", params=query, timeout=10
    ).text


def lines(sandbox):
    answer = requests.get(f"{sandbox.base_url}/_sandbox/outbox.json", timeout=10)
    return [json.loads(line) for line in answer.text.splitlines()]


def send_code(sandbox, person):
    sandbox.post(f"/user/{person['id']}/sms-code", {})


def test_a_sign_in_code_is_easy_to_see(sandbox):
    person = new_person(sandbox, mobile_number="07700911001")

    send_code(sandbox, person)

    assert re.search(r'<span class="code">\d{5}</span>', page(sandbox, to="911001"))


def test_links_can_be_clicked(sandbox, person):
    sandbox.post(f"/user/{person['id']}/email-code", {})

    shown = page(sandbox, to=person["email_address"])

    assert re.search(r'<a href="http://localhost:8000/email-auth/\S+"', shown)


def test_messages_can_be_searched_by_recipient(sandbox):
    one = new_person(sandbox, mobile_number="07700911002")
    two = new_person(sandbox, mobile_number="07700911003")
    send_code(sandbox, one)
    send_code(sandbox, two)

    shown = page(sandbox, to="07700911002")

    assert "07700911002" in shown
    assert "07700911003" not in shown


def test_what_a_message_says_is_escaped(sandbox, person):
    evil = new_person(sandbox, name="<script>alert(1)</script>")
    sandbox.post(f"/user/{evil['id']}/email-verification", {"to": "x"})

    shown = page(sandbox, to=evil["email_address"])

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_programs_get_a_line_for_each_message_the_oldest_first(sandbox, person):
    sandbox.post(f"/user/{person['id']}/email-verification", {"to": "x"})
    send_code(sandbox, person)

    mine = [
        line
        for line in lines(sandbox)
        if line["to"] in (person["email_address"], person["mobile_number"])
    ]

    assert [line["type"] for line in mine] == ["email", "sms"]
    assert set(mine[0]) == {"to", "text", "subject", "type", "at"}
    assert mine[0]["at"] < mine[1]["at"]


def test_an_email_with_an_unsubscribe_link_ends_with_it(
    sandbox, person, live_service, new_template, send
):
    template = new_template(live_service, "email", has_unsubscribe_link=True)
    sent = send(live_service, template, to="reader@example.com")
    sandbox.wait_for(
        f"/service/{live_service['id']}/notifications/{sent['id']}",
        lambda found: found["status"] in ("sending", "delivered"),
        True,
    )

    text = next(
        text for text in sandbox.sent_to("reader@example.com") if sent["id"] in text
    )
    link = re.search(rf"/unsubscribe/{sent['id']}/\S+", text)[0]

    assert sandbox.post(link)["result"] == "success"


def test_no_more_than_five_codes_are_open_at_once(sandbox):
    person = new_person(sandbox, mobile_number="07700911004")

    for _ in range(7):
        send_code(sandbox, person)

    assert len(sandbox.sent_to("07700911004")) == 5
