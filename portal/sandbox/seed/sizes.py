"""How much a demo holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """A demo of at least so many services, and of so many messages in its last week.

    ``busiest`` is how many of them the first live services have; the other live ones
    share the rest, some having far more than others. Without numbers each live service
    has a few hundred.
    """

    services: int = 0
    messages: int = 0
    busiest: tuple[int, ...] = ()


SIZES = {
    "small": Size(),
    "medium": Size(services=200, messages=50_000, busiest=(20_000, 5_000)),
    "large": Size(services=2_000, messages=1_000_000, busiest=(100_000, 250_000)),
}
