"""The blocks of the platform's markdown, read from text that is escaped already."""

from __future__ import annotations

import re

from portal.messages.markdown.definitions import (
    END_OF_LINE,
    LINK,
    NEWLINES,
    NOTE,
    words_of_note,
)
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
from portal.messages.markdown.lists import LIST, Item, end_of_list, items_of
from portal.messages.markdown.spans import end_of_html, reference_key

_RULE = re.compile(rf" {{0,3}}[-*_](?: *[-*_]){{2,}}{END_OF_LINE}")
_INDENTED = re.compile(r"(?: {4}[^\n]+\n*)+")
_INDENT = re.compile(r"^ {4}", re.MULTILINE)
_FENCE = re.compile(r" *(`{3,}|~{3,}) *(?:[^`\s]+)? *\n")
_HEADING = re.compile(r" *(#{1,6})([^\n]+)(?:\n+|\Z)")
_LONE_HASHES = re.compile(r" *(#{1,5})#(?:\n+|\Z)")
_UNDERLINED = re.compile(rf"([^\n]+)\n *([=-])+{END_OF_LINE}")
_INSET = re.compile(r"(?: *\^[^\n]+(?:\n[^\n]+)*\n*)+")
_INSET_MARK = re.compile(r"^ *\^ ?", re.MULTILINE)
_LIST_AFTER_LINE = re.compile(r" *(?=[*+-]|\d+\.)[*+-]?(?:\d+\.)? [\s\S]")
# Text that is not escaped may have tags, but for those that stand within a line.
_BLOCK_TAG = (
    r"(?!(?:a|em|strong|small|s|cite|q|dfn|abbr|data|time|code|var|samp|kbd|sub|sup|i|b"
    r"|u|mark|ruby|rt|rp|bdi|bdo|span|br|wbr|ins|del|img|font)\b)\w+"
)
_RAW_AFTER_LINE = re.compile(rf" *>[^\n]|<{_BLOCK_TAG}(?!:/|[^\w\s@]*@)\b")
_AFTER_TAG = re.compile(r" *(?:\n{2,}|\s*\Z)")
_TABLE = re.compile(r" *\|.+\n *\| *[-:]+[-| :]*\n(?: *\|.*(?:\n|\Z))*\n*")
_BARE_TABLE = re.compile(r" *\S.*\|.*\n *[-:]+ *\|[-| :]*\n(?:.*\|.*(?:\n|\Z))*\n*")
_LINE = re.compile(r"[^\n]+")
_SPACES_ONLY = re.compile(r"^ +$", re.MULTILINE)
_DEEPEST = 6


