"""Selects the network of one day from the compiled one."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, cast

from geo import LOADS, Carrier, CostModel, Label, LonLat, Network, Node, Speeds, Transfer
from layers.record.history import may_hold

from .interval import ABSENT, OPERATING
from .lazy_edge import stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from geo import Edge

    from .archive import LabelRow, TransferRow
    from .cache import Archive
    from .lazy_edge import StoredEdge

# What does not carry traffic yet, but is meant to.
PLANNED = frozenset({"planned", "proposed", "under_construction"})
# Columns of edges that are taken as they are.
PLAIN = ("id", "mode", "line", "length_m", "uncertainty_m", "hours", "geometry_m", "systematic_m", "depth_m", "rate")


def select(archive: Archive, day: date, *, as_of: str, modes: Collection[str], include_planned: bool) -> Network:
    """Make the network of a day.

    Parameters
    ----------
    archive
        The compiled network.
    day
        The day.
    as_of
        What the user called it, for messages.
    modes
        Of the edges that are taken.
    include_planned
        Whether planned and proposed links, and those under construction, count as open; their status stays.
    """
    open_statuses = {OPERATING, *(PLANNED if include_planned else ())}
    labels = [_label(row, day) for row in archive.labels]
    loads = [_loads(row, day) for row in archive.header["loads"]]
    edges = _edges(archive, day.toordinal(), labels, loads, modes)
    nodes = _nodes(archive.header["nodes"], modes, edges)
    ids, edge_ids = {node.id for node in nodes}, {edge.id for edge in edges}
    transfers = [
        transfer
        for row in archive.transfers
        if (
            row.place in edge_ids
            if row.kind == "border_crossing"
            else row.place in ids and _served(row, modes, edge_ids)
        )
        and (transfer := _transfer(row, day.toordinal(), labels, loads)) is not None
    ]
    return Network(
        nodes,
        [edge for edge in edges if edge.status in open_statuses],
        withheld=[edge for edge in edges if edge.status not in open_statuses],
        transfers=[transfer for transfer in transfers if transfer.status in open_statuses],
        withheld_transfers=[transfer for transfer in transfers if transfer.status not in open_statuses],
        speeds=Speeds(**archive.header["speeds"]),
        cost_models={load: CostModel(**values) for load, values in archive.header["costs"].items()},
        as_of=as_of,
    )


def _nodes(columns: dict[str, list[Any]], modes: Collection[str], edges: Sequence[Edge]) -> list[Node]:
    """Every station, and of the other nodes those at which an edge ends."""
    used = {end for edge in edges for end in (edge.from_node, edge.to_node)}
    rows = zip(*(columns[key] for key in ("id", "lon", "lat", "name", "accuracy_m", "country")), strict=True)
    return [
        Node(node_id, LonLat(lon, lat), name, accuracy_m, country)
        for node_id, lon, lat, name, accuracy_m, country in rows
        if node_id in used or ("rail" in modes and node_id.startswith("station/"))
    ]


def _edges(
    archive: Archive, day: int, labels: list[Label | None], loads: list[frozenset[str] | None], modes: Collection[str]
) -> list[StoredEdge]:
    columns = archive.header["edges"]
    now = [_state(spells, day) for spells in columns["states"]]
    exists = [status not in {ABSENT, ""} for status, _ in now]
    spell_lists = columns["spells"]
    rows = [number for number, mode in enumerate(columns["mode"]) if mode in modes and exists[spell_lists[number]]]
    lists = [tuple(column) for column in columns["lists"]]
    ids = archive.header["nodes"]["id"]
    labels_by_list = {number: _held(lists[number], labels) for number in set(columns["labels"])}
    loads_by_list = {number: _taken(lists[number], loads) for number in set(columns["loads"])}
    starts = [0, *accumulate(columns["count"])]

    def plain(name: str) -> list[Any]:
        column = columns[name]
        return [column[row] for row in rows]

    fields = {name: plain(name) for name in PLAIN} | {
        "from_node": [ids[number] for number in plain("from")],
        "to_node": [ids[number] for number in plain("to")],
        "gauges_mm": [now[number][1] for number in plain("spells")],
        "status": [now[number][0] for number in plain("spells")],
        "chainages_km": [lists[number] for number in plain("chainages_km")],
        "countries": [lists[number] for number in plain("countries")],
        "sources": [lists[number] for number in plain("sources")],
        "geometry_method": plain("method"),
        "labels": [labels_by_list[number] for number in plain("labels")],
        "loads": [loads_by_list[number] for number in plain("loads")],
    }
    return stored(fields, [(archive.lines, starts[row], columns["count"][row]) for row in rows])


def _state(spells: list[list[Any]], day: int) -> tuple[str, tuple[int, ...]]:
    """Status and gauges on a day; the first spell begins on the first day of all."""
    _, status, gauges = next(spell for spell in reversed(spells) if spell[0] <= day)
    return status, tuple(gauges)


def _transfer(
    row: TransferRow, day: int, labels: list[Label | None], loads: list[frozenset[str] | None]
) -> Transfer | None:
    status, _ = _state(row.spells, day)
    if status in {ABSENT, ""}:
        return None
    at_border = row.kind == "border_crossing"
    return Transfer(
        id=row.id,
        kind=row.kind,
        node_id="" if at_border else row.place,
        edge_id=row.place if at_border else "",
        from_carrier=Carrier.parse(row.from_carrier) if row.from_carrier else None,
        to_carrier=Carrier.parse(row.to_carrier) if row.to_carrier else None,
        hours=row.hours,
        explanation=row.explanation,
        status=status,
        sources=tuple(row.sources),
        assumption=row.assumption,
        labels=_held(row.labels, labels),
        both_ways=row.both_ways,
        load_hours=tuple((load, hours) for load, hours in row.load_hours),
        loads=_taken(row.loads, loads),
        between=tuple((first, second) for first, second in row.pairs),
    )


def _served(row: TransferRow, modes: Collection[str], edge_ids: Collection[str]) -> bool:
    """Tell whether a transfer has to do with edges that are taken: its carriers, or the two of a reversal."""
    return all(text.partition(":")[0] in modes for text in (row.from_carrier, row.to_carrier) if text) and all(
        edge_id in edge_ids for pair in row.pairs for edge_id in pair
    )


def _loads(row: list[Any], day: date) -> frozenset[str] | None:
    """Return the loads that may pass by a row of the table; None where it does not hold on the day."""
    loads, begin, end = row
    return frozenset(loads) if may_hold(begin, end, day) else None


def _taken(numbers: Iterable[int], loads: list[frozenset[str] | None]) -> tuple[str, ...]:
    """Return the loads that all rows of the day allow, empty for all; a link closed to every load is withheld by its status."""
    restrictions = [accepted for number in numbers if (accepted := loads[number]) is not None]
    return tuple(load for load in LOADS if restrictions and all(load in accepted for accepted in restrictions))


def _held(numbers: Iterable[int], labels: list[Label | None]) -> tuple[Label, ...]:
    """Rules of the day, of those that a place has on any day."""
    return tuple(cast("Label", labels[number]) for number in numbers if labels[number] is not None)


def _label(row: LabelRow, day: date) -> Label | None:
    if not may_hold(row.begin, row.end, day):
        return None
    return Label(row.regime, row.begin, row.end, row.note, tuple(row.sources))
