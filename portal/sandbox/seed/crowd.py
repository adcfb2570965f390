"""The organisations of a big platform, beyond those that are told by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from portal.sandbox.seed.words import ORGANISATIONS, Organisation

BEGINNINGS = (
    *("Ash", "Beck", "Cald", "Darn", "Edge", "Fern", "Glen", "Haver", "Ickle", "Kel"),
    *("Lang", "Marl", "Nether", "Oaken", "Pen", "Quen", "Rush", "Sel", "Thorn", "Wyn"),
)
ENDINGS = (
    *("bourne", "bury", "combe", "dale", "field", "ford", "ham", "leigh"),
    *("mere", "stow", "ton", "wick", "worth"),
)
SERVICES_EACH = 8
TRIALS_EACH = 2


@dataclass(frozen=True)
class Kind:
    """A kind of organisation: what it is called and what its services are about."""

    name: str
    called: str
    services: tuple[str, ...]


KINDS = (
    Kind(
        "local",
        "District Council",
        (
            *("benefits", "council tax", "elections", "garden waste"),
            *("housing repairs", "libraries", "licensing", "planning"),
        ),
    ),
    Kind(
        "nhs_local",
        "NHS Trust",
        (
            *("appointments", "blood tests", "eye clinic", "maternity"),
            *("physiotherapy", "prescriptions", "staff rota", "vaccinations"),
        ),
    ),
    Kind(
        "school_or_college",
        "College",
        (
            *("absences", "admissions", "exams", "library"),
            *("open days", "parents’ evenings", "timetables", "trips"),
        ),
    ),
)


def organisations(services: int) -> Iterator[Organisation]:
    """The named organisations, and as many others as it takes to have so many services."""
    yield from ORGANISATIONS
    missing = services - sum(map(_services_of, ORGANISATIONS))
    for number, (end, beginning) in enumerate(product(ENDINGS, BEGINNINGS)):
        if missing <= 0:
            return
        kind = KINDS[number % len(KINDS)]
        wanted = min(SERVICES_EACH, missing)
        yield _organisation(beginning + end, kind, kind.services[:wanted])
        missing -= wanted


def _services_of(item: Organisation) -> int:
    return len(item.live) + len(item.trial) + len(item.archived)


def _organisation(place: str, kind: Kind, services: tuple[str, ...]) -> Organisation:
    """An organisation most of whose services are live."""
    names = tuple(f"{place} {service}" for service in services)
    live = max(1, len(names) - TRIALS_EACH)
    return Organisation(
        name=f"{place} {kind.called}",
        kind=kind.name,
        domain=f"{place.lower()}.example",
        live=names[:live],
        trial=names[live:],
    )
