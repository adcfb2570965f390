"""The platform's small markdown: headings, lists, insets, rules, links, paragraphs.

No emphasis, code, tables or images. Everything is escaped; links are http(s) only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.messages.links import linked, safe_link
from portal.messages.text import escape

_HEADING = re.compile(r" {0,3}(#{1,6})(.*)$")
_RULE = re.compile(r" {0,3}([-_*])(?:\s*\1){2,}\s*$")
_BULLET = re.compile(r"(\s*)[*•-]\s*(?=\S)(.*)$")
_NUMBERED = re.compile(r"(\s*)\d+\.\s+(.*)$")
_INSET = re.compile(r" {0,3}\^ ?(.*)$")
_LINK = re.compile(r"(?<![\\\]])\[([^\[\]]*)\]\(([^\s()]+)(?:\s+\"([^\"]*)\")?\)")
_IMAGE = re.compile(r"(?<!\\)!\[[^\[\]]*\]\([^()]*\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!~|^-])")
_DASH = re.compile(r"(?<=\s)(?:-{1,3}|—)(?=\s)")
_OPENING_DOUBLE = re.compile(r'(^|[\s(\[{‘>–-])"')
_OPENING_SINGLE = re.compile(r"(^|[\s(\[{“>–-])'")
_BEFORE_PUNCTUATION = re.compile(r"(?<![ \t])[ \t]+([,.](?=\s|$))")
# A backslash takes the character after it out of the markup for good.
_PROTECTED_BASE = 0xF0000

Block = Iterator[str]


def protected(character: str) -> str:
    """Return a private stand-in that no rule of the markup recognises."""
    return chr(_PROTECTED_BASE + ord(character))


def revealed(text: str) -> str:
    """Turn the stand-ins back into what they stand for, escaped for HTML."""
    return _STAND_IN.sub(lambda match: _shown(ord(match[0]) - _PROTECTED_BASE), text)


def original(text: str) -> str:
    """Turn the stand-ins back into what they stand for, as it was."""
    return _STAND_IN.sub(lambda match: chr(ord(match[0]) - _PROTECTED_BASE), text)


_STAND_IN = re.compile(f"[{chr(_PROTECTED_BASE)}-{chr(_PROTECTED_BASE + 0xFFFD)}]")


def _shown(code: int) -> str:
    return "<br>" if code == 0x0A else escape(chr(code))


def rendered(text: str) -> str:
    """Return HTML for markdown; stand-ins are left for `revealed`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ESCAPED.sub(lambda match: protected(match[1]), text)
    return "".join(_blocks(text.split("\n")))


def _blocks(lines: list[str]) -> Block:
    position = 0
    while position < len(lines):
        line = lines[position]
        if not line.strip():
            position += 1
        elif _RULE.match(line):
            yield '<hr class="govuk-section-break govuk-section-break--visible">'
            position += 1
        elif heading := _HEADING.match(line):
            yield _heading(heading)
            position += 1
        elif (inset := _INSET.match(line)) and inset[1].strip():
            position, inner = _inset(lines, position)
            yield f"<blockquote>{''.join(_blocks(inner))}</blockquote>"
        elif pattern := _list_pattern(line):
            position, html = _list(lines, position, pattern)
            yield html
        else:
            position, html = _paragraph(lines, position)
            yield html


def _heading(match: re.Match[str]) -> str:
    tag = {1: "h2", 2: "h3"}.get(len(match[1]), "p")
    text = match[2].strip().rstrip("#").rstrip()
    return f"<{tag}>{inline(text)}</{tag}>" if text else ""


def _inset(lines: list[str], position: int) -> tuple[int, list[str]]:
    inner = []
    while position < len(lines) and lines[position].strip():
        match = _INSET.match(lines[position])
        inner.append(match[1] if match else lines[position])
        position += 1
    return position, inner


def _list_pattern(line: str) -> re.Pattern[str] | None:
    if _RULE.match(line):
        return None
    return next(
        (pattern for pattern in (_BULLET, _NUMBERED) if pattern.match(line)), None
    )


def _list(lines: list[str], position: int, pattern: re.Pattern[str]) -> tuple[int, str]:
    """Read items, the lines that go on from them, and one level of nesting."""
    outer = len(lines[position]) - len(lines[position].lstrip())
    items: list[list[str]] = []
    while position < len(lines):
        line = lines[position]
        if not line.strip():
            following = next((rest for rest in lines[position:] if rest.strip()), "")
            if not (items and _list_pattern(following)):
                break
            position += 1
            continue
        match = _BULLET.match(line) or _NUMBERED.match(line)
        if _RULE.match(line) or _starts_block(line):
            break
        if match and len(match[1]) < outer + 2:
            items.append([match[2]])
        elif items:
            items[-1].append(line.strip() if not match else line)
        position += 1
    tag = "ul" if pattern is _BULLET else "ol"
    html = "".join(f"<li>{_item(item)}</li>" for item in items)
    style = "bullet" if tag == "ul" else "number"
    return position, f'<{tag} class="govuk-list govuk-list--{style}">{html}</{tag}>'


def _item(lines: list[str]) -> str:
    own = [line for line in lines[1:] if not _list_pattern(line)]
    nested = [line for line in lines[1:] if _list_pattern(line)]
    html = "<br>".join(inline(line) for line in [lines[0], *own])
    return html + "".join(_blocks([line.strip() for line in nested]))


def _starts_block(line: str) -> bool:
    inset = _INSET.match(line)
    return bool(_HEADING.match(line) or (inset and inset[1].strip()))


def _paragraph(lines: list[str], position: int) -> tuple[int, str]:
    start = position
    while position < len(lines) and lines[position].strip():
        line = lines[position]
        if position > start and (
            _RULE.match(line) or _starts_block(line) or _list_pattern(line)
        ):
            break
        position += 1
    text = "\n".join(line.strip() for line in lines[start:position])
    return position, f"<p>{inline(text).replace(chr(10), '<br>')}</p>"


def inline(text: str) -> str:
    """Escape a run of text and make its links; pictures are left out."""
    text = _IMAGE.sub("", text)
    html = []
    position = 0
    for match in _LINK.finditer(text):
        html.append(_words(text[position : match.start()]))
        html.append(_named_link(match))
        position = match.end()
    html.append(_words(text[position:]))
    return "".join(html)


def _named_link(match: re.Match[str]) -> str:
    link = safe_link(original(match[2]), match[1] and escape(match[1]))
    return link if link else _words(match[0])


def _words(text: str) -> str:
    return linked(escape(text), typographic, original, schemeless=False)


def typographic(text: str) -> str:
    """Set quotation marks and dashes as in print."""
    text = _BEFORE_PUNCTUATION.sub(r"\1", _DASH.sub("–", text))
    if '"' in text:
        text = _OPENING_DOUBLE.sub(r"\1“", text).replace('"', "”")
    if "'" in text:
        text = _apostrophes(text)
    return text


def _apostrophes(text: str) -> str:
    words = re.split(r"(\s+)", text)
    return "".join(
        word if "@" in word else _OPENING_SINGLE.sub(r"\1‘", word).replace("'", "’")
        for word in words
    )
