"""E-mails made once with gaps in them, so that most messages need only be filled in.

A value that is plain words changes nothing around it, wherever it stands. So a template
is written once with letters that no message has in place of its fields; then, while all
values are such words, they are put in. Any other value has its message written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from portal.messages.columns import Columns
from portal.messages.fields import Content, Field, is_true

# Letters of an alphabet that nobody writes to the public in.
_FIRST, _MOST = 0x10400, 0x50
_LETTERS = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}]")
_WORD = "[0-9A-Za-zÀ-ÖØ-öø-ɏ]+"
_WORDS = re.compile(rf"{_WORD}(?:(?:, |[ -]){_WORD})*")
_IN_ADDRESS = re.compile("[0-9A-Za-z]+")
_MOST_KEPT, _LONGEST = 64, 50_000
# Tabs are as wide as they need to be, and the names of references are compared.
_TOUCHY = re.compile(r"\t|\]:|\[\^")
_CHANGED_AFTER = re.compile(r"\.uk|\S{0,8}://", re.IGNORECASE)
_AT_START = re.compile(r"(?:\A|\n)[ #*•^+.0-9-]*\Z")

State = tuple[bool, ...]


class Skeleton:
    """What a template becomes while the same conditions hold: HTML with gaps."""

    def __init__(self, html: str, keys: list[str]) -> None:
        gap = "|".join(_gaps(keys))
        pieces = re.split(f"({gap})", html)
        self.pieces = pieces
        self.gaps = [
            (index, _key(pieces[index], keys)) for index in range(1, len(pieces), 2)
        ]
        in_address = {key for index, key in self.gaps if pieces[index][0] == "%"}
        self.patterns = {
            key: _IN_ADDRESS if key in in_address else _WORDS for key in keys
        }

    def filled(self, values: Columns) -> str | None:
        """Put the values in; None if one of them is more than plain words."""
        texts = {}
        for key, pattern in self.patterns.items():
            text = str(dict.get(values, key))
            if pattern.fullmatch(text) is None:
                return None
            texts[key] = text
        pieces = self.pieces.copy()
        for index, key in self.gaps:
            pieces[index] = texts[key]
        return "".join(pieces)


class Skeletons:
    """The skeletons of one template, one for each set of conditions that was met twice."""

    def __init__(self, content: Content) -> None:
        plain = [field.key for field in content.fields if field.text is None]
        self.plain = list(dict.fromkeys(plain))
        conditional = [field.key for field in content.fields if field.text is not None]
        self.conditional = list(dict.fromkeys(conditional))
        self.kept: dict[State, Skeleton | None] = {}
        self.is_usable = (
            len(self.plain) <= _MOST
            and not set(self.plain) & set(self.conditional)
            and _is_usable(content)
        )

    def html(self, values: Columns, write: Callable[[Columns], str]) -> str:
        """Return the message; `write` makes it from any values."""
        if not self.is_usable or not self._are_given(values):
            return write(values)
        state = tuple(is_true(dict.get(values, key)) for key in self.conditional)
        if state not in self.kept:
            if len(self.kept) < _MOST_KEPT:
                self.kept[state] = None
            return write(values)
        skeleton = self.kept[state]
        if skeleton is None:
            skeleton = self.kept[state] = self._made(values, write)
        filled = skeleton.filled(values)
        return write(values) if filled is None else filled

    def _are_given(self, values: Columns) -> bool:
        return all(
            dict.get(values, key) is not None
            for keys in (self.plain, self.conditional)
            for key in keys
        )

    def _made(self, values: Columns, write: Callable[[Columns], str]) -> Skeleton:
        letters = {key: chr(_FIRST + n) for n, key in enumerate(self.plain)}
        return Skeleton(write(Columns({**values, **letters})), self.plain)


@lru_cache(maxsize=256)
def skeletons_of(content: Content) -> Skeletons:
    """Return what is kept of a template that is filled many times."""
    return Skeletons(content)


def _gaps(keys: list[str]) -> list[str]:
    letters = [chr(_FIRST + number) for number in range(len(keys))]
    return letters + [re.escape(quote(letter)) for letter in letters] or ["(?!)"]


def _key(gap: str, keys: list[str]) -> str:
    return keys[_gaps(keys).index(re.escape(gap)) % len(keys)]


def _is_usable(content: Content) -> bool:
    """Say whether no words, however plain, can change what stands beside them."""
    text = content.text
    if len(text) > _LONGEST or _LETTERS.search(text) or _TOUCHY.search(text):
        return False
    parts = content.parts
    return not any(
        isinstance(part, Field) and _is_beside(before, after)
        for before, part, after in zip(
            ["", *parts], parts, [*parts[1:], ""], strict=False
        )
    )


def _is_beside(before: str | Field, after: str | Field) -> bool:
    """Say whether what stands beside a field means something else with other words."""
    if isinstance(before, Field) or isinstance(after, Field):
        return True
    return bool(
        before[-1:] in ("'", '"')
        or _CHANGED_AFTER.match(after)
        or (after[:1] == "." and _AT_START.search(before))
    )
