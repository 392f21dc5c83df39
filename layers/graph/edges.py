"""Nodes and edges of the network, made from the layers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import geo
from geo import LonLat, Node
from layers.record.store import properties_of

from .interval import Spell, either, merged, open_before, spells_of, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layers.record.store import JsonObject

    Pair = tuple[float, float]

# Of a straight line between a port and its station, the share of itself by which the true length may differ.
STRAIGHT_SHARE = 0.5
# Ends of a line are moved onto their node when they lie within this distance of it.
SNAP_M = 250.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An edge of any day.

    Attributes
    ----------
    id, from_node, to_node, mode, line, length_m, uncertainty_m, chainages_km, countries, sources, method, hours, coordinates
        As of `geo.Edge`.
    geometry_m, systematic_m, depth_m, rate
        As of `geo.Edge`.
    spells
        Its states in order.
    electrified
        Whether a voltage of its line is on record.
    is_link
        Whether it is the straight line between a port and its station.
    """

    id: str
    from_node: str
    to_node: str
    mode: str
    line: str
    length_m: float
    uncertainty_m: float
    spells: tuple[Spell, ...]
    countries: tuple[str, ...]
    sources: tuple[str, ...]
    method: str
    coordinates: tuple[Pair, ...]
    chainages_km: tuple[float | None, float | None] = (None, None)
    hours: float | None = None
    geometry_m: float | None = None
    systematic_m: float = 0.0
    depth_m: float | None = None
    electrified: bool = False
    is_link: bool = False
    rate: float = 1.0

    @property
    def ends(self) -> tuple[str, str]:
        """Ids of both ends."""
        return self.from_node, self.to_node

    def edge(self, spell: Spell) -> geo.Edge:
        """Make the edge of one state, checked as `geo` checks it."""
        return geo.Edge(
            id=self.id,
            from_node=self.from_node,
            to_node=self.to_node,
            mode=cast("Any", self.mode),
            line=self.line,
            gauges_mm=spell.gauges_mm,
            length_m=self.length_m,
            uncertainty_m=self.uncertainty_m,
            chainages_km=self.chainages_km,
            status=spell.status,
            countries=self.countries,
            sources=self.sources,
            geometry_method=self.method,
            coordinates=self.coordinates,
            hours=self.hours,
            geometry_m=self.geometry_m,
            systematic_m=self.systematic_m,
            depth_m=self.depth_m,
            rate=self.rate,
        )


def node(feature: JsonObject) -> Node:
    """Node of a station or a port."""
    properties = cast("dict[str, Any]", properties_of(feature))
    lon, lat = cast("dict[str, Any]", feature["geometry"])["coordinates"]
    countries = properties.get("countries") or [""]
    return Node(properties["id"], LonLat(lon, lat), properties["name"], properties["accuracy_m"], countries[0])


def railway(feature: JsonObject) -> Section:
    """Section of railway."""
    return _drawn(feature, "rail")


def road(feature: JsonObject) -> Section:
    """Section of road."""
    return _drawn(feature, "road")


def _drawn(feature: JsonObject, mode: str) -> Section:
    properties = cast("dict[str, Any]", properties_of(feature))
    coordinates = cast("dict[str, Any]", feature["geometry"])["coordinates"]
    return Section(
        id=properties["id"],
        from_node=properties["from_node"],
        to_node=properties["to_node"],
        mode=mode,
        line=properties.get("name") or "",
        length_m=properties["length_m"],
        uncertainty_m=properties["length_uncertainty_m"],
        spells=spells_of(properties),
        countries=tuple(properties["countries"]),
        sources=tuple(properties["sources"]),
        method=properties["geometry_method"],
        coordinates=tuple((lon, lat) for lon, lat in coordinates),
        chainages_km=(properties.get("chainage_from_km"), properties.get("chainage_to_km")),
        electrified=bool(properties.get("electrification")),
    )


def sea_sections(
    ways: Iterable[Mapping[str, Any]],
    ferries: Sequence[Mapping[str, Any]],
    ports: Mapping[str, JsonObject],
    nodes: Mapping[str, Node],
) -> list[Section]:
    """Sea routes between the ports, and the ferries that use them."""
    joined = [row for row in ways if row["from"] in ports and row["to"] in ports]
    used = sorted({row[key] for row in joined for key in ("from", "to")})
    opened = {name: open_before(spells_of(properties_of(ports[name]))) for name in used}
    sections = [_sea(row, ports, nodes, opened) for row in joined]
    by_ends = {frozenset(section.ends): section for section in sections}
    lines = [row for row in ferries if frozenset((row["from"], row["to"])) in by_ends]
    return sections + [_ferry(row, by_ends[frozenset((row["from"], row["to"]))]) for row in lines]


def port_links(
    rows: Iterable[Mapping[str, Any]], assumed: str, railways: Sequence[Section], nodes: Mapping[str, Node]
) -> list[Section]:
    """Straight lines from ports to their stations, with the gauges and the state of the railways there."""
    return [_link(row, assumed, railways, nodes) for row in rows if row["port"] in nodes and row["station"] in nodes]


