"""What a message in the platform's markdown is made of, once it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A line set off by hashes before it or by a line drawn under it."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page; in a letter, the start of a new page."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines in which nothing is markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Inset:
    """Blocks that are set in from the left."""

    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """Words in an item of a list that make no paragraph of their own."""

    text: str


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items with bullets or numbers."""

    is_numbered: bool
    items: Sequence[Sequence[Block]]


@dataclass(frozen=True, slots=True)
class EmptyLine:
    """Blank lines that no other block takes up."""


Block = Heading | Rule | Verbatim | Inset | Paragraph | Line | BulletList | EmptyLine


@dataclass(slots=True)
class Document:
    """A message, read: its blocks, and what is defined apart from where it is named."""

    blocks: Sequence[Block] = ()
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, Sequence[Block]] = field(default_factory=dict)
