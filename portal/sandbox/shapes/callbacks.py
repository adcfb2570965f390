"""What services are told by callbacks."""

from __future__ import annotations

from typing import Any

from portal.inbound.models import InboundSms
from portal.notifications.models import Complaint, Notification
from portal.sandbox import times
from portal.sandbox.shapes.notifications import Page

# The first row of a spreadsheet has its headings.
FIRST_ROW = 2


def delivery_status(notification: Notification) -> dict[str, Any]:
    """What became of an e-mail or text message."""
    return {
        "id": notification.pk,
        "reference": notification.client_reference,
        "to": notification.to,
        "status": notification.status,
        "created_at": times.iso(notification.created_at),
        "completed_at": times.iso(notification.updated_at),
        "sent_at": times.iso(notification.sent_at),
        "notification_type": notification.notification_type,
        "template_id": notification.template_id,
        "template_version": notification.template_version,
    }


def inbound_sms(message: InboundSms) -> dict[str, Any]:
    """A text message that came in."""
    return {
        "id": message.pk,
        "source_number": message.user_number,
        "destination_number": message.notify_number,
        "message": message.content,
        "date_received": times.iso(message.provider_date),
    }


def complaint(made: Complaint, notification: Notification) -> dict[str, Any]:
    """An e-mail that its recipient reported as unwanted."""
    return {
        "notification_id": notification.pk,
        "complaint_id": made.pk,
        "reference": notification.client_reference,
        "to": notification.to,
        "complaint_date": times.iso(made.complaint_date),
    }


def returned_letter(letter: Notification) -> dict[str, Any]:
    """A letter that came back; templates of uploaded letters are not shown."""
    page = Page([letter])
    version, person = page.version(letter), page.person(letter)
    by_hand = letter.api_key_id is None
    row = letter.job_row_number
    shown = not version.hidden
    return {
        "notification_id": letter.pk,
        "reference": None if by_hand else letter.client_reference,
        "date_sent": times.iso(letter.created_at),
        "sent_by": person.email_address if person else "API",
        "template_name": version.name if shown else None,
        "template_id": letter.template_id if shown else None,
        "template_version": letter.template_version if shown else None,
        "spreadsheet_file_name": page.jobs.get(letter.job_id),
        "spreadsheet_row_number": None if row is None else row + FIRST_ROW,
        "upload_letter_file_name": letter.client_reference
        if by_hand and not shown
        else None,
    }
