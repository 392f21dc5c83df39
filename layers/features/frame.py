"""Layers as GeoDataFrames."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geo import parse_date
from layers.record import schema
from layers.record.catalog import catalog
from layers.record.history import features_at

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import Series

    from layers.record.store import DataPath, JsonObject


DTYPES = {
    "number": "Float64",
    "integer": "Int64",
    "boolean": "boolean",
    "category": "category",
    "object": "object",
}
DATES = ("valid_from", "valid_to")
PRECISION = {len("2014"): "year", len("2014-07"): "month", len("2014-07-18"): "day"}


def load(name: str, *, as_of: str | None = None, data: DataPath = None) -> GeoDataFrame:
    """Load a layer as it was on a day.

    Parameters
    ----------
    name
        A layer's name, see `catalog`.
    as_of
        ISO 8601 date of any precision; by default the newest date that the data knows. Features that were not on the record
        then are left out; `status` and what changed in time are those of the day.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    GeoDataFrame
        One row a feature, in WGS 84, with a column for every property of the layer. Codes are categories, numbers are
        nullable numbers in the unit of the column's name, `valid_from` and `valid_to` are days as ISO 8601 text (the first and
        the last one of a date of lower precision, which ``…_precision`` tells), lists and records stay Python objects.
        ``attrs["record"]`` is the `LayerRecord` as a dict, ``attrs["as_of"]`` the date. All of it goes through ``to_parquet``,
        ``to_file``, ``to_json`` and ``explore``.

    Raises
    ------
    UnknownLayerError
        When there is no such layer.
    DataDirectoryError
        When the data directory does not exist or is not whole.
    geo.InvalidDateError
        When `as_of` is not a date.

    Examples
    --------
    >>> zones = load("zones", as_of="2014-08")
    >>> int((zones.decreed == "2013-11-21").sum())
    13
    >>> len(load("zones", as_of="1980"))
    0
    """
    known = catalog(data=data)
    record = known[name]
    day = as_of or known.latest
    frame = frame_of(name, features_at(known.features(name), parse_date(day).latest))
    for key in DATES:  # as text: JSON, and so folium and explore(), know no dates
        if key in frame:
            frame[key] = frame[key].dt.strftime("%Y-%m-%d").astype("string")
    frame.attrs["record"] = asdict(record)  # plain values, which Parquet can write
    frame.attrs["as_of"] = day
    return frame


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


def _columns(key: str, values: list[Any], kind: str) -> dict[str, Series[Any]]:
    import pandas as pd

    if key in DATES:
        dates = [parse_date(value) if value else None for value in values]
        days: list[Any] = [date and (date.earliest if key == "valid_from" else date.latest) for date in dates]
        precision = [PRECISION[len(value)] if value else None for value in values]
        return {
            key: pd.Series(pd.to_datetime(days)).dt.as_unit("s"),
            f"{key}_precision": pd.Series(precision, dtype="category"),
        }
    return {key: pd.Series(values, dtype=DTYPES.get(kind, "string"))}
