"""Files that e-mails link to: which kinds there are, and how their links stand in a message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.messages.columns import Columns
from portal.messages.fields import Content
from portal.messages.text import INVISIBLE, with_single_spaces

MOST_BYTES = 2 * 1024 * 1024
LONGEST_NAME = 100
FEWEST_WEEKS, MOST_WEEKS = 1, 78

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_ZIP, _OLE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
# What would end a placeholder, or be read as something else in one.
_NOT_IN_NAMES = re.compile(r"[(),?<>&\[\]]")
_DOWNLOAD_LINK = re.compile(
    r"(?:\[[^\[\]\n]*\]\()?https?://[^\s()\[\]]+/d/[\w-]{22}/[\w-]{22}\?key=[\w-]+\)?"
)


@dataclass(frozen=True)
class FileKind:
    """A kind of file: what it is called, and how its content begins.

    Without any beginnings it is text.
    """

    extension: str
    mime_type: str
    name: Any
    beginnings: tuple[bytes, ...] = ()

    def fits(self, content: bytes) -> bool:
        """Say whether a file's content can be of this kind."""
        if self.beginnings:
            return content.lstrip().startswith(self.beginnings)
        return b"\x00" not in content or content.startswith((b"\xff\xfe", b"\xfe\xff"))


KINDS = (
    FileKind("csv", "text/csv", _("CSV file")),
    FileKind("doc", "application/msword", _("Microsoft Word document"), _OLE),
    FileKind(
        "docx",
        f"{_OPEN_XML}wordprocessingml.document",
        _("Microsoft Word document"),
        _ZIP,
    ),
    FileKind("jpeg", "image/jpeg", _("JPEG image"), (b"\xff\xd8\xff",)),
    FileKind("jpg", "image/jpeg", _("JPEG image"), (b"\xff\xd8\xff",)),
    FileKind("json", "application/json", _("JSON file")),
    FileKind(
        "odt", "application/vnd.oasis.opendocument.text", _("OpenDocument text"), _ZIP
    ),
    FileKind("pdf", "application/pdf", _("PDF"), (b"%PDF-",)),
    FileKind("png", "image/png", _("PNG image"), (b"\x89PNG\r\n\x1a\n",)),
    FileKind("rtf", "application/rtf", _("RTF file"), (b"{\\rtf",)),
    FileKind("txt", "text/plain", _("text file")),
    FileKind(
        "xlsx",
        f"{_OPEN_XML}spreadsheetml.sheet",
        _("Microsoft Excel spreadsheet"),
        _ZIP,
    ),
)
_BY_EXTENSION = {kind.extension: kind for kind in KINDS}


def kind_of(filename: str) -> FileKind | None:
    """Return the kind that the end of a name says; None for files that cannot be sent."""
    name, _dot, extension = filename.rpartition(".")
    return _BY_EXTENSION.get(extension.lower()) if name else None


def clean_name(filename: str) -> str:
    """Return a name without folders, control characters and odd spaces."""
    name = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        c for c in name if unicodedata.category(c)[0] != "C" and c not in INVISIBLE
    )
    return with_single_spaces(shown)


def has_forbidden_characters(filename: str) -> bool:
    """Say whether a name could not stand between the double brackets of a placeholder."""
    return _NOT_IN_NAMES.search(filename) is not None


def size_text(size: int) -> str:
    """Write a size as 12KB or 1.2MB."""
    unit, of = ("MB", 1024**2) if size >= 1024**2 / 10 else ("KB", 1024)
    return f"{max(size / of, 0.1):.1f}".removesuffix(".0") + unit


def link_text_as_markdown(text: str | None, address: str) -> str:
    """Return what takes the place of a file's placeholder."""
    if not text:
        return address
    # A pair of brackets would be read as a placeholder once more.
    return f"[{text.replace('((', '( (')}]({address})"


def with_links(content: str, links: Mapping[str, str]) -> str:
    """Put the links of files in place of their placeholders; the others stay."""
    return Content(content).plain(Columns(links)) if links else content


def sent_links(content: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return those of a sent message's values that are links to its template's files."""
    given = Columns(values)
    found = {}
    for name in Content(content).placeholders:
        value = given.get(name)
        is_link = isinstance(value, str) and _DOWNLOAD_LINK.fullmatch(value)
        if is_link and kind_of(name) is not None:
            found[name] = value
    return found
