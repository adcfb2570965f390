"""Blocks of markdown as the HTML of an e-mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from portal.messages.links import anchor, is_safe_address
from portal.messages.markdown.document import (
    Block,
    BulletList,
    Document,
    EmptyLine,
    Heading,
    Inset,
    Line,
    Paragraph,
    Rule,
    Verbatim,
)
from portal.messages.markdown.spans import (
    Address,
    LineBreak,
    Link,
    References,
    Span,
    Text,
    read_spans,
)


class HtmlWriter:
    """Writes one document; other writers change what they write differently.

    `address_of` turns the words of an address into the address that they mean.
    """

    line_break = "<br>"
    rule = '<hr class="govuk-section-break govuk-section-break--visible">'

    def __init__(
        self, document: Document, address_of: Callable[[str], str] = str
    ) -> None:
        self.document = document
        self.address_of = address_of
        self.references = References(document.links, dict.fromkeys(document.notes, 0))

    def written(self) -> str:
        """Return the whole document, the notes that it names last."""
        body = self.blocks(self.document.blocks)
        notes = sorted(
            (number, key) for key, number in self.references.notes.items() if number
        )
        return body + "".join(
            self.blocks(self.document.notes[key]) for _n, key in notes
        )

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Write blocks one after another."""
        return "".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        """Write one block, whichever it is."""
        match block:
            case Paragraph(text):
                return self.paragraph(self.words(text))
            case Line(text):
                return self.words(text)
            case Heading(level, text):
                return self.heading(level, self.words(text))
            case BulletList(is_numbered, items):
                return self.bullet_list(is_numbered, list(map(self.blocks, items)))
            case Inset(blocks):
                return self.inset(self.blocks(blocks))
            case Verbatim(text):
                return text
            case Rule():
                return self.rule
            case EmptyLine():
                return self.line_break

    def words(self, text: str) -> str:
        """Write what stands in a line."""
        return self.spans(read_spans(text, self.references))

    def spans(self, spans: Iterable[Span]) -> str:
        """Write words, links and breaks one after another."""
        return "".join(map(self.span, spans))

    def span(self, span: Span) -> str:
        """Write one of the things that stand in a line."""
        match span:
            case Text(text):
                return text
            case Address(address):
                return self.address(address)
            case Link(words, address, title):
                return self.link(self.spans(words), address, title)
            case LineBreak():
                return self.line_break

    def paragraph(self, words: str) -> str:
        return f"<p>{words}</p>" if words.strip() else ""

    def heading(self, level: int, words: str) -> str:
        if level > 2:
            return self.paragraph(words)
        return f"<h{level + 1}>{words}</h{level + 1}>"

    def bullet_list(self, is_numbered: bool, items: Sequence[str]) -> str:
        tag, kind = ("ol", "number") if is_numbered else ("ul", "bullet")
        inner = "".join(f"<li>{item.strip()}</li>" for item in items)
        return f'<{tag} class="govuk-list govuk-list--{kind}">{inner}</{tag}>'

    def inset(self, inner: str) -> str:
        return f"<blockquote>{inner}</blockquote>"

    def address(self, address: str) -> str:
        return anchor(self.address_of(address), address)

    def link(self, words: str, address: str, title: str) -> str:
        """Write a link; one that leads where no message may lead stays as typed."""
        target = self.address_of(address)
        if not is_safe_address(target):
            return f"[{words}]({address})"
        return anchor(target, words or address)
