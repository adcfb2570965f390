"""Workbooks made by hand, in the formats that nothing here can write."""

from __future__ import annotations

import io
import struct
import zipfile

import xlsxwriter


def xlsx(fill):
    """A workbook as `fill` writes it."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output) as book:
        fill(book)
    return output.getvalue()


def changed(data, path, change):
    """A workbook with one member of its archive changed."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == path else content)
    return output.getvalue()


def zipped(members):
    """An archive of members, by their names."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return output.getvalue()


def ods(table):
    """An OpenDocument sheet with the rows and columns given as XML."""
    content = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return zipped(
        {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def ods_row(*cells, attributes=""):
    """A row of text cells."""
    made = "".join(
        '<table:table-cell office:value-type="string">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row {attributes}>{made}</table:table-row>"


def record(kind, body=b""):
    """A record of an .xlsb part."""
    numbered = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return numbered + size + body


def wide(text):
    """A text of an .xlsb record."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows, hidden_rows=(), hidden_columns=()):
    """A binary workbook with one sheet of text cells."""
    columns = b"".join(
        record(60, struct.pack("<IIIIH", n, n, 2304, 0, 1)) for n in hidden_columns
    )
    body = record(129) + record(148, struct.pack("<IIII", 0, len(rows), 0, 9))
    body += record(390) + columns + record(391) + record(145)
    for number, cells in enumerate(rows):
        flags = 0x10 if number in hidden_rows else 0
        body += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
        for column, cell in enumerate(cells):
            body += record(6, struct.pack("<II", column, 0) + wide(cell))
    body += record(146) + record(130)
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("S"))
    book = record(131) + record(143) + sheet + record(144) + record(132)
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org'
        '/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.open'
        'xmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return zipped(
        {
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations,
            "xl/worksheets/sheet1.bin": body,
        }
    )


def xls(rows, hidden_rows=(), hidden_columns=()):
    """A workbook as Excel wrote them before 2007, with one sheet of text cells."""

    def old(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind):
        return old(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0x600))

    end = old(0x0A, b"")
    sheet = begin(0x10)
    for n in hidden_columns:
        sheet += old(0x7D, struct.pack("<HHHHHH", n, n, 2304, 0, 1, 0))
    for number, cells in enumerate(rows):
        flags = 0x20 if number in hidden_rows else 0
        sheet += old(0x208, struct.pack("<8H", number, 0, 9, 255, 0, 0, flags, 0))
        for column, cell in enumerate(cells):
            head = struct.pack("<HHHHB", number, column, 0, len(cell), 0)
            sheet += old(0x204, head + cell.encode())
    book = begin(5) + old(0x42, struct.pack("<H", 1200))
    place = len(book) + 4 + 9 + len(end)
    book += old(0x85, struct.pack("<IBBBB", place, 0, 0, 1, 0) + b"S") + end
    return compound_file((book + sheet + end).ljust(4096, b"\0"))


def compound_file(stream):
    """The file around a workbook of those days: a table of sectors, names, the stream."""

    def entry(name, kind, child, start, size):
        letters = name.encode("utf-16-le")
        return (
            letters.ljust(64, b"\0")
            + struct.pack("<HBB", len(letters) + 2, kind, 1)
            + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<III", start, size, 0)
        )

    stream += bytes(-len(stream) % 512)
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    names = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    names += entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    none = 0xFFFFFFFE
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, none, 0, none, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + table + names.ljust(512, b"\0") + stream
