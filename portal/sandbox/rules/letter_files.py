"""The files of letters: what was uploaded, or a plain page in place of a rendering."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from portal.message_templates.models import TemplateHistory
from portal.messages.fields import Content
from portal.notifications.models import Notification
from portal.sandbox import files, secrets
from portal.sandbox.rules.addresses import address_in

A4 = (595, 842)
LINE_LENGTH = 80


def preview(letter: Notification, file_type: str) -> tuple[bytes, dict[str, Any]]:
    """A letter as a PDF or picture, with what is known of its file."""
    key = f"service-{letter.service_id}/{letter.pk}.pdf"
    try:
        content, metadata = files.read(files.LETTER_BUCKET, key)
    except files.NoSuchFile:
        content, metadata = pdf(written(letter)), {}
    return (content if file_type == "pdf" else blank_png()), metadata


def written(letter: Notification) -> list[str]:
    """The lines of a letter from a template."""
    template = TemplateHistory.objects.get(
        id__in=[letter.template_id], version=letter.template_version
    )
    values = secrets.unseal(letter.personalisation)
    subject, body = (
        Content(text or "").plain(values)
        for text in (template.subject, template.content)
    )
    lines = [*address_in(values).lines, "", subject, "", *body.split("\n")]
    return [
        line[start : start + LINE_LENGTH]
        for line in lines
        for start in range(0, max(len(line), 1), LINE_LENGTH)
    ]


def pdf(lines: list[str]) -> bytes:
    """One page of plain text."""
    shown = b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines)
    stream = b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"ET"
    width, height = A4
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>" % (width, height),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    document, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(document))
        document += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return document + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(document))
    )


def _escaped(line: str) -> bytes:
    text = line.encode("cp1252", "replace")
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def blank_png() -> bytes:
    """An empty sheet as a picture, as there is no renderer."""
    width, height = A4
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + name
        + data
        + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
