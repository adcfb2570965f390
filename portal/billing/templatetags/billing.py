"""Money as people read it."""

from __future__ import annotations

from decimal import Decimal

from django import template

from portal.messages.formats import numbers

register = template.Library()


@register.filter
def pounds(amount: Decimal) -> str:
    """Write an amount in pounds and pence."""
    return numbers.pounds(amount)


@register.filter
def rate(amount: Decimal) -> str:
    """Write a rate, which may have parts of a penny: "2.27p" or "£1.56"."""
    if amount >= 1:
        return numbers.pounds(amount)
    return f"{(amount * 100).normalize():f}p"
