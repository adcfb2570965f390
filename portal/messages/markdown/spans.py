"""What stands in a line of the platform's markdown: text, addresses, links, breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_SPECIAL = re.compile(r"[\\\[!<]|https?://| *\n")
_ESCAPED = re.compile(r"\\([\\`*{}\[\]()#+\-.!_>~|])")
_ADDRESS = re.compile(r"https?://[^\s<\ue000-\uefff]+[^<.,:\"')\]\s\ue000-\uefff]")
_NEWLINE = re.compile(r" *\n(?!\s*\Z)")
_BRACKET = re.compile(r"[\[\]]")
_OPENS_TITLE = re.compile(r"\s+[\"']")
_CLOSES_TITLE = re.compile(r"[\"']\s*+\)")
_AFTER_POINTED = re.compile(r"(?:\s+[\"'](.*?)[\"'])?\s*\)", re.DOTALL)
_SPACES = re.compile(r"\s*")
_REFERENCE = re.compile(r"\s*\[([^^\]]*)\]")
_TAG = re.compile(
    r"<(\w+)(?!:/|[^\w\s@]*@)\b"
    r"(?:\s*[a-zA-Z-](?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s'\">]+))?)*\s*/?>"
)
_POINTED = re.compile(r"<([^ >]+(@|:)[^ >]+)>")
_FOOTNOTE = re.compile(r"\[\^([^\]]+)\]")
# Words of a link have few brackets of their own; more would take long to pair.
_MOST_BRACKETS = 50


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they were written."""

    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that stands in the text."""

    address: str


@dataclass(frozen=True, slots=True)
class Link:
    """`[words](address "title")`."""

    words: list[Span]
    address: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a line within a paragraph."""


Span = Text | Address | Link | LineBreak


@dataclass(slots=True)
class References:
    """Addresses and notes that are defined apart from where they are named."""

    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    used_notes: int = 0

    def use_note(self, key: str) -> bool:
        """Say whether this is the first mention of a note that exists."""
        if self.notes.get(key) != 0:
            return False
        self.used_notes += 1
        self.notes[key] = self.used_notes
        return True


def end_of_html(text: str, start: int, names: str = "") -> int:
    """Where a tag ends, with all that it holds if it is closed; 0 if there is none.

    `names` is a pattern that the tag's name must match.
    """
    if text.startswith("<!--", start):
        close = text.find("-->", start)
        return close + 3 if close != -1 else 0
    tag = _TAG.match(text, start)
    if tag is None or re.match(names, tag[1]) is None:
        return 0
    if not tag[0].endswith("/>"):
        close = text.find(f"</{tag[1]}>", tag.end())
        if close != -1:
            return close + len(tag[1]) + 3
    return tag.end()


def reference_key(name: str) -> str:
    """Return the form under which two spellings of a reference are equal."""
    return " ".join(name.lower().split())


def read_spans(
    text: str, references: References, *, in_link: bool = False
) -> list[Span]:
    """Read the text of one block."""
    text = text.rstrip("\n")
    if _SPECIAL.search(text) is None:
        return [Text(text)] if text else []
    return list(_joined(_Line(text, references, in_link).spans()))


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    words: list[str] = []
    for span in spans:
        if isinstance(span, Text):
            words.append(span.text)
            continue
        if words:
            yield Text("".join(words))
            words = []
        yield span
    if words:
        yield Text("".join(words))


