"""Countries as the last line of an address names them, and what post to them costs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Zone = Literal["united-kingdom", "europe", "rest-of-world"]

UNITED_KINGDOM = "United Kingdom"
_IGNORED = str.maketrans("", "", " _-'’,.()")
_ARTICLES = ("", "the", "yr", "y")
_FORMAL = re.compile(
    r"(?:the)?(?:federal|democratic|islamic|socialist|united|arab|peoples|federative)*"
    r"(?:republic|kingdom|state|principality|commonwealth|sultanate|emirate|territory)of(?:the)?"
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country by the name that is printed, with the price zone of post to it."""

    name: str

    @property
    def zone(self) -> Zone:
        if self.name == UNITED_KINGDOM:
            return "united-kingdom"
        return "europe" if self.name in _EUROPE else "rest-of-world"


@lru_cache(maxsize=4096)
def find_country(line: str) -> Country | None:
    """Return the country that a line names in one of many ways, or None."""
    if any(character.isdigit() for character in line):
        return None
    key = _key(line)
    for article in _ARTICLES:
        if name := _COUNTRIES.get(article + key):
            return Country(name)
    name = _COUNTRIES.get(_FORMAL.sub("", key, count=1)) if key else None
    return Country(name) if name else None


def _key(name: str) -> str:
    name = name.replace("&", "and").replace("+", "and").lower().translate(_IGNORED)
    plain = "".join(map(_without_accent, name))
    return plain if plain.isascii() else name


def _without_accent(letter: str) -> str:
    if letter in "‘‚":
        return ""
    return unicodedata.normalize("NFD", letter)[0]


# One country a line: where post to it is charged as if it were, the name to print, then
# the code and other names.
_LINES = [
    line.split("|")
    for line in Path(__file__)
    .with_name("country_names.txt")
    .read_text(encoding="utf-8")
    .splitlines()
]
_EUROPE = frozenset(name for zone, name, *_others in _LINES if zone == "Europe")
_COUNTRIES: dict[str, str] = {
    _key(name): names[0] for _zone, *names in _LINES for name in names
}
