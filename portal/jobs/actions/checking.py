"""Checking a file of recipients, with what the API knows of it and of the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from portal.billing.actions import known_usage, letter_rate_table
from portal.clients import (
    job_api_client,
    service_api_client,
    sms_rate_api_client,
    user_api_client,
)
from portal.jobs.uploads import Upload
from portal.jobs.verdicts import Verdict, verdict_on
from portal.messages.recipients import Limits
from portal.messages.templates import MessageTemplate
from portal.notifications.limits import limits_of
from portal.remote.errors import HTTPError
from portal.remote.parallel import together
from portal.services.models import Service
from portal.services.months import financial_year


@dataclass(frozen=True)
class Checked:
    """A file with the verdict on it, and what the service may send.

    `rate` is what a part of a text message costs in pounds; None where that is not known.
    `is_free_used_up` says that every text message costs from now on, as far as is known.
    `letter_rates` are what a letter costs by its postage and its number of sheets.
    """

    verdict: Verdict
    limits: Limits
    was_sent_before: bool
    rate: float | None = None
    is_free_used_up: bool = False
    letter_rates: Mapping[str, Mapping[int, Decimal]] = field(default_factory=dict)

    @property
    def is_over_allowance(self) -> bool:
        """Whether the file is more than what is left of today's allowance."""
        verdict, limits = self.verdict, self.limits
        abroad = limits.remaining_international_sms
        return (
            limits.remaining_messages is not None
            and verdict.row_count > limits.remaining_messages
        ) or (abroad is not None and verdict.international_count > abroad)

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the file from being sent."""
        return self.verdict.has_errors or self.is_over_allowance


def check_upload(
    *, service: Service, message: MessageTemplate, upload: Upload, version: int
) -> Checked:
    """Check a file, or take the verdict that is kept.

    What the API knows of earlier sends, of the team and of the rate is read meanwhile.
    """
    pk, kind = str(service.pk), message.kind
    before, team, rates, sent, abroad = together(
        lambda: job_api_client.has_sent_previously(
            pk, upload.template_id, version, upload.name
        ),
        lambda: _team(service),
        lambda: _rates(kind),
        lambda: _sent_today(pk, kind),
        lambda: service_api_client.get_notification_count(pk, "international_sms"),
    )
    limits = limits_of(
        service,
        kind,
        sent_today=sent,
        # Where nobody counts them, more than a day's limit is too many all the same.
        sent_abroad_today=(abroad or 0) if kind == "sms" else None,
        team=team,
    )
    rate, letter_rates = rates
    return Checked(
        verdict_on(upload, message, limits),
        limits,
        bool(before),
        rate,
        is_free_used_up=kind == "sms" and _is_free_used_up(service),
        letter_rates=letter_rates,
    )


def limits_for(service: Service, kind: str) -> Limits:
    """Return the limits that rows are checked by, whatever was sent today."""
    return limits_of(service, kind, team=_team(service))


def _sent_today(service_id: str, kind: str) -> int | None:
    """Return how many messages count against today's limit; None where nobody says.

    The API's own count in Redis, else GET /service/<id>/statistics of today alone.
    """
    counted = service_api_client.get_notification_count(service_id, kind)
    if counted is not None:
        return counted
    try:
        today = service_api_client.get_service_statistics(service_id, limit_days=0)
        return int(today[kind]["requested"])
    except HTTPError:
        # The API refuses what is too much; the file can be checked without it.
        return None


def _rates(kind: str) -> tuple[float | None, dict[str, dict[int, Decimal]]]:
    """Return what a part of a text message costs, or letters do, in pounds.

    GET /sms-rate/ or /letter-rates/; e-mails cost nothing.
    """
    try:
        if kind == "sms":
            return float(sms_rate_api_client.get_sms_rate()["rate"]), {}
        if kind == "letter":
            return None, letter_rate_table()
    except HTTPError:
        # The file can be checked and sent without it.
        pass
    return None, {}


def _is_free_used_up(service: Service) -> bool:
    """Whether no text message is free any more, by what is known without a call."""
    year = financial_year(timezone.localdate())
    usage = known_usage(service_id=service.pk, year=year)
    return usage is not None and usage.is_free_used_up


def _team(service: Service) -> list[str]:
    """Return whom a service in trial mode may send to."""
    if not service.restricted:
        return []
    people = user_api_client.get_users_for_service(str(service.pk))
    return [
        recipient
        for person in people
        for recipient in (person["email_address"], person["mobile_number"])
        if recipient
    ]
