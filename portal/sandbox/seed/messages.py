"""Messages to made-up people, with what has become of each by now."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.message_templates.models import Template
from portal.messages.fields import Content
from portal.notifications.models import Notification
from portal.sandbox import secrets
from portal.sandbox.rules.delivery import outcome, provider
from portal.sandbox.rules.figures import midnight
from portal.sandbox.rules.letters import PRINT_RUN
from portal.sandbox.rules.sending import print_day
from portal.sandbox.seed.demo import Demo, Office
from portal.sandbox.seed.people import full_name
from portal.sandbox.seed.words import STREETS, TOWNS
from portal.sandbox.simulation import LETTER_DAYS

NEWEST = datetime.timedelta(minutes=5)
ONE_SECOND = datetime.timedelta(seconds=1)
LOST_LETTERS = 0.06


@dataclass(frozen=True)
class Addressee:
    """Somebody whom a template is sent to, with the values of its placeholders."""

    template: Template
    to: str
    personalisation: str | None


class Addressees:
    """Whom a service writes to: at most so many for each template, then them again."""

    def __init__(self, demo: Demo, most: int) -> None:
        self.demo, self.most = demo, most
        self.known: dict[UUID, list[Addressee]] = defaultdict(list)

    def choose(self, template: Template) -> Addressee:
        """Somebody new, or one of those who are known."""
        known = self.known[template.pk]
        if len(known) == self.most:
            return self.demo.dice.choice(known)
        known.append(addressee(self.demo, template))
        return known[-1]


def addressee(demo: Demo, template: Template) -> Addressee:
    """Make somebody up."""
    name = full_name(demo)
    values = personalisation(demo, template, name)
    to = recipient(demo, template.template_type, name, values)
    return Addressee(template, to, secrets.seal(values))


def message(
    demo: Demo, office: Office, addressee: Addressee, made: datetime.datetime
) -> Notification:
    """Make one message with what has become of it by now, not saved yet."""
    template = addressee.template
    channel = template.template_type
    row = Notification(
        id=demo.id(),
        to=addressee.to,
        normalised_to=normalised(channel, addressee.to),
        service_id=office.service.pk,
        template_id=template.pk,
        template_version=template.version,
        key_type="normal",
        notification_type=channel,
        billable_units=0 if channel == "email" else 1,
        rate_multiplier=1 if channel == "sms" else None,
        phone_prefix="44" if channel == "sms" else None,
        postage="second" if channel == "letter" else None,
        personalisation=addressee.personalisation,
        created_at=min(made, demo.now - NEWEST),
        created_by_id=demo.dice.choice(office.people).pk,
    )
    settle(demo, row)
    return row


def settle(demo: Demo, row: Notification) -> None:
    """Say what has become of a message since it was made."""
    row.sent_by = provider(row)
    if row.notification_type == "letter":
        row.reference = f"{row.pk.int % 10**16:016}"
        settle_letter(demo, row)
        return
    row.sent_at = row.created_at + ONE_SECOND
    row.updated_at = row.sent_at + ONE_SECOND * demo.dice.randrange(1, 60)
    row.status = outcome(row)


def settle_letter(demo: Demo, row: Notification) -> None:
    """Letters wait for the next print run, and take some days to arrive."""
    printed = midnight(print_day(row.created_at)) + PRINT_RUN
    if printed > demo.now:
        row.status, row.sent_by = "created", None
    elif demo.chance(LOST_LETTERS):
        row.status = demo.dice.choice(("cancelled", "technical-failure"))
        row.billable_units, row.sent_by = 0, None
        row.updated_at = printed
    else:
        has_arrived = printed + LETTER_DAYS <= demo.now
        row.status = "delivered" if has_arrived else "sending"
        row.sent_at = printed
        row.updated_at = printed + LETTER_DAYS if has_arrived else printed


def personalisation(demo: Demo, template: Template, name: str) -> dict[str, Any]:
    """Something for every placeholder of a template."""
    day = demo.today + datetime.timedelta(days=demo.dice.randrange(2, 40))
    known = {
        "name": name,
        "date": f"{day.day} {day:%B}",
        "time": f"{demo.dice.randrange(9, 17)}:{demo.dice.choice(('00', '30'))}",
        "reference": f"{demo.dice.randrange(10**6, 10**7)}",
        "amount": f"£{demo.dice.randrange(10, 400)}.00",
        "decision": demo.dice.choice(("accept", "refuse")),
        "month": f"{demo.today:%B}",
        "highlights": "* longer opening hours\n* a new meeting room",
        "first_visit": demo.dice.choice(("yes", "no")),
    }
    names = [
        *Content(template.content).placeholders,
        *Content(template.subject or "").placeholders,
    ]
    return {name: known[name] for name in names}


def recipient(demo: Demo, channel: str, name: str, values: dict[str, Any]) -> str:
    """Whom a message goes to; a letter's address is part of its values."""
    if channel == "sms":
        return demo.mobile()
    if channel == "email":
        return f"{name.lower().replace(' ', '.')}@mail.example"
    town, postcode = demo.dice.choice(TOWNS)
    lines = (name, f"{demo.dice.randrange(1, 90)} {demo.dice.choice(STREETS)}", town)
    for number, line in enumerate((*lines, postcode), 1):
        values[f"address line {number}"] = line
    return "\n".join((*lines, postcode))


def normalised(channel: str, to: str) -> str:
    """A recipient as searches look for it."""
    if channel == "sms":
        return f"44{to[1:]}"
    return "".join(to.lower().split()) if channel == "letter" else to
