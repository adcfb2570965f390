"""Blocks of markdown as the plain text of an e-mail, and as the line an inbox shows."""

from __future__ import annotations

from collections.abc import Sequence

from portal.messages.markdown.html import HtmlWriter

_WIDTH = 65


class PlainWriter(HtmlWriter):
    """Writes an e-mail for those who read no HTML."""

    line_break = "\n"
    rule = "\n\n" + ("=-" * _WIDTH)[:_WIDTH]

    def paragraph(self, words: str) -> str:
        return f"\n\n{words}" if words.strip() else ""

    def heading(self, level: int, words: str) -> str:
        if level > 2:
            return self.paragraph(words)
        return f"\n\n\n{words}\n" + ("=" if level == 1 else "-") * _WIDTH

    def bullet_list(self, is_numbered: bool, items: Sequence[str]) -> str:
        lines = (
            f"\n{f'{number}.' if is_numbered else '•'} {item.strip()}"
            for number, item in enumerate(items, start=1)
        )
        return "\n" + "".join(lines)

    def inset(self, inner: str) -> str:
        return inner

    def address(self, address: str) -> str:
        return address

    def link(self, words: str, address: str, title: str) -> str:
        return f"{titled(words, title)}: {address}"


class PreheaderWriter(PlainWriter):
    """Writes the words that an inbox shows after the subject."""

    rule = ""

    def heading(self, level: int, words: str) -> str:
        return self.paragraph(words)

    def link(self, words: str, address: str, title: str) -> str:
        return titled(words, title)


def titled(words: str, title: str) -> str:
    """Return the words of a link with its title in brackets."""
    return f"{words} ({title})" if title else words
