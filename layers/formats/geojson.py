"""A frame as RFC 7946 GeoJSON, in the form of the files of record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from layers.build.collection import dumps, feature
from layers.errors import ExportError
from layers.record.atomic import write_whole

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

_WGS84 = ("OGC:CRS84", "EPSG:4326")
_DECIMALS = 7
_DIGITS = {"year": 4, "month": 7, "day": 10}  # of an ISO 8601 date of that precision


def write(frame: GeoDataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a frame as GeoJSON, one feature a line, whole or not at all.

    Parameters
    ----------
    frame
        As `layers.load` gives it, or any other in WGS 84 with a column ``id``: longitude before latitude, degrees.
    path
        The file to write; one that exists is replaced when the new one is whole.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        When the frame is not in WGS 84, has no column ``id``, an id comes twice, or a geometry is missing, empty or invalid
        at 7 decimals.

    Notes
    -----
    Coordinates are rounded to 7 decimals, rings wound by the right-hand rule, missing values left out.

    Examples
    --------
    >>> import tempfile, layers
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = layers.write(layers.load("zones", as_of="2014-08"), f"{folder}/zones.geojson")
    ...     print(layers.validate([path]).ok)
    True
    """
    crs = frame.crs.to_string() if frame.crs is not None else "none"
    if crs not in _WGS84:
        raise ExportError(
            f"{path}: expected a frame in WGS 84 (OGC:CRS84), got {crs}; transform it with frame.to_crs(4326)"
        )
    if "id" not in frame.columns:
        raise ExportError(f"{path}: the frame has no column 'id'; name each feature")
    if twice := sorted(set(frame["id"][frame["id"].duplicated()].astype(str))):
        raise ExportError(f"{path}: {', '.join(map(repr, twice[:3]))} comes twice in the column 'id'")
    columns = [name for name in frame.columns if name != frame.geometry.name]
    rows = frame[columns].astype(object).to_dict("records")
    lines = ",\n".join(_line(row, shape, path) for row, shape in zip(rows, frame.geometry, strict=True))
    record = cast("dict[str, Any]", frame.attrs.get("record") or {})
    head: dict[str, Any] = {"type": "FeatureCollection"}
    head |= {key: record[key] for key in ("title", "licence", "attribution") if key in record}
    return write_whole(path, f'{dumps(head)[:-1]},"features":[\n{lines}\n]}}\n')


def _line(row: dict[str, Any], shape: BaseGeometry | None, path: str | os.PathLike[str]) -> str:
    if shape is None:
        raise ExportError(f"{path}: feature {row['id']!r} has no geometry")
    properties = {str(key): _value(value) for key, value in row.items()}
    for name, digits in (
        (name, _DIGITS.get(str(properties.pop(f"{name}_precision", "")))) for name in ("valid_from", "valid_to")
    ):
        if digits and properties.get(name):
            properties[name] = str(properties[name])[:digits]
    try:
        return dumps(feature(properties, shape, decimals=_DECIMALS))
    except ValueError as error:
        raise ExportError(f"{path}: {error}") from None


def _value(value: object) -> object:
    """Value as JSON has it: missing ones as None, numbers of numpy as those of Python."""
    if isinstance(value, (list, tuple)):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124  NaN alone differs from itself
        return None
    return value.item() if isinstance(value, np.generic) else value
