"""How the outbox shows a message."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe

from portal.sandbox.models import OutboxMessage

register = template.Library()

_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()]+)\)")
_CODE = re.compile(r"\b(\d{5})\b(?= is your)")


@register.filter
def outbox_text(message: OutboxMessage) -> SafeString:
    """The message with its links to click and its sign-in code to see at once."""
    if message.type == "sms":
        html = _CODE.sub(r'<span class="code">\1</span>', escape(message.text))
    else:
        # Links to files have words of their own, as the recipient would see them.
        parts = _LINK.split(message.text)
        html = "".join(
            urlize(text, autoescape=True)
            + (format_html('<a href="{}">{}</a>', url, words) if url else "")
            for text, words, url in zip(
                parts[::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True
            )
        )
    return mark_safe(html)  # noqa: S308  both ways escape the text
