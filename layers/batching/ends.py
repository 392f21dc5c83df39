"""Where the rows of a table are: which columns hold places, and the place of each row or why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import geo
from geo.lonlat import check_position
from layers.errors import BatchError
from layers.features.gazetteer import Place, find
from layers.lines.network import find_in, read_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from layers.record.store import DataPath

SIDES: Final = {"from": ("from", "origin", "start"), "to": ("to", "destination", "end"), "at": ("", "place")}
_PAIR: Final = 2
_GEOMETRY: Final = ("geometry", "geom", "wkb_geometry")
_KEPT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Ends:
    """Places of the rows of a batch.

    Attributes
    ----------
    lonlat
        Degrees, of shape (n, 2); NaN where a row has none.
    accuracy_m
        Metres.
    reasons
        Why a row has no place; None where it has one.
    places
        What a name led to, where names were given.
    """

    lonlat: NDArray[np.float64]
    accuracy_m: NDArray[np.float64]
    reasons: list[str | None]
    places: list[Place | None] | None

    def given(self, row: int) -> Place | geo.LonLat:
        """Place of a row, as `layers.locate` takes it."""
        place = self.places[row] if self.places is not None else None
        return place or geo.LonLat(float(self.lonlat[row, 0]), float(self.lonlat[row, 1]))


def columns_of(side: str, named: str | None, schema: pa.Schema) -> tuple[str, ...]:
    """Columns that hold a side of each row: those that are named, else those that obviously do.

    Parameters
    ----------
    side
        ``from``, ``to`` or ``at``.
    named
        A column of names, ids, ``lon,lat`` texts or points, or two columns ``LON,LAT``; None to look for such.
    schema
        Of the table.

    Raises
    ------
    BatchError
        When there is no such column, or none or several are obvious.

    Examples
    --------
    >>> import pyarrow as pa
    >>> columns_of("from", None, pa.schema([("from_lon", pa.float64()), ("from_lat", pa.float64())]))
    ('from_lon', 'from_lat')
    >>> columns_of("to", "port", pa.schema([("port", pa.string())]))
    ('port',)
    """
    option = f"--{side}"
    if named is not None:
        chosen = (named,) if named in schema.names else tuple(part.strip() for part in named.split(","))
        if missing := [name for name in chosen if name not in schema.names]:
            have = ", ".join(schema.names)
            raise BatchError(f"{option}: the table has no column {missing[0]!r}; it has {have}")
        if len(chosen) > _PAIR:
            raise BatchError(f"{option} takes one column, or two as LON,LAT, got {named!r}")
        return chosen
    if side == "at" and (shapes := [field.name for field in schema if _holds_shapes(field)]):
        return (shapes[0],)
    candidates = [names for names in _obvious(side) if all(name in schema.names for name in names)]
    if len(candidates) != 1:
        choices = " or ".join(",".join(names) for names in candidates)
        problem = f"{choices} may hold it" if candidates else f"none of {', '.join(schema.names)} obviously holds it"
        raise BatchError(f"which column says where each row is{_ROLE[side]}? {problem}; name it by {option}")
    return candidates[0]


_ROLE: Final = {"from": " from", "to": " to", "at": ""}


def _holds_shapes(field: pa.Field) -> bool:
    """Tell whether a column holds geometries, as GDAL and GeoParquet mark or name them."""
    marked = (field.metadata or {}).get(b"ARROW:extension:name", b"").endswith(b".wkb")
    return bool(marked or (field.name in _GEOMETRY and str(field.type) in {"binary", "large_binary", "null"}))


def _obvious(side: str) -> list[tuple[str, ...]]:
    pairs = [("lon", "lat"), ("longitude", "latitude"), ("x", "y")]
    if side == "at":
        return [*pairs, ("place",)]
    words = SIDES[side]
    return [
        *((f"{word}_{lon}", f"{word}_{lat}") for word in words for lon, lat in pairs),
        *((name,) for word in words for name in (word, f"{word}_id", f"{word}_name")),
    ]


def ends(
    batch: pa.RecordBatch, columns: Sequence[str], *, prefer: Sequence[str], data: DataPath, network: str | None = None
) -> Ends:
    """Read the places of a batch from one column or two; in your own network, its nodes come first."""
    import pyarrow as pa

    if len(columns) == _PAIR:
        return _positions(*(_numbers(batch[name]) for name in columns))
    column = batch[columns[0]]
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return _points(column)
    return _named(column, tuple(prefer), data, network)


def _numbers(column: pa.Array) -> NDArray[np.float64]:
    import numpy as np
    import pandas as pd

    return np.asarray(pd.to_numeric(pd.Series(column.to_pandas()), errors="coerce"), dtype=np.float64)


def _positions(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Ends:
    import numpy as np

    lonlat = np.column_stack([lon, lat])
    reasons: list[str | None] = [None] * len(lonlat)
    for row in np.flatnonzero(~(np.abs(lonlat) <= (180.0, 90.0)).all(axis=1)).tolist():
        reasons[row] = _out_of_range(float(lon[row]), float(lat[row]))
        lonlat[row] = np.nan
    return Ends(lonlat, np.zeros(len(lonlat)), reasons, None)


def _out_of_range(lon: float, lat: float) -> str:
    if lon != lon or lat != lat:  # noqa: PLR0124 - NaN
        return "no position: the longitude or latitude is missing or no number"
    try:
        check_position(lon, lat)
    except geo.InvalidCoordinateError as error:
        return str(error)
    return "no position"


def _points(column: pa.Array) -> Ends:
    import numpy as np
    import shapely

    shapes = shapely.from_wkb(np.asarray(column.to_pylist(), dtype=object), on_invalid="ignore")
    is_point = (shapely.get_type_id(shapes) == shapely.GeometryType.POINT) & ~shapely.is_empty(shapes)
    ends = _positions(shapely.get_x(shapes), shapely.get_y(shapes))
    for row in np.flatnonzero(~is_point).tolist():
        ends.reasons[row] = "no position: the geometry is missing or no point"
        ends.lonlat[row] = np.nan
    return ends


def _named(column: pa.Array, prefer: tuple[str, ...], data: DataPath, network: str | None) -> Ends:
    import numpy as np

    texts = column.cast("string").to_pylist()
    results = [_find(text, prefer, None if data is None else str(data), network) for text in texts]
    places = [result if isinstance(result, Place) else None for result in results]
    reasons = [result if isinstance(result, str) else None for result in results]
    nowhere = (np.nan, np.nan)
    lonlat = [nowhere if place is None else (place.lonlat.lon, place.lonlat.lat) for place in places]
    accuracy_m = [0.0 if place is None else place.accuracy_m for place in places]
    return Ends(np.array(lonlat, dtype=np.float64).reshape(-1, _PAIR), np.array(accuracy_m), reasons, places)


@lru_cache(maxsize=2)
def _own(folder: str) -> geo.Network:
    return read_network(folder)


@lru_cache(maxsize=_KEPT)
def _find(text: str | None, prefer: tuple[str, ...], data: str | None, network: str | None) -> Place | str:
    if text is None or not text.strip():
        return "no place is named"
    try:
        return find(text, prefer=prefer, data=data) if network is None else find_in(_own(network), text, data=data)
    except geo.GeoError as error:
        return " ".join(str(error).split())
