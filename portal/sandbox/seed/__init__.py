"""A believable demo: organisations, services, people and a year of figures."""

from __future__ import annotations

from django.db import transaction

from portal.sandbox.seed import extras, figures, messages, people, services, templates
from portal.sandbox.seed.demo import Demo


def fill(number: int) -> None:
    """Make the demo of that number; the same number makes the same demo."""
    demo = Demo(number)
    with transaction.atomic():
        people.make_organisations(demo)
        people.make_personas(demo)
        services.make_services(demo)
        templates.make_templates(demo)
        extras.make_extras(demo)
        figures.make_year(demo)
        messages.make_week(demo)
