"""Layers as GeoParquet: one row for each state of a feature.

The GeoJSON stays the record. The columns are made from it by ``python -m layers.build`` and used as long as they state the
hash of the GeoJSON that the catalog does; a directory without them loads from its GeoJSON, to the same frame.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from layers.record.history import states

from .typed import frame_of, text_dates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa
    from geopandas import GeoDataFrame
    from pandas import Categorical, Series

    from layers.record.record import LayerRecord
    from layers.record.store import JsonObject

SUFFIX: Final = ".parquet"
SINCE, UNTIL = "state_since", "state_until"
EPOCH: Final = date(1970, 1, 1).toordinal()
_EXTENSION: Final = {"double": "Float64", "int64": "Int64", "bool": "boolean"}
_SOURCE, _JSON = b"tumen:source_sha256", b"tumen:json"


def encode(name: str, features: Iterable[JsonObject], source_sha256: str) -> bytes:
    """Make the GeoParquet of a layer.

    Parameters
    ----------
    name
        The layer's name.
    features
        GeoJSON features, as they stand in its file.
    source_sha256
        Of that file.

    Returns
    -------
    bytes
        GeoParquet 1.1. Columns as of `layers.load`, lists and records as JSON text, and ``state_since`` and ``state_until``,
        the days between which a row holds; features in their order, the states of one by day.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [state for feature in features for state in states(feature)]
    frame = text_dates(frame_of(name, [row for _, _, row in rows]))
    columns = {key: _array(frame[key]) for key in frame.columns.drop("geometry")}
    columns[SINCE] = pa.array([since for since, _, _ in rows], pa.date32())
    columns[UNTIL] = pa.array([until for _, until, _ in rows], pa.date32())
    columns["geometry"] = pa.array(frame.geometry.to_wkb(), pa.binary())
    objects = [key for key in frame.columns if frame[key].dtype == object]
    table = pa.table(columns).replace_schema_metadata(
        {"geo": _geo(frame), _SOURCE: source_sha256, _JSON: json.dumps(objects)}
    )
    sink = pa.BufferOutputStream()
    pq.write_table(
        table, sink, compression="none", write_statistics=False
    )  # the wheel packs it; unpacking takes its time
    return bytes(sink.getvalue())


def read(source: Path, day: date, record: LayerRecord) -> GeoDataFrame | None:
    """Read a layer as it was on a day.

    Parameters
    ----------
    source
        The GeoJSON file of the layer, which the columns lie beside.
    day
        The day.
    record
        Of the layer.

    Returns
    -------
    GeoDataFrame or None
        The frame of `layers.load`; None where there are no columns, or they were made from another file.
    """
    import pyarrow as pa

    path = source.with_suffix(SUFFIX)
    try:
        state = path.stat()
        table = _table(path, state.st_mtime_ns, state.st_size)
        is_of_record = source.stat().st_size == record.bytes
    except (FileNotFoundError, pa.ArrowInvalid):  # a user's directory; a file that was cut off
        return None
    facts = table.schema.metadata or {}
    if not is_of_record or facts.get(_SOURCE) != record.sha256.encode():
        return None
    return _frame(_on(table, day), frozenset(json.loads(facts[_JSON])))


def source_of(path: Path) -> str:
    """SHA-256 of the GeoJSON that columns were made from; empty where there are none, or damaged ones."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        facts: dict[bytes, bytes] = pq.read_metadata(path).metadata or {}
        return facts.get(_SOURCE, b"").decode()
    except (FileNotFoundError, pa.ArrowInvalid):
        return ""


@lru_cache(maxsize=64)
def _table(path: Path, _changed_ns: int, _size: int) -> pa.Table:
    """Read a file once for each state of it: what Arrow holds does not change."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        return file.read(use_threads=False)


def _on(table: pa.Table, day: date) -> pa.Table:
    """Take the rows that hold on a day."""
    import numpy as np

    number = day.toordinal() - EPOCH
    since, until = (table[key].cast("int32").to_numpy() for key in (SINCE, UNTIL))
    rows = np.flatnonzero((since <= number) & (number <= until))
    return table.drop_columns([SINCE, UNTIL]).take(rows).combine_chunks()


def _frame(table: pa.Table, objects: frozenset[str]) -> GeoDataFrame:
    import geopandas as gpd
    import pandas as pd
    import shapely
    from geopandas.array import GeometryArray

    columns = {
        key: _column(column, is_object=key in objects)
        for key, column in zip(table.column_names, table.columns, strict=True)
        if key != "geometry"
    }
    geometry = GeometryArray(shapely.from_wkb(table["geometry"].to_numpy()), crs="OGC:CRS84")
    return gpd.GeoDataFrame(pd.DataFrame(columns, copy=False), geometry=geometry)


def _column(column: pa.ChunkedArray, *, is_object: bool) -> Any:  # noqa: ANN401 - whatever pandas takes
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    if is_object:
        values = np.empty(len(column), dtype=object)
        values[:] = json.loads("[" + ",".join(text or "null" for text in column.to_pylist()) + "]")
        return values
    if pa.types.is_dictionary(column.type):
        return _categories(column.combine_chunks())
    return pd.api.types.pandas_dtype(_EXTENSION.get(str(column.type), "string")).__from_arrow__(column)  # type: ignore[union-attr]


def _categories(values: pa.DictionaryArray) -> Categorical:
    """Make categories as `typed.categorical` does, without a look at each value."""
    import numpy as np
    import pandas as pd

    codes = values.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    words = values.dictionary.to_pylist()
    used = sorted(np.unique(codes[codes >= 0]).tolist(), key=words.__getitem__)
    number = np.full(len(words) + 1, -1)  # the last one is that of -1
    number[used] = range(len(used))
    return pd.Categorical.from_codes(number[codes], categories=pd.Index([words[code] for code in used], dtype="str"))


def _array(values: Series[Any]) -> pa.Array:
    import pyarrow as pa
    from pandas import CategoricalDtype

    if values.dtype == object:
        return pa.array([None if value is None else _dumps(value) for value in values], pa.string())
    if isinstance(values.dtype, CategoricalDtype):
        words = [None if value is None or value != value else value for value in values]  # noqa: PLR0124 - NaN
        return pa.array(words, pa.string()).dictionary_encode()
    return pa.array(values)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _geo(frame: GeoDataFrame) -> str:
    column = {"encoding": "WKB", "geometry_types": sorted(set(frame.geom_type)), "orientation": "counterclockwise"}
    return _dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}})
