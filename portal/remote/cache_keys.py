"""Cache keys and tags, spelt from the arguments of a client's method."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from string import Formatter
from typing import Any, TypeAlias

LONGEST_NAME = 180
UUID_PATTERN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

Strict: TypeAlias = bool | Collection[str]


class Formats:
    """Format strings over the arguments of one function, checked when it is defined."""

    def __init__(self, function: Callable[..., Any], texts: Sequence[str]) -> None:
        self.texts = tuple(dict.fromkeys(texts))
        self.signature = inspect.signature(function)
        self.names = {name for text in self.texts for name in _names(text)}
        if unknown := sorted(self.names - set(self.signature.parameters)):
            raise TypeError(
                f"{function.__qualname__}() has no argument {', '.join(map(repr, unknown))}"
                f" for its cache keys {', '.join(map(repr, self.texts))}."
            )

    def filled(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[str]:
        """Spell every format for one call, in the order in which they were given."""
        bound = self.signature.bind(*args, **kwargs)
        bound.apply_defaults()
        words = {name: _word(bound.arguments[name]) for name in self.names}
        return [text.format_map(words) for text in self.texts]

    def rule(
        self, strict: Strict
    ) -> Callable[[Sequence[Any], Mapping[str, Any]], bool]:
        """Return what tells of one call whether it is strict: gives one of these arguments."""
        if isinstance(strict, bool):
            return lambda args, kwargs: strict
        names = frozenset(strict)
        return lambda args, kwargs: (
            not names.isdisjoint(
                {*self.signature.bind(*args, **kwargs).arguments, *kwargs}
            )
        )


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _word(value: object) -> str:
    """Spell an argument; one id has one spelling, or a write would miss a read."""
    text = str(value)
    return text.lower() if UUID_PATTERN.fullmatch(text) else text


def stored_name(text: str) -> str:
    """Make a name that every store takes: no spaces, no controls, not too long."""
    if len(text) <= LONGEST_NAME and text.isascii() and text.isprintable():
        return text.replace(" ", "%20") if " " in text else text
    return "sha256-" + hashlib.sha256(text.encode()).hexdigest()


def family(key: str) -> str:
    """Name the kind of a key, for counting: its ids become stars."""
    return UUID_PATTERN.sub("*", key)
