"""Features in any form that a caller may pass: frames, series, shapes, GeoJSON, tables of Arrow, positions."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa

from maps.errors import FeatureError
from maps.features.bulk.collect import BATCH
from maps.features.column import table_of_columns, table_of_rows
from maps.features.geojson import DataRecord, GeoInterface, LayerData, geometry_kind

from .document import Document, LateCrsError, features_of_mapping, features_of_text
from .geojson_shape import shapes_of_geojson
from .intake import Intake
from .vector import Options

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from geopandas import GeoDataFrame, GeoSeries

    from geo import Position
    from maps.features.bulk import BulkData

    from .document import Item

_BATCH_CHARACTERS = 1 << 24
_PRECISIONS = {"year": 4, "month": 7}  # characters of a date that is not known to the day


def read_given(what: object, name: str, order: str = "") -> LayerData | BulkData:
    """Read features from any supported object; many become columns.

    Raises
    ------
    FeatureError
        When it has no features, or they cannot be drawn.
    """
    if hasattr(what, "crs") and hasattr(what, "geometry"):
        return read_frame(cast("GeoDataFrame | GeoSeries", what), name, order)
    if hasattr(what, "__arrow_c_stream__"):
        return _read_arrow(what, name, order)
    if isinstance(what, GeoInterface) and not isinstance(what, Mapping):
        what = what.__geo_interface__
    if isinstance(what, Mapping):
        document = Document(name)
        return _take_items(features_of_mapping(what, document), document, Options(order=order))
    if isinstance(what, Iterable) and not isinstance(what, str | bytes):
        return read_given(point_collection(cast("Iterable[Position]", what)), name, order)
    raise FeatureError(
        f"expected a layer's name, a GeoDataFrame, GeoJSON, __geo_interface__, a table of Arrow with geometry, or (lon, lat) "
        f"pairs, got {type(what).__name__}"
    )


def features_of(content: object, name: str) -> LayerData:
    """Features of GeoJSON in memory, as elements however many they are.

    Raises
    ------
    FeatureError
        When it is not GeoJSON, or holds an invalid position.

    Examples
    --------
    >>> features_of({"type": "Point", "coordinates": [130.64, 42.42]}, "here").features[0]["id"]
    'here/1'
    >>> features_of({"type": "Point", "coordinates": [42.42, 130.64]}, "here")
    Traceback (most recent call last):
    ...
    layers.errors.FeatureError: latitude must be in [-90, 90], got 130.64 (feature 1 of 'here'); are lon and lat swapped?
    """
    document = Document(name)
    items = features_of_mapping(content, document)
    return cast("LayerData", _take_items(items, document, Options(), few=True))


def features_of_file(path: Path) -> LayerData:
    """Features of a GeoJSON file, as elements however many they are.

    Raises
    ------
    FeatureError
        When it is not GeoJSON, or holds an invalid position.
    """
    document = Document(path.name)
    with path.open("rb") as file:
        items = features_of_text(file, document)
        return cast("LayerData", _take_items(items, document, Options(), stem=path.stem, few=True))


def read_document(path: Path, options: Options) -> LayerData | BulkData:
    """Features of a file of GeoJSON of any type and size.

    Raises
    ------
    FeatureError
        When it is not GeoJSON, or cannot be drawn.
    """
    document = Document(path.name)
    try:
        return _take_file(path, document, options)
    except LateCrsError as late:
        document = Document(path.name, crs=late.crs)
        return _take_file(path, document, options)


def _take_file(path: Path, document: Document, options: Options) -> LayerData | BulkData:
    with path.open("rb") as file:
        return _take_items(features_of_text(file, document), document, options, stem=path.stem)


def _take_items(
    items: Iterator[Item], document: Document, options: Options, *, stem: str = "", few: bool = False
) -> LayerData | BulkData:
    intake: Intake | None = None
    while batch := _next_batch(items, document):
        if intake is None:  # by now the CRS of the document is known
            intake = Intake(document.name, document.crs or options.crs_of("" if options.crs else "OGC:CRS84"), few=few)
        _take_batch(batch, intake)
        batch.clear()  # before the next is read: parsed text takes ten times its size
    intake = intake or Intake(document.name, options.crs_of("OGC:CRS84"), few=few)
    name = stem or document.name
    title, licence, attribution = (_text(document.members.get(key)) for key in ("title", "licence", "attribution"))
    return intake.finish(DataRecord(name, title or name, licence, attribution), options.order)


def _next_batch(items: Iterator[Item], document: Document) -> list[Item]:
    """Take as many features as fit into memory at once: only a few if they are very large."""
    batch: list[Item] = []
    start = document.read
    for item in items:
        batch.append(item)
        if len(batch) == BATCH or document.read - start >= _BATCH_CHARACTERS:
            break
    return batch


def _take_batch(batch: list[Item], intake: Intake) -> None:
    done, name = len(intake), intake.name
    ids = [item.get("id") for item in batch]
    rows: list[Mapping[str, Any]] = []
    for number, item in enumerate(batch, done + 1):
        properties = item.get("properties")
        if not isinstance(properties, Mapping | None):
            raise FeatureError(
                f"properties must be an object, got {type(properties).__name__} (feature {number} of {name!r})",
                source=name,
            )
        rows.append(properties or {})

    def label(row: int) -> str:
        own_id = ids[row] if ids[row] is not None else rows[row].get("id")
        return f"feature {own_id!r}" if own_id is not None else f"feature {done + row + 1:,} of {name!r}"

    shapes = shapes_of_geojson([item.get("geometry") for item in batch], label, name, intake.notices)
    intake.add(shapes, table_of_rows(rows, intake.notices), ids)


def read_frame(frame: GeoDataFrame | GeoSeries, name: str, order: str = "") -> LayerData | BulkData:
    """Features of a GeoDataFrame or GeoSeries.

    Raises
    ------
    FeatureError
        When it has no CRS, or cannot be drawn.
    """
    if frame.crs is None:
        raise FeatureError(
            f"the frame {name!r} has no CRS; set one, for example frame.set_crs('EPSG:4326')", source=name
        )
    intake = Intake(name, frame.crs)
    geometries = frame.geometry.to_numpy()
    table = _frame_table(cast("GeoDataFrame", frame), intake) if hasattr(frame, "columns") else pa.table({})
    for begin in range(0, len(geometries), BATCH):
        intake.add(np.asarray(geometries[begin : begin + BATCH], dtype=object), table.slice(begin, BATCH))
    return intake.finish(DataRecord(name, name), order)


def _frame_table(frame: GeoDataFrame, intake: Intake) -> pa.Table:
    """Columns of a frame without its geometries."""
    columns: dict[str, pa.Array] = {}
    loose: dict[str, list[object]] = {}
    for key in frame.columns:
        if key == frame.geometry.name or (
            str(key).endswith("_precision") and str(key)[: -len("_precision")] in frame.columns
        ):
            continue
        column = frame[key]
        if str(column.dtype) == "geometry":
            intake.notices.add("more geometries")
        elif column.dtype == object:
            loose[str(key)] = [None if _is_missing(value) else value for value in column]
        else:
            columns[str(key)] = _typed(column, frame.get(f"{key}_precision"))
    object_table = table_of_columns(loose, intake.notices)
    fields = [*object_table.schema, *(pa.field(key, column.type) for key, column in columns.items())]
    arrays = {**{key: object_table[key] for key in object_table.column_names}, **columns}
    names = [str(key) for key in frame.columns if str(key) in arrays]
    by_name = {arrow_field.name: arrow_field for arrow_field in fields}
    return pa.table([arrays[key] for key in names], schema=pa.schema([by_name[key] for key in names]))


def _typed(column: pd.Series[Any], precision: object) -> pa.Array:
    """Arrow column of a column of one type; dates that are not known to the day are cut to what is known."""
    if precision is not None:
        texts = [None if _is_missing(value) else str(value)[:10] for value in column]
        lengths = [_PRECISIONS.get(str(word), 10) for word in cast("Iterable[object]", precision)]
        return pa.array([text and text[:length] for text, length in zip(texts, lengths, strict=True)], pa.string())
    try:
        array = pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return pa.array([None if _is_missing(value) else str(value) for value in column], pa.string())
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def _is_missing(value: object) -> bool:
    """Tell whether a cell is empty; a list or an array is a value."""
    return (
        value is None
        or type(value).__name__ in {"NAType", "NaTType"}
        or (isinstance(value, float) and math.isnan(value))
    )


def _read_arrow(what: object, name: str, order: str) -> LayerData | BulkData:
    import geopandas

    table = pa.table(what)
    extension = any(
        (field.metadata or {}).get(b"ARROW:extension:name", b"").startswith((b"geoarrow", b"ogc"))
        for field in table.schema
    )
    if not extension and b"geo" not in (table.schema.metadata or {}):
        from pathlib import Path

        from .tabular import take_table

        return take_table(table, Path(name), Options(order=order))
    try:
        frame = geopandas.GeoDataFrame.from_arrow(table)
    except (ValueError, TypeError, NotImplementedError) as error:
        raise FeatureError(f"the table {name!r} cannot be read: {error}", source=name) from None
    return read_frame(frame, name, order)


def is_collection(points: object) -> bool:
    """Tell whether something has features of its own, and is not a list of positions."""
    return isinstance(points, Mapping | GeoInterface) or hasattr(points, "crs") or hasattr(points, "__arrow_c_stream__")


def point_collection(positions: Iterable[Position]) -> Mapping[str, object]:
    """GeoJSON of positions; the name of a place goes along.

    Raises
    ------
    FeatureError
        When one is not a position.
    """
    from geo import GeoError, as_lonlat

    features: list[dict[str, object]] = []
    for number, position in enumerate(positions, 1):
        try:
            lonlat = as_lonlat(position)
        except (GeoError, TypeError) as error:
            first, _, hint = str(error).partition(";")
            raise FeatureError(f"{first} (point {number}){';' * bool(hint)}{hint}") from None
        name = getattr(position, "name", None)
        features.append(
            {
                "type": "Feature",
                "properties": {"name": name} if isinstance(name, str) else {},
                "geometry": json.loads(json.dumps(lonlat.__geo_interface__)),
            }
        )
    return {"type": "FeatureCollection", "features": features}


def kinds_of(data: LayerData | BulkData) -> list[str]:
    """Kinds of geometry in a layer, sorted."""
    if isinstance(data, LayerData):
        return sorted({geometry_kind(feature) for feature in data.features} - {""})
    from maps.features.bulk import KIND_NAMES

    return sorted({KIND_NAMES[kind] for kind in set(data.shapes.kind.tolist())})


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
