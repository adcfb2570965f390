"""What the parts of the demo share: its dice, its clock and what is there so far."""

from __future__ import annotations

import datetime
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from portal.message_templates.models import Template
from portal.organisations.models import Organisation
from portal.sandbox import clock
from portal.sandbox.seed import crowd
from portal.sandbox.seed.sizes import Size
from portal.sandbox.seed.words import Organisation as WantedOrganisation
from portal.services.models import Service
from portal.users.models import User


@dataclass
class Office:
    """A service with its people and templates; it sends on that share of all days."""

    service: Service
    state: str
    people: list[User]
    busy_days: float = 1.0
    templates: list[Template] = field(default_factory=list)

    @property
    def owner(self) -> User:
        """Who made the service."""
        return self.people[0]

    @property
    def is_live(self) -> bool:
        """Whether it sends to anybody."""
        return self.state == "live"


class Demo:
    """A demo of that number and size; the same number gives the same dice."""

    def __init__(self, number: int, size: Size, say: Callable[[str], None]) -> None:
        self.size, self.say = size, say
        self.wanted: list[WantedOrganisation] = list(crowd.organisations(size.services))
        # Dice for made-up data, which nobody needs to be unable to guess.
        self.dice = random.Random(number)  # noqa: S311
        self.now = clock.now()
        self.today = clock.today()
        self.organisations: dict[str, Organisation] = {}
        self.people: dict[str, User] = {}
        self.offices: list[Office] = []
        self._addresses: set[str] = set()

    def id(self) -> uuid.UUID:
        """The next id."""
        return uuid.UUID(int=self.dice.getrandbits(128), version=4)

    def address(self, name: str, domain: str) -> str:
        """An e-mail address for somebody that nobody else has."""
        mailbox, number = name.lower().replace(" ", "."), 1
        while (found := f"{mailbox}{number if number > 1 else ''}@{domain}") in (
            self._addresses
        ):
            number += 1
        self._addresses.add(found)
        return found

    def ago(self, least: float, most: float) -> datetime.datetime:
        """Some time between so many days ago."""
        days = self.dice.uniform(least, most)
        return self.now - datetime.timedelta(days=days)

    def mobile(self) -> str:
        """A number that belongs to nobody."""
        return f"07700900{self.dice.randrange(120, 1000)}"

    def chance(self, share: float) -> bool:
        """Whether something happens that does so in that share of cases."""
        return self.dice.random() < share

    @property
    def live_offices(self) -> list[Office]:
        """The services that send to anybody."""
        return [office for office in self.offices if office.is_live]
