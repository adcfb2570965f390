"""What waits for people at a service, and what it sent today, in a local table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.clients import job_api_client, service_api_client
from portal.remote.answers import reading
from portal.remote.cache import cache
from portal.remote.errors import HTTPError
from portal.remote.parallel import together
from portal.reports.models import ServiceHints
from portal.services.hints import Hints
from portal.services.models import Service

# All who watch a service see the same hints for so long.
SHARED_SECONDS = 30
LIMITS = {
    "email": "email_message_limit",
    "sms": "sms_message_limit",
    "international_sms": "international_sms_message_limit",
    "letter": "letter_message_limit",
}


def find_hints(*, service_id: UUID | str) -> Hints | None:
    """The hints that were kept last."""
    row = ServiceHints.objects.filter(service_id=service_id).first()
    return Hints.read(row.told, row.as_of) if row else None


def share_hints(
    *, service: Service, scheduled: dict[str, Any], today: dict[str, Any] | None
) -> Hints:
    """Read hints for all who look at a service now, and keep them.

    What the caller knows is not asked for: ``scheduled`` counts the files that wait,
    ``today`` are the day's statistics.
    """
    key = f"service-{service.pk}-hints"
    told = cache.get(
        key,
        (key,),
        SHARED_SECONDS,
        lambda: read_hints(service=service, scheduled=scheduled, today=today),
    )
    return keep_hints(service_id=service.pk, told=told)


def keep_hints(*, service_id: UUID, told: dict[str, Any]) -> Hints:
    """Keep hints that were read now; what cannot be read is not kept."""
    now = timezone.now()
    with reading():
        hints = Hints.read(told, now)
    ServiceHints.objects.update_or_create(
        service_id=service_id, defaults={"told": told, "as_of": now}
    )
    return hints


def read_hints(
    *,
    service: Service,
    scheduled: dict[str, Any] | None = None,
    today: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Ask the API, side by side, for a service's hints: at most five calls."""
    pk = str(service.pk)
    loads: dict[str, Callable[[], Any]] = {
        "sent_today": lambda: count_sent_today(service=service, today=today),
        "scheduled": lambda: scheduled or job_api_client.get_scheduled_job_stats(pk),
    }
    if service.has_permission("inbound_sms"):
        loads["received"] = lambda: service_api_client.get_inbound_sms_summary(pk)
    if service.has_permission("letter"):
        loads["returned_letters"] = lambda: (
            service_api_client.get_returned_letter_statistics(pk)
        )
    if service.has_permission("email"):
        loads["unsubscribe_requests"] = lambda: (
            service_api_client.get_unsubscribe_request_statistics(pk)
        )
    told = dict(zip(loads, together(*loads.values()), strict=True))
    limits = {kind: int(getattr(service, field)) for kind, field in LIMITS.items()}
    return {"limits": limits, **told}


def counted_today(*, service: Service) -> dict[str, int | None]:
    """Read the API's own counters of today; None where they cannot be read."""
    pk = str(service.pk)
    return {
        kind: service_api_client.get_notification_count(pk, kind) for kind in LIMITS
    }


def count_sent_today(
    *, service: Service, today: dict[str, Any] | None = None
) -> dict[str, int | None]:
    """Count what goes against a service's daily limits, by kind of message.

    By the API's own counters where they can be read, else by GET
    /service/<id>/statistics of today, which ``today`` may be already: that does not tell
    international text messages. None is what nobody tells.
    """
    counted = counted_today(service=service)
    kinds = [kind for kind in ("email", "sms", "letter") if counted[kind] is None]
    if not kinds:
        return counted
    try:
        today = today or service_api_client.get_service_statistics(
            str(service.pk), limit_days=0
        )
        return counted | {kind: int(today[kind]["requested"]) for kind in kinds}
    except (HTTPError, LookupError, TypeError, ValueError):
        # A number that cannot be had is unknown, and no reason to show nothing.
        return counted
