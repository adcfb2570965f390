"""A believable demo: organisations, services, people and a year of figures."""

from __future__ import annotations


def fill(number: int) -> None:
    """Make the demo of that number; the same number makes the same demo."""
