from __future__ import annotations

import datetime
import uuid
from collections import Counter

import pytest

from portal.notifications.models import Notification
from portal.sandbox.rules.delivery import DELIVERED, outcome, provider


def message(to, kind="sms", **columns):
    return Notification(
        id=uuid.uuid4(),
        to=to,
        normalised_to=to,
        **{"notification_type": kind, "key_type": "normal"} | columns,
    )


@pytest.mark.parametrize(
    ("to", "status"),
    [
        ("447700900000", "delivered"),
        ("447700900111", "delivered"),
        ("447700900002", "permanent-failure"),
        ("447700900003", "temporary-failure"),
        ("perm-fail@simulator.notify", "permanent-failure"),
        ("temp-fail@simulator.notify", "temporary-failure"),
    ],
)
def test_simulated_recipients_have_a_known_fate(to, status):
    assert outcome(message(to)) == status


def test_about_three_in_a_hundred_fail():
    fates = Counter(outcome(message(f"44770{n:07}")) for n in range(20_000))

    share = 1 - fates[DELIVERED] / 20_000
    assert 0.02 < share < 0.04


def test_the_same_recipient_always_has_the_same_fate():
    assert len({outcome(message("447700912345")) for _ in range(50)}) == 1


def test_test_keys_only_fail_for_simulated_recipients():
    fates = {outcome(message(f"44770{n:07}", key_type="test")) for n in range(500)}

    assert fates == {DELIVERED}


def test_networks_abroad_do_not_tell_what_became_of_a_message():
    assert outcome(message("12025550104", international=True)) == "sent"


def test_text_messages_are_shared_between_two_providers():
    assert {provider(message("1")) for _ in range(100)} == {"mmg", "firetext"}


def test_a_message_goes_from_created_to_delivered(
    sandbox, live_service, new_template, send
):
    sent = send(live_service, new_template(live_service), to="07700900111")
    path = f"/service/{live_service['id']}/notifications/{sent['id']}"

    first = sandbox.get(path)
    last = sandbox.wait_for(path, lambda found: found["status"], "delivered")

    assert first["status"] in ("created", "sending", "delivered")
    assert last["sent_at"]
    assert last["sent_by"] in ("mmg", "firetext")


def test_what_was_sent_is_on_the_bill(sandbox, live_service, new_template, send):
    template = new_template(live_service)
    for _ in range(3):
        send(live_service, template, to="07700900111")
    today = datetime.datetime.now(datetime.UTC).date()
    year = today.year if today.month >= 4 else today.year - 1

    bill = sandbox.wait_for(
        f"/service/{live_service['id']}/billing/yearly-usage-summary?year={year}",
        lambda lines: [line["notifications_sent"] for line in lines],
        [3],
    )

    assert bill[0]["free_allowance_used"] == 3
    assert bill[0]["cost"] == 0
