"""The API's statuses in plain words, and the three groups that pages count."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from portal.messages.formats.words import status_text

SENDING: Final = ("created", "pending", "sending", "pending-virus-check", "accepted")
# The platform counts a letter that came back as delivered: it was printed and posted.
DELIVERED: Final = ("delivered", "sent", "received", "returned-letter")
_FAILURES: Final = (
    *("temporary-failure", "permanent-failure", "technical-failure"),
    *("validation-failed", "virus-scan-failed"),
)
FAILED: Final = ("failed", *_FAILURES)
NOT_ARRIVED: Final = (*FAILED, "returned-letter")
# A message that somebody cancelled counts as never asked for.
UNCOUNTED: Final = ("cancelled",)

# Letters of these were never printed, and cost nothing.
NEVER_PRINTED: Final = (
    *("cancelled", "technical-failure", "validation-failed", "virus-scan-failed"),
)

# What each filter of a page asks the API for: the groups that its figures count. The
# API's own groups have other members, and “failed” names one of them there.
FILTERS: Final = {"sending": SENDING, "delivered": DELIVERED, "failed": _FAILURES}

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

# What a person can do about a message that failed.
_ADVICE: dict[tuple[str, str], Any] = {
    ("email", "permanent-failure"): _(
        "The address does not exist. Correct it in your records before you send again."
    ),
    ("email", "temporary-failure"): _(
        "The inbox is full, or took the message for spam. Try again in a day."
    ),
    ("sms", "permanent-failure"): _(
        "The number is wrong, or its network refuses such messages. Check it before you "
        "send again."
    ),
    ("sms", "temporary-failure"): _(
        "The phone was off or out of reach for too long. Try again later."
    ),
    ("letter", "returned-letter"): _(
        "The letter came back. Correct the address in your records before you write again."
    ),
    ("letter", "validation-failed"): _(
        "The file cannot be printed as it is. Correct it and upload it again. It cost "
        "nothing."
    ),
    ("letter", "virus-scan-failed"): _(
        "The file has a virus. Make a new one on another computer. It cost nothing."
    ),
}
_AGAIN = _(
    "Something went wrong on the way that has nothing to do with the recipient. Send it "
    "again."
)


def advise(kind: str, status: str) -> Any:
    """Say what a person can do about what did not arrive; empty for all else."""
    if status not in NOT_ARRIVED:
        return ""
    return _ADVICE.get((kind, status), _AGAIN)


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


def chosen(name: str) -> list[str] | None:
    """The API's statuses that a filter of a page stands for; None for all."""
    return list(FILTERS[name]) if name else None
