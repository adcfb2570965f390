"""Templates as files that people read, compare and keep: one text file each, in folders.

A file begins with lines such as ``Subject: Your permit``, then comes an empty line, then
the message. Its folders are the template's folders; the end of its name is the kind of
message, as in ``Permits/Ready to collect.email.txt``. The Welsh part of a letter is in a
file of its own beside it, ``….letter.welsh.txt``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from django.utils.translation import gettext as _

from portal.message_templates.words import WORDS_OF, words_of

WELSH = ".welsh"
BILINGUAL = "welsh_then_english"
# What no file system has to keep, and what begins a hidden file.
UNSAFE = '/\\:*?"<>|%'
ENDING = ".txt"
# The words that stand in a line of their own at the beginning of a file.
LABELS = {
    "subject": "Subject",
    "has_unsubscribe_link": "Unsubscribe-Link",
    "postage": "Postage",
}
MOST_FILES = 2_000
MOST_BYTES = 5 * 1024 * 1024


class UnreadableTemplateFile(ValueError):
    """A file that says nothing that could be a template; the sentence says why."""


@dataclass(frozen=True)
class TemplateFile:
    """What a file says of a template; ``id`` is None for one that is new."""

    path: str
    template_type: str
    folders: tuple[str, ...]
    words: dict[str, Any] = field(default_factory=dict)
    id: UUID | None = None


def files_of(
    templates: Iterable[tuple[tuple[str, ...], Any]],
) -> dict[str, str]:
    """Write templates, each with the names of its folders, as texts by their paths."""
    written: dict[str, str] = {}
    for folders, template in sorted(
        templates, key=lambda pair: (pair[0], str(pair[1].name), str(pair[1].pk))
    ):
        base = _free_path(folders, template, written)
        words = words_of(template)
        written[f"{base}{ENDING}"] = _text(
            _headers(template, words), words["content"] or ""
        )
        if words.get("letter_languages") == BILINGUAL:
            written[f"{base}{WELSH}{ENDING}"] = _text(
                {"Subject": words["letter_welsh_subject"] or ""},
                words["letter_welsh_content"] or "",
            )
    return written


def read_files(texts: Mapping[str, bytes]) -> list[TemplateFile]:
    """Read files back by their paths. Raises UnreadableTemplateFile."""
    found = {
        path: _decoded(path, data)
        for path, data in texts.items()
        if path.endswith(ENDING)
    }
    if not found:
        raise UnreadableTemplateFile(
            _("There are no template files here: their names end in .txt.")
        )
    return [
        _read(path, text, found)
        for path, text in sorted(found.items())
        if not path.endswith(f"{WELSH}{ENDING}")
    ]


def _free_path(
    folders: tuple[str, ...], template: Any, written: Mapping[str, str]
) -> str:
    parts = [_safe(name) for name in (*folders, str(template.name))]
    base = f"{'/'.join(parts)}.{template.template_type}"
    taken = {path.casefold() for path in written}
    if f"{base}{ENDING}".casefold() not in taken:
        return base
    # Two templates of one name lie in one folder: the id tells them apart.
    return f"{'/'.join(parts)} {str(template.pk)[:8]}.{template.template_type}"


def _safe(name: str) -> str:
    kept = "".join(
        quote(c, safe="") if c in UNSAFE or c < " " else c for c in name.strip()
    )
    return f"%2E{kept[1:]}" if kept.startswith(".") else kept or "%20"


def _headers(template: Any, words: Mapping[str, Any]) -> dict[str, str]:
    headers = {"Id": str(template.pk), "Name": str(words["name"])}
    for name, label in LABELS.items():
        if name in words and words[name] not in (None, "", False):
            value = words[name]
            headers[label] = "yes" if value is True else str(value)
    return headers


def _text(headers: Mapping[str, str], content: str) -> str:
    lines = [f"{label}: {_line(value)}" for label, value in headers.items()]
    return "\n".join(lines) + "\n\n" + content.replace("\r\n", "\n") + "\n"


def _line(value: str) -> str:
    """One line for any value: those that do not fit are written as JSON strings."""
    plain = value.strip() == value and "\n" not in value and "\r" not in value
    return value if plain and not value.startswith('"') else json.dumps(value)


def _decoded(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableTemplateFile(
            _("%(path)s is not text in UTF-8. Save it as UTF-8 and try again.")
            % {"path": path}
        ) from error


def _read(path: str, text: str, others: Mapping[str, str]) -> TemplateFile:
    *folders, last = PurePosixPath(path).parts
    name, _dot, kind = last.removesuffix(ENDING).rpartition(".")
    if kind not in WORDS_OF:
        raise UnreadableTemplateFile(
            _("The name of %(path)s must end in .email.txt, .sms.txt or .letter.txt.")
            % {"path": path}
        )
    headers, content = _split(path, text)
    words: dict[str, Any] = dict.fromkeys(WORDS_OF[kind])
    words |= {"name": headers.pop("Name", unquote(name)), "content": content}
    given_id = _id(path, headers.pop("Id", ""))
    by_label = {label: word for word, label in LABELS.items() if word in words}
    for label, value in headers.items():
        if label not in by_label:
            raise UnreadableTemplateFile(
                _("%(path)s has a line “%(label)s” that means nothing there.")
                % {"path": path, "label": label}
            )
        words[by_label[label]] = value
    if "has_unsubscribe_link" in words:
        words["has_unsubscribe_link"] = words["has_unsubscribe_link"] == "yes"
    if kind == "letter":
        words |= _welsh(path, others)
    return TemplateFile(
        path=path,
        template_type=kind,
        folders=tuple(unquote(folder) for folder in folders),
        words=words,
        id=given_id,
    )


def _welsh(path: str, others: Mapping[str, str]) -> dict[str, Any]:
    beside = path.removesuffix(ENDING) + WELSH + ENDING
    if beside not in others:
        return {"letter_languages": "english"}
    headers, content = _split(beside, others[beside])
    return {
        "letter_languages": BILINGUAL,
        "letter_welsh_subject": headers.get("Subject", ""),
        "letter_welsh_content": content,
    }


def _split(path: str, text: str) -> tuple[dict[str, str], str]:
    head, empty_line, content = text.partition("\n\n")
    headers: dict[str, str] = {}
    for line in head.split("\n"):
        label, colon, value = line.partition(":")
        if not colon or not empty_line:
            raise UnreadableTemplateFile(
                _(
                    "%(path)s must begin with lines such as “Name: Permit ready”, and "
                    "have an empty line before the message."
                )
                % {"path": path}
            )
        headers[label.strip()] = _value(path, value.strip())
    return headers, content.removesuffix("\n")


def _value(path: str, written: str) -> str:
    if not written.startswith('"'):
        return written
    try:
        return str(json.loads(written))
    except ValueError as error:
        raise UnreadableTemplateFile(
            _("%(path)s: there is no end to the quoted text %(text)s.")
            % {"path": path, "text": written}
        ) from error


def _id(path: str, written: str) -> UUID | None:
    try:
        return UUID(written) if written else None
    except ValueError as error:
        raise UnreadableTemplateFile(
            _(
                "The Id in %(path)s is not the id of a template. Leave it out for a new one."
            )
            % {"path": path}
        ) from error