def read_document(text: str) -> Document:
    """Read a whole message."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    text = _SPACES_ONLY.sub("", text.replace("\u2424", "\n"))
    document = Document()
    document.blocks = _Reader(document).blocks(text)
    return document


class _Reader:
    """Reads blocks within blocks; each method takes a text and the place to read at."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.list_depth = self.inset_depth = 0
        self.unclosed_fences: set[str] = set()

    def blocks(self, text: str, *, in_list: bool = False) -> list[Block]:
        """Read all blocks of a text; in items of lists there are fewer kinds."""
        text = text.rstrip("\n")
        rules = _IN_LISTS if in_list else _ANYWHERE
        outer, self.unclosed_fences = self.unclosed_fences, set()
        found: list[Block] = []
        place = 0
        while place < len(text):
            for rule in rules:
                read = rule(self, text, place)
                if read is not None:
                    block, place = read
                    if block is not None:
                        found.append(block)
                    break
        self.unclosed_fences = outer
        return _merged(found) if in_list else found

    def empty_line(self, text: str, place: int) -> Read:
        if match := NEWLINES.match(text, place):
            block = EmptyLine() if len(match[0]) > 1 else None
            return block, match.end()
        return None

    def rule(self, text: str, place: int) -> Read:
        match = _RULE.match(text, place)
        return (Rule(), match.end()) if match else None

    def indented(self, text: str, place: int) -> Read:
        match = _INDENTED.match(text, place)
        return (Verbatim(_INDENT.sub("", match[0])), match.end()) if match else None

    def fenced(self, text: str, place: int) -> Read:
        match = _FENCE.match(text, place)
        if match is None or match[1] in self.unclosed_fences:
            return None
        closing = re.compile(re.escape(match[1]) + END_OF_LINE)
        close = closing.search(text, match.end() + 1)
        if close is None:
            # Nor will one that opens later in this text be closed.
            self.unclosed_fences.add(match[1])
            return None
        inner = text[match.end() : close.start()]
        return Verbatim(inner.rstrip() or inner[:1]), close.end()

    def heading(self, text: str, place: int) -> Read:
        match = _LONE_HASHES.match(text, place)
        if match:
            return Heading(len(match[1]), "#"), match.end()
        match = _HEADING.match(text, place)
        if match is None:
            return None
        words = match[2].strip(" ")
        words = words.rstrip("#").rstrip(" ") or words[:1] or " "
        return Heading(len(match[1]), words), match.end()

    def underlined(self, text: str, place: int) -> Read:
        match = _UNDERLINED.match(text, place)
        if match is None:
            return None
        return Heading(1 if match[2] == "=" else 2, match[1]), match.end()

    def table(self, text: str, place: int) -> Read:
        """Leave out what would be a table."""
        match = _TABLE.match(text, place)
        return (None, match.end()) if match else None

    def bare_table(self, text: str, place: int) -> Read:
        match = _BARE_TABLE.match(text, place)
        return (None, match.end()) if match else None

    def inset(self, text: str, place: int) -> Read:
        match = _INSET.match(text, place)
        if match is None:
            return None
        self.inset_depth += 1
        if self.inset_depth > _DEEPEST:
            blocks: list[Block] = [Paragraph(match[0])]
        else:
            blocks = self.blocks(_INSET_MARK.sub("", match[0]))
        self.inset_depth -= 1
        return Inset(blocks), match.end()

    def bullet_list(self, text: str, place: int) -> Read:
        match = LIST.match(text, place)
        if match is None:
            return None
        end = end_of_list(text, match)
        self.list_depth += 1
        if self.list_depth > _DEEPEST:
            items: list[list[Block]] = [[Line(text[place:end])]]
        else:
            items = [self._item(item) for item in items_of(text[place:end])]
        self.list_depth -= 1
        return BulletList("." in match[2], items), end

    def _item(self, item: Item) -> list[Block]:
        blocks = self.blocks(item.text, in_list=True)
        return _as_paragraphs(blocks) if item.is_loose else blocks

    def tag(self, text: str, place: int) -> Read:
        """Read a block of HTML, which is text that nothing changes."""
        start = place
        while text.startswith(" ", start):
            start += 1
        if not text.startswith("<", start):
            return None
        end = end_of_html(text, start, _BLOCK_TAG)
        after = _AFTER_TAG.match(text, end) if end else None
        return (Verbatim(text[start:end]), after.end()) if after else None

    def link(self, text: str, place: int) -> Read:
        match = LINK.match(text, place)
        if match is None:
            return None
        self.document.links[reference_key(match[1])] = (match[2], match[3] or "")
        return None, match.end()

    def note(self, text: str, place: int) -> Read:
        match = NOTE.match(text, place)
        if match is None:
            return None
        key = reference_key(match[1])
        if key not in self.document.notes:
            self.document.notes[key] = ()
            self.document.notes[key] = self.blocks(words_of_note(match))
        return None, match.end()

    def paragraph(self, text: str, place: int) -> Read:
        start = place
        while line := _LINE.match(text, place):
            place = line.end() + 1
            if self._interrupts(text, place):
                break
        words = text[start : place - 1]
        if blank := NEWLINES.match(text, place - 1):
            place = blank.end()
        return Paragraph(words), min(place, len(text))

    def _interrupts(self, text: str, place: int) -> bool:
        return bool(
            _LIST_AFTER_LINE.match(text, place)
            or _RAW_AFTER_LINE.match(text, place)
            or _RULE.match(text, place)
            or _HEADING.match(text, place)
            or _UNDERLINED.match(text, place)
            or LINK.match(text, place)
            or NOTE.match(text, place)
            or self.fenced(text, place)
        )

    def line(self, text: str, place: int) -> Read:
        match = _LINE.match(text, place)
        return (Line(match[0]), match.end()) if match else None


Read = tuple[Block | None, int] | None

_ANYWHERE = (
    _Reader.empty_line,
    _Reader.rule,
    _Reader.indented,
    _Reader.fenced,
    _Reader.heading,
    _Reader.bare_table,
    _Reader.underlined,
    _Reader.inset,
    _Reader.bullet_list,
    _Reader.tag,
    _Reader.link,
    _Reader.note,
    _Reader.table,
    _Reader.paragraph,
)
_IN_LISTS = (
    _Reader.empty_line,
    _Reader.indented,
    _Reader.fenced,
    _Reader.underlined,
    _Reader.rule,
    _Reader.inset,
    _Reader.bullet_list,
    _Reader.tag,
    _Reader.line,
)


def _merged(blocks: list[Block]) -> list[Block]:
    """Put lines that follow one another together."""
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else None
        if isinstance(block, Line) and isinstance(last, Line):
            merged[-1] = Line(f"{last.text}\n{block.text}")
        else:
            merged.append(block)
    return merged


def _as_paragraphs(blocks: list[Block]) -> list[Block]:
    return [Paragraph(b.text) if isinstance(b, Line) else b for b in blocks]
