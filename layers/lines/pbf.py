"""Railways, roads and ferry lines of an OpenStreetMap extract, with the numbers of their nodes."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from layers.errors import ExtractError
from layers.osm.pbf import GET_AGAIN, check_whole

from .settings import ROAD_SPEEDS, USUAL_MODES
from .source import Lines

if TYPE_CHECKING:
    from pathlib import Path

STATIONS: Final = frozenset({"station", "halt", "junction", "yard", "service_station", "border"})


def read_pbf(path: Path) -> Lines:
    """Read the ways of an extract that carry traffic: kind, gauge, speed limit, direction and name.

    Raises
    ------
    ExtractError
        When osmium is not installed, or the file is incomplete.
    """
    try:
        import osmium
    except ImportError:
        raise ExtractError(
            "reading it needs the package osmium, which is not installed; install it: pip install tumen[refresh]", path
        ) from None
    check_whole(path)
    ways = _Ways()
    objects = osmium.FileProcessor(str(path)).with_locations()
    objects = objects.with_filter(osmium.filter.KeyFilter("railway", "highway", "route"))
    try:
        for element in objects:
            ways.add(element)
    except RuntimeError as error:  # what osmium raises for anything wrong inside
        raise ExtractError(f"{error}; {GET_AGAIN}", path) from None
    if not ways.ids:
        raise ExtractError("it holds no railway, road or ferry line; take an extract of the region", path)
    return Lines(
        path.name,
        np.asarray(ways.positions, dtype=np.int32).reshape(-1, 2),
        np.asarray(ways.begin, dtype=np.int64),
        np.arange(len(ways.ids), dtype=np.int32),
        ways.columns(),
        np.asarray(ways.refs, dtype=np.int64),
        (ways.names, np.array(ways.places, dtype=np.int32).reshape(-1, 2)),
        (f"{path.name}: {ways.lost:,} ways lack nodes, as where they leave the region, and were cut there",)
        if ways.lost
        else (),
    )


class _Ways:
    """Collects ways and stations."""

    def __init__(self) -> None:
        self.positions, self.refs, self.begin = array("i"), array("q"), array("q", [0])
        self.ids: list[str] = []
        self.tags: dict[str, list[str | None]] = {role: [] for role in ("line", "mode", "gauge", "speed", "one_way")}
        self.names: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.lost = 0

    def add(self, element: Any) -> None:  # noqa: ANN401 - of osmium
        """Collect lines that carry traffic, and the names of stations."""
        if element.is_node():
            if element.tags.get("railway") in STATIONS and "name" in element.tags:
                self.names.append(element.tags["name"])
                self.places.append((element.location.x, element.location.y))
        elif element.is_way() and (value := _value(element.tags)) is not None and element.tags.get("area") != "yes":
            nodes = [(node.ref, node.location) for node in element.nodes]
            located = [(ref, place.x, place.y) for ref, place in nodes if place.valid()]
            self.lost += len(located) < len(nodes)
            if len(located) > 1:
                self._keep(element, value, located)

    def _keep(self, way: Any, value: str, nodes: list[tuple[int, int, int]]) -> None:  # noqa: ANN401
        for ref, x, y in nodes:
            self.refs.append(ref)
            self.positions.extend((x, y))
        self.begin.append(len(self.refs))
        self.ids.append(f"way/{way.id}")
        tags = way.tags
        circles = "yes" if tags.get("junction") in {"roundabout", "circular"} else None
        row = {
            "mode": value,
            "gauge": tags.get("gauge"),
            "speed": tags.get("maxspeed"),
            "one_way": tags.get("oneway", circles) if "railway" not in tags else None,
            "line": tags.get("name") or tags.get("ref"),
        }
        for role, text in row.items():
            self.tags[role].append(text)

    def columns(self) -> dict[str, Any]:
        """Texts of the ways by role."""
        import pyarrow as pa

        columns = {role: pa.array(texts, pa.string()) for role, texts in self.tags.items()}
        none = pa.nulls(len(self.ids), pa.string())
        return columns | {"id": pa.array(self.ids, pa.string()), "status": none, "length": none}


def _value(tags: Any) -> str | None:  # noqa: ANN401
    """Value of the tag that makes a way a railway, a road or a ferry line; None where it is none."""
    railway, highway = tags.get("railway"), tags.get("highway")
    if railway in USUAL_MODES and railway not in ROAD_SPEEDS:
        return str(railway)
    if highway in ROAD_SPEEDS:
        return str(highway)
    return "ferry" if tags.get("route") == "ferry" else None
