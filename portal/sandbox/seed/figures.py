"""A year of daily facts, up to the days whose messages are still there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from portal.billing.models import FactBilling, FactBillingLetterDespatch
from portal.message_templates.models import Template
from portal.platform.models import FactNotificationStatus, FactProcessingTime
from portal.sandbox.reference.money import letter_rate, sms_rate
from portal.sandbox.rules.facts import NO_JOB
from portal.sandbox.seed import bulk
from portal.sandbox.seed.demo import Demo, Office

DAYS = 365
KEPT_DAYS = 7
FRIDAY = 4
# Share of what is sent on a weekday that is sent on Saturday or Sunday.
WEEKEND = 0.15
BUSIEST = {"sms": 400, "email": 700, "letter": 40}
PROVIDERS = {"sms": "mmg", "email": "ses", "letter": "dvla"}


def make_year(demo: Demo) -> None:
    """Make the facts of a year, day by day and template by template."""
    statuses: list[FactNotificationStatus] = []
    bills: list[FactBilling] = []
    for office in demo.live_offices:
        size = demo.dice.uniform(0.1, 1)
        for template in office.templates:
            for day, sent in volumes(demo, office, template, size):
                statuses.extend(status_facts(demo, template, day, sent))
                bills.append(billing_fact(demo, template, day, sent))
    bulk.write(FactNotificationStatus, statuses)
    bulk.write(FactBilling, bills)
    make_despatches(demo)
    make_processing_times(demo)


def days(demo: Demo) -> Iterator[datetime.date]:
    """The days of the year that ended when messages began to be kept."""
    for back in range(DAYS, KEPT_DAYS, -1):
        yield demo.today - datetime.timedelta(days=back)


def volumes(
    demo: Demo, office: Office, template: Template, size: float
) -> Iterator[tuple[datetime.date, int]]:
    """How much was sent from a template on each day after the service went live."""
    went_live = (office.service.go_live_at or demo.now).date()
    busiest = BUSIEST[template.template_type] * size
    for day in days(demo):
        share = demo.dice.uniform(0.4, 1) * (1 if day.weekday() <= FRIDAY else WEEKEND)
        sent = int(busiest * share)
        if day > went_live and sent and is_busy(demo, office):
            yield day, sent


def is_busy(demo: Demo, office: Office) -> bool:
    """Whether a service sends anything on a day."""
    return office.busy_days == 1 or demo.chance(office.busy_days)


def status_facts(
    demo: Demo, template: Template, day: datetime.date, sent: int
) -> Iterator[FactNotificationStatus]:
    """What became of a day's messages."""
    gone = int(sent * demo.dice.uniform(0, 0.025))
    away = int(sent * demo.dice.uniform(0, 0.02))
    if template.template_type == "letter":
        counts = {"delivered": sent - gone, "returned-letter": gone}
    else:
        counts = {
            "delivered": sent - gone - away,
            "permanent-failure": gone,
            "temporary-failure": away,
        }
    for status, count in counts.items():
        if count:
            yield FactNotificationStatus(
                bst_date=day,
                template_id=template.pk,
                service_id=template.service_id,
                job_id=NO_JOB,
                notification_type=template.template_type,
                key_type="normal",
                notification_status=status,
                notification_count=count,
                created_at=demo.now,
            )


def billing_fact(
    demo: Demo, template: Template, day: datetime.date, sent: int
) -> FactBilling:
    """What a day's messages cost."""
    channel = template.template_type
    rates = {
        "sms": sms_rate(day),
        "email": Decimal(0),
        "letter": letter_rate("second", 1),
    }
    return FactBilling(
        bst_date=day,
        template_id=template.pk,
        service_id=template.service_id,
        notification_type=channel,
        provider=PROVIDERS[channel],
        rate_multiplier=1,
        international=False,
        rate=rates[channel],
        postage="second" if channel == "letter" else "none",
        billable_units=0 if channel == "email" else sent,
        notifications_sent=sent,
        created_at=demo.now,
    )


def make_despatches(demo: Demo) -> None:
    """Make the facts of letters that the printer handed to the post."""
    FactBillingLetterDespatch.objects.bulk_create(
        FactBillingLetterDespatch(
            bst_date=day,
            postage=postage,
            cost_threshold=threshold,
            rate=letter_rate(postage, 1),
            billable_units=1,
            notifications_sent=demo.dice.randrange(20, 200),
            created_at=demo.now,
        )
        for day in days(demo)
        if day.weekday() <= FRIDAY
        for postage in ("second", "first")
        for threshold in ("sorted", "unsorted")
    )


def make_processing_times(demo: Demo) -> None:
    """Make the facts of how quickly messages left."""
    rows = []
    for day in days(demo):
        total = demo.dice.randrange(4000, 9000)
        slow = int(total * demo.dice.uniform(0, 0.03))
        rows.append(
            FactProcessingTime(
                bst_date=day,
                messages_total=total,
                messages_within_10_secs=total - slow,
                created_at=demo.now,
            )
        )
    FactProcessingTime.objects.bulk_create(rows)
