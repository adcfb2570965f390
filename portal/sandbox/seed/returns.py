"""What comes back to the first service: letters, and readers who want no more e-mails."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from portal.letters.models import ReturnedLetter
from portal.message_templates.models import Template
from portal.notifications.models import Notification, UnsubscribeRequest
from portal.sandbox.rules import unsubscribing
from portal.sandbox.seed.demo import Demo, Office

RETURNED = 7
UNSUBSCRIBED = 9
IN_BATCH = 4
# How long after an e-mail its reader asks to get no more.
READ_AFTER = datetime.timedelta(hours=1)


def make_returns(demo: Demo) -> None:
    """Make some of both, of the last days."""
    office = demo.live_offices[0]
    return_letters(demo, office)
    unsubscribe(demo, office)


def arrived(templates: Iterable[Template], most: int) -> list[Notification]:
    """Up to so many messages of the templates that have arrived, the oldest first."""
    found = Notification.objects.filter(
        template_id__in=[row.pk for row in templates], status="delivered"
    )
    return list(found.order_by("created_at")[:most])


def return_letters(demo: Demo, office: Office) -> None:
    """Report some letters as returned, each yesterday or today."""
    letters = (row for row in office.templates if row.template_type == "letter")
    for number, letter in enumerate(arrived(letters, RETURNED)):
        letter.status = "returned-letter"
        letter.save()
        ReturnedLetter.objects.create(
            id=demo.id(),
            reported_at=demo.today - datetime.timedelta(days=number % 2),
            service=office.service,
            notification=letter,
            created_at=demo.now,
        )


def unsubscribe(demo: Demo, office: Office) -> None:
    """Let readers of news ask for no more; the first of them are in a batch already."""
    news = (row for row in office.templates if row.has_unsubscribe_link)
    requests = [
        request_about(demo, office, email) for email in arrived(news, UNSUBSCRIBED)
    ]
    UnsubscribeRequest.objects.bulk_create(requests)
    first = requests[:IN_BATCH]
    if first:
        begins, ends = first[0].created_at, first[-1].created_at
        unsubscribing.make_batch(office.service.pk, begins, ends, len(first))


def request_about(
    demo: Demo, office: Office, email: Notification
) -> UnsubscribeRequest:
    """The request of somebody who got that e-mail, not saved yet."""
    of_template: dict[str, Any] = {"template_id": email.template_id}
    return UnsubscribeRequest(
        id=demo.id(),
        notification_id=email.pk,
        template_version=email.template_version,
        service=office.service,
        email_address=email.to,
        created_at=min(email.created_at + READ_AFTER, demo.now),
        **of_template,
    )
