"""Bars that go with the numbers of a table: the numbers are the truth, the bars for the eye."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

WIDTH = 1000
HEIGHT = 20


@register.simple_tag
def bar(most: int, **parts: int) -> SafeString:
    """Draw a bar of named parts, such as ``delivered=5 failed=1``; ``most`` fills the width.

    It is hidden from those who hear the page, as the numbers beside it say the same.
    """
    scale = WIDTH / max(most, sum(parts.values()), 1)
    drawn, begin = [], 0
    for name, value in parts.items():
        width = round(value * scale)
        if value:
            # What there is can be seen, however little it is.
            drawn.append((name.replace("_", "-"), begin, max(width, 2), HEIGHT))
        begin += width
    return format_html(
        '<svg class="portal-bar" viewBox="0 0 {} {}" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">{}</svg>',
        WIDTH,
        HEIGHT,
        format_html_join(
            "",
            '<rect class="portal-bar__{}" x="{}" width="{}" height="{}"></rect>',
            drawn,
        ),
    )
