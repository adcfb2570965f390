"""The API's statuses in plain words, and the three groups that pages count."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from portal.messages.formats.words import status_text

SENDING: Final = ("created", "pending", "sending", "pending-virus-check", "accepted")
DELIVERED: Final = ("delivered", "sent", "received")
FAILED: Final = (
    *("failed", "temporary-failure", "permanent-failure", "technical-failure"),
    *("validation-failed", "virus-scan-failed", "returned-letter"),
)

# What each filter of a page asks the API for; the API knows the groups by these names.
FILTERS: Final = ("sending", "delivered", "failed")

# The platform shows dates in place of these, or never gives them to such a message.
_OTHERS: dict[str, Any] = {
    "pending": _("Delivering"),
    "pending-virus-check": _("Being checked"),
    "virus-scan-failed": _("Virus detected"),
    "validation-failed": _("Validation failed"),
    "cancelled": _("Cancelled"),
    "returned-letter": _("Returned"),
    "sent": _("Sent"),
    "failed": _("Failed"),
    "temporary-failure": _("Not delivered"),
    **dict.fromkeys(("created", "sending", "accepted"), _("Accepted")),
    **dict.fromkeys(("delivered", "received"), _("Received")),
}


def describe(kind: str, status: str) -> Any:
    """Say in plain words what happened to a message."""
    text = status_text(status, kind)
    return _OTHERS.get(status, text) if text in ("", status) else text


def group(status: str) -> str:
    """Tell which of sending, delivered, failed or cancelled a status belongs to."""
    if status in FAILED:
        return "failed"
    if status in DELIVERED:
        return "delivered"
    return "cancelled" if status == "cancelled" else "sending"
