"""From a chart to a compiled one: every line of the visibility graph, and distances from landmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.geodesic._engine import direct_many, inverse_many

from ._base import DRAWN_STEP_M
from ._graph import UNREACHED
from ._ring import rings
from .compiled import CompiledChart, packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray

    from ._base import BaseChart
    from ._visibility import Corners

    Rows = NDArray[np.intp]

_LANDMARKS = 16
_CHUNK = 4_000  # lines that are tested at once


class Lines(NamedTuple):
    """Lines between vertices, each once and in order: the lower vertex, the higher one, and the metres between them."""

    lower: Rows
    higher: Rows
    metres: FloatArray


def compile_chart(
    chart: BaseChart, corners: Corners, land: BaseGeometry, shore: list[FloatArray], source: str
) -> CompiledChart:
    """Compile a chart.

    Parameters
    ----------
    chart
        The land in degrees.
    corners
        The convex vertices of its coast.
    land
        The land in the plane.
    shore
        Rings 50 m off the shore of open waters, in degrees.
    source
        As of `SeaChart.compiled`.
    """
    import shapely

    lines = _off_land(_all_lines(corners), corners.lonlats, chart.land)
    landmarks, unit_m = _landmarks(len(corners), lines)
    coast = rings(land)
    small = np.min_scalar_type(max(len(corners), 1))
    arrays: dict[str, NDArray[Any]] = {
        "land": np.frombuffer(shapely.to_wkb(chart.land, byte_order=1), np.uint8),
        "coast": np.concatenate(coast),
        "coast_first": _firsts(coast),
        "shore": np.concatenate(shore),
        "shore_first": _firsts(shore),
        "at": corners.at,
        "sides": _directions(corners.corners[:, 1:] - corners.corners[:, :1]).astype(np.float32),
        "lonlats": corners.lonlats,
        "line_count": np.bincount(lines.lower, minlength=len(corners)).astype(np.uint16),
        "line_to": lines.higher.astype(small),
        "line_m": lines.metres.astype(np.float32),
        "landmarks": landmarks,
    }
    header = {
        "source": source,
        "middle": tuple(chart.middle),
        "extent": None if chart.extent is None else _edges(chart.extent),
        "accuracies": [(_edges(box), metres) for box, metres in chart.accuracies],
        "unit_m": unit_m,
    }
    return CompiledChart(packed(header, arrays))


def _edges(box: object) -> tuple[float, ...]:
    return tuple(getattr(box, side) for side in ("west", "south", "east", "north"))


def _directions(ways: FloatArray) -> FloatArray:
    directions: FloatArray = ways / np.linalg.norm(ways, axis=-1, keepdims=True)
    return directions


def _firsts(parts: list[FloatArray]) -> NDArray[np.int32]:
    return np.cumsum([0, *(len(part) for part in parts)])[:-1].astype(np.int32)


def _all_lines(corners: Corners) -> Lines:
    """Every line that touches the coast at both ends and crosses no land in the plane."""
    rows = list(corners.lines())
    lower = np.repeat(np.arange(len(rows)), [len(seen) for seen in rows])
    higher = np.array([other for seen in rows for other in seen], dtype=np.intp)
    metres = np.array([metres for seen in rows for metres in seen.values()])
    return Lines(lower, higher, metres)


def _off_land(lines: Lines, lonlats: FloatArray, land: BaseGeometry) -> Lines:
    """Leave out the lines that cross land as geodesics, though they are free in the plane."""
    import shapely

    free = np.ones(len(lines.lower), dtype=bool)
    for first in range(0, len(free), _CHUNK):
        rows = slice(first, first + _CHUNK)
        drawn = _drawn(lonlats[lines.lower[rows]], lonlats[lines.higher[rows]])
        free[rows] = ~shapely.intersects(land, drawn)
    return Lines(lines.lower[free], lines.higher[free], lines.metres[free])


def _drawn(starts: FloatArray, ends: FloatArray) -> NDArray[np.object_]:
    """Geodesics as lines in degrees with a vertex every 10 km."""
    import shapely

    metres, azimuths = inverse_many(starts, ends)
    steps = np.maximum(np.ceil(metres / DRAWN_STEP_M).astype(np.intp), 1)
    rows = np.repeat(np.arange(len(steps)), steps + 1)
    share = (np.arange(len(rows)) - np.repeat(np.cumsum(steps + 1) - steps - 1, steps + 1)) / steps[rows]
    points = direct_many(starts[rows], np.nan_to_num(azimuths)[rows], metres[rows] * share)
    lines: NDArray[np.object_] = shapely.linestrings(points, indices=rows)
    return lines


def _landmarks(count: int, lines: Lines) -> tuple[NDArray[np.uint16], float]:
    """Distances from vertices that lie far apart to all, in whole units rounded down, and the metres of a unit."""
    rows = list(_far_apart(count, lines)) if len(lines.lower) else []
    table = np.array(rows).reshape(len(rows), count)
    longest = float(table[np.isfinite(table)].max(initial=1.0))
    unit_m = longest / (UNREACHED - 1)
    return np.where(np.isfinite(table), np.minimum(table / unit_m, UNREACHED - 1), UNREACHED).astype(np.uint16), unit_m


def _far_apart(count: int, lines: Lines) -> Iterator[FloatArray]:
    """Yield the distances from one vertex after another, each the farthest from those before."""
    tails = np.concatenate([lines.lower, lines.higher])
    order = np.argsort(tails, kind="stable")
    first = np.searchsorted(tails[order], np.arange(count + 1))
    others = np.concatenate([lines.higher, lines.lower])[order]
    metres = np.tile(lines.metres, 2)[order]
    busiest = int(np.argmax(np.diff(first)))
    nearest = _distances(busiest, first, others, metres)
    for _ in range(_LANDMARKS):
        vertex = int(np.argmax(np.where(np.isfinite(nearest), nearest, -1.0)))
        distances = _distances(vertex, first, others, metres)
        nearest = np.minimum(nearest, distances)
        yield distances


def _distances(vertex: int, first: Rows, others: Rows, metres: FloatArray) -> FloatArray:
    """Metres of the shortest paths from a vertex to all; infinite where there is none."""
    along = np.full(len(first) - 1, np.inf)
    along[vertex] = 0.0
    changed = np.array([vertex])
    while len(changed):
        count = first[changed + 1] - first[changed]
        ends = np.cumsum(count)
        rows = np.arange(ends[-1]) - np.repeat(ends - count, count) + np.repeat(first[changed], count)
        before = along[others[rows]]
        np.minimum.at(along, others[rows], np.repeat(along[changed], count) + metres[rows])
        changed = np.unique(others[rows][along[others[rows]] < before])
    return along
