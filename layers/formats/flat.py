"""Features as rows of plain cells, for formats without lists and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from geo import parse_date
from layers.features.typed import PRECISION
from layers.record import schema
from layers.record.store import properties_of

from .text import as_json, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geopandas import GeoDataFrame

    from layers.record.store import JsonObject

Cell: TypeAlias = "str | int | float | date | None"
ColumnType: TypeAlias = Literal["text", "number", "integer", "date", "json"]

_TYPES: dict[str, ColumnType] = {"number": "number", "integer": "integer", "date": "date", "object": "json"}


def column_types(layer: str) -> dict[str, ColumnType]:
    """Columns of a layer's table with what their cells are, in order.

    Lists and records are JSON text; a date is a day with a column for its precision (``year``, ``month`` or ``day``).

    Examples
    --------
    >>> columns = column_types("zones")
    >>> columns["name_ko"], columns["history"], columns["decreed"], columns["decreed_precision"]
    ('text', 'json', 'date', 'text')
    """
    columns: dict[str, ColumnType] = {}
    for name, definition in schema.properties(layer).items():
        columns[name] = _TYPES.get(schema.column_type(definition), "text")
        if columns[name] == "date":
            columns[f"{name}_precision"] = "text"
    return columns


def row(feature: JsonObject, columns: dict[str, ColumnType]) -> list[Cell]:
    """Cells of a feature, one for each column.

    A date of lower precision becomes its first day, in ``valid_to`` its last one.
    """
    properties = properties_of(feature)
    return [_cell(properties, name, kind) for name, kind in columns.items()]


def frame(layer: str, features: Sequence[JsonObject], geometry_type: str = "") -> GeoDataFrame:
    """Make a GeoDataFrame of plain cells, in WGS 84 longitude/latitude.

    Parameters
    ----------
    layer
        The layer whose columns it has.
    features
        Its rows; may be none.
    geometry_type
        A ``Multi…`` type that every geometry is brought to; by default they stay as they are.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    columns = column_types(layer)
    rows = [row(feature, columns) for feature in features]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    if geometry_type.startswith("Multi"):
        shapes = [shape if shape.geom_type == geometry_type else _multi(shape) for shape in shapes]
    series = {
        name: pd.Series([cells[number] for cells in rows], dtype=_dtype(kind))
        for number, (name, kind) in enumerate(columns.items())
    }
    return gpd.GeoDataFrame(series, geometry=shapes, crs="EPSG:4326")


def _cell(properties: JsonObject, name: str, kind: ColumnType) -> Cell:
    base, _, suffix = name.rpartition("_")
    if suffix == "precision" and name not in properties:
        date_text = properties.get(base)
        return PRECISION[len(date_text)] if isinstance(date_text, str) else None
    value: Any = properties.get(name)
    if value is None:
        return None
    if kind == "date":
        day = parse_date(value)
        return day.latest if name == "valid_to" else day.earliest
    if kind == "json":
        return plain_text(as_json(value))
    if kind in {"number", "integer"}:
        return value  # type: ignore[no-any-return]
    return plain_text(value if isinstance(value, str) else as_json(value))


def _dtype(kind: ColumnType) -> Any:  # noqa: ANN401 - what pandas takes
    import pandas as pd
    import pyarrow as pa

    if kind == "date":
        return pd.ArrowDtype(pa.date32())
    return {"number": "Float64", "integer": "Int64"}.get(kind, "string")


def _multi(shape: Any) -> Any:  # noqa: ANN401 - shapely is untyped
    import shapely

    make = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}
    return make[shape.geom_type]([shape])
