"""A believable demo: organisations, services, people and a year of figures."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from portal.sandbox.seed import (
    bulk,
    extras,
    figures,
    people,
    returns,
    services,
    templates,
    week,
)
from portal.sandbox.seed.demo import Demo
from portal.sandbox.seed.sizes import SIZES


def silent(progress: str) -> None:
    """Tell nobody how far the demo is."""


def fill(number: int, size: str = "small", say: Callable[[str], None] = silent) -> None:
    """Make the demo of that number and size; the same ones make the same demo.

    Times are counted from now. ``say`` is told how far it is.
    """
    demo = Demo(number, SIZES[size], say)
    with transaction.atomic():
        people.make_organisations(demo)
        people.make_personas(demo)
        services.make_services(demo)
        demo.say(f"{len(demo.offices):,} services")
        templates.make_templates(demo)
        extras.make_extras(demo)
        figures.make_year(demo)
        demo.say("A year of figures")
        week.make_week(demo)
        returns.make_returns(demo)
        week.count_week(demo)
    bulk.gather_statistics()
