"""Report on a compiled network: its parts, near misses, loose ends and unknown values."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.network.table import UNITS
from layers.errors import NetworkFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.network.table import EdgeTable

    from .noding import Drawn, NearMisses, Places

_SHOWN = 5
_TEN = 10
_PARTS = 20
_KEPT = 5_000  # features of a kind on the map


@dataclass(frozen=True, slots=True, kw_only=True)
class CompileReport:
    """Report of a compilation; `features` draws what needs a look.

    Attributes
    ----------
    nodes, edges, named
        How many, and how many nodes have a name.
    km
        Kilometres by mode, gauge and status, such as ``"rail, 1520 mm, operating"``.
    one_way_km
        Kilometres of one-way lines.
    unknown_gauge_km
        Kilometres of railway without a known gauge.
    parts
        Nodes of the largest connected parts, the largest first.
    part_count
        How many parts there are.
    loose_ends
        Ends of lines at which nothing else is.
    near_misses
        Loose ends near a line or an end that they are not joined to: metres, longitude, latitude.
    joined
        Near misses that were joined.
    left_out
        Lines left out, by the value of their mode.
    notes
        What else was left out or moved, in sentences.
    """

    nodes: int
    edges: int
    named: int
    km: dict[str, float]
    one_way_km: float
    unknown_gauge_km: float
    parts: tuple[int, ...]
    part_count: int
    loose_ends: int
    near_misses: tuple[tuple[float, float, float], ...]
    near_m: float
    joined: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready values."""
        return asdict(self)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> CompileReport:
        """Make it of what `to_dict` gave.

        Raises
        ------
        NetworkFileError
            When it is something else.
        """
        try:
            near = tuple((float(metres), float(lon), float(lat)) for metres, lon, lat in content["near_misses"])
            lists = {name: tuple(content[name]) for name in ("parts", "notes")}
            return cls(**{**content, **lists, "near_misses": near})
        except (TypeError, ValueError, LookupError):
            raise NetworkFileError("the description of the network holds no report; compile it again") from None

    def text(self) -> str:
        """Return it as text, line by line."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        named = f", {self.named:,} of them named" if self.named else ""
        yield f"{self.nodes:,} nodes{named}; {self.edges:,} edges, {_km(sum(self.km.values()))}"
        yield from (f"  {mode}: {_km(km)}" for mode, km in sorted(self.km.items(), key=lambda pair: -pair[1]))
        if self.one_way_km:
            yield f"  one way: {_km(self.one_way_km)}"
        if self.unknown_gauge_km:
            yield (
                f"gauge unknown on {_km(self.unknown_gauge_km)}: any wagon runs there; set gauges_mm where it is known"
            )
        largest = f"the largest holds {self.parts[0] / max(self.nodes, 1):.1%} of the nodes" if self.parts else ""
        next_sizes = (
            f", then {', '.join(f'{size:,}' for size in self.parts[1:_SHOWN])} nodes" if len(self.parts) > 1 else ""
        )
        yield f"{self.part_count:,} connected part{'s' * (self.part_count != 1)}; {largest}{next_sizes}"
        yield f"{self.loose_ends:,} loose end{'s' * (self.loose_ends != 1)}"
        if self.joined:
            yield f"{self.joined:,} near miss{'es' * (self.joined != 1)} joined (snap_m)"
        if self.near_misses:
            metres, lon, lat = self.near_misses[0]
            yield (
                f"{len(self.near_misses):,} near miss{'es' * (len(self.near_misses) != 1)}: loose ends within "
                f"{self.near_m:g} m of another line, not joined to it; "
                f"the nearest {metres:.1f} m at {lon:.5f},{lat:.5f}. --snap METRES joins them"
            )
        if self.left_out:
            most = sorted(self.left_out.items(), key=lambda pair: -pair[1])
            shown = ", ".join(f"{value} ({count:,})" for value, count in most[:_SHOWN])
            more = f" and {len(most) - _SHOWN} more" if len(most) > _SHOWN else ""
            yield f"left out, as their value is no mode: {shown}{more}; name them under [modes] if they carry traffic"
        yield from self.notes


def _km(km: float) -> str:
    return f"{km:,.0f} km" if km >= _TEN else f"{km:.1f} km"


def parts_of(table: EdgeTable) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Return the number of the connected part of each node, directions aside; part 0 is the largest."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(table.nodes)
    ones = np.ones(len(table), dtype=np.int8)
    _, part = connected_components(
        coo_array((ones, (table.from_node, table.to_node)), shape=(size, size)), directed=False
    )
    counts = np.bincount(part)
    rank = np.empty(len(counts), dtype=np.int32)
    rank[np.argsort(-counts, kind="stable")] = np.arange(len(counts), dtype=np.int32)
    return rank[part] if len(part) else np.empty(0, dtype=np.int32)


def report_of(
    table: EdgeTable,
    drawn: Drawn,
    places: Places,
    misses: NearMisses,
    near_m: float,
    **counts: Any,  # noqa: ANN401
) -> CompileReport:
    """Report on a network."""
    km: dict[str, float] = {}
    lengths = np.bincount(table.profile, weights=table.length_m, minlength=len(table.profiles)) / 1000
    for profile, length in zip(table.profiles, lengths.tolist(), strict=True):
        gauge = "" if profile.mode != "rail" else f", {' + '.join(map(str, profile.gauges_mm)) or 'unknown'} mm"
        key = f"{profile.mode}{gauge.replace('unknown mm', 'gauge unknown')}, {profile.status.replace('_', ' ')}"
        km[key] = km.get(key, 0.0) + length
    pairs = list(zip(table.profiles, lengths.tolist(), strict=True))
    sizes = np.bincount(parts_of(table))
    order = np.argsort(misses.metres, kind="stable")[:_KEPT]
    spots = drawn.lonlat[places.first[misses.place[order]]].tolist()
    return CompileReport(
        nodes=len(table.nodes),
        edges=len(table),
        named=len(table.nodes.named),
        km={mode: round(length, 1) for mode, length in km.items()},
        one_way_km=round(sum(length for profile, length in pairs if profile.one_way), 1),
        unknown_gauge_km=round(sum(km for profile, km in pairs if profile.mode == "rail" and not profile.gauges_mm), 1),
        parts=tuple(sizes[:_PARTS].tolist()),
        part_count=len(sizes),
        loose_ends=len(places.loose),
        near_misses=tuple(
            (round(metres, 2), lon, lat)
            for metres, (lon, lat) in zip(misses.metres[order].tolist(), spots, strict=True)
        ),
        near_m=near_m,
        **counts,
    )


def features(table: EdgeTable, report: CompileReport) -> dict[str, dict[str, Any]]:
    """Return what needs a look as GeoJSON: parts other than the largest, near misses, loose ends, unknown gauges."""
    part = parts_of(table)
    edge_part = part[table.from_node] if len(table) else part
    unknown = table.having([profile.mode == "rail" and not profile.gauges_mm for profile in table.profiles])
    degree = np.bincount(np.concatenate([table.from_node, table.to_node]), minlength=len(table.nodes))
    loose = np.flatnonzero(degree == 1)[:_KEPT]
    chosen = {
        "largest-part": np.flatnonzero((edge_part == 0) & ~unknown),
        "other-parts": np.flatnonzero((edge_part > 0) & ~unknown),
        "gauge-unknown": np.flatnonzero(unknown),
    }
    collections = {
        name: [_edge(table, row, int(edge_part[row])) for row in rows[:_KEPT].tolist()] for name, rows in chosen.items()
    }
    collections["loose-ends"] = [
        _point(table.nodes.id(row), (table.nodes.positions[row] / UNITS).tolist(), {}) for row in loose.tolist()
    ]
    collections["near-misses"] = [
        _point(f"near-miss/{number}", [lon, lat], {"metres": metres})
        for number, (metres, lon, lat) in enumerate(report.near_misses, 1)
    ]
    return {name: {"type": "FeatureCollection", "features": rows} for name, rows in collections.items() if rows}


def _edge(table: EdgeTable, row: int, part: int) -> dict[str, Any]:
    edge = table[row]
    properties = {
        "name": edge.line or edge.id,
        "length_km": round(edge.length_m / 1000, 3),
        "gauge": " + ".join(map(str, edge.gauges_mm)),
        "status": edge.status,
        "part": part + 1,
    }
    line = {"type": "LineString", "coordinates": [list(pair) for pair in edge.coordinates]}
    return {"type": "Feature", "id": edge.id, "geometry": line, "properties": properties}


def _point(id_: str, lonlat: list[float], properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": lonlat}
    return {"type": "Feature", "id": id_, "geometry": point, "properties": {"name": id_, **properties}}
