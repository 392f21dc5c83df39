"""Properties of a big layer: names in chunks to search, the rest in chunks that are opened for a popup."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from maps.features.geojson import plain_value

from .rule import codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from maps.features.geojson import Json

    from .shape import Ints

CHUNK = 1024  # features whose texts are compressed together
FILTERS = ("status", "kind", "zone_type")
_NAMES = ("id", "name", "name_ko", "name_ru", "name_zh", "aliases")
_MAX_WORDS = 64  # a list of more boxes is no filter
_SAFE = 2**53  # beyond, JavaScript's numbers leave integers out


class _Chunks(Protocol):
    """What takes compressed texts."""

    def chunks(self, texts: Iterator[bytes]) -> list[dict[str, object]]:
        """Compress texts one by one."""


def filter_columns(table: pa.Table, rows: Ints) -> tuple[dict[str, npt.NDArray[np.uint8]], dict[str, list[str]]]:
    """Columns that the page filters by, as codes and their words; the last code is that of no value."""
    coded: dict[str, npt.NDArray[np.uint8]] = {}
    words: dict[str, list[str]] = {}
    for name in FILTERS:
        if name not in table.column_names:
            continue
        codes = codes_of(table[name])
        if 0 < len(codes.values) <= _MAX_WORDS:
            coded[name] = codes.code[rows].astype(np.uint8)
            words[name] = [str(value) for value in codes.values]
    return coded, words


def property_chunks(writer: _Chunks, table: pa.Table, rows: Ints) -> dict[str, object]:
    """Pack the properties of rows, in their order.

    Returns
    -------
    dict
        ``chunk``, the features in one; ``names`` and ``properties``, where their chunks are.
    """
    named = [key for key in _NAMES if key in table.column_names]
    others = [key for key in table.column_names if key not in named]
    return {
        "chunk": CHUNK,
        "numbered": "id" not in named,
        "names": writer.chunks(_texts(table, named, rows, numbered="id" not in named)),
        "properties": writer.chunks(_texts(table, others, rows, numbered=False)) if others else [],
    }


def _texts(table: pa.Table, columns: Sequence[str], rows: Ints, *, numbered: bool) -> Iterator[bytes]:
    """JSON of each chunk: values by column, and the rows of the source under no name."""
    chosen = table.select(list(columns)).combine_chunks()
    for begin in range(0, len(rows), CHUNK):
        own = rows[begin : begin + CHUNK]
        taken = chosen.take(own)
        values: dict[str, Sequence[Json]] = {key: _plain(taken[key]) for key in columns}
        if numbered:
            values[""] = (own + 1).tolist()
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


def _plain(column: pa.ChunkedArray) -> list[Json]:
    """JSON values of a column, as a script can hold them."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [None] * len(column)
    values: list[Json] = column.to_pylist()
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_boolean(kind):
        return values
    if pa.types.is_integer(kind):
        return [str(value) if isinstance(value, int) and abs(value) > _SAFE else value for value in values]
    if pa.types.is_floating(kind):
        return [_finite(value) for value in values]
    return [_finite(plain_value(value)) for value in values]


def _finite(value: Json) -> Json:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list) else value
