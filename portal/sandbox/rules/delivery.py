"""What becomes of a message: Notify's simulated recipients, and a stable share of failures."""

from __future__ import annotations

import zlib

from portal.notifications.models import Notification

DELIVERED, SENT = "delivered", "sent"
TEMPORARY, PERMANENT, TECHNICAL = (
    "temporary-failure",
    "permanent-failure",
    "technical-failure",
)
SIMULATED = {
    "447700900000": DELIVERED,
    "447700900111": DELIVERED,
    "447700900222": DELIVERED,
    "447700900002": PERMANENT,
    "447700900003": TEMPORARY,
    "temp-fail@simulator.notify": TEMPORARY,
    "perm-fail@simulator.notify": PERMANENT,
    "simulate-delivered@notifications.service.gov.uk": DELIVERED,
    "simulate-delivered-2@notifications.service.gov.uk": DELIVERED,
    "simulate-delivered-3@notifications.service.gov.uk": DELIVERED,
}
# Of each thousand recipients: so many no longer exist, cannot be reached now, or are lost.
SHARES = ((14, PERMANENT), (28, TEMPORARY), (30, TECHNICAL))
PARTS = 1000


def outcome(notification: Notification) -> str:
    """The final status, always the same for the same recipient."""
    recipient = (notification.normalised_to or notification.to).lower()
    if recipient in SIMULATED:
        return SIMULATED[recipient]
    if notification.key_type == "test":
        return DELIVERED
    if notification.international and notification.notification_type == "sms":
        # Networks abroad do not tell what became of a message.
        return SENT
    place = zlib.crc32(recipient.encode()) % PARTS
    return next((status for limit, status in SHARES if place < limit), DELIVERED)


def provider(notification: Notification) -> str:
    """Who carries a message; text messages are shared out evenly."""
    if notification.notification_type == "email":
        return "ses"
    if notification.notification_type == "letter":
        return "dvla"
    return (
        "mmg" if notification.international or notification.pk.int % 2 else "firetext"
    )
