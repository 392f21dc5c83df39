"""The file format of a compiled network: format line, JSON header, integer coordinates, checksum."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo import Coordinates

# To be raised when the meaning of the header or of the coordinates changes: caches of the older format are then left alone.
FORMAT = 2
MAGIC = b"tumen network %d\n" % FORMAT
UNITS_PER_DEGREE = 1_000_000
_SIZE = 12
_SUM = 4


class TransferRow(NamedTuple):
    """A transfer as the header lists it, in this order; `labels` and `loads` are numbers of rows of those lists.

    Attributes
    ----------
    place
        Id of its node, at a border that of its edge.
    spells
        Its states, each with the day from which it holds.
    pairs
        Ids of the two edges of each reversal.
    """

    id: str
    kind: Any
    place: str
    from_carrier: str
    to_carrier: str
    hours: float | None
    explanation: str
    sources: Any
    assumption: str
    both_ways: bool
    labels: Any
    spells: Any
    load_hours: Any
    loads: Any
    pairs: Any


class LabelRow(NamedTuple):
    """A rule of law as the header lists it, in this order."""

    regime: Any
    begin: str
    end: str | None
    note: str
    sources: Any


class ArchiveError(ValueError):
    """Bytes are not a compiled network of this format, or not a whole one."""


class Lines:
    """Coordinates of all edges, decoded one line at a time.

    Parameters
    ----------
    content
        Longitudes and latitudes in turn, little-endian whole numbers of 32 bits, in millionths of a degree.
    """

    __slots__ = ("_content",)

    def __init__(self, content: memoryview) -> None:
        self._content = content

    def line(self, start: int, count: int) -> Coordinates:
        """Decode `count` positions from number `start` on."""
        numbers = array("i")
        numbers.frombytes(self._content[start * 8 : (start + count) * 8])
        if sys.byteorder == "big":
            numbers.byteswap()
        pairs = iter([number / UNITS_PER_DEGREE for number in numbers])
        return tuple(zip(pairs, pairs, strict=True))


def pack(header: dict[str, Any], lines: Iterable[Coordinates]) -> bytes:
    """Serialize a compiled network; the same content gives the same bytes."""
    numbers = array("i")
    for line in lines:
        numbers.extend(round(degrees * UNITS_PER_DEGREE) for pair in line for degrees in pair)
    if sys.byteorder == "big":
        numbers.byteswap()
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    content = b"".join([MAGIC, b"%0*d\n" % (_SIZE - 1, len(text)), text, numbers.tobytes()])
    return content + _sum(content)


def unpack(content: bytes) -> tuple[dict[str, Any], Lines]:
    """Read what `pack` wrote.

    Raises
    ------
    ArchiveError
        When it is something else, of another format, cut or changed.
    """
    begin = len(MAGIC) + _SIZE
    if not content.startswith(MAGIC) or len(content) < begin + _SUM:
        raise ArchiveError(f"expected a compiled network of format {FORMAT}")
    view = memoryview(content)
    if _sum(view[:-_SUM]) != content[-_SUM:]:
        raise ArchiveError("the checksum at the end is not that of the content")
    end = begin + int(content[len(MAGIC) : begin])
    return json.loads(content[begin:end]), Lines(view[end:-_SUM])


def _sum(content: bytes | memoryview) -> bytes:
    """Return a checksum against damage; the hash of the file is in the catalog."""
    return zlib.crc32(content).to_bytes(_SUM, "little")
