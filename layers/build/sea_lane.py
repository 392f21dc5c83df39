"""Lanes of ships across the oceans, from searoute; far ports, from the World Port Index."""

from __future__ import annotations

import hashlib

from . import package, table
from .collection import dumps

_DECIMALS = 3  # 100 m: the lanes are rougher than that
_TURN_DEG = 360.0
_JOINTS = {"segment", "segment2", "pacific_ocean"}  # no lanes: they tie both sides of the antimeridian together
NAME = "sea_lanes"


def text() -> str:
    """Text of ``sea_lanes.json``: its record, nodes, edges, passages, and the far ports.

    Raises
    ------
    ValueError
        When a port has a number that the World Port Index does not have.
    """
    rows = table.read(NAME)
    numbers: dict[tuple[float, float], int] = {}
    edges: set[tuple[int, int]] = set()
    passages: dict[str, set[tuple[int, int]]] = {}
    for tail, head, passage in package.sea_lanes():
        ends = [numbers.setdefault(_spot(at), len(numbers)) for at in (tail, head)]
        edge = (min(ends), max(ends))
        if passage in _JOINTS or edge[0] == edge[1]:
            continue
        edges.add(edge)
        if passage:
            passages.setdefault(passage, set()).add(edge)
    used = sorted({end for edge in edges for end in edge})
    renumbered = {number: index for index, number in enumerate(used)}
    spots = {number: spot for spot, number in numbers.items()}
    record = {
        "title": rows["title"],
        "licence": rows["licence"],
        "attribution": rows["attribution"],
        "packages": [package.named("searoute"), package.named("harborly")],
        "processing": "python -m layers.build",
    }
    content = {
        "shut": rows["shut"],
        "ports": _ports(rows),
        "passages": {
            name: sorted([renumbered[tail], renumbered[head]] for tail, head in pairs)
            for name, pairs in sorted(passages.items())
        },
        "nodes": [list(spots[number]) for number in used],
        "edges": sorted([renumbered[tail], renumbered[head]] for tail, head in edges),
    }
    lines = [f'"{key}":{dumps(value)}' for key, value in content.items()]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return "{" + ",\n".join([f'"record":{dumps({**record, "sha256": digest})}', *lines]) + "}\n"


def _spot(position: tuple[float, float]) -> tuple[float, float]:
    lon, lat = (round(degrees, _DECIMALS) for degrees in position)
    return round((lon + _TURN_DEG / 2) % _TURN_DEG - _TURN_DEG / 2, _DECIMALS), lat


def _ports(rows: dict[str, object]) -> list[dict[str, object]]:
    index = package.world_port_index()
    ports = []
    for row in rows["port"]:  # type: ignore[attr-defined]
        if row["wpi"] not in index:
            raise ValueError(f"{row['id']}: the World Port Index has no number {row['wpi']}")
        _, lon, lat = index[row["wpi"]]
        place = {"lonlat": [round(lon, 6), round(lat, 6)], "accuracy_m": rows["accuracy_m"]}
        ports.append({"id": row["id"], "name": row["name"], "names": row["names"], **place})
    return ports
