"""The railways of an extract as a graph to route over."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import rustworkx as rx
import shapely
from shapely.geometry import LineString

from geo import distance
from geo.lonlat import SHORTEST_LAT_DEGREE_M

from .extract import FORMER, RAIL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from .extract import Way

# A track farther than this from the station node does not belong to the station.
SNAP_M = 300.0
# Sidings and yards are for getting to a station, not for passing through.
SIDING_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Foothold:
    """Where a station stands on the track.

    Attributes
    ----------
    segment
        Which piece of track between two nodes.
    share
        How far along it, from 0 to 1.
    lonlat
        The place on the track.
    off_m
        How far the station node lies from it.
    """

    segment: int
    share: float
    lonlat: tuple[float, float]
    off_m: float


@dataclass(frozen=True, slots=True)
class Path:
    """A path over the tracks between two stations.

    Attributes
    ----------
    line
        Its course.
    length_m
        Measured on the ellipsoid from node to node.
    gauges_mm
        Metres of track by the gauge that they are tagged with; a piece of two gauges counts for both.
    """

    line: LineString
    length_m: float
    gauges_mm: Mapping[int, float]


class Pieces:
    """Pieces of track between two neighbouring nodes.

    Parameters
    ----------
    tracks
        Ways of railway.
    former
        Whether those that are disused, torn up or being built count too.
    """

    def __init__(self, tracks: Sequence[Way], *, former: bool) -> None:
        chosen = [way for way in tracks if way.tags["railway"] in (RAIL | FORMER if former else RAIL)]
        empty = np.empty(0, dtype=np.int64)
        self.ways = chosen
        self.way = np.concatenate([empty, *(np.full(len(way.nodes) - 1, i) for i, way in enumerate(chosen))]).astype(
            int
        )
        self.begin = np.concatenate([empty, *(way.nodes[:-1] for way in chosen)])
        self.end = np.concatenate([empty, *(way.nodes[1:] for way in chosen)])
        pairs = [np.stack([way.pairs[:-1], way.pairs[1:]], axis=1) for way in chosen]
        self.pairs = np.concatenate([np.empty((0, 2, 2)), *pairs])
        self.length_m = distance(self.pairs[:, 0], self.pairs[:, 1])
        self._lines = shapely.linestrings(self.pairs)
        self._tree = shapely.STRtree(self._lines)
        self._running = np.array(["service" not in chosen[i].tags for i in self.way], dtype=bool)

    def foothold(self, lonlat: tuple[float, float]) -> Foothold | None:
        """Place on the track next to a station; a running line before a siding; None where no track is near."""
        point = shapely.Point(lonlat)
        reach = SNAP_M / SHORTEST_LAT_DEGREE_M / np.cos(np.radians(lonlat[1]))
        near = self._tree.query(point.buffer(reach))
        near = near[self.length_m[near] > 0]
        if not len(near):
            return None
        squeeze = np.array([np.cos(np.radians(lonlat[1])), 1.0])
        begins, ends, place = self.pairs[near, 0] * squeeze, self.pairs[near, 1] * squeeze, np.array(lonlat) * squeeze
        along = ends - begins
        shares = np.clip(np.sum((place - begins) * along, axis=1) / np.sum(along * along, axis=1), 0.0, 1.0)
        feet = (begins + shares[:, None] * along) / squeeze
        off_m = distance(feet, lonlat)
        best = np.lexsort((near, off_m, ~self._running[near]))
        best = best[off_m[best] <= SNAP_M]
        if not len(best):
            return None
        index = best[0]
        lon, lat = feet[index]
        return Foothold(int(near[index]), float(shares[index]), (float(lon), float(lat)), float(off_m[index]))

    def near(self, line: LineString, within_m: float) -> bool:
        """Whether any track lies within some metres of a line."""
        return bool(len(self._tree.query(line.buffer(within_m / SHORTEST_LAT_DEGREE_M), predicate="intersects")))


class Track:
    """Graph of the pieces, cut where stations stand on them.

    Parameters
    ----------
    pieces
        The pieces of track.
    footholds
        Where each station stands, by its id.
    """

    def __init__(self, pieces: Pieces, footholds: Mapping[str, Foothold]) -> None:
        self._pieces = pieces
        numbers, ends = np.unique(np.concatenate([pieces.begin, pieces.end]), return_inverse=True)
        begins, ends = ends[: len(pieces.begin)], ends[len(pieces.begin) :]
        self._pairs: NDArray[np.float64] = np.empty((len(numbers) + len(footholds), 2))
        self._pairs[begins], self._pairs[ends] = pieces.pairs[:, 0], pieces.pairs[:, 1]
        self._station = {station: len(numbers) + i for i, station in enumerate(footholds)}
        stops: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for station, foothold in footholds.items():
            self._pairs[self._station[station]] = foothold.lonlat
            stops[foothold.segment].append((foothold.share, self._station[station]))
        self._graph: rx.PyGraph[int, tuple[float, float, int]] = rx.PyGraph(multigraph=True)
        self._graph.add_nodes_from(range(len(self._pairs)))
        weight = [SIDING_WEIGHT if "service" in way.tags else 1.0 for way in pieces.ways]
        edges = []
        for i, (u, v, way, length_m) in enumerate(zip(begins, ends, pieces.way, pieces.length_m, strict=True)):
            marks = [(0.0, int(u)), *sorted(stops.get(i, ())), (1.0, int(v))]
            edges += [
                (a, b, ((t - s) * float(length_m), (t - s) * float(length_m) * weight[way], int(way)))
                for (s, a), (t, b) in pairwise(marks)
            ]
        self._graph.add_edges_from(edges)
        self._part = {node: i for i, part in enumerate(rx.connected_components(self._graph)) for node in part}

    def path(self, start: str, end: str) -> Path | None:
        """Shortest path between two stations, with sidings counted half as long again; None where there is none."""
        source, target = self._station[start], self._station[end]
        if source == target or self._part[source] != self._part[target]:
            return None
        goal = self._pairs[target]
        squeeze = np.cos(np.radians(goal[1]))

        def ahead(node: int) -> float:
            lon, lat = self._pairs[node] - goal
            # Capped at the remaining length: the plane is not the ellipsoid.
            return float(np.hypot(lon * squeeze, lat)) * SHORTEST_LAT_DEGREE_M * 0.98

        path = rx.astar_shortest_path(
            self._graph, source, lambda node: bool(node == target), lambda edge: edge[1], ahead
        )
        nodes = list(path)
        return self._measured(nodes) if len(nodes) > 1 else None

    def _measured(self, nodes: list[int]) -> Path:
        length_m = 0.0
        gauges: defaultdict[int, float] = defaultdict(float)
        for a, b in pairwise(nodes):
            length, _, way = min(self._graph.get_all_edge_data(a, b), key=lambda edge: edge[1])
            length_m += length
            for gauge in _gauges(self._pieces.ways[way].tags.get("gauge", "")):
                gauges[gauge] += length
        return Path(LineString(self._pairs[nodes]), length_m, dict(gauges))


def _gauges(text: str) -> set[int]:
    """Gauges of a tag.

    Examples
    --------
    >>> sorted(_gauges("1520;1435")), _gauges("standard")
    ([1435, 1520], set())
    """
    return {int(part) for part in text.replace(",", ";").split(";") if part.strip().isdecimal()}
