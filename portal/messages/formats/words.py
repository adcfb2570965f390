"""Messages, statuses and people in words."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.messages.formats.numbers import thousands
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.messages.typography import smart_quotes

_DELIVERING, _DELIVERED = gettext_lazy("Delivering"), gettext_lazy("Delivered")
_TECHNICAL = gettext_lazy("Technical failure")
_FAILED = gettext_lazy("Failed")
_NOT_VALID = gettext_lazy("Validation failed")
_STATUSES: dict[str, dict[str, Any]] = {
    "email": {
        "failed": _FAILED,
        "technical-failure": _TECHNICAL,
        "temporary-failure": gettext_lazy("Inbox not accepting messages right now"),
        "permanent-failure": gettext_lazy("Email address does not exist"),
        "delivered": _DELIVERED,
        "sending": _DELIVERING,
        "created": _DELIVERING,
        "sent": _DELIVERED,
    },
    "sms": {
        "failed": _FAILED,
        "technical-failure": _TECHNICAL,
        "temporary-failure": gettext_lazy("Phone not accepting messages right now"),
        "permanent-failure": gettext_lazy("Not delivered"),
        "delivered": _DELIVERED,
        "sending": _DELIVERING,
        "created": _DELIVERING,
        "pending": _DELIVERING,
        "sent": gettext_lazy("Sent to an international number"),
        "validation-failed": _NOT_VALID,
    },
    # A letter's way is told by its dates; only what went wrong has words.
    "letter": {
        **dict.fromkeys(
            (
                *("failed", "temporary-failure", "delivered", "received", "accepted"),
                *("sending", "created", "sent", "pending-virus-check", "cancelled"),
                "returned-letter",
            ),
            "",
        ),
        "technical-failure": _TECHNICAL,
        "permanent-failure": gettext_lazy("Permanent failure"),
        "virus-scan-failed": gettext_lazy("Virus detected"),
        "validation-failed": _NOT_VALID,
    },
}
_FAILURES = {"failed", "technical-failure", "temporary-failure", "permanent-failure"}
_UNDER_WAY = {"created", "pending", "sending"}
_LETTER_STYLES = {
    *("delivered", "sent", "sending", "created", "accepted", "pending-virus-check"),
    "returned-letter",
}
_REDACTED_DIGITS = range(4, 8)


def status_text(status: str, channel: str) -> str:
    """Return what became of a message, in words."""
    return str(_STATUSES.get(channel, {}).get(status, status))


def status_style(status: str, channel: str) -> str | None:
    """Return "error", "default" (under way), "sent-international" or None (delivered)."""
    if channel == "letter":
        return None if status in _LETTER_STYLES else "error"
    if status in _UNDER_WAY:
        return "default"
    if status == "delivered":
        return None
    if status == "sent":
        return "sent-international" if channel == "sms" else None
    return "error"


def status_time(status: str, created: str, updated: str) -> str:
    """Return since when a message is under way, or when it was last heard of."""
    return f" since {created}" if status in _UNDER_WAY else updated


def channel_name(channel: str) -> str:
    """Text message, Email, Letter"""
    names = {"email": _("Email"), "sms": _("Text message"), "letter": _("Letter")}
    return names[channel]


def message_noun(count: float, kind: str | None) -> str:
    """Return "text messages" and the like, as many as there are."""
    n = 1 if count == 1 else 2
    match kind:
        case "sms":
            return ngettext("text message", "text messages", n)
        case "international_sms":
            return ngettext(
                "international text message", "international text messages", n
            )
        case "email":
            return ngettext("email", "emails", n)
        case "letter":
            return ngettext("letter", "letters", n)
        case str() if kind.endswith("request"):
            return kind if n == 1 else f"{kind}s"
    return ngettext("message", "messages", n)


def message_label(count: float, kind: str | None, *, suffix: str = "sent") -> str:
    """text messages sent"""
    return " ".join(filter(None, [message_noun(count, kind), suffix]))


def message_count(count: float, kind: str | None) -> str:
    """1,000 text messages"""
    return f"{thousands(count)} {message_noun(count, kind)}"


def recipient_count(count: float, kind: str | None) -> str:
    """1,000 phone numbers"""
    n = 1 if count == 1 else 2
    match kind:
        case "sms":
            noun = ngettext("phone number", "phone numbers", n)
        case "international_sms":
            noun = ngettext(
                "international phone number", "international phone numbers", n
            )
        case "email":
            noun = ngettext("email address", "email addresses", n)
        case "letter":
            noun = ngettext("address", "addresses", n)
        case _:
            noun = ngettext("recipient", "recipients", n)
    return f"{thousands(count)} {noun}"


def sign_in_method(auth_type: str, *, with_article: bool = False) -> str:
    """Email link, Text message code, Security key; or "an email link"."""
    if with_article:
        return {
            "email_auth": _("an email link"),
            "sms_auth": _("a text message code"),
            "webauthn_auth": _("a security key"),
        }[auth_type]
    return {
        "email_auth": _("Email link"),
        "sms_auth": _("Text message code"),
        "webauthn_auth": _("Security key"),
    }[auth_type]


def invite_status(status: str) -> str | None:
    """Return what there is to say of an invitation; None for one that was accepted."""
    statuses = {"pending": _("(invited)"), "cancelled": _("(cancelled invite)")}
    return statuses.get(status)


def yes_no(value: object) -> str:
    """Yes or No"""
    return _("Yes") if value else _("No")


def name_from_email(address: str) -> str:
    """Guess a person's name; empty where the address has none in it."""
    local = re.split(r"[@+]", address, maxsplit=1)[0]
    if "." not in local or re.match(r".\.", local):
        return ""
    letters = "".join(c for c in local.replace(".", " ") if not c.isdigit())
    without_initials = re.sub(r"\s+.\s+", " ", letters)
    return " ".join(smart_quotes(without_initials.title()).split())


def safe_local_part(name: str) -> str:
    """Return a service's name in a form that an e-mail address can start with."""
    return _safe(name, ".")


def safe_id(name: str) -> str:
    """Return a name in a form that an id can have."""
    return _safe(name, "-")


def _safe(name: str, space: str) -> str:
    decomposed = unicodedata.normalize("NFD", name)
    plain = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    joined = re.sub(r"\s+", space, plain.strip())
    kept = "".join(c.lower() for c in joined if c.isalnum() or c == space)
    return re.sub(r"\.{2,}", ".", kept).strip(".")


def sentence_case(sentence: str) -> str:
    """Start a sentence with a capital letter; all but its first word stays as it is."""
    first, space, rest = sentence.partition(" ")
    return f"{first.title()}{space}{rest}"


def readable_phone_number(number: str) -> str:
    """Return a number in the layout of its country; what is none as it is."""
    try:
        return parse_phone_number(number).human_readable
    except InvalidPhoneNumber:
        return number


def redacted_phone_number(number: str, *, spacing: str = "") -> str:
    """Put dots in place of four digits before the last three."""
    characters = list(number.replace(" ", ""))
    for place in _REDACTED_DIGITS:
        if place <= len(characters):
            characters[-place] = f"{spacing}•{spacing}"
    return "".join(characters)
