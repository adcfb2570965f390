"""Messages as the API writes them: in full, and as lines of a report."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from portal.api_keys.models import ApiKey
from portal.jobs.models import Job
from portal.message_templates.models import TemplateHistory, TemplateRedacted
from portal.notifications.models import Notification
from portal.sandbox import secrets, times
from portal.sandbox.shapes.templates import Senders, notification_template_shape
from portal.users.models import User

COLUMNS = (
    "billable_units",
    "client_reference",
    "document_download_count",
    "id",
    "international",
    "job_row_number",
    "key_type",
    "normalised_to",
    "notification_type",
    "phone_prefix",
    "postage",
    "rate_multiplier",
    "reference",
    "reply_to_text",
    "sent_by",
    "status",
    "to",
    "unsubscribe_link",
)
EMAIL_WORDS = {
    "failed": "Failed",
    "technical-failure": "Technical failure",
    "temporary-failure": "Inbox not accepting messages right now",
    "permanent-failure": "Email address doesn’t exist",
    "delivered": "Delivered",
    "sending": "Sending",
    "created": "Sending",
    "sent": "Delivered",
    "pending": "Sending",
    "pending-virus-check": "Sending",
    "virus-scan-failed": "Attachment has virus",
    "validation-failed": "Content or inbox issue",
}
SMS_WORDS = EMAIL_WORDS | {
    "temporary-failure": "Phone not accepting messages right now",
    "permanent-failure": "Phone number doesn’t exist",
    "sent": "Sent internationally",
}
LETTER_WORDS = {
    "technical-failure": "Technical failure",
    "permanent-failure": "Permanent failure",
    "pending-virus-check": "Pending virus check",
    "virus-scan-failed": "Virus scan failed",
    "validation-failed": "Validation failed",
    "cancelled": "Cancelled",
    "sending": "Accepted",
    "created": "Accepted",
    "delivered": "Received",
    "returned-letter": "Returned",
}
WORDS = {"email": EMAIL_WORDS, "sms": SMS_WORDS, "letter": LETTER_WORDS}
Versions = dict[tuple[uuid.UUID | None, int], TemplateHistory]


def status_words(notification_type: str, status: str | None) -> str:
    """A status in the words of reports."""
    return WORDS[notification_type].get(status or "", status or "")


def template_versions(pairs: Iterable[tuple[uuid.UUID | None, int]]) -> Versions:
    """Read the versions of templates that messages were made from."""
    wanted = Q()
    for template_id, version in set(pairs):
        wanted |= Q(id=template_id, version=version)
    if not wanted:
        return {}
    rows = TemplateHistory.objects.filter(wanted)
    return {(row.id, row.version): row for row in rows}


class Page:
    """What the messages of one page of a service refer to, each kind read at once."""

    def __init__(self, rows: list[Notification]) -> None:
        self.rows = rows
        self.versions = template_versions(
            (row.template_id, row.template_version) for row in rows
        )
        self.jobs = self._named(Job, "job_id", "original_file_name")
        self.keys = self._named(ApiKey, "api_key_id", "name")
        self.people: dict[uuid.UUID, User] = User.objects.in_bulk(
            self._ids("created_by_id")
        )
        self.redacted = set(
            TemplateRedacted.objects.filter(
                template_id__in=self._ids("template_id"), redact_personalisation=True
            ).values_list("template_id", flat=True)
        )
        self.senders: dict[uuid.UUID | None, Senders] = {
            key: Senders(key) for key in self._ids("service_id")
        }

    def _ids(self, column: str) -> set[uuid.UUID]:
        return {getattr(row, column) for row in self.rows} - {None}

    def _named(self, model: Any, column: str, name: str) -> dict[uuid.UUID | None, str]:
        ids = self._ids(column)
        if not ids:
            return {}
        return dict(model.objects.filter(pk__in=ids).values_list("pk", name))

    def version(self, row: Notification) -> TemplateHistory:
        """The version of a template that a message was made from."""
        return self.versions[row.template_id, row.template_version]

    def person(self, row: Notification) -> User | None:
        """Who sent a message by hand."""
        return self.people.get(row.created_by_id) if row.created_by_id else None

    def shapes(self) -> list[dict[str, Any]]:
        """The messages in full."""
        return [self._shape(row) for row in self.rows]

    def _shape(self, row: Notification) -> dict[str, Any]:
        version = self.version(row)
        return {name: getattr(row, name) for name in COLUMNS} | {
            "api_key": row.api_key_id,
            "created_at": times.iso(row.created_at),
            "created_by": _person(self.person(row)),
            "job": row.job_id
            and {"id": row.job_id, "original_file_name": self.jobs.get(row.job_id)},
            "key_name": self.keys.get(row.api_key_id),
            "personalisation": secrets.unseal(row.personalisation),
            "rate_multiplier": _number(row.rate_multiplier),
            "sent_at": times.iso(row.sent_at),
            "service": row.service_id,
            "template": notification_template_shape(
                version,
                self.senders[row.service_id],
                row.template_id in self.redacted,
            ),
            "updated_at": times.iso(row.updated_at),
        }

    def report_lines(self) -> list[dict[str, Any]]:
        """The messages as lines of a report."""
        return [self._line(row) for row in self.rows]

    def _line(self, row: Notification) -> dict[str, Any]:
        version = self.version(row)
        person = self.person(row)
        number = row.job_row_number
        return {
            "api_key_name": self.keys.get(row.api_key_id),
            "client_reference": row.client_reference or "",
            "created_at": times.london(row.created_at),
            "created_by_email_address": person.email_address if person else None,
            "created_by_name": person.name if person else None,
            "id": row.pk,
            "job_name": self.jobs.get(row.job_id, ""),
            "recipient": row.to,
            "row_number": "" if number is None else number + 1,
            "status": status_words(row.notification_type, row.status),
            "template_name": version.name,
            "template_type": version.template_type,
        }


def notification_shape(row: Notification) -> dict[str, Any]:
    """One message in full."""
    return Page([row]).shapes()[0]


def _person(user: User | None) -> dict[str, Any] | None:
    if user is None:
        return None
    return {"email_address": user.email_address, "id": user.pk, "name": user.name}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
