"""What a service may send, and to whom, as the message rules want it."""

from __future__ import annotations

from collections.abc import Iterable

from portal.messages.recipients import Limits, guest_list
from portal.services.models import Service

_REMAINING = {
    "sms": "sms_message_limit",
    "email": "email_message_limit",
    "letter": "letter_message_limit",
}


def permissions_of(service: Service) -> set[str]:
    """Return the names of what the service is switched on for."""
    return set(service.extra.get("permissions", ()))


def limits_of(
    service: Service,
    kind: str,
    *,
    sent_today: int | None = None,
    sent_abroad_today: int | None = None,
    team: Iterable[str] | None = None,
) -> Limits:
    """Return a service's limits for one kind of message.

    ``sent_today`` and, of text messages, ``sent_abroad_today`` are None where nobody but
    the API knows them; ``team`` holds whom a service in trial mode may send to.
    """
    permissions = permissions_of(service)
    daily = getattr(service, _REMAINING[kind])
    return Limits(
        guest_list=guest_list(team) if service.restricted and team else None,
        remaining_messages=None if sent_today is None else daily - sent_today,
        remaining_international_sms=None
        if sent_abroad_today is None
        else service.international_sms_message_limit - sent_abroad_today,
        allow_international_sms="international_sms" in permissions,
        allow_international_letters="international_letters" in permissions,
        allow_sms_to_uk_landline="sms_to_uk_landlines" in permissions,
    )
