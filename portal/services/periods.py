"""The spans of time that a dashboard can show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from portal.services.dashboard import DAYS
from portal.services.months import APRIL, financial_year


@dataclass(frozen=True)
class Period:
    """A span that ends now; ``limit_days`` is how the API's figures of some days name it.

    The API counts months and financial years elsewhere, by the month.
    """

    name: str
    text: Any
    title: Any
    limit_days: int | None = None

    def first_day(self, today: datetime.date) -> datetime.date:
        """The day on which it begins."""
        if self.limit_days is not None:
            return today - datetime.timedelta(days=self.limit_days)
        first = today.replace(day=1)
        if self.name == "month":
            return first
        return datetime.date(financial_year(today), APRIL, 1)

    def list_query(self, today: datetime.date, **asked: str) -> str:
        """The end of the address of a list of messages that is narrowed to it.

        Without a first day such a list is of the last days.
        """
        if self.limit_days != DAYS:
            asked["first_day"] = self.first_day(today).isoformat()
        return f"?{urlencode(asked)}" if asked else ""


TODAY: Final = Period("today", gettext_lazy("Today"), gettext_lazy("Today"), 0)
WEEK: Final = Period(
    "week", gettext_lazy("Last 7 days"), gettext_lazy("In the last 7 days"), DAYS
)
MONTH: Final = Period("month", gettext_lazy("This month"), gettext_lazy("This month"))
YEAR: Final = Period(
    "year", gettext_lazy("This financial year"), gettext_lazy("This financial year")
)
PERIODS: Final = {period.name: period for period in (TODAY, WEEK, MONTH, YEAR)}


def period_of(asked: str) -> Period:
    """The period that is asked for by its name; the last days if none is."""
    return PERIODS.get(asked, WEEK)


def period_tabs(path: str, current: Period) -> list[dict[str, Any]]:
    """Links to the same page for each period."""
    return [
        {
            "text": period.text,
            "id": f"period-{name}",
            "url": path if period == WEEK else f"{path}?period={name}",
            "current": period == current,
        }
        for name, period in PERIODS.items()
    ]
