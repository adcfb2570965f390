"""Lists of messages: filters, search, pages."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.notifications.models import Notification
from portal.sandbox import clock
from portal.sandbox.http import body
from portal.sandbox.lookups import ContainsInAnyCase
from portal.sandbox.refusals import NO_SUCH_URL, Refusal
from portal.sandbox.rules.figures import LONGEST_AGO, midnight
from portal.sandbox.rules.loading import (
    Complaint,
    Field,
    boolean,
    identifier,
    integer,
    load,
    text,
)

PAGE_SIZE = 50
SENDING = ["created", "pending", "pending-virus-check", "sending"]
FAILED = [
    "technical-failure",
    "temporary-failure",
    "permanent-failure",
    "validation-failed",
    "virus-scan-failed",
    "returned-letter",
]
GROUPS = {
    "failed": FAILED,
    "accepted": ["created", "sending"],
    "received": ["delivered"],
}


def positive(value: Any) -> int:
    """Read a whole number above 0."""
    number = integer(value)
    if number < 1:
        raise Complaint("Not a positive integer")
    return number


def texts(value: Any) -> list[str]:
    """Read one text or several."""
    return [str(item) for item in (value if isinstance(value, list) else [value])]


FIELDS = {
    "template_type": Field(texts, null=True),
    "status": Field(texts, null=True),
    "page": Field(positive, null=True),
    "page_size": Field(positive, null=True),
    "limit_days": Field(integer, null=True),
    "include_jobs": Field(boolean),
    "include_from_test_key": Field(boolean),
    "include_one_off": Field(boolean),
    "count_pages": Field(boolean),
    "format_for_csv": Field(boolean),
    "older_than": Field(identifier, null=True),
    "to": Field(text(), null=True),
}
SEVERAL = ("template_type", "status")


@dataclass
class Filters:
    """What a caller asks for."""

    given: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        """Read the query, or the body of a POST."""
        if request.method == "POST":
            return cls(load(body(request), FIELDS))
        return cls.of_query(request)

    @classmethod
    def of_query(cls, request: HttpRequest) -> Filters:
        """Read the query, whatever the method."""
        query: dict[str, Any] = dict(request.GET.items())
        for name in SEVERAL:
            if name in query:
                query[name] = request.GET.getlist(name)
        return cls(load(query, FIELDS))

    def only(self, *names: str) -> Filters:
        """These filters and no others."""
        return Filters({name: self.given.get(name) for name in names})

    def get(self, name: str, default: Any = None) -> Any:
        """A value, or the default where there is none."""
        value = self.given.get(name)
        return default if value is None else value

    @property
    def page(self) -> int:
        return int(self.get("page", 1))

    @property
    def page_size(self) -> int:
        return int(self.get("page_size", PAGE_SIZE))

    @property
    def statuses(self) -> list[str]:
        """The statuses asked for, with names of groups replaced by what they stand for."""
        return [
            status
            for name in self.get("status", [])
            for status in GROUPS.get(name, [name])
        ]

    def apply(self, rows: QuerySet[Notification]) -> QuerySet[Notification]:
        """Filter by channel, status, age and origin."""
        if kinds := self.get("template_type"):
            rows = rows.filter(notification_type__in=kinds)
        if self.statuses:
            rows = rows.filter(status__in=self.statuses)
        if (days := self.get("limit_days")) is not None:
            rows = rows.filter(created_at__gte=days_ago(days))
        if not self.get("include_from_test_key", False):
            rows = rows.exclude(key_type="test")
        if not self.get("include_jobs", True):
            rows = rows.filter(job__isnull=True)
        if not self.get("include_one_off", True):
            rows = rows.filter(created_by__isnull=True)
        return rows


def days_ago(days: int) -> datetime.datetime:
    """The beginning of the day so many days ago."""
    return midnight(clock.today() - datetime.timedelta(days=min(days, LONGEST_AGO)))


def listed(service_id: uuid.UUID, filters: Filters) -> QuerySet[Notification]:
    """A service's messages, the newest first."""
    rows: QuerySet[Notification] = Notification.objects.filter(service_id=service_id)
    if key := filters.get("older_than"):
        rows = _older(rows, key)
    return filters.apply(rows).order_by("-created_at", "-id")


def searched(service_id: uuid.UUID, filters: Filters) -> QuerySet[Notification]:
    """A service's messages whose recipient or reference contains a text."""
    term, kinds = filters.get("to", ""), filters.get("template_type", [])
    kind = kinds[0] if kinds else None
    wanted = Filters({"status": filters.get("status"), "template_type": kinds[:1]})
    rows: QuerySet[Notification] = Notification.objects.filter(
        Q(normalised_to__contains=normalised_term(term, kind))
        | Q(ContainsInAnyCase(F("client_reference"), term)),
        service_id=service_id,
    )
    return wanted.apply(rows).order_by("-created_at", "-id")


def normalised_term(term: str, kind: str | None) -> str:
    """A search term in the form in which recipients of a channel are kept."""
    if kind == "sms":
        return "".join(c for c in term if c not in "() -").lstrip("+0")
    if kind == "email":
        try:
            return parse_email_address(term).lower()
        except InvalidEmailAddress:
            return term.lower()
    return "".join(term.split()).lower()


def _older(rows: QuerySet[Notification], key: uuid.UUID) -> QuerySet[Notification]:
    found = Notification.objects.filter(pk=key).values_list("created_at", flat=True)
    moment = found.first()
    if moment is None:
        return rows.none()
    return rows.filter(
        Q(created_at__lt=moment) | Q(created_at=moment, id__lt=key),
        # Redundant, but a range that an index can serve.
        created_at__lte=moment,
    )


def paged(
    rows: QuerySet[Any], page: int, size: int, *, strict: bool = True
) -> tuple[list[Any], dict[str, bool]]:
    """One page and its neighbours, without counting; past the end is not found."""
    if page < 1:
        raise Refusal(NO_SUCH_URL, 404)
    start = (page - 1) * size
    # The keys first, which an index has, so that what comes before is not read at all.
    keys = rows.values("pk")[start : start + size + 1]
    found = list(rows.filter(pk__in=keys))
    if strict and not found and page > 1:
        raise Refusal(NO_SUCH_URL, 404)
    links = {}
    if page > 1:
        links["prev"] = True
    if len(found) > size:
        links["next"] = True
    return found[:size], links
