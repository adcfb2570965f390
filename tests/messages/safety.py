"""HTML of messages must hold our own tags and nothing that looks like others."""

from __future__ import annotations

import re

OURS = re.compile(
    r"</?(p|h2|h3|ul|ol|li|blockquote|mark|span|a|strong|div)"
    r"( class=\"[a-z_ -]+\")?( href=\"(https?:|mailto:|tel:)[^\"<>]*\")?>|<br>|<hr class=\"[a-z_ -]+\">"
    r"|<svg aria-hidden=\"true\" viewBox=\"[0-9 ]+\" class=\"qr-code__picture\">"
    r"<path stroke=\"#000\" d=\"[Mhm0-9. -]+\"/></svg>"
)


def assert_safe(html):
    rest = OURS.sub("", html)
    assert "<" not in rest
    assert ">" not in rest.replace("&gt;", "")
