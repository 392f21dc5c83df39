"""Types of the columns of a layer, from its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo import parse_date
from layers.record import schema

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import Categorical, Series

    from layers.record.store import JsonObject


DTYPES = {
    "number": "Float64",
    "integer": "Int64",
    "boolean": "boolean",
    "object": "object",
}
DATES = ("valid_from", "valid_to")
PRECISION = {len("2014"): "year", len("2014-07"): "month", len("2014-07-18"): "day"}


def frame_of(name: str, features: list[JsonObject]) -> GeoDataFrame:
    """Typed GeoDataFrame of GeoJSON features that follow the schema of a layer."""
    import geopandas as gpd  # takes most of a second
    import shapely

    rows: list[dict[str, Any]] = [feature.get("properties") or {} for feature in features]  # type: ignore[misc]
    geometry = [
        shapely.geometry.shape(feature["geometry"]) if feature.get("geometry") else None for feature in features
    ]
    columns: dict[str, Series[Any]] = {}
    for key, definition in schema.properties(name).items():
        columns |= _columns(key, [row.get(key) for row in rows], schema.column_type(definition))
    return gpd.GeoDataFrame(columns, geometry=geometry, crs="OGC:CRS84")


def text_dates(frame: GeoDataFrame) -> GeoDataFrame:
    """Write the days of a frame of `frame_of` as text: JSON, and so folium and ``explore()``, have no dates."""
    for key in DATES:
        if key in frame:
            frame[key] = frame[key].dt.strftime("%Y-%m-%d").astype("string")
    return frame


def _columns(key: str, values: list[Any], kind: str) -> dict[str, Series[Any]]:
    import pandas as pd

    if key in DATES:
        dates = [parse_date(value) if value else None for value in values]
        days: list[Any] = [date and (date.earliest if key == "valid_from" else date.latest) for date in dates]
        precision = [PRECISION[len(value)] if value else None for value in values]
        return {
            key: pd.Series(pd.to_datetime(days)).dt.as_unit("s"),
            f"{key}_precision": pd.Series(categorical(precision)),
        }
    if kind == "category":
        return {key: pd.Series(categorical(values))}
    return {key: pd.Series(values, dtype=DTYPES.get(kind, "string"))}


def categorical(values: list[str | None]) -> Categorical:
    """Make categories of the words in a column, sorted; an empty column keeps the type text."""
    import pandas as pd

    words = sorted({value for value in values if value is not None})
    return pd.Categorical(values, categories=pd.Index(words, dtype="str"))
