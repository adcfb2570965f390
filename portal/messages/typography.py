"""Text set as in print: curly quotation marks, en dashes, no space before a comma."""

from __future__ import annotations

import re

# Open fields, stood in for by a character of private use, are like tags.
_TAG = re.compile(r"(<[^>]*>|[\ue000-\uefff])")
_UNCURLED_TAG = re.compile(r"<(/?)(?:a|pre|code|samp|kbd|tt|math|script|style)\b")
_BEFORE_PUNCTUATION = re.compile(r"(?<![ \t])[ \t]+([,.])")
_DASH = re.compile(r"(?<!\s)\s+[-–—]{1,3}\s+")
_ESCAPED = re.compile(r"\\([\\\"'.`-])")
_WORD_ENDS = re.compile(r"(\s|<(?:p|h[23]|li|blockquote|strong)>|[\ue000-\uefff])")
_STRAIGHT_SINGLE = str.maketrans("‘’", "''")

# What a closing mark follows: anything but a space or an opening bracket.
_AFTER = r"([^ \t\r\n\[{(-])"
_BEFORE_OPENING = r"(\s|&nbsp;|--|&[mn]dash;)"
_SINGLE = (
    (re.compile(r"\b'(?=\d\ds)"), "’"),
    (re.compile(rf"{_BEFORE_OPENING}'(?=\w)"), r"\1‘"),
    (re.compile(rf"{_AFTER}'(?!\s|s\b|\d)"), r"\1’"),
    (re.compile(rf"{_AFTER}'(?=\s|s\b)"), r"\1’"),
    (re.compile("'"), "‘"),
)
_DOUBLE = (
    (re.compile(rf'{_BEFORE_OPENING}"(?=\w)'), r"\1“"),
    (re.compile(r'"(?=\s)'), "”"),
    (re.compile(r'\A"(?=[!#$%\'()*+,./:;<=>?@\[\\\]^_`{|}~"-])'), "”"),
    (re.compile(rf'{_AFTER}"'), r"\1”"),
    (re.compile('"'), "“"),
)
_TOGETHER = ((re.compile(r"\"'(?=\w)"), "“‘"), (re.compile(r"'\"(?=\w)"), "‘“"))


def typographic(html: str) -> str:
    """Set the text of HTML as in print; tags and the words of links stay as they are."""
    html = smart_quotes(without_space_before_punctuation(html))
    if "@" in html and ("‘" in html or "’" in html):
        html = _with_straight_addresses(html)
    return en_dashes(html)


def without_space_before_punctuation(text: str) -> str:
    """Remove spaces and tabs before commas and full stops."""
    return _BEFORE_PUNCTUATION.sub(r"\1", text)


def en_dashes(text: str) -> str:
    """Make hyphens that stand between spaces into dashes."""
    return _DASH.sub(" – ", text)


def with_unbroken_hyphens(html: str) -> str:
    """Make hyphens in the text of HTML such that no line is broken at them."""
    pieces = _TAG.split(html)
    pieces[::2] = [piece.replace("-", "\u2011") for piece in pieces[::2]]
    return "".join(pieces)


def smart_quotes(html: str) -> str:
    """Curl straight quotation marks, but for those in tags and in the words of links."""
    if not ("'" in html or '"' in html or "\\" in html):
        return html
    pieces = _TAG.split(html)
    within: list[str] = []
    before = ""
    for index, piece in enumerate(pieces):
        if index % 2:
            if piece[0] != "<":
                before = ")"
            elif tag := _UNCURLED_TAG.match(piece):
                _enter_or_leave(within, piece, closes=bool(tag[1]))
        elif piece:
            if not within:
                pieces[index] = _curled(piece, before)
            before = piece[-1]
    return "".join(pieces)


def _enter_or_leave(within: list[str], tag: str, *, closes: bool) -> None:
    name = tag.strip("</>").split(maxsplit=1)[0]
    if not closes:
        within.append(name)
    elif within and within[-1] == name:
        within.pop()


def _curled(text: str, before: str) -> str:
    if text in ("'", '"'):
        closes = bool(before.strip())
        return ("’" if closes else "‘") if text == "'" else ("”" if closes else "“")
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: f"&#{ord(match[1])};", text)
    has_single, has_double = "'" in text, '"' in text
    if has_single and has_double:
        text = _replaced(text, _TOGETHER)
    if has_single:
        text = _replaced(text, _SINGLE)
    return _replaced(text, _DOUBLE) if has_double else text


def _replaced(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def _with_straight_addresses(html: str) -> str:
    """Straighten the quotation marks in words with an @, as addresses are no prose."""
    pieces = _WORD_ENDS.split(html)
    is_taken = False
    for index in range(0, len(pieces), 2):
        word, end = pieces[index], pieces[index + 1 : index + 2]
        ends_at_tag = bool(end) and not end[0].isspace()
        inner = word if ends_at_tag else word[:-1]
        starts_at_tag = index > 0 and not pieces[index - 1].isspace()
        if not is_taken and "@" in (inner if starts_at_tag else inner[1:]):
            pieces[index] = word.translate(_STRAIGHT_SINGLE)
            # The space after an address does not count as the one before the next.
            is_taken = end not in (["\n"], []) and not ends_at_tag
        else:
            is_taken = False
    return "".join(pieces)
