"""The course of a railway section: the shortest path through a graph of chords, drawn to the stations at its ends."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import rustworkx as rx

from geo import BBox, distance, line_length

from . import package
from .bend import bent
from .home import kept_home

if TYPE_CHECKING:
    from collections.abc import Sequence

    Pair = tuple[float, float]

REGION = BBox(36.0, 33.0, 141.0, 60.0)
SNAP_KM = 6.0
# A gap closed by hand: how much longer the track may be than the line drawn.
HAND_DRAWN_SHARE = 0.35
# A bend leaves its chords by less than the accuracy that is stated of the section.
BEND_SHARE, LEAST_BEND_M = 0.35, 75.0


@dataclass(frozen=True, slots=True)
class Course:
    """How a section runs.

    Attributes
    ----------
    pairs
        Longitude and latitude of its vertices.
    length_m
        Of the line itself, not of the chords.
    swing_m
        The farthest that the track may lie from a chord, as its length allows.
    by_hand
        Whether it was drawn by hand across a gap of the package.
    traced
        Whether it follows a published track from end to end.
    """

    pairs: tuple[Pair, ...]
    length_m: float
    swing_m: float
    by_hand: bool = False
    traced: bool = False


class Graph:
    """Graph of lines in a box: by default railways from Moscow to the Pacific.

    Parameters
    ----------
    kind
        ``railways`` or ``highways``, as in `package.graph`.
    box
        What of them is read.
    """

    def __init__(self, kind: str = "railways", box: BBox = REGION) -> None:
        nodes, neighbours = package.graph(kind)
        lons, lats = nodes[:, 0], nodes[:, 1]
        inside = (lons > box.west) & (lons < box.east) & (lats > box.south) & (lats < box.north)
        chosen = np.flatnonzero(inside)
        index = {int(node): number for number, node in enumerate(chosen)}
        self.nodes = nodes[chosen]
        self.graph: rx.PyGraph[int, float] = rx.PyGraph(multigraph=False)
        self.graph.add_nodes_from(range(len(chosen)))
        for node, number in index.items():
            self.graph.add_edges_from(
                (number, index[other], km) for other, km in neighbours[node].items() if other in index and node < other
            )

    def nearest(self, pair: Pair) -> tuple[int, float]:
        """Nearest node and its distance in kilometres."""
        scale = np.array([np.cos(np.radians(pair[1])), 1.0])
        offsets = (self.nodes - np.array(pair)) * scale
        node = int(np.argmin((offsets**2).sum(axis=1)))
        return node, distance(pair, self.pair(node)) / 1000

    def pair(self, node: int) -> Pair:
        """Longitude and latitude of a node."""
        lon, lat = self.nodes[node]
        return float(lon), float(lat)

    def way(self, start: int, end: int) -> list[int]:
        """Nodes of the shortest path between two nodes; empty where there is none."""
        if start == end:
            return [start]
        paths = rx.dijkstra_shortest_paths(self.graph, start, end, weight_fn=float)
        return list(paths[end]) if end in paths else []

    def km(self, start: int, end: int) -> float:
        """Length of the line that an edge represents."""
        return self.graph.get_edge_data(start, end)


def lay(graph: Graph, start: dict[str, Any], end: dict[str, Any], row: dict[str, Any]) -> Course:
    """Lay a section: over the graph, and along the published ``track`` where the table has one.

    A leg between two points of the track is drawn along it; the others follow the graph.

    Raises
    ------
    ValueError
        When a station is too far from the graph, or the graph has no path between two stops.
    """
    track: list[Pair] = [tuple(pair) for pair in row.get("track", ())]
    between: list[Pair] = [*(tuple(pair) for pair in row.get("via", ())), *track]
    begin, finish = tuple(start["point"]), tuple(end["point"])
    stops: list[Pair] = [begin, *(pair for pair in between if pair not in {begin, finish}), finish]
    if "closed_gap" in row:
        length_m = line_length(stops)
        published_m = row.get("published_length_km", 0) * 1000
        longest_m = max(published_m, length_m) if published_m else length_m * (1 + HAND_DRAWN_SHARE)
        return Course(tuple(stops), length_m, swing(longest_m, length_m), by_hand=True)
    snaps = [start.get("snap_km", SNAP_KM), *(SNAP_KM for _ in stops[1:-1]), end.get("snap_km", SNAP_KM)]
    on_track = set(track)
    legs = [
        _traced(ends) if on_track.issuperset(ends) else _snapped_leg(graph, ends, reaches, row)
        for ends, reaches in zip(pairwise(stops), pairwise(snaps), strict=True)
    ]
    pairs = tuple(pair for number, leg in enumerate(legs) for pair in leg.pairs[bool(number) :])
    traced = all(leg.traced for leg in legs)
    swing_m = max(leg.swing_m for leg in legs)
    traced_ends = {(leg.pairs[0], leg.pairs[-1]) for leg in legs if leg.traced}
    line = pairs if traced else bent(pairs, max(swing_m * BEND_SHARE, LEAST_BEND_M), traced_ends)
    line = line if traced else kept_home(line, row["countries"])
    length_m = max(sum(leg.length_m for leg in legs), line_length(line))
    return Course(line, length_m, swing_m, traced=traced)


def swing(length_m: float, chord_m: float) -> float:
    """Farthest that a track of some length may swing from the chord between its ends: half the width of the ellipse.

    Examples
    --------
    >>> round(swing(5000, 3000))
    2000
    >>> swing(1000, 1001)
    0.0
    """
    return 0.5 * float(np.sqrt(max(length_m**2 - chord_m**2, 0.0)))


def _traced(ends: tuple[Pair, Pair]) -> Course:
    return Course(ends, distance(*ends), 0.0, traced=True)


def _label(row: dict[str, Any]) -> str:
    return f"{row['line']}, {row['from']} to {row['to']}"


def _snap(graph: Graph, stop: Pair, reach_km: float, row: dict[str, Any]) -> int:
    node, km = graph.nearest(stop)
    if km > reach_km:
        raise ValueError(f"{_label(row)}: {stop} lies {km:.1f} km from the nearest node; give snap_km or closed_gap")
    return node


def _snapped_leg(graph: Graph, ends: tuple[Pair, Pair], reaches: tuple[float, float], row: dict[str, Any]) -> Course:
    start, end = (_snap(graph, stop, reach, row) for stop, reach in zip(ends, reaches, strict=True))
    return _leg(graph, start, end, ends, row)


def _leg(graph: Graph, start: int, end: int, ends: tuple[Pair, Pair], row: dict[str, Any]) -> Course:
    way = graph.way(start, end)
    if not way:
        raise ValueError(f"{_label(row)}: the graph has no way between {ends[0]} and {ends[1]}; give closed_gap")
    inner = _without_spurs([graph.pair(node) for node in way], ends)
    pairs = [ends[0], *inner, ends[1]]
    km = {frozenset((graph.pair(a), graph.pair(b))): graph.km(a, b) for a, b in pairwise(way)}
    lengths, swings = [], []
    for a, b in pairwise(pairs):
        chord = distance(a, b)
        # An end that was drawn to a station keeps the crookedness of the edge it replaces.
        true = km.get(frozenset((a, b)), _crookedness(graph, way) * chord / 1000) * 1000
        lengths.append(max(true, chord))
        swings.append(swing(lengths[-1], chord))
    return Course(tuple(pairs), sum(lengths), max(swings))


def _crookedness(graph: Graph, way: Sequence[int]) -> float:
    km = sum(graph.km(a, b) for a, b in pairwise(way))
    chords = sum(distance(graph.pair(a), graph.pair(b)) for a, b in pairwise(way)) / 1000
    return max(km / chords, 1.0) if chords else 1.0


def _without_spurs(nodes: list[Pair], ends: tuple[Pair, Pair]) -> list[Pair]:
    """Nodes between two stations, without the snapped ends and without those that would make the track turn back."""
    inner = nodes[1:-1]
    while inner and _turns_back(ends[0], inner[0], inner[1] if len(inner) > 1 else ends[1]):
        inner = inner[1:]
    while inner and _turns_back(ends[1], inner[-1], inner[-2] if len(inner) > 1 else ends[0]):
        inner = inner[:-1]
    return inner


def _turns_back(station: Pair, node: Pair, beyond: Pair) -> bool:
    scale = np.array([np.cos(np.radians(station[1])), 1.0])
    outward = (np.array(node) - station) * scale
    onward = (np.array(beyond) - node) * scale
    return bool(outward @ onward <= 0)
