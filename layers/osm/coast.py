"""Land and sea from pieces of coast: OpenStreetMap draws coasts as lines with the land on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from shapely.geometry import LineString, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

# Offset beside a piece of coast, to distinguish land from water.
BESIDE_DEG = 0.00002
# How near to the edge of the window a coast that was cut there ends.
EDGE_DEG = 1e-9
# A gap between coast ends shorter than this is a missing piece, not the space between two coasts.
GAP_DEG = 0.002


class Coast(NamedTuple):
    """Land, sea and the line between them within a window; `mended` counts the loose ends that were joined."""

    land: BaseGeometry
    sea: BaseGeometry
    line: BaseGeometry
    mended: int = 0


def coast_of(pieces: Sequence[BaseGeometry], window: BaseGeometry, *, mend: bool = False) -> Coast | None:
    """Part a window into land and sea.

    Parameters
    ----------
    pieces
        Lines within the window, the land on their left.
    window
        A rectangle.
    mend
        Whether a coast that ends within the window is led on: to the end of another across a small gap, else straight to the edge
        of the window, where that crosses no coast.

    Returns
    -------
    Coast or None
        None where no coast runs through the window from edge to edge, or not all of it does: land and sea are then unknown.
    """
    if not len(pieces):
        return None
    line = _merged(shapely.union_all(list(pieces)))
    loose = _loose_ends(line, window)
    bridges = _bridges(loose, line, window) if mend else None
    if loose and bridges is None:
        return None
    net = shapely.union_all([line, window.boundary, *(bridges or [])])
    faces = shapely.get_parts(shapely.polygonize([net]))
    land, sea = _told_apart(faces, pieces)
    if not (land and sea):
        return None
    return Coast(shapely.union_all(land), shapely.union_all(sea), line, len(loose))


def _merged(lines: BaseGeometry) -> BaseGeometry:
    return shapely.line_merge(lines) if lines.geom_type == "MultiLineString" else lines


def _loose_ends(line: BaseGeometry, window: BaseGeometry) -> list[Point]:
    ends = shapely.get_parts(shapely.boundary(line))
    return [end for end in ends if window.boundary.distance(end) > EDGE_DEG]


def _bridges(loose: list[Point], line: BaseGeometry, window: BaseGeometry) -> list[LineString] | None:
    """Lines that continue loose ends; None where one has no continuation."""
    bridges: list[LineString] = []
    pairs = sorted(
        (start.distance(finish), i, j)
        for i, start in enumerate(loose)
        for j, finish in enumerate(loose)
        if i < j and start.distance(finish) <= GAP_DEG
    )
    joined: set[int] = set()
    for _, i, j in pairs:
        if not {i, j} & joined:
            joined |= {i, j}
            bridges.append(LineString([loose[i], loose[j]]))
    for end in (end for i, end in enumerate(loose) if i not in joined):
        bridge = _to_the_edge(end, line, window)
        if bridge is None:
            return None
        bridges.append(bridge)
    return bridges


def _to_the_edge(end: Point, line: BaseGeometry, window: BaseGeometry) -> LineString | None:
    """Shortest of the four straight lines to the edge that crosses no coast."""
    west, south, east, north = window.bounds
    goals = [(west, end.y), (east, end.y), (end.x, south), (end.x, north)]
    for goal in sorted(goals, key=lambda place: end.distance(Point(place))):
        way = LineString([end, goal])
        if line.intersection(way).equals(end):
            return way
    return None


def _told_apart(
    faces: Sequence[BaseGeometry], pieces: Sequence[BaseGeometry]
) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
    """Faces of land and of sea, by the side on which the coast has them."""
    votes = np.zeros(len(faces), dtype=np.int64)
    tree = shapely.STRtree(faces)
    for points, vote in zip(_beside(pieces), (1, -1), strict=True):
        _, hit = tree.query(points, predicate="within")
        np.add.at(votes, hit, vote)
    return (
        [face for face, vote in zip(faces, votes, strict=True) if vote > 0],
        [face for face, vote in zip(faces, votes, strict=True) if vote < 0],
    )


def _beside(pieces: Sequence[BaseGeometry]) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
    """Points to the left and to the right of each step of the coast."""
    lefts: list[BaseGeometry] = []
    rights: list[BaseGeometry] = []
    for line in shapely.get_parts(np.array(list(pieces), dtype=object)):
        pairs = shapely.get_coordinates(line)
        steps = pairs[1:] - pairs[:-1]
        lengths = (steps**2).sum(axis=1) ** 0.5
        middles, steps, lengths = (values[lengths > 0] for values in ((pairs[1:] + pairs[:-1]) / 2, steps, lengths))
        across = steps[:, ::-1] * [-1, 1] / lengths[:, None] * BESIDE_DEG
        lefts.extend(shapely.points(middles + across))
        rights.extend(shapely.points(middles - across))
    return lefts, rights
