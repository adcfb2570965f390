"""What is defined apart from where it is named: addresses of links, and notes."""

from __future__ import annotations

import re

NEWLINES = re.compile(r"\n+")
END_OF_LINE = r" *(?:\n+|\Z)"
LINK = re.compile(rf" *\[([^^\]]+)\]: *([^\s>]+)(?: +[\"(]([^\n]+)[\")])?{END_OF_LINE}")
NOTE = re.compile(r"\[\^([^\]]+)\]: *([^\n]*(?:\n+|\Z)(?: +[^\n]*(?:\n+|\Z))*)")


def words_of_note(note: re.Match[str]) -> str:
    """Return a note's lines without the indent that they share."""
    first, *rest = note[2].split("\n")
    indents = [len(x) - len(x.lstrip()) for x in rest if x[:1].isspace()]
    width = min(indents, default=0)
    return "\n".join([first, *(line[width:] for line in rest)])
