"""The characters of text messages: GSM 03.38, Welsh letters, and what replaces others."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from portal.messages.text import INVISIBLE

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these takes two places in a GSM message.
GSM_EXTENDED = frozenset("^{}\\[~]|€")
# Letters of Welsh that GSM lacks: a message with one of them is sent as UCS-2.
WELSH = frozenset("ÀÈÌÒÙẀàèìòùẁỲỳÁÉÍÓÚẂÝáéíóúẃýÄËÏÖÜẄŸäëïöüẅÿÂÊÎÔÛŴŶâêîôûŵŷ")
UCS2 = WELSH - GSM

SUPPORTED = GSM | GSM_EXTENDED | UCS2 | {"\x1b"}
ASCII = frozenset(map(chr, range(32, 127)))
# Text of these characters alone, the usual case, needs no second look.
_UNCHANGED = re.compile(r"[\n\r\x1b -_a-~]*")
_REPLACEMENTS = {
    "\u2011": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "‘": "'",
    "’": "'",
    "‚": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "\t": " ",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2028": "",
    "\u2029": "",
    "Ł": "L",
    "ł": "l",
    **dict.fromkeys(INVISIBLE, ""),
}


def _replaced(character: str, supported: frozenset[str]) -> str | None:
    """Return a letter without its accent, or what is agreed on; None for neither."""
    decomposed = unicodedata.decomposition(character)
    if decomposed and "<" not in decomposed:
        base = chr(int(decomposed.split()[0], 16))
        return base if base in supported else None
    return _REPLACEMENTS.get(character)


@lru_cache(maxsize=8192)
def downgraded(character: str, supported: frozenset[str] = SUPPORTED) -> str:
    """Return what a phone will show for one character; `?` where there is nothing."""
    if character in supported:
        return character
    replaced = _replaced(character, supported)
    return "?" if replaced is None else replaced


@lru_cache(maxsize=8192)
def is_supported(character: str) -> bool:
    """Say whether the character, or something like it, can be sent."""
    return character in SUPPORTED or _replaced(character, SUPPORTED) is not None


class _Table(dict[int, str]):
    """A translation table that works each character out once."""

    def __missing__(self, code: int) -> str:
        self[code] = replacement = downgraded(chr(code))
        return replacement


_TABLE = _Table()


def downgrade(text: str) -> str:
    """Replace what text messages cannot carry."""
    return text if _UNCHANGED.fullmatch(text) else text.translate(_TABLE)


def unsupported(text: str) -> list[str]:
    """Return the characters that would become `?`, sorted."""
    return sorted({character for character in text if not is_supported(character)})
