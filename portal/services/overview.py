"""The figures of many services side by side: looked for, sorted, put under organisations."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.json_answers import moment
from portal.services.allowances import LIMITS, Allowance
from portal.services.dashboard import Channel
from portal.services.hints import Hints


@dataclass(frozen=True)
class Brief:
    """A service as lists of them know it; ``is_shown`` is whether its figures may be seen."""

    id: str
    name: str
    organisation: str
    is_trial: bool
    is_active: bool
    is_open: bool
    is_shown: bool


@dataclass(frozen=True)
class ServiceLine:
    """A service with its last figures; those without ``as_of`` are not yet known."""

    brief: Brief
    channels: Collection[Channel] = ()
    hints: Hints | None = None
    as_of: datetime.datetime | None = None

    @property
    def is_missing(self) -> bool:
        """Whether its figures may be seen, and are not yet known."""
        return self.brief.is_shown and self.as_of is None

    def _sent(self, kind: str) -> int | None:
        if self.as_of is None:
            return None
        return sum(c.requested for c in self.channels if c.kind == kind)

    @property
    def sent(self) -> dict[str, int | None]:
        """How many messages were sent in the last days, by kind; None is not known."""
        return {kind: self._sent(kind) for kind in ("email", "sms", "letter")}

    @property
    def requested(self) -> int:
        """How many messages of all kinds were sent."""
        return sum(channel.requested for channel in self.channels)

    @property
    def failed(self) -> int | None:
        """How many messages of all kinds failed."""
        if self.as_of is None:
            return None
        return sum(channel.failed for channel in self.channels)

    @property
    def failure_rate(self) -> float:
        """The share that failed, from 0 to 1."""
        return (self.failed or 0) / self.requested if self.requested else 0.0

    @property
    def waiting(self) -> int | None:
        """How many files wait for their time."""
        return self.hints.scheduled.count if self.hints else None

    @property
    def received(self) -> int | None:
        """How many text messages came in; None also where nobody can text the service."""
        return self.hints.received.count if self.hints and self.hints.received else None

    @property
    def warnings(self) -> list[str]:
        """What somebody should look at, in words."""
        found = [
            _("High failure rate of %(what)s.") % {"what": channel.label}
            for channel in self.channels
            if channel.is_worrying
        ]
        for allowance in self._allowances():
            if allowance.warning:
                found.append(f"{allowance.label}: {allowance.warning}")
        return found

    def _allowances(self) -> Iterator[Allowance]:
        if self.hints:
            for kind, used in self.hints.sent_today.items():
                # Nothing of a kind that is not sent is no reason to warn.
                if kind in LIMITS and used:
                    yield Allowance(kind, used, self.hints.limits[kind])


def _known(value: float | None) -> tuple[bool, float]:
    # What is not known comes last.
    return (value is None, -(value or 0))


SORTS: Final[dict[str, tuple[Any, Callable[[ServiceLine], Any]]]] = {
    "name": (gettext_lazy("Service"), lambda line: ()),
    "emails": (gettext_lazy("Emails"), lambda line: _known(line.sent["email"])),
    "texts": (gettext_lazy("Text messages"), lambda line: _known(line.sent["sms"])),
    "letters": (gettext_lazy("Letters"), lambda line: _known(line.sent["letter"])),
    "failed": (
        gettext_lazy("Failed"),
        lambda line: _known(None if line.failed is None else line.failure_rate),
    ),
    "waiting": (gettext_lazy("Files waiting"), lambda line: _known(line.waiting)),
    "received": (gettext_lazy("Received"), lambda line: _known(line.received)),
}


def found_lines(
    lines: Iterable[ServiceLine], *, words: str, sort: str, by_organisation: bool
) -> list[ServiceLine]:
    """Keep the services whose name or organisation has all the words, in an order.

    Numbers begin with the highest; those of one number go by name.
    """
    parts = words.casefold().split()
    value = SORTS[sort][1]

    def text(line: ServiceLine) -> str:
        return f"{line.brief.name} {line.brief.organisation} {line.brief.id}".casefold()

    def order(line: ServiceLine) -> tuple[Any, ...]:
        # Those of no organisation come after all others.
        name = line.brief.organisation.casefold()
        place = (not name, name) if by_organisation else ()
        return (place, value(line), line.brief.name.casefold(), line.brief.id)

    found = [line for line in lines if all(part in text(line) for part in parts)]
    return sorted(found, key=order)


def grouped(lines: Iterable[ServiceLine]) -> list[tuple[str, list[ServiceLine]]]:
    """Put lines in their order under their organisations."""
    return [
        (name, list(found))
        for name, found in groupby(lines, key=lambda line: line.brief.organisation)
    ]


def headings() -> tuple[str, ...]:
    """The first line of the file of figures."""
    return (
        *(_("Service"), _("Service ID"), _("Organisation"), _("Status")),
        *(_("Emails"), _("Text messages"), _("Letters"), _("Failed")),
        *(_("Failure rate (%)"), _("Files waiting"), _("Text messages received")),
        *(_("Warnings"), _("As of")),
    )


def rows(lines: Iterable[ServiceLine]) -> Iterator[tuple[object, ...]]:
    """Yield services as lines of a file; what is not known is empty."""
    for line in lines:
        brief, sent = line.brief, line.sent
        rate = "" if line.failed is None else f"{100 * line.failure_rate:.1f}"
        yield (
            *(brief.name, brief.id, brief.organisation),
            _("Trial mode") if brief.is_trial else _("Live"),
            *(sent["email"], sent["sms"], sent["letter"], line.failed, rate),
            *(line.waiting, line.received),
            " ".join(line.warnings),
            moment(line.as_of),
        )
