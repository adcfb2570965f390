"""What a service sent month by month, and with which templates."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.kept import Kept
from portal.notifications.statuses import DELIVERED, FAILED, UNCOUNTED
from portal.services.dashboard import (
    KINDS,
    Channel,
    TemplateUse,
    uses_of,
)

APRIL = 4
YEARS_SHOWN = 3


def financial_year(day: datetime.date) -> int:
    """The year in which the financial year of a day began."""
    return day.year if day.month >= APRIL else day.year - 1


def years_to_show() -> list[int]:
    """The financial years that pages offer, this one first."""
    newest = financial_year(timezone.localdate())
    return [newest - back for back in range(YEARS_SHOWN)]


def year_tabs(path: str, asked: str) -> tuple[int, list[dict[str, Any]]]:
    """The financial year that is asked for, this one if none is, and links to the others."""
    years = years_to_show()
    year = {str(y): y for y in years}.get(asked, years[0])
    return year, [
        {
            "text": _("%(from)s to %(to)s") % {"from": y, "to": y + 1},
            "url": f"{path}?year={y}",
            "current": y == year,
        }
        for y in years
    ]


@dataclass(frozen=True)
class Year:
    """What the API counts of a financial year by month, the newest month first.

    ``as_of`` tells when it was asked; a year that ``is_old`` is being counted anew.
    """

    year: int
    months: list[Month]
    template_months: list[TemplateMonth]
    as_of: datetime.datetime
    is_old: bool = False

    @classmethod
    def read(cls, year: int, kept: Kept) -> Year:
        """Read what was kept of the API's two answers."""
        return cls(
            year=year,
            months=months_of(kept.value["months"]),
            template_months=template_months_of(kept.value["templates"]),
            as_of=kept.as_of,
            is_old=kept.is_old,
        )

    @property
    def most_sent(self) -> int:
        """The length of the longest bar of a month."""
        return max((month.requested for month in self.months), default=0)

    def since(self, first: datetime.date) -> Year:
        """The part of the year from a month on."""
        return replace(
            self,
            months=[m for m in self.months if m.first_day >= first],
            template_months=[m for m in self.template_months if m.first_day >= first],
        )

    @property
    def channels(self) -> list[Channel]:
        """All its months together, by kind of message."""
        return [
            Channel(
                kind,
                *(
                    sum(getattr(c, name) for m in self.months for c in m.of(kind))
                    for name in ("requested", "delivered", "failed")
                ),
            )
            for kind in KINDS
        ]

    @property
    def uses(self) -> list[TemplateUse]:
        """The templates used in all its months, the most used first."""
        return uses_of(
            [
                {
                    "template_id": use.template_id,
                    "template_name": use.name,
                    "template_type": use.kind,
                    "count": use.count,
                }
                for month in self.template_months
                for use in month.uses
            ]
        )


@dataclass(frozen=True)
class Month:
    """What was sent in one month, by channel."""

    first_day: datetime.date
    channels: list[Channel]

    @property
    def requested(self) -> int:
        """How many messages of all kinds were sent."""
        return sum(channel.requested for channel in self.channels)

    def of(self, kind: str) -> list[Channel]:
        """What was sent of one kind."""
        return [channel for channel in self.channels if channel.kind == kind]

    @property
    def sent(self) -> dict[str, int]:
        """How many messages were sent, by kind."""
        return {channel.kind: channel.requested for channel in self.channels}


@dataclass(frozen=True)
class TemplateMonth:
    """Which templates were used in one month, most used first."""

    first_day: datetime.date
    uses: list[TemplateUse]

    @property
    def most_used(self) -> int:
        """The length of the longest bar."""
        return max((use.count for use in self.uses), default=0)


def months_of(data: dict[str, dict[str, dict[str, int]]]) -> list[Month]:
    """Read ``{"2026-04": {"sms": {"delivered": 3, …}, …}, …}``, the newest first."""
    return [
        Month(
            datetime.date.fromisoformat(f"{name}-01"),
            [channel_of(kind, channels.get(kind, {})) for kind in KINDS],
        )
        for name, channels in sorted(data.items(), reverse=True)
    ]


def channel_of(kind: str, statuses: dict[str, int]) -> Channel:
    """Add up the statuses of one kind of message."""
    return Channel(
        kind,
        requested=sum(statuses.values()) - total(statuses, UNCOUNTED),
        delivered=total(statuses, DELIVERED),
        failed=total(statuses, FAILED),
    )


def total(statuses: dict[str, int], wanted: Collection[str]) -> int:
    """Add up some of the statuses."""
    return sum(count for status, count in statuses.items() if status in wanted)


def template_months_of(rows: list[dict[str, Any]]) -> list[TemplateMonth]:
    """Read ``[{"template_id", "name", "type", "month", "year", "count"}]``, the newest first."""
    by_month: dict[datetime.date, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        first = datetime.date(int(row["year"]), int(row["month"]), 1)
        by_month[first].append(
            {
                "template_id": row["template_id"],
                "template_name": row["name"],
                "template_type": row["type"],
                "is_precompiled_letter": row.get("is_precompiled_letter", False),
                "count": row["count"],
            }
        )
    return [
        TemplateMonth(first, uses_of(found))
        for first, found in sorted(by_month.items(), reverse=True)
    ]
