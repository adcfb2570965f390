"""Reading what a service sent, by what the API can be asked, and looking through the rest."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from portal.clients import (
    api_key_api_client,
    job_api_client,
    notification_api_client,
    service_api_client,
)
from portal.message_templates.actions import load_listed
from portal.notifications import statuses
from portal.notifications.filters import DEFAULT_DAYS, SentFilters
from portal.notifications.lines import NotificationLine
from portal.remote.answers import reading
from portal.remote.errors import NotFound
from portal.remote.parallel import together
from portal.services.models import Service

PAGE_SIZE: Final = 50
# So many messages are looked through for one page where the API cannot be asked.
WINDOW: Final = 250
# How people write phone numbers, and from how many digits on it can be nothing else.
NUMBER: Final = re.compile(r"\+?[\d ()-]+")
WHOLE_NUMBER: Final = 10
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class SentPage:
    """One page of sent messages, with the figures of its filters where they apply.

    ``looked_through`` says among how many messages those of the page were found, None
    where the API found them; ``back_to`` when the oldest of those was made.
    """

    number: int
    lines: list[NotificationLine]
    has_next: bool
    figures: dict[str, int] = field(default_factory=dict)
    looked_through: int | None = None
    back_to: datetime.datetime | None = None

    @property
    def is_beyond(self) -> bool:
        """Whether the list ends before this page."""
        return self.number > 1 and not self.lines and not self.looked_through

    @property
    def is_full(self) -> bool:
        """Whether it has as many lines as the API gives at once."""
        return len(self.lines) >= PAGE_SIZE

    @property
    def can_change(self) -> bool:
        """Whether anything on the page is still under way, and cheap enough to read often."""
        looked = self.looked_through is not None
        return not looked and any(line.can_change for line in self.lines)


@dataclass(frozen=True)
class Asked:
    """What a list of sent messages is asked for."""

    kind: str | None = None
    status: str = ""
    sought: str = ""
    page: int = 1
    filters: SentFilters = field(default_factory=SentFilters)


def list_sent(*, service: Service, asked: Asked) -> SentPage:
    """Read a page of what was sent, and with it the figures where there is no filter."""
    pk = str(service.pk)
    if asked.filters.looks_through:
        return look_through(service=service, asked=asked)
    if asked.filters.narrow:
        answer, figures = read_page(pk, asked, asked.page, PAGE_SIZE), {}
    else:
        answer, statistics = together(
            lambda: read_page(pk, asked, asked.page, PAGE_SIZE),
            lambda: service_api_client.get_service_statistics(
                pk, limit_days=DEFAULT_DAYS
            ),
        )
        figures = figures_of(statistics, asked.kind)
    return SentPage(
        number=asked.page,
        lines=lines_of(answer),
        figures=figures,
        has_next=bool(answer["links"].get("next")),
    )


def look_through(*, service: Service, asked: Asked) -> SentPage:
    """Read some of what was sent, and keep what is asked for; the rest is on the next page."""
    pk, filters = str(service.pk), asked.filters
    skipped = pages_after(pk, asked)
    answer = read_page(pk, asked, skipped + asked.page, WINDOW)
    lines = lines_of(answer)
    if skipped and not begins_after(lines, asked):
        # The count was of more than the list has: begin where nothing can be missed.
        answer = read_page(pk, asked, asked.page, WINDOW)
        lines = lines_of(answer)
    return SentPage(
        number=asked.page,
        lines=[line for line in lines if filters.holds(line)],
        has_next=bool(answer["links"].get("next")),
        looked_through=len(lines),
        back_to=lines[-1].created_at if lines else None,
    )


def pages_after(service_id: str, asked: Asked) -> int:
    """Count the pages of messages that are too new, where the API can be asked for that."""
    days = asked.filters.days_after
    if not days or asked.status or asked.sought or asked.filters.job:
        return 0
    newer = notification_api_client.get_notifications_count_for_service(
        service_id, asked.kind, days
    )
    with reading():
        return max(0, int(newer) - 1) // WINDOW


def begins_after(lines: list[NotificationLine], asked: Asked) -> bool:
    """Whether the first page looked through begins with a message that is too new."""
    last = asked.filters.last_day
    if asked.page > 1 or last is None:
        return True
    return bool(lines) and timezone.localtime(lines[0].created_at).date() > last


def read_page(service_id: str, asked: Asked, number: int, size: int) -> dict[str, Any]:
    """Read a page; one beyond the last, which the API does not find, has no lines."""
    return or_nothing(
        lambda: notification_api_client.get_notifications_for_service(
            service_id,
            job_id=asked.filters.job or None,
            template_type=asked.kind,
            status=statuses.chosen(asked.status),
            page=number,
            page_size=size,
            limit_days=asked.filters.days,
            to=term_of(asked) or None,
        )
    )


def term_of(asked: Asked) -> str:
    """What the API is asked to look for: it knows phone numbers by kind of message only.

    Among all kinds it looks for the digits as they are kept, 447700900123, so that
    07700 900123 would be found nowhere.
    """
    term = asked.sought
    if asked.kind or not NUMBER.fullmatch(term):
        return term
    digits = re.sub(r"\(0\)|\D", "", term)
    if digits != term.lstrip("+") and len(digits) < WHOLE_NUMBER:
        # Dashes and spaces may be those of a reference or of an address.
        return term
    return digits.lstrip("0") or term


def or_nothing(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Read a page; none where the API finds none."""
    try:
        return read()
    except NotFound:
        return {"notifications": [], "links": {}}


def lines_of(answer: dict[str, Any]) -> list[NotificationLine]:
    """Read the messages of a page."""
    return [NotificationLine(row) for row in answer["notifications"]]


def figures_of(
    statistics: dict[str, dict[str, int]], kind: str | None
) -> dict[str, int]:
    """Add up the figures of one kind of message, or of all."""
    rows = [row for name, row in statistics.items() if kind in (None, name)]
    requested = sum(row["requested"] for row in rows)
    delivered = sum(row["delivered"] for row in rows)
    failed = sum(row["failed"] for row in rows)
    return {
        "": requested,
        "sending": max(0, requested - delivered - failed),
        "delivered": delivered,
        "failed": failed,
    }


@dataclass(frozen=True)
class FilterChoices:
    """What a list can be narrowed to: templates and files by id, API keys by name."""

    templates: Choices
    keys: Choices
    jobs: Choices


def load_filter_choices(*, service: Service) -> FilterChoices:
    """Read what a service's list of sent messages can be narrowed to, side by side."""
    pk = str(service.pk)
    templates, keys, jobs = together(
        lambda: load_listed(service=service),
        lambda: api_key_api_client.get_api_keys(pk),
        lambda: job_api_client.get_page_of_jobs(pk, page=1),
    )
    with reading():
        names = {key["name"] for key in keys["apiKeys"]}
        named = {str(template.pk): str(template.name) for template in templates}
        return FilterChoices(
            templates=sorted(named.items(), key=lambda pair: pair[1].casefold()),
            keys=[(name, name) for name in sorted(names, key=str.casefold)],
            jobs=[(job["id"], job["original_file_name"]) for job in jobs["data"]],
        )
