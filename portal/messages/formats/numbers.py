"""Numbers, money, file sizes and lists as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from numbers import Number
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.messages.text import escape

_LARGE = (
    (10**18, "quintillion"),
    (10**15, "quadrillion"),
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (10**3, "thousand"),
)
_KILOBYTE = 1024


def thousands(value: Any) -> Any:
    """1,234,567; nothing for None, and what is no number as it is."""
    if isinstance(value, Number):
        return f"{value:,.0f}"
    return "" if value is None else value


def in_words(count: int) -> str:
    """12.3 thousand, 1.0 million; small numbers in digits."""
    for power, word in _LARGE:
        # What rounds up to a thousand of one word is one of the next.
        if abs(count) >= power or (
            power > 1000 and round(abs(count) / power * 1000, 1) >= 1000
        ):
            return f"{count / power:.1f} {word}"
    return str(count)


def characters(count: int) -> str:
    """1,000 characters"""
    return ngettext("%(n)s character", "%(n)s characters", count) % {
        "n": thousands(count)
    }


def times(count: int) -> str:
    """once, twice, 3 times"""
    return {1: _("once"), 2: _("twice")}.get(count) or _("%(n)s times") % {"n": count}


def pence(amount: float | Decimal, *, is_long: bool = False) -> str:
    """£1.50 for 150; less than a pound is whole pence: 15p, or "15 pence"."""
    whole = int(Decimal(str(amount)).quantize(Decimal(1), ROUND_HALF_EVEN))
    if whole >= 100:
        return f"£{whole // 100:,}.{whole % 100:02}"
    return f"{whole} {_('pence')}" if is_long else f"{whole}p"


def pounds(amount: float | Decimal) -> str:
    """£1.50 for 1.5; less than a pound is whole pence."""
    return pence(round(amount * 100))


def file_size(size: int) -> str:
    """0.1KB, 10KB, 1.5MB, 100MB; never bytes, never nothing."""
    if size < _KILOBYTE / 20:
        return "0.1KB"
    if size < _KILOBYTE**2 / 20:
        return f"{_shortest(size / _KILOBYTE)}KB"
    return f"{_shortest(size / _KILOBYTE**2)}MB"


def _shortest(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def listed_text(
    items: Sequence[Any],
    *,
    conjunction: str = "and",
    before_each: str = "‘",
    after_each: str = "’",
    separator: str = ", ",
    prefix: str = "",
    prefix_plural: str = "",
    max_items_shown: int | None = None,
    word_for_items_not_shown: str = "",
) -> str:
    """Join things as people do: columns ‘a’, ‘b’ and ‘c’.

    With more than `max_items_shown` the last ones are the word for what is not shown.
    """
    words = [f"{before_each}{item}{after_each}" for item in items]
    if not words:
        return ""
    if max_items_shown is not None and len(words) > max_items_shown:
        words = [*words[: max(max_items_shown - 1, 1)], word_for_items_not_shown]
    start = prefix if len(items) == 1 else prefix_plural
    if len(words) == 1:
        text = words[0]
    else:
        text = f"{separator.join(words[:-1])} {conjunction} {words[-1]}"
    return f"{start} {text}" if start else text


def listed_html(items: Sequence[Any], **options: Any) -> SafeString:
    """Join things as `listed_text` does, escaped for HTML."""
    return SafeString(listed_text([escape(str(item)) for item in items], **options))
