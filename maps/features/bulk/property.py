"""Properties of a big layer: names in chunks to search, the rest in chunks that are opened for a popup."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from maps.features.column import values_of
from maps.features.geojson import script_values

from .rule import codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from maps.features.geojson import Json

    from .shape import Ints

CHUNK = 1024  # features whose texts are compressed together
FILTERS = ("status", "kind", "zone_type")
_NAMES = ("name", "name_ko", "name_ru", "name_zh", "aliases")
_MAX_WORDS = 64  # a longer list of checkboxes is no useful filter


class _Chunks(Protocol):
    """A writer of compressed texts."""

    def chunks(self, texts: Iterator[bytes]) -> list[dict[str, object]]:
        """Compress texts one by one."""


def filter_columns(table: pa.Table, rows: Ints) -> tuple[dict[str, npt.NDArray[np.uint8]], dict[str, list[str]]]:
    """Columns that the page filters by, as codes and their words; the last code is that of no value."""
    coded: dict[str, npt.NDArray[np.uint8]] = {}
    words: dict[str, list[str]] = {}
    for name in FILTERS:
        if name not in table.column_names:
            continue
        codes = codes_of(table, name)
        if 0 < len(codes.values) <= _MAX_WORDS:
            coded[name] = codes.code[rows].astype(np.uint8)
            words[name] = [str(value) for value in codes.values]
    return coded, words


def property_chunks(writer: _Chunks, table: pa.Table, rows: Ints, ids: Sequence[str | None] = ()) -> dict[str, object]:
    """Pack the properties of rows, in their order.

    Returns
    -------
    dict
        ``chunk``, the features in one; ``names`` and ``properties``, where their chunks are. A row without an id has its
        number in the source, from 1, under no name.
    """
    name_columns = [key for key in _NAMES if key in table.column_names]
    other_columns = [key for key in table.column_names if key not in name_columns]
    own_ids = ids if any(id_ is not None for id_ in ids) else None
    numbered = own_ids is None or any(own_ids[row] is None for row in rows.tolist())
    return {
        "chunk": CHUNK,
        "numbered": numbered,
        "names": writer.chunks(_texts(table, name_columns, rows, ids=own_ids, numbered=numbered)),
        "properties": writer.chunks(_texts(table, other_columns, rows)) if other_columns else [],
    }


def _texts(
    table: pa.Table,
    columns: Sequence[str],
    rows: Ints,
    *,
    ids: Sequence[str | None] | None = None,
    numbered: bool = False,
) -> Iterator[bytes]:
    """JSON of each chunk: values by column, ids, and the rows of the source under no name."""
    chosen = table.select(list(columns)).combine_chunks()
    for begin in range(0, len(rows), CHUNK):
        chunk_rows = rows[begin : begin + CHUNK]
        chunk = chosen.take(chunk_rows)
        values: dict[str, Sequence[Json]] = {key: script_values(values_of(chunk, key)) for key in columns}
        if ids is not None:
            values["id"] = [ids[row] for row in chunk_rows.tolist()]
        if numbered:
            values[""] = (chunk_rows + 1).tolist()
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
