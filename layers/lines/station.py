"""Stations on lines: points with a name that become nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

import geo
from geo.lonlat import METRES_PER_DEGREE
from geo.network.table import UNITS
from layers.errors import FeatureError, NetworkFileError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from .noding import Drawn, Places

WITHIN_M: Final = 200.0
_POINT = 0


class Stations(NamedTuple):
    """Names and positions, in units of `geo.network.table.UNITS`."""

    names: list[str]
    points: NDArray[np.int32]


def read_stations(path: Path) -> Stations:
    """Read a layer of points with a column ``name``.

    Raises
    ------
    FeatureError, NetworkFileError
        When it cannot be read, or has no such column.
    """
    import geopandas
    import shapely

    try:
        frame = (
            geopandas.read_parquet(path) if path.suffix in {".parquet", ".geoparquet"} else geopandas.read_file(path)
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise FeatureError(f"{path} cannot be read: {error}", source=str(path)) from None
    if "name" not in frame.columns:
        have = ", ".join(map(str, frame.columns))
        raise NetworkFileError(f"{path.name} has no column 'name', which names stations; it has {have}")
    if frame.crs is not None:
        frame = frame.to_crs("OGC:CRS84")
    frame = frame[(shapely.get_type_id(frame.geometry.to_numpy()) == _POINT) & frame["name"].notna().to_numpy()]
    points = shapely.get_coordinates(frame.geometry.to_numpy())
    if not (np.abs(points) <= (180.0, 90.0)).all():
        raise FeatureError(
            f"{path.name}: positions must be longitude and latitude, or the file state its CRS", source=str(path)
        )
    return Stations([str(name) for name in frame["name"]], np.rint(points * UNITS).astype(np.int32))


class Marks(NamedTuple):
    """Stations on lines: line, position and name of each."""

    lines: NDArray[np.int64]
    points: NDArray[np.int32]
    names: list[str]


def with_stations(drawn: Drawn, stations: Stations) -> tuple[Drawn, Marks]:
    """Put a vertex into the line nearest to each station, where it has none there.

    Railways come first where there are any; a station farther than `WITHIN_M` from every line names nothing.
    """
    import shapely

    no_marks = Marks(np.empty(0, dtype=np.int64), np.empty((0, 2), dtype=np.int32), [])
    if not stations.names:
        return drawn, no_marks
    shapes = shapely.linestrings(drawn.lonlat, indices=drawn.line)
    lonlat = stations.points / UNITS
    points = shapely.points(lonlat)
    reach = WITHIN_M * 1.02 / (METRES_PER_DEGREE * np.maximum(np.cos(np.radians(lonlat[:, 1])), 0.01))
    which, lines = shapely.STRtree(shapes).query(points, predicate="dwithin", distance=reach)
    rail = drawn.apart[lines] == drawn.apart.max(initial=0)
    which, lines = which[rail], lines[rail]
    if not len(which):
        return drawn, no_marks
    on = shapely.get_coordinates(
        shapely.line_interpolate_point(shapes[lines], shapely.line_locate_point(shapes[lines], points[which]))
    )
    gaps = np.atleast_1d(geo.distance(lonlat[which], on))
    order = np.lexsort((lines, gaps, which))
    order = order[gaps[order] <= WITHIN_M]
    chosen = order[np.unique(which[order], return_index=True)[1]]
    marks = Marks(
        lines[chosen],
        np.rint(on[chosen] * UNITS).astype(np.int32),
        [stations.names[row] for row in which[chosen].tolist()],
    )
    missing = np.array(
        [_vertex(drawn, *mark) is None for mark in zip(marks.lines, marks.points, strict=True)], dtype=bool
    )
    if missing.any():
        drawn = drawn.with_points(marks.lines[missing], marks.points[missing])
    return drawn, marks


def names_of(drawn: Drawn, places: Places, marks: Marks) -> dict[int, str]:
    """Return the name of each place at which a station is; the first where there are several."""
    names: dict[int, str] = {}
    for line, point, name in zip(marks.lines, marks.points, marks.names, strict=True):
        vertex = _vertex(drawn, line, point)
        if vertex is not None:
            names.setdefault(int(places.place[vertex]), name)
    return names


def _vertex(drawn: Drawn, line: np.int64, point: NDArray[np.int32]) -> int | None:
    """Find the vertex of a line at a position, a centimetre aside."""
    begin, end = drawn.begin[line], drawn.begin[line + 1]
    near = np.flatnonzero((np.abs(drawn.positions[begin:end] - point) <= 1).all(axis=1))
    return int(begin + near[0]) if len(near) else None
