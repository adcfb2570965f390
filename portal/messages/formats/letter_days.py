"""When a letter is printed and delivered: working days of printers and of the post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.messages.formats.dates import LONDON, day_without_year, london

# Letters made by then are printed on the next working day.
_DEADLINE_HOUR, _DEADLINE_MINUTE = 17, 30
_UNTIL_MIDNIGHT = timedelta(hours=6, minutes=30)
_PRINTED_HOUR, _DELIVERED_HOUR = 15, 16
_CANCELLABLE = {"created", "pending-virus-check"}
# Days between printing and delivery, the fewest and the most.
_DAYS_IN_POST = {
    "first": (0, 0),
    "second": (3, 4),
    "economy": (3, 6),
    "europe": (3, 5),
    "rest-of-world": (5, 7),
}
_SATURDAY, _SUNDAY = 5, 6
# Holidays of one year only, and those that a year moved.
_EXTRA_HOLIDAYS = {
    date(2020, 5, 8),
    *(date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)),
    date(2023, 5, 8),
}
_MOVED_HOLIDAYS = {date(2020, 5, 4), date(2022, 5, 30)}

IsWorkingDay = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class LetterDays:
    """When a letter is printed, and between which moments it arrives; in UTC."""

    print_by: datetime
    earliest: datetime
    latest: datetime

    def is_printed(self, now: datetime | None = None) -> bool:
        """Say whether the letter has been printed by now."""
        return (now or timezone.now()) > self.print_by

    @classmethod
    def of(cls, made_at: str | datetime, postage: str) -> LetterDays:
        """Work out the days of a letter; `postage` is a class of post or a zone."""
        local = london(made_at) + _UNTIL_MIDNIGHT
        printed = _working_day_after(local, is_printing_day, 1)
        delivers = is_first_class_day if postage == "first" else is_post_day
        earliest, latest = (
            _working_day_after(printed, delivers, 1 + days)
            for days in _DAYS_IN_POST[postage]
        )
        return cls(
            _at(printed, _PRINTED_HOUR),
            _at(earliest, _DELIVERED_HOUR),
            _at(latest, _DELIVERED_HOUR),
        )


def is_printing_day(day: date) -> bool:
    """Say whether letters are printed on a day."""
    return day.weekday() < _SATURDAY and not is_bank_holiday(day)


def is_first_class_day(day: date) -> bool:
    """Say whether first class post is delivered on a day."""
    return day.weekday() < _SUNDAY and not is_bank_holiday(day)


def is_post_day(day: date) -> bool:
    """Say whether all other post is delivered on a day."""
    return is_printing_day(day)


def is_bank_holiday(day: date) -> bool:
    """Say whether a day is a bank holiday in England and Wales."""
    return day in _bank_holidays(day.year)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    christmas = date(year, 12, 25)
    holidays = {
        _weekday_from(date(year, 1, 1)),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        _weekday_from(christmas),
        _weekday_from(max(_weekday_from(christmas), christmas) + timedelta(days=1)),
    }
    extra = {day for day in _EXTRA_HOLIDAYS if day.year == year}
    return frozenset((holidays - _MOVED_HOLIDAYS) | extra)


def _weekday_from(day: date) -> date:
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _easter(year: int) -> date:
    """Return Easter Sunday, by the rule of the Gregorian calendar."""
    century = year // 100
    golden = year % 19
    leap = century - century // 4 - (century - (century - 17) // 25) // 3
    epact = (leap + 19 * golden + 15) % 30
    epact -= (
        epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
    )
    sunday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - sunday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def _working_day_after(
    start: datetime, is_working: IsWorkingDay, days: int
) -> datetime:
    while days:
        start += timedelta(days=1)
        days -= is_working(start.date())
    return start


def _at(moment: datetime, hour: int) -> datetime:
    local = moment.astimezone(LONDON).replace(hour=hour, minute=0)
    return local.astimezone(UTC)


def can_cancel(
    status: str, made_at: str | datetime, now: datetime | None = None
) -> bool:
    """Say whether a letter has not gone to the printers yet."""
    if status not in _CANCELLABLE:
        return False
    local_now, made = london(now or timezone.now()), london(made_at)
    days = (local_now.date() - made.date()).days
    deadline_of_now, deadline_of_day = _deadline(local_now), _deadline(made)
    is_past = (local_now.hour, local_now.minute) >= (_DEADLINE_HOUR, _DEADLINE_MINUTE)
    return not (
        (is_past and made <= deadline_of_now)
        or (days > 0 and made <= deadline_of_day)
        or days > 1
    )


def printing_statement(
    status: str, made_at: str | datetime, now: datetime | None = None
) -> str:
    """Say when a letter is printed, or was."""
    now = now or timezone.now()
    made = london(made_at)
    if can_cancel(status, made_at, now):
        if made < _deadline(london(now)):
            return _("Printing starts today at 5:30pm")
        return _("Printing starts tomorrow at 5:30pm")
    printed = made + _UNTIL_MIDNIGHT
    days = (now.date() - printed.date()).days
    if days == 0:
        return _("Printed today at 5:30pm")
    if days == 1:
        return _("Printed yesterday at 5:30pm")
    return _("Printed on %(day)s at 5:30pm") % {"day": day_without_year(printed)}


def _deadline(moment: datetime) -> datetime:
    return moment.replace(hour=_DEADLINE_HOUR, minute=_DEADLINE_MINUTE)
