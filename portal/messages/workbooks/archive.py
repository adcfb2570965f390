"""The zip archive that most workbooks are, looked at without unpacking it whole."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

# A hundred thousand rows of ten columns unpack to about 60 MB.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_MAX_MEMBERS = 10_000
_PIECE = 1 << 16
_LONGEST_TAG = 1 << 20
_LOCAL_HEADER = 30
_ELEMENT_OF_WORKBOOK = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class TooLarge(ValueError):
    """An archive that would unpack to far too much."""


def attributes(text: bytes) -> dict[bytes, bytes]:
    """Return the attributes of an XML tag."""
    return {name: one or other for name, one, other in _ATTRIBUTE.findall(text)}


class Archive:
    """A zip archive that is known to be harmless: what it says of itself is not taken on
    trust, and all of it is unpacked once, and forgotten."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
        declared = sum(member.file_size for member in members)
        if declared > MAX_UNPACKED_BYTES or len(members) > _MAX_MEMBERS:
            raise TooLarge
        self.members = {member.filename: member for member in members}
        left = MAX_UNPACKED_BYTES
        for member in members:
            for piece in self._unpacked(member):
                left -= len(piece)
                if left < 0:
                    raise TooLarge

    def pieces(self, path: str) -> Iterator[bytes]:
        """Yield what a member unpacks to. Raises KeyError."""
        return self._unpacked(self.members[path])

    def read(self, path: str) -> bytes:
        """Return a member as a whole. Raises KeyError."""
        return b"".join(self.pieces(path))

    def _unpacked(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack a member, whatever size it declares."""
        header = self.data[member.header_offset :][:_LOCAL_HEADER]
        name, extra = header[26:28], header[28:30]
        start = member.header_offset + _LOCAL_HEADER
        start += int.from_bytes(name, "little") + int.from_bytes(extra, "little")
        packed = self.data[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            yield packed
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            unpack = zlib.decompressobj(-zlib.MAX_WBITS)
            while packed and not unpack.eof:
                yield unpack.decompress(packed, _PIECE)
                packed = unpack.unconsumed_tail
        else:
            raise zipfile.BadZipFile


def tags(archive: Archive, path: str) -> Iterator[bytes]:
    """Yield the XML of a member in pieces that end where a tag begins."""
    rest = b""
    for unpacked in archive.pieces(path):
        piece = rest + unpacked
        end = piece.rfind(b"<")
        if end <= 0 and len(piece) > _LONGEST_TAG:
            end = len(piece)
        rest = piece[max(end, 0) :]
        if end > 0:
            yield piece[:end]
    yield rest


def sheet_path(archive: Archive, position: int, workbook: str) -> str:
    """Return where a sheet of an Excel workbook lies, by its place among the sheets."""
    folder, _slash, name = workbook.rpartition("/")
    sheets = _ELEMENT_OF_WORKBOOK.findall(archive.read(workbook))
    relation = next(
        value
        for name, value in attributes(sheets[position]).items()
        if name.endswith(b":id")
    )
    return relation_target(archive, relation, f"{folder}/_rels/{name}.rels")


def relation_target(archive: Archive, relation: bytes, path: str) -> str:
    """Return the member that a relation of the workbook leads to."""
    targets = {
        found[b"Id"]: found[b"Target"].decode()
        for found in map(attributes, _RELATION.findall(archive.read(path)))
    }
    target = targets[relation]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