def snapped(section: Section, nodes: Mapping[str, Node]) -> tuple[Section, float]:
    """Move the ends of a line onto its nodes, where they lie near enough; return how far the farther one lay, in metres."""
    ends = [nodes[end].lonlat for end in section.ends]
    line = section.coordinates
    gaps = [geo.distance(LonLat(*line[place]), end) for place, end in zip((0, -1), ends, strict=True)]
    if section.mode == "road":  # where a refresh has moved a station, the road to it is the straight line at least
        section = replace(section, length_m=max(section.length_m, geo.distance(*ends)))
    if not max(gaps) or max(gaps) > SNAP_M:
        return section, max(gaps)
    moved = (tuple(ends[0]), *line[1:-1], tuple(ends[1]))
    return replace(section, coordinates=cast("Any", moved)), max(gaps)


def _sea(
    row: Mapping[str, Any],
    ports: Mapping[str, JsonObject],
    nodes: Mapping[str, Node],
    opened: Mapping[str, tuple[Spell, ...]],
) -> Section:
    ends = (row["from"], row["to"])
    line = [(lon, lat) for lon, lat in row["coordinates"]]
    length_m = float(row["length_m"])
    for place, end in zip((0, -1), ends, strict=True):  # where a refresh has moved the port, the route follows
        beside = LonLat(*line[1 if place == 0 else -2])
        before, now = LonLat(*line[place]), nodes[end].lonlat
        if before != now and geo.distance(before, now) > SNAP_M:
            length_m += geo.distance(now, beside) - geo.distance(before, beside)
        line[place] = (now.lon, now.lat)
    return Section(
        id=f"sea/{_slug(ends[0])}-{_slug(ends[1])}",
        from_node=ends[0],
        to_node=ends[1],
        mode="sea",
        line="",
        length_m=max(length_m, 1.0),
        uncertainty_m=row["uncertainty_m"],
        spells=together(opened[end] for end in ends),
        countries=_countries(ends, nodes),
        sources=("gshhg-basemap",),
        method="constructed",
        coordinates=tuple(line),
        depth_m=min((depth for end in ends if (depth := _depth_m(ports[end])) is not None), default=None),
    )


def _depth_m(port: JsonObject) -> float | None:
    """Depth of the deepest berth with a source; None where there is none."""
    figures = cast("list[dict[str, Any]]", properties_of(port).get("figures") or [])
    return max((float(figure["value"]) for figure in figures if figure["attribute"] == "depth_m"), default=None)


def _ferry(row: Mapping[str, Any], way: Section) -> Section:
    forward = row["from"] == way.from_node
    return replace(
        way,
        id=row["id"],
        from_node=row["from"],
        to_node=row["to"],
        mode="ferry",
        line=row["name"],
        spells=together((spells_of(_dated(row)), way.spells)),
        sources=tuple(row["sources"]),
        coordinates=way.coordinates if forward else way.coordinates[::-1],
        hours=float(row["hours"]),
    )


def _link(row: Mapping[str, Any], assumed: str, railways: Sequence[Section], nodes: Mapping[str, Node]) -> Section:
    port, station = nodes[row["port"]], nodes[row["station"]]
    straight_m = geo.distance(port.lonlat, station.lonlat)
    spread_m = max(straight_m * STRAIGHT_SHARE, (port.accuracy_m**2 + station.accuracy_m**2) ** 0.5)
    return Section(
        id=f"rail/port-link/{_slug(station.id)}-{_slug(port.id)}",
        from_node=station.id,
        to_node=port.id,
        mode="rail",
        line=f"{port.name}, port railway",
        length_m=max(round(straight_m), 1),
        uncertainty_m=round(spread_m),
        spells=_narrowed(
            either(section.spells for section in railways if station.id in section.ends), row.get("gauge_mm")
        ),
        countries=_countries((station.id, port.id), nodes),
        sources=tuple(row.get("sources") or (assumed,)),
        method="schematic",
        coordinates=((station.lonlat.lon, station.lonlat.lat), (port.lonlat.lon, port.lonlat.lat)),
        electrified=True,  # shunting there costs the same as elsewhere
        is_link=True,
    )


def _narrowed(spells: tuple[Spell, ...], gauges_mm: list[int] | None) -> tuple[Spell, ...]:
    if gauges_mm is None:
        return spells
    states = {
        spell.day: (spell.status, tuple(gauge for gauge in spell.gauges_mm if gauge in gauges_mm)) for spell in spells
    }
    return merged(states, lambda day: states[day])


def _dated(row: Mapping[str, Any]) -> JsonObject:
    """Row of a table as a feature: on the record from its first dated change."""
    history = row["history"]
    return cast("JsonObject", {"valid_from": history[0]["date"], "status": history[-1]["status"], "history": history})


def _countries(ends: Iterable[str], nodes: Mapping[str, Node]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(nodes[end].country for end in ends if nodes[end].country))


def _slug(feature_id: str) -> str:
    return feature_id.rpartition("/")[2]
