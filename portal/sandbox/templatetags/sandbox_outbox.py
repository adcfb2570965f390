"""How the outbox shows a message."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe

from portal.sandbox.models import OutboxMessage

register = template.Library()

_CODE = re.compile(r"\b(\d{5})\b(?= is your)")


@register.filter
def outbox_text(message: OutboxMessage) -> SafeString:
    """The message with its links to click and its sign-in code to see at once."""
    if message.type == "sms":
        html = _CODE.sub(r'<span class="code">\1</span>', escape(message.text))
    else:
        html = urlize(message.text, autoescape=True)
    return mark_safe(html)  # noqa: S308  both ways escape the text
