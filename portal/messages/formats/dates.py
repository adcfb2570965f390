"""Moments as people read them: on the clocks of London, in plain words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as django_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONDON = ZoneInfo("Europe/London")
_WELSH_MONTHS = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
]
_MINUTE, _HOUR, _DAYS_IN_MONTH, _DAYS_IN_YEAR = 60, 3600, 30.5, 365

Moment = str | datetime


def london(moment: Moment) -> datetime:
    """Return a moment on the clocks of London; the API's clock readings are in UTC.

    An offset that is written with a text is ignored, as the platform ignores it.
    """
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(LONDON)


def day(moment: Moment | date) -> str:
    """1 July 2024"""
    return _written(moment, "j F Y")


def month(moment: Moment | date) -> str:
    """July 2024"""
    return _written(moment, "F Y")


def second(moment: Moment) -> str:
    """1 July 2024, 10:30:05"""
    return _written(moment, "j F Y, H:i:s")


def day_with_weekday(moment: Moment) -> str:
    """Monday 01 July 2024"""
    return _written(moment, "l d F Y")


def day_without_year(moment: Moment) -> str:
    """1 July"""
    return _written(moment, "j F")


def weekday(moment: Moment) -> str:
    """Monday"""
    return _written(moment, "l")


def iso_day(moment: Moment) -> str:
    """2024-07-01"""
    return london(moment).strftime("%Y-%m-%d")


def iso_minute(moment: Moment) -> str:
    """2024-07-01 10:30"""
    return f"{iso_day(moment)} {clock(moment)}"


def iso_second(moment: Moment) -> str:
    """2024-07-01 10:30:05"""
    return london(moment).strftime("%Y-%m-%d %H:%M:%S")


def clock(moment: Moment) -> str:
    """10:30"""
    return london(moment).strftime("%H:%M")


def hour(moment: Moment) -> str:
    """10:30am, midday, midnight"""
    local = london(moment)
    if local.minute == 0 and local.hour in (0, 12):
        return _("midday") if local.hour else _("midnight")
    half = "pm" if local.hour >= 12 else "am"
    return f"{local.hour % 12 or 12}:{local.minute:02}{half}"


def at(written_day: str, moment: Moment, *, separator: str = "") -> str:
    """Put a day and an hour together: "1 July 2024 at 10:30am"."""
    return f"{written_day} {separator or _('at')} {hour(moment)}"


def relative_day(
    moment: Moment,
    *,
    before: str = "",
    with_weekday: bool = False,
    now: datetime | None = None,
) -> str:
    """Return today, yesterday, tomorrow or a day, with its year if that is another.

    Midnight belongs to the day that it ends. `before` is a word to put before a day that
    has no name, as in "on 1 July".
    """
    written = (london(moment) - timedelta(minutes=1)).date()
    today = _now(now).date()
    if name := _near_days().get((written - today).days):
        return name
    pattern = ("l " if with_weekday else "") + "j F"
    if written.year != today.year:
        pattern += " Y"
    return " ".join(filter(None, [before, django_format(written, pattern)]))


def relative_moment(moment: Moment, *, now: datetime | None = None) -> str:
    """yesterday at 10:30am"""
    return at(relative_day(moment, now=now), moment)


def moment_in_sentence(
    moment: Moment,
    *,
    before: str | None = None,
    separator: str = "",
    now: datetime | None = None,
) -> str:
    """on 1 July at 10:30am; other words may stand before the day and the hour."""
    written = relative_day(
        moment, before=_("on") if before is None else before, now=now
    )
    return at(written, moment, separator=separator)


def ago(moment: Moment, *, now: datetime | None = None) -> str:
    """Return how long ago something was, as roughly as people would say it."""
    passed = _now(now) - london(moment)
    if passed < timedelta(seconds=30):
        return _("just now")
    if passed < timedelta(seconds=60):
        return _("in the last minute")
    return _with_direction(passed)


def days_ago(moment: Moment, *, before: str = "", now: datetime | None = None) -> str:
    """Return today, yesterday, or how long ago something was."""
    days = (london(moment).date() - _now(now).date()).days
    if days in (0, -1):
        return _near_days()[days]
    return before + _with_direction(_now(now) - london(moment))


def roughly(length: timedelta, *, in_words: bool = False) -> str:
    """Return a length of time in one or two units; `in_words` has "a month" for one."""
    length = abs(length)
    years, days = divmod(length.days, _DAYS_IN_YEAR)
    months = round(days / _DAYS_IN_MONTH)
    if length.days < 1:
        return _part_of_day(length.seconds, in_words)
    if years == 0:
        if months == 0:
            return _one(_("a day"), days, in_words) or _days(days)
        return _one(_("a month"), months, in_words) or _months_or_year(months, in_words)
    if years > 1 or months == 12:
        return _years(round(length.days / _DAYS_IN_YEAR))
    if months:
        return f"{_years(1)}, {_months(months)}"
    return (
        f"{_years(1)}, {_days(days)}"
        if days
        else _one(_("a year"), 1, in_words) or _years(1)
    )


def data_left(moment: Moment, *, days: int, now: datetime | None = None) -> str:
    """Say for how long what was sent at a moment can still be seen."""
    made = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
    start = made.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    left = start + timedelta(days=days + 1) - _now(now)
    if left <= timedelta(0):
        return _("Data no longer available")
    return _("Data available for %(time)s") % {"time": _largest_unit(left)}


def retention_period(weeks: int) -> str:
    """Say for how long messages are kept after sending."""
    kept = ngettext(
        "%(weeks)s week after sending", "%(weeks)s weeks after sending", weeks
    ) % {"weeks": weeks}
    if weeks <= 8:
        return kept
    about = roughly(timedelta(weeks=weeks), in_words=True)
    return _("%(kept)s (about %(time)s)") % {"kept": kept, "time": about}


def date_of_letter(moment: Moment | None, *, is_welsh: bool = False) -> str:
    """Return the date that is printed on a letter, today's if there is none."""
    local = london(moment or timezone.now())
    if is_welsh:
        return f"{local.day} {_WELSH_MONTHS[local.month - 1]} {local.year}"
    return f"{local.day} {local.strftime('%B')} {local.year}"


