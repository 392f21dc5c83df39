"""Checks that a file is a complete OSM PBF.

A PBF is a row of blobs: four bytes with the size of a header, the header (type and size), the data. Walking over the headers
takes no time and finds a file that ends within a blob before anything is read from it. A file cut between two blobs looks whole;
see `layers.osm.extract` for what tells it then.

References
----------
https://wiki.openstreetmap.org/wiki/PBF_Format
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.errors import ExtractError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

LARGEST_HEADER = 64 * 1024
GET_AGAIN = "get it again, and compare its size or checksum with the publisher's"
MAGIC = {
    b"<?xm": "OSM XML",
    b"<osm": "OSM XML",
    b"BZh": "compressed by bzip2",
    b"\x1f\x8b": "compressed by gzip",
    b"PK": "a ZIP",
}


def check_whole(path: Path) -> int:
    """Walk over the blobs of a PBF.

    Returns
    -------
    int
        How many blobs of data it holds.

    Raises
    ------
    ExtractError
        When it is missing, is not a PBF, ends within a blob, or is broken.
    """
    try:
        with path.open("rb") as file:
            kinds = list(_blobs(file, path))
    except OSError as error:
        raise ExtractError(f"it cannot be read: {error.strerror}; check the path", path) from None
    if not kinds:
        raise ExtractError(f"the file is empty; {GET_AGAIN}", path)
    return kinds.count("OSMData")


def _blobs(file: BinaryIO, path: Path) -> Iterator[str]:
    size = file.seek(0, 2)
    position = file.seek(0)
    first = True
    while position < size:
        begin = file.read(4)
        length = int.from_bytes(begin, "big")
        if first and not 0 < length <= LARGEST_HEADER:
            raise ExtractError(_not_a_pbf(begin), path)
        kind, data_bytes = _header(file.read(length)) if length <= LARGEST_HEADER else ("", -1)
        if first and kind != "OSMHeader":
            raise ExtractError(_not_a_pbf(begin), path)
        ends = position + 4 + length + data_bytes
        if len(begin) == 4 and position + 4 + length <= size and (data_bytes < 0 or not kind):  # noqa: PLR2004
            raise ExtractError(f"it is damaged at byte {position:,}; {GET_AGAIN}", path)
        if len(begin) < 4 or ends > size or data_bytes < 0:  # noqa: PLR2004 - the bytes of the size
            raise ExtractError(f"it ends in the middle of a block (byte {size:,}): it was cut off; {GET_AGAIN}", path)
        yield kind
        first = False
        position = file.seek(ends)


def _header(content: bytes) -> tuple[str, int]:
    """Type and size of the data that a blob header announces; ``("", -1)`` when it is none."""
    kind, data_bytes, position = "", -1, 0
    try:
        while position < len(content):
            field, position = _varint(content, position)
            value, position = _varint(content, position)
            if field == 0x18:  # noqa: PLR2004 - number 3, a varint: the size
                data_bytes = value
            elif field in {0x0A, 0x12}:  # numbers 1 and 2, of that many bytes: the type, and an index
                if field == 0x0A:  # noqa: PLR2004
                    kind = content[position : position + value].decode("ascii")
                position += value
            else:
                return "", -1
    except (IndexError, UnicodeDecodeError):
        return "", -1
    return kind, data_bytes


def _varint(content: bytes, position: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = content[position]
        value |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the last byte has no high bit
            return value, position


def _not_a_pbf(begin: bytes) -> str:
    hint = next((f", but {name}" for magic, name in MAGIC.items() if begin.startswith(magic)), "")
    return f"it is not an OSM PBF{hint}; give an extract that ends in .osm.pbf (`osmium cat FILE -o FILE.osm.pbf` converts)"