class _Line:
    """One run of text, read from left to right."""

    def __init__(self, text: str, references: References, in_link: bool) -> None:
        self.text = text
        self.references = references
        self.in_link = in_link
        self.last_closed = text.rfind("](")
        self.last_bracket = text.rfind("]")
        self.last_parenthesis = text.rfind(")")
        self.last_comment = text.rfind("-->")

    def spans(self) -> Iterator[Span]:
        position = 0
        while position < len(self.text):
            found = _SPECIAL.search(self.text, position)
            start = found.start() if found else len(self.text)
            if start > position:
                yield Text(self.text[position:start])
            if found is None:
                return
            span, position = self._special(start)
            if span:
                yield span

    def _special(self, start: int) -> tuple[Span | None, int]:
        """Read what starts with a character that may mean something."""
        text = self.text
        if match := _ESCAPED.match(text, start):
            return Text(match[1]), match.end()
        if match := _ADDRESS.match(text, start):
            address = match[0]
            return Text(address) if self.in_link else Address(address), match.end()
        is_image = text.startswith("![", start)
        opens = is_image or text[start] == "["
        if opens and (found := self._bracketed(start + is_image, is_image)):
            return found
        if text[start] == "<":
            return self._pointed(start)
        if match := _NEWLINE.match(text, start):
            return LineBreak(), match.end()
        return Text(text[start]), start + 1

    def _pointed(self, start: int) -> tuple[Span, int]:
        """Read `<tag>` as it is, and `<address>`; escaped text has neither."""
        if self.text.startswith("<!--", start) and start > self.last_comment:
            return Text("<"), start + 1
        if end := end_of_html(self.text, start):
            return Text(self.text[start:end]), end
        if match := _POINTED.match(self.text, start):
            is_email = match[2] == "@"
            return Text(match[1]) if is_email else Address(match[1]), match.end()
        return Text("<"), start + 1

    def _bracketed(self, start: int, is_image: bool) -> tuple[Span | None, int] | None:
        if not is_image and self.references.notes:
            note = _FOOTNOTE.match(self.text, start)
            if note and self.references.use_note(reference_key(note[1])):
                return None, note.end()
        if start < self.last_closed:
            for end in reversed(self._ends_of_words(start)):
                if self.text.startswith("](", end) and (
                    target := self._target(end + 2)
                ):
                    address, title, after = target
                    return self._link(start, end, address, title, is_image), after
        if self.references.links and start < self.last_bracket:
            return self._referred(start, is_image)
        return None

    def _ends_of_words(self, start: int) -> list[int]:
        """Where the words of a link that opens here may end, nearest first."""
        text, ends = self.text, []
        position = start + 1
        for _count in range(_MOST_BRACKETS):
            bracket = _BRACKET.search(text, position)
            if bracket is None:
                break
            position = bracket.end()
            if bracket[0] == "[":
                close = text.find("]", position)
                if close == -1 or "^" in text[position:close]:
                    break
                position = close + 1
                continue
            ends.append(bracket.start())
            following = _BRACKET.search(text, position)
            if following is None or following[0] == "[":
                break
        return ends

    def _target(self, start: int) -> tuple[str, str, int] | None:
        """Read `address "title")`; None where no bracket closes it."""
        text = self.text
        if start > self.last_parenthesis:
            return None
        start = _SPACES.match(text, start).end()  # type: ignore[union-attr]
        if text.startswith("<", start) and (point := text.find(">", start)) != -1:
            rest = _AFTER_POINTED.match(text, point + 1)
            return (
                (text[start + 1 : point], rest[1] or "", rest.end()) if rest else None
            )
        close = text.find(")", start)
        title = _OPENS_TITLE.search(text, start, max(close, start))
        if title and (end := _CLOSES_TITLE.search(text, title.end())):
            words = text[title.end() : end.start()]
            return text[start : title.start()], words, end.end()
        return (text[start:close].rstrip(), "", close + 1) if close != -1 else None

    def _referred(self, start: int, is_image: bool) -> tuple[Span | None, int] | None:
        """Read `[words][name]` or `[name]`, where that name is defined."""
        links: Mapping[str, tuple[str, str]] = self.references.links
        for end in reversed(self._ends_of_words(start)):
            words = self.text[start + 1 : end]
            match = _REFERENCE.match(self.text, end + 1)
            if match and (found := links.get(reference_key(match[1] or words))):
                return self._link(start, end, *found, is_image), match.end()
            if found := links.get(reference_key(words)):
                return self._link(start, end, *found, is_image), end + 1
        return None

    def _link(
        self, start: int, end: int, address: str, title: str, is_image: bool
    ) -> Span | None:
        if is_image:
            return None
        words = read_spans(self.text[start + 1 : end], self.references, in_link=True)
        return Link(words, address, title)
