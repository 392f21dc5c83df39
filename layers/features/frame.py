"""Layers as GeoDataFrames."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from geo import parse_date
from layers.record.catalog import catalog
from layers.record.history import features_at

from . import columnar
from .typed import frame_of, text_dates

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from layers.record.store import DataPath


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
        the last one of a date of lower precision, given in ``…_precision``), lists and records stay Python objects.
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

    Notes
    -----
    Shipped layers are read from columns: GeoParquet made from the files of record. Where it is missing, or was made from
    another file, the GeoJSON is read. The frame is the same.

    Examples
    --------
    >>> zones = load("zones", as_of="2014-08")
    >>> int((zones.decreed == "2013-11-21").sum())
    13
    >>> len(load("zones", as_of="1980"))
    0
    """
    records = catalog(data=data)
    record = records[name]
    day = as_of or records.latest
    latest = parse_date(day).latest
    frame = columnar.read(records.path(name), latest, record)
    if frame is None:
        frame = text_dates(frame_of(name, features_at(records.features(name), latest)))
    frame.attrs["record"] = asdict(record) | {"bbox": [*record.bbox]}  # plain values, which Parquet can write
    frame.attrs["as_of"] = day
    return frame
