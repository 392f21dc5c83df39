"""Long lists of coordinates as flat arrays: a list of Python for each of a million positions takes ten times the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import json

if TYPE_CHECKING:
    import numpy.typing as npt

_OPENING = re.compile(r"[\[\s]+")
_DEEPEST = 4  # lists within one another, of a MultiPolygon


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Coordinates of one geometry.

    Attributes
    ----------
    counts
        How many members each list has, from the outermost to the positions: the counts of a depth are one array.
    values
        The numbers of all positions, concatenated.
    """

    counts: tuple[npt.NDArray[np.int64], ...]
    values: npt.NDArray[np.float64]


def ragged(text: str) -> Ragged | None:
    """Read a list of lists of numbers; nothing when it is empty, something else, or no JSON.

    Examples
    --------
    >>> read = ragged("[[[1, 2], [3, 4.5]], []]")
    >>> [counts.tolist() for counts in read.counts], read.values.tolist()
    ([[2], [2, 0], [2, 2]], [1.0, 2.0, 3.0, 4.5])
    >>> ragged("[[1, 2], 3]") is None
    True
    """
    opening = _OPENING.match(text)
    depth = opening[0].count("[") if opening else 0
    if not 0 < depth <= _DEEPEST:
        return None
    kind = pa.float64()
    for _ in range(depth):
        kind = pa.list_(kind)
    document = pa.py_buffer(b'{"_":' + text.encode() + b"}")
    try:
        table = json.read_json(
            pa.BufferReader(document),
            read_options=json.ReadOptions(use_threads=False, block_size=document.size + 1),
            parse_options=json.ParseOptions(explicit_schema=pa.schema([("_", kind)])),
        )
    except pa.ArrowInvalid:
        return None
    lists: pa.Array = table.column(0).combine_chunks()
    counts = []
    for _ in range(depth):
        if lists.null_count:
            return None
        counts.append(np.diff(lists.offsets.to_numpy()).astype(np.int64))
        lists = lists.flatten()
    return None if lists.null_count or not len(lists) else Ragged(tuple(counts), lists.to_numpy())
