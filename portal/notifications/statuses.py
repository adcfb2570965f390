"""The API's statuses in plain words, and the three groups that pages count."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

SENDING: Final = ("created", "pending", "sending", "pending-virus-check", "accepted")
DELIVERED: Final = ("delivered", "sent", "received")
FAILED: Final = (
    *("failed", "temporary-failure", "permanent-failure", "technical-failure"),
    *("validation-failed", "virus-scan-failed", "returned-letter"),
)

# What each filter of a page asks the API for; the API knows the groups by these names.
FILTERS: Final = ("sending", "delivered", "failed")

_EVERY: dict[str, Any] = {
    "created": _("Sending"),
    "pending": _("Delivering"),
    "sending": _("Delivering"),
    "delivered": _("Delivered"),
    "sent": _("Sent"),
    "failed": _("Failed"),
    "technical-failure": _("Could not be sent: a technical problem"),
    "temporary-failure": _("Not delivered"),
    "permanent-failure": _("Not delivered"),
    "pending-virus-check": _("Being checked"),
    "virus-scan-failed": _("A virus was found"),
    "validation-failed": _("Did not pass the checks"),
    "cancelled": _("Cancelled"),
    "returned-letter": _("Returned"),
}
_BY_KIND: dict[str, dict[str, Any]] = {
    "email": {
        "temporary-failure": _("Inbox not accepting messages right now"),
        "permanent-failure": _("Email address does not exist"),
    },
    "sms": {
        "temporary-failure": _("Phone not accepting messages right now"),
        "permanent-failure": _("Phone number does not exist or is blocked"),
        "sent": _("Sent internationally"),
    },
    "letter": {
        "created": _("Accepted"),
        "sending": _("Accepted"),
        "accepted": _("Accepted"),
        "delivered": _("Received"),
        "received": _("Received"),
        "permanent-failure": _("Could not be printed"),
        "technical-failure": _("Could not be printed"),
    },
}


def describe(kind: str, status: str) -> Any:
    """Say in plain words what happened to a message."""
    return _BY_KIND.get(kind, {}).get(status) or _EVERY.get(status, status)


def group(status: str) -> str:
    """Tell which of sending, delivered, failed or cancelled a status belongs to."""
    if status in FAILED:
        return "failed"
    if status in DELIVERED:
        return "delivered"
    return "cancelled" if status == "cancelled" else "sending"
