"""Figures of live services for platform-wide reports."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Lower, TruncMonth

from portal.billing.models import AnnualBilling, FactBilling
from portal.platform.models import FactNotificationStatus
from portal.sandbox.rules.allowances import financial_year
from portal.sandbox.rules.figures import CHANNELS
from portal.services.models import Service

COUNTED_STATUSES = (
    "sending",
    "delivered",
    "technical-failure",
    "temporary-failure",
    "permanent-failure",
    "sent",
)


def live_services_data() -> Iterator[dict[str, Any]]:
    """Every service that counts as live, with what it sent since 1 April."""
    services = Service.objects.filter(count_as_live=True, active=True, restricted=False)
    totals = _totals_of_year()
    free = dict(
        AnnualBilling.objects.order_by("financial_year_start").values_list(
            "service_id", "free_sms_fragment_limit"
        )
    )
    for service in services.select_related("organisation", "go_live_user").order_by(
        Lower("name")
    ):
        yield (
            _who(service)
            | {
                f"{channel}_totals": totals.get((service.pk, channel), 0)
                for channel in CHANNELS
            }
            | {"free_sms_fragment_limit": free.get(service.pk, 0)}
        )


def monthly_rows(start: datetime.date, end: datetime.date) -> list[list[Any]]:
    """Messages by month, service and channel, with a count for each status."""
    sums = {
        status.replace("-", "_"): Sum(
            "notification_count", filter=Q(notification_status=status), default=0
        )
        for status in COUNTED_STATUSES
    }
    rows = (
        FactNotificationStatus.objects.filter(
            bst_date__gte=start, bst_date__lte=end, service__active=True
        )
        .exclude(key_type="test")
        .annotate(month=TruncMonth("bst_date"))
        .order_by("month", "service_id", "notification_type")
        .values_list("month", "service_id", "service__name", "notification_type")
        .annotate(**sums)
    )
    return [[row[0].isoformat(), *row[1:]] for row in rows]


def _who(service: Service) -> dict[str, Any]:
    contact, organisation = service.go_live_user, service.organisation
    return {
        "service_id": service.pk,
        "service_name": service.name,
        "organisation_name": organisation.name if organisation else None,
        "organisation_type": service.organisation_type,
        "consent_to_research": service.consent_to_research,
        "contact_name": contact.name if contact else None,
        "contact_email": contact.email_address if contact else None,
        "contact_mobile": contact.mobile_number if contact else None,
        "live_date": service.go_live_at,
        "sms_volume_intent": service.volume_sms,
        "email_volume_intent": service.volume_email,
        "letter_volume_intent": service.volume_letter,
    }


def _totals_of_year() -> dict[tuple[uuid.UUID, str], int]:
    start = datetime.date(financial_year(), 4, 1)
    rows = (
        FactBilling.objects.filter(bst_date__gte=start)
        .order_by()
        .values_list("service_id", "notification_type")
        .annotate(total=Sum("notifications_sent", default=0))
    )
    return {(service_id, channel): total for service_id, channel, total in rows}
