"""What the dashboard tells: is it working, and is anything stuck."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from portal.jobs.progress import JobProgress
from portal.notifications import statuses
from portal.services.allowances import Allowance
from portal.services.hints import Hints

DAYS = 7
WORRYING_SHARE = 0.03
SOON = datetime.timedelta(hours=1)
KINDS = ("email", "sms", "letter")


@dataclass(frozen=True)
class Channel:
    """One kind of message in the last days."""

    kind: str
    requested: int
    delivered: int
    failed: int

    @property
    def label(self) -> str:
        """What its number counts."""
        if self.kind == "email":
            return ngettext("email", "emails", self.requested)
        if self.kind == "sms":
            return ngettext("text message", "text messages", self.requested)
        return ngettext("letter", "letters", self.requested)

    @property
    def is_worrying(self) -> bool:
        """Whether more fail than the platform calls normal."""
        return self.failed > self.requested * WORRYING_SHARE

    @property
    def failure_rate(self) -> float:
        """The share that failed, from 0 to 1."""
        return self.failed / self.requested if self.requested else 0.0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was sent at all."""
        return self.requested == 0

    @property
    def in_progress(self) -> int:
        """Those that are neither delivered nor failed yet."""
        return max(0, self.requested - self.delivered - self.failed)


@dataclass(frozen=True)
class TemplateUse:
    """How often a template was used in a time; ``failed`` is None where nobody tells.

    Uploaded letters have a template of the platform's own, which nobody can open.
    """

    template_id: str
    name: str
    kind: str
    count: int
    failed: int | None = None
    is_uploaded: bool = False

    @property
    def is_worrying(self) -> bool:
        """Whether more fail than the platform calls normal."""
        return (self.failed or 0) > self.count * WORRYING_SHARE


@dataclass(frozen=True)
class Dashboard:
    """All figures of one service's dashboard.

    ``as_of`` is set when the API is away and these are older ones, ``counted_at`` when
    they are counted now and then; those that are ``is_due`` are being counted anew.
    """

    channels: list[Channel]
    templates: list[TemplateUse]
    jobs: list[JobProgress] = field(default_factory=list)
    scheduled: int = 0
    next_at: datetime.datetime | None = None
    hints: Hints | None = None
    as_of: datetime.datetime | None = None
    counted_at: datetime.datetime | None = None
    is_due: bool = False
    months: list[Any] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)

    @property
    def most_used(self) -> int:
        """The length of the longest bar."""
        return max((use.count for use in self.templates), default=0)

    @property
    def has_sent(self) -> bool:
        """Whether anything was sent at all."""
        return any(channel.requested for channel in self.channels)

    @property
    def most_sent(self) -> int:
        """The length of the longest bar of a month."""
        return max((month.requested for month in self.months), default=0)

    @property
    def tells_failures(self) -> bool:
        """Whether it is known how many messages of each template failed."""
        return any(use.failed is not None for use in self.templates)

    @property
    def can_change(self) -> bool:
        """Whether anything may change while somebody looks: not letters, which take days.

        Old figures may, as the API may come back.
        """
        return bool(
            self.as_of
            or self.is_due
            or self.starts_soon
            or any(c.in_progress for c in self.channels if c.kind != "letter")
            or any(job.can_change for job in self.jobs if job.kind != "letter")
        )

    @property
    def starts_soon(self) -> bool:
        """Whether a file that waits is sent within the hour."""
        return self.next_at is not None and self.next_at - timezone.now() < SOON


def channels_of(
    statistics: dict[str, dict[str, int]], permissions: Collection[str]
) -> list[Channel]:
    """Read ``{"email": {"requested", "delivered", "failed"}, …}``.

    A channel that the service cannot use is left out, unless it was used.
    """
    found = [
        Channel(
            kind,
            **{
                key: statistics.get(kind, {}).get(key, 0)
                for key in ("requested", "delivered", "failed")
            },
        )
        for kind in KINDS
    ]
    return used_channels(found, permissions)


def used_channels(
    channels: Collection[Channel], permissions: Collection[str]
) -> list[Channel]:
    """Leave out the channels that the service cannot use, unless they were used."""
    return [c for c in channels if c.requested or c.kind in permissions]


def uses_of(rows: list[dict[str, Any]]) -> list[TemplateUse]:
    """Add up rows of a template and, where told, a status; the most used come first.

    They count what a service's own figures count. A row is ``{"template_id", "template_name",
    "template_type", "is_precompiled_letter"?, "count", "status"?}``.
    """
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    failed: dict[tuple[str, str, str], int] = defaultdict(int)
    uploaded = {r["template_id"] for r in rows if r.get("is_precompiled_letter")}
    for row in rows:
        if row.get("status") in statuses.UNCOUNTED:
            continue
        key = (row["template_id"], row["template_name"], row["template_type"])
        counts[key] += row["count"]
        if "status" in row:
            failed[key] += row["count"] if row["status"] in statuses.FAILED else 0
    uses = [
        TemplateUse(*key, n, failed.get(key), key[0] in uploaded)
        for key, n in counts.items()
    ]
    return sorted(uses, key=lambda use: (-use.count, use.name.casefold()))
