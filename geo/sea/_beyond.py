"""Sea routes beyond the chart, continued along shipping lanes."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.errors import InvalidGeometryError, NoRouteError
from geo.geodesic.measure import distance
from geo.quantity import Distance

if TYPE_CHECKING:
    from geo.lonlat import LonLat

    from ._base import BaseChart
    from .lanes import Lanes

_MAX_GAP_M = 150_000.0  # a place farther than this from every lane is no port


def to_lanes(
    water: LonLat, far: LonLat, name: str, chart: BaseChart, lanes: Lanes
) -> tuple[list[LonLat], list[LonLat]] | None:
    """Find the shortest path from the chart to a place beyond it; None where there is none.

    Returns
    -------
    list of LonLat
        From the water to the join, both included.
    list of LonLat
        From the join to the place, both included.

    Raises
    ------
    NoRouteError
        If the place lies far from all lanes.
    InvalidGeometryError
        If the chart has no extent.
    """
    if chart.extent is None:
        raise InvalidGeometryError("a chart that lanes go on from needs an extent; give SeaChart one")
    berth, gap_m = _berth(far, name, lanes)
    metres_from, previous = lanes.along(berth, chart.extent)
    mouths = [node for node in lanes.mouths(chart.extent) if metres_from[node] < math.inf]
    mouths = [node for node in mouths if not chart.is_land(lanes.position(node))]
    best: tuple[float, list[LonLat], int] = (math.inf, [], -1)
    for least_m, node in sorted((distance(water, lanes.position(node)) + metres_from[node], node) for node in mouths):
        if least_m >= best[0]:
            break
        turns = chart.turns(water, lanes.position(node), best[0] - metres_from[node])
        if turns is not None:
            way = [water, *turns, lanes.position(node)]
            best = min(
                best, (math.fsum(distance(*leg) for leg in pairwise(way)) + metres_from[node], way, node), key=_metres
            )
    if best[2] < 0:
        return None
    lane = [lanes.position(node) for node in _trace(previous, best[2])]
    return best[1], [*lane, far] if gap_m else lane


def by_lanes(start: LonLat, end: LonLat, names: list[str], lanes: Lanes) -> list[LonLat]:
    """Return the shortest path by lanes alone between two places, both included.

    Raises
    ------
    NoRouteError
        If no lane leads there, or a place lies far from all of them.
    """
    berths = [_berth(place, name, lanes) for place, name in zip((start, end), names, strict=True)]
    (first, first_gap_m), (last, last_gap_m) = berths
    metres_from, previous = lanes.along(last)
    if metres_from[first] == math.inf:
        raise NoRouteError(f"no lane leads from {names[0]!r} to {names[1]!r}", reason="disconnected")
    way = [lanes.position(node) for node in _trace(previous, first)]
    return [*([start] if first_gap_m else []), *way, *([end] if last_gap_m else [])]


def _berth(place: LonLat, name: str, lanes: Lanes) -> tuple[int, float]:
    node = lanes.nearest(place)
    gap_m = distance(place, lanes.position(node))
    if gap_m > _MAX_GAP_M:
        message = f"{name!r} is {Distance(gap_m)} from the nearest lane; off the chart, give a port or a place at sea"
        raise NoRouteError(message, reason="off_network")
    return node, gap_m


def _metres(candidate: tuple[float, list[LonLat], int]) -> float:
    return candidate[0]


def _trace(previous: list[int], node: int) -> list[int]:
    way = [node]
    while previous[way[-1]] >= 0:
        way.append(previous[way[-1]])
    return way
