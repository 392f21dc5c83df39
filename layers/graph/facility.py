"""Transfers of the network, made from the table: one for each place and pair of carriers of a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from geo import Carrier, Transfer

from .interval import FIRST_DAY, OPERATING, Spell, spells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .edges import Section

PORTS, RAIL_PORTS, BY_ROAD = "ports", "rail_ports", "rail_stations_by_road"
ROAD_BORDERS = "road_borders"
ALWAYS = (Spell(FIRST_DAY, OPERATING),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A transfer of any day; `place` is its node, or its edge at a border; `pairs` are the edges of a reversal."""

    id: str
    kind: str
    place: str
    between: tuple[str, str]
    hours: float
    explanation: str
    sources: tuple[str, ...]
    assumption: str
    both_ways: bool
    spells: tuple[Spell, ...]
    load_hours: tuple[tuple[str, float], ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def at_border(self) -> bool:
        """Whether its place is an edge."""
        return self.kind == "border_crossing"

    def transfer(self, status: str = OPERATING) -> Transfer:
        """Make the transfer of one state, checked as `geo` checks it."""
        before, after = (Carrier.parse(text) if text else None for text in self.between)
        return Transfer(
            id=self.id,
            kind=cast("Any", self.kind),
            node_id="" if self.at_border else self.place,
            edge_id=self.place if self.at_border else "",
            from_carrier=before,
            to_carrier=after,
            hours=self.hours,
            explanation=self.explanation,
            status=status,
            sources=self.sources,
            assumption=self.assumption,
            both_ways=self.both_ways,
            load_hours=self.load_hours,
            between=self.pairs,
        )


def facilities(rows: Iterable[Mapping[str, Any]], sections: Sequence[Section], *, strict: bool) -> list[Facility]:
    """Make the transfers of all rows.

    Parameters
    ----------
    rows
        Of the table ``transfers``.
    sections
        All edges.
    strict
        Whether a row that names something missing is an error; else it is left out, as when a refresh has no such station.

    Raises
    ------
    ValueError
        When a row does not fit the network; names the row.
    """
    facilities: dict[tuple[str, str, frozenset[str]], Facility] = {}
    gauges, modes = _carriers(sections)
    edges = {section.id: section for section in sections}
    for row in rows:
        try:
            of_row = list(_border(row, edges) if "edge" in row else _at_nodes(row, gauges, modes))
            for facility in of_row:
                facility.transfer()
        except ValueError as error:
            if not strict and isinstance(error, AbsentError):
                continue
            raise ValueError(f"transfers: row {row.get('id')!r}: {error}") from None
        for facility in of_row:
            facilities.setdefault((facility.place, facility.kind, frozenset(facility.between)), facility)
    return list(facilities.values())


class AbsentError(ValueError):
    """A row names a place or a gauge that the network does not have."""


def _carriers(sections: Iterable[Section]) -> tuple[dict[str, set[int]], dict[str, set[str]]]:
    """Gauges that reach a node on any day, and modes."""
    gauges: dict[str, set[int]] = {}
    modes: dict[str, set[str]] = {}
    for section in sections:
        for end in section.ends:
            modes.setdefault(end, set()).add(section.mode)
            own = {gauge for spell in section.spells for gauge in spell.gauges_mm}
            gauges.setdefault(end, set()).update(own)
    return gauges, modes


def _border(row: Mapping[str, Any], edges: Mapping[str, Section]) -> Iterator[Facility]:
    if row["edge"] == ROAD_BORDERS:
        for edge in edges.values():
            if edge.mode == "road" and len(edge.countries) > 1:
                yield _facility(row, f"{row['id']}/{edge.id.rpartition('/')[2]}", edge.id, ("", ""))
        return
    if row["edge"] not in edges:
        raise AbsentError(f"no edge is called {row['edge']!r}")
    yield _facility(row, row["id"], row["edge"], ("", ""))


def _at_nodes(
    row: Mapping[str, Any], gauges: Mapping[str, set[int]], modes: Mapping[str, set[str]]
) -> Iterator[Facility]:
    nodes = _nodes(row["nodes"], modes)
    pairs = [(node, pair) for node in nodes for pair in _pairs(row, node, gauges, modes)]
    alone = len(pairs) == 1 and not isinstance(row["nodes"], str)
    for node, pair in pairs:
        tail = "-".join(text.rpartition(":")[2] for text in pair if text)
        yield _facility(row, row["id"] if alone else f"{row['id']}/{node.replace('/', '-')}/{tail}", node, pair)


def _nodes(nodes: str | list[str], modes: Mapping[str, set[str]]) -> list[str]:
    if isinstance(nodes, list):
        if missing := [node for node in nodes if node not in modes]:
            raise AbsentError(f"no edge ends at {', '.join(missing)}")
        return nodes
    ports = sorted(node for node, served in modes.items() if node.startswith("port/") and "sea" in served)
    if nodes == PORTS:
        return ports
    if nodes == RAIL_PORTS:
        return [node for node in ports if "rail" in modes[node]]
    if nodes == BY_ROAD:
        return sorted(node for node, served in modes.items() if {"rail", "road"} <= served)
    raise ValueError(f"nodes must be a list of ids, {PORTS!r}, {RAIL_PORTS!r} or {BY_ROAD!r}, got {nodes!r}")


def _pairs(
    row: Mapping[str, Any], node: str, gauges: Mapping[str, set[int]], modes: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    for before in _spelled(row["between"][0], node, gauges):
        for after in _spelled(row["between"][1], node, gauges):
            lacking = [text for text in (before, after) if text and text.partition(":")[0] not in modes[node]]
            if not lacking:
                yield before, after
            elif isinstance(row["nodes"], list):
                raise AbsentError(f"no {lacking[0]} edge ends at {node}")


def _spelled(text: str, node: str, gauges: Mapping[str, set[int]]) -> list[str]:
    """Carriers that a text means at a node: ``rail`` means the wagons of every gauge there."""
    mode, _, gauge = text.partition(":")
    if mode != "rail":
        return [text]
    reached = sorted(gauges[node])
    if not gauge:
        return [f"rail:{mm}" for mm in reached]
    if int(gauge) not in reached:
        raise AbsentError(f"no track of {gauge} mm ever reached {node}, only {', '.join(map(str, reached)) or 'none'}")
    return [text]


def _facility(row: Mapping[str, Any], row_id: str, place: str, between: tuple[str, str]) -> Facility:
    history = row.get("history")
    dated = {"valid_from": history[0]["date"], "status": "", "history": history} if history else None
    return Facility(
        id=row_id,
        kind=row["kind"],
        place=place,
        between=between,
        hours=float(row["hours"]),
        explanation=row.get("explanation", ""),
        sources=tuple(row.get("sources", ())),
        assumption=row.get("assumption", ""),
        both_ways=row.get("both_ways", True),
        load_hours=tuple(sorted((load, float(hours)) for load, hours in row.get("load_hours", {}).items())),
        spells=spells_of(dated) if dated else ALWAYS,
    )
