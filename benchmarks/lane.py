"""The graphs that routes are measured on: the sea lanes that searoute ships, highways with sea lanes, a small grid."""

import ast
import importlib.util
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np

import geo

NORTHWEST = "northwest"  # the passage that searoute closes by default
LAST_LON = 180.0
SHORTEST_M = 1.0  # of an edge between two nodes of one place, such as both sides of the antimeridian


class Graph(NamedTuple):
    """Positions of the nodes, pairs of nodes with the metres between them, and the passage that each leads through."""

    lonlats: list[tuple[float, float]]
    ends: list[tuple[int, int]]
    lengths_m: list[float]
    passages: list[str]

    @property
    def open(self) -> list[tuple[int, int, float]]:
        """Open edges, each once."""
        rows = zip(self.ends, self.lengths_m, self.passages, strict=True)
        return [(start, end, metres) for (start, end), metres, passage in rows if passage != NORTHWEST]

    def network(self) -> geo.Network:
        """Our network of it; edges closed on the day are withheld."""
        nodes = [geo.Node(f"n{number}", geo.LonLat(*lonlat)) for number, lonlat in enumerate(self.lonlats)]
        edges = [
            geo.Edge(
                id=f"e{number}", from_node=f"n{start}", to_node=f"n{end}", mode="sea", length_m=metres, line=passage
            )
            for number, ((start, end), metres, passage) in enumerate(
                zip(self.ends, self.lengths_m, self.passages, strict=True)
            )
        ]
        is_open = [edge for edge in edges if edge.line != NORTHWEST]
        return geo.Network(nodes, is_open, withheld=[edge for edge in edges if edge.line == NORTHWEST])

    def questions(self, count: int, seed: int = 1) -> list[tuple[int, int]]:
        """Pairs of different nodes of the largest part that is open, the same for all."""
        part = self.largest_part()
        random_pairs = np.random.default_rng(seed).choice(len(part), size=(count, 2))
        return [(part[start], part[end]) for start, end in random_pairs.tolist() if start != end]

    def largest_part(self) -> list[int]:
        """Nodes of the largest part that hangs together while the closed passage is closed."""
        near: dict[int, list[int]] = {}
        for start, end, _ in self.open:
            near.setdefault(start, []).append(end)
            near.setdefault(end, []).append(start)
        best: list[int] = []
        unvisited = set(near)
        while unvisited:
            part, heap = set(), [unvisited.pop()]
            while heap:
                node = heap.pop()
                if node not in part:
                    part.add(node)
                    heap += near[node]
            unvisited -= part
            best = max(best, sorted(part), key=len)
        return best


def sea_lanes() -> Graph:
    """Sea lanes as searoute ships them; lengths are ours, the same for every engine."""
    from searoute.data.marnet_dict import edge_list, node_list

    numbers = {node: number for number, node in enumerate(node_list)}
    rows = {
        (numbers[start], numbers[end]): data.get("passage") or ""
        for start, near in edge_list.items()
        for end, data in near.items()
        if numbers[start] < numbers[end]
    }
    return _measured([(_turned(lon), float(lat)) for lon, lat in node_list], list(rows), list(rows.values()))


def highways() -> Graph:
    """Highways of the world with sea lanes, as scgraph-data ships them."""
    spec = importlib.util.find_spec("scgraph_data.world_highways_and_marnet")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("scgraph-data is not installed", name="scgraph_data")
    tables = {}
    for line in Path(spec.origin).read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        if name.strip() in {"graph", "nodes"}:
            tables[name.strip()] = ast.literal_eval(value.strip())
    ends = [(start, end) for start, near in enumerate(tables["graph"]) for end in near if start < end]
    return _measured([(_turned(lon), float(lat)) for lat, lon in tables["nodes"]], ends, [""] * len(ends))


def grid(side: int = 12) -> Graph:
    """A grid of a few nodes in the Sea of Japan, for a quick run."""
    lonlats = [(131 + column / 7, 38 + row / 9) for row in range(side) for column in range(side)]
    across = [(node, node + 1) for node in range(side * side) if (node + 1) % side]
    along = [(node, node + side) for node in range(side * (side - 1))]
    ends = across + along
    passages = [NORTHWEST if number % 17 == 0 else ("suez" if number % 13 == 0 else "") for number in range(len(ends))]
    return _measured(lonlats, ends, passages)


def _measured(lonlats: list[tuple[float, float]], ends: list[tuple[int, int]], passages: list[str]) -> Graph:
    table = np.array(lonlats)
    pairs = np.array(ends)
    metres = geo.distance(table[pairs[:, 0]], table[pairs[:, 1]])
    return Graph(lonlats, ends, np.maximum(metres, SHORTEST_M).round(3).tolist(), passages)


def _turned(lon: float) -> float:
    """Bring a longitude into [-180, 180]."""
    return float(lon) if abs(lon) <= LAST_LON else math.remainder(lon, 2 * LAST_LON)
