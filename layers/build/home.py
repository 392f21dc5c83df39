"""Unpublished courses stay in their own country: where chords cut across a border river, the line goes around.

The course is led along the bank by the search that otherwise leads ships around land: closed to it are every other country and
the water of the border rivers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import shapely
import shapely.ops
from shapely.geometry import LineString, Point, shape

from geo import SeaChart, sea_path
from layers.record.store import PACKAGED, read_features

from . import package
from .bend import REGION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    Pair = tuple[float, float]

ZONES = {"CN": "Asia/Shanghai", "KP": "Asia/Pyongyang", "RU": "Asia/Vladivostok"}
# What the bank is worn down by where a line follows it.
THINNING_DEG = 0.0003
# The ends are exempt: a station or a bridge may stand on the border. A detour begins and ends a kilometre off it.
END_DEG, MARGIN_DEG = 0.004, 0.012


def kept_home(pairs: Sequence[Pair], countries: Sequence[str]) -> tuple[Pair, ...]:
    """Line that stays in its country, if it lies in one alone; the ends stay where they are.

    Parameters
    ----------
    pairs
        Longitude and latitude of the vertices.
    countries
        Those that the line lies in, as ISO codes.

    Examples
    --------
    >>> kept_home([(100.0, 50.0), (101.0, 50.0)], ["RU"])
    ((100.0, 50.0), (101.0, 50.0))
    """
    west, south, east, north = REGION
    near = all(west < lon < east and south < lat < north for lon, lat in pairs)
    if not near or len(countries) != 1 or countries[0] not in ZONES:
        return tuple(pairs)
    closed, chart = _abroad(countries[0])
    line = LineString(pairs)
    inner = line.difference(shapely.union_all([Point(end).buffer(END_DEG) for end in (pairs[0], pairs[-1])]))
    if not inner.intersects(closed):
        return tuple(pairs)
    # Where the line crosses, and a little before and after: there it turns to the bank.
    outside = inner.intersection(closed.buffer(END_DEG / 4))
    spans = _joined(sorted(_span(line, part) for part in shapely.get_parts(outside) if part.length > 0), line.length)
    result: list[Pair] = []
    at = 0.0
    for begin, end in spans:
        result += _coordinates(line, at, begin)
        leave, rejoin = line.interpolate(begin), line.interpolate(end)
        turns = sea_path((leave.x, leave.y), (rejoin.x, rejoin.y), chart).turns
        around = LineString([(turn.lon, turn.lat) for turn in turns]).simplify(THINNING_DEG)
        result += [(round(lon, 6), round(lat, 6)) for lon, lat in around.coords]
        at = end
    result += _coordinates(line, at, line.length)
    return tuple(dict.fromkeys(result))


@cache
def _abroad(country: str) -> tuple[BaseGeometry, SeaChart]:
    """Return what a course in a country may not touch: the other countries and the water of the border rivers."""
    box = shapely.box(*REGION)
    foreign = [package.time_zone(zone).intersection(box) for code, zone in ZONES.items() if code != country]
    water = [shape(row["geometry"]) for row in read_features(PACKAGED / "water_areas.geojson")]
    closed = shapely.union_all([*foreign, *(area for area in water if area.geom_type == "Polygon")]).simplify(0.0001)
    shapely.prepare(closed)
    return closed, SeaChart(closed, extent=REGION)


def _span(line: LineString, part: BaseGeometry) -> tuple[float, float]:
    ends = [line.project(Point(pair)) for pair in (part.coords[0], part.coords[-1])]
    return min(ends), max(ends)


def _joined(spans: list[tuple[float, float]], length: float) -> list[tuple[float, float]]:
    """Spans with their margin, joined where they meet."""
    joined: list[tuple[float, float]] = []
    for begin, end in spans:
        wide = (max(begin - MARGIN_DEG, 0.0), min(end + MARGIN_DEG, length))
        if joined and wide[0] <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], wide[1]))
        else:
            joined.append(wide)
    return joined


def _coordinates(line: LineString, begin: float, end: float) -> list[Pair]:
    part = shapely.ops.substring(line, begin, end)
    return [(round(lon, 6), round(lat, 6)) for lon, lat in part.coords]