def _now(now: datetime | None) -> datetime:
    return now or timezone.now()


def _written(moment: Moment | date, pattern: str) -> str:
    if isinstance(moment, str | datetime):
        moment = london(moment)
    return django_format(moment, pattern)


def _near_days() -> dict[int, str]:
    return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}


def _with_direction(passed: timedelta) -> str:
    if not int(abs(passed).total_seconds()):
        return _("now")
    template = _("%(time)s ago") if passed >= timedelta(0) else _("%(time)s from now")
    return template % {"time": roughly(passed)}


def _part_of_day(seconds: int, in_words: bool) -> str:
    minutes, hours = round(seconds / _MINUTE), round(seconds / _HOUR)
    if seconds < _MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if minutes < 60:
        return _one(_("a minute"), minutes, in_words) or _minutes(minutes)
    if hours < 24:
        return _one(_("an hour"), hours, in_words) or _hours(hours)
    return _one(_("a day"), 1, in_words) or _days(1)


def _months_or_year(months: int, in_words: bool) -> str:
    if months < 12:
        return _months(months)
    return _one(_("a year"), 1, in_words) or _years(1)


def _largest_unit(length: timedelta) -> str:
    years, days = divmod(length.days, _DAYS_IN_YEAR)
    if years:
        return _years(years)
    if days:
        return _days(days)
    if length.seconds >= _HOUR:
        return _hours(length.seconds // _HOUR)
    if length.seconds >= _MINUTE:
        return _minutes(length.seconds // _MINUTE)
    return _part_of_day(length.seconds, in_words=False)


def _one(words: str, count: int, in_words: bool) -> str:
    return words if in_words and count == 1 else ""


def _minutes(count: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": count}


def _hours(count: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", count) % {"n": count}


def _days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def _months(count: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", count) % {"n": count}


def _years(count: int) -> str:
    return ngettext("%(n)s year", "%(n)s years", count) % {"n": count}
