"""What a service may send in a day, and how much of that is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.services.models import Service

NEAR_SHARE = 0.8
LIMITS: Final = {
    "email": ("email_message_limit", gettext_lazy("Emails")),
    "sms": ("sms_message_limit", gettext_lazy("Text messages")),
    "international_sms": (
        "international_sms_message_limit",
        gettext_lazy("International text messages"),
    ),
    "letter": ("letter_message_limit", gettext_lazy("Letters")),
}


@dataclass(frozen=True)
class Allowance:
    """What is used of a limit; ``used`` is None where nobody but the API knows it."""

    kind: str
    used: int | None
    limit: int

    @property
    def label(self) -> Any:
        """What it counts."""
        return LIMITS[self.kind][1]

    @property
    def is_told(self) -> bool:
        """Whether a page has anything to tell: most portals never learn of those abroad."""
        return self.used is not None or self.kind != "international_sms"

    @property
    def percent(self) -> int | None:
        """How much of it is used; rounded down, so that 100 means all."""
        if self.used is None:
            return None
        return 100 * self.used // self.limit if self.limit else 100

    @property
    def is_reached(self) -> bool:
        """Whether nothing is left."""
        return self.used is not None and self.used >= self.limit

    @property
    def is_near(self) -> bool:
        """Whether little is left."""
        is_much = self.used is not None and self.used >= self.limit * NEAR_SHARE
        return is_much and not self.is_reached

    @property
    def drawn(self) -> int:
        """How long its bar is, which ends at the limit."""
        return min(self.used or 0, self.limit)

    @property
    def left(self) -> int | None:
        """How many can still be sent."""
        return None if self.used is None else max(0, self.limit - self.used)

    @property
    def warning(self) -> str:
        """What to be aware of, in words; empty while there is enough."""
        if self.is_reached:
            return _("The limit is reached: no more can be sent today.")
        if self.is_near:
            return _("Near the limit: %(percent)s%% is used.") % {
                "percent": self.percent
            }
        return ""


def allowances_of(
    service: Service, sent_today: Mapping[str, int | None]
) -> list[Allowance]:
    """Compare what was sent today with a service's limits, by kind of message."""
    return [
        Allowance(kind, sent_today.get(kind), int(getattr(service, field)))
        for kind, (field, _label) in LIMITS.items()
        if service.has_permission(kind)
    ]
