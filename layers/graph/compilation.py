"""Compiles layers and tables into one file of all edges and transfers on all days."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from geo import GeoError, Network, Speeds
from layers.errors import DataFileError
from layers.record.store import properties_of, read_features, read_json

from . import archive
from . import edges as source_edges
from .facility import facilities
from .interval import ABSENT
from .lengths import measured, published
from .rates import models, rated
from .reversals import reversals
from .rule import check_rules, labels_on_edge, labels_on_transfer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from geo import Node
    from layers.record.store import JsonObject

    from .edges import Section
    from .facility import Facility
    from .interval import Spell

# A layer of roads is taken where the data directory has one.
LAYERS = ("stations", "railways", "ports")
ROADS = "road_links"
# Where roads end that end at no station and no port.
ROADSIDE = ("places", "checkpoints")
TABLES = (
    "transfers", "labels", "speeds", "ferries", "port_links", "seaways", "costs", "loads", "reversals", "lengths", "road_lengths",
)  # fmt: skip
ASSUMED = "tumen-estimate"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a network is compiled from.

    Attributes
    ----------
    layers
        Where the GeoJSON files lie.
    tables
        Where the tables lie.
    """

    layers: Path
    tables: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """Files read, in order."""
        roads = (ROADS, *ROADSIDE) if (self.layers / f"{ROADS}.geojson").is_file() else ()
        names = [*LAYERS, *roads]
        return (
            *(self.layers / f"{name}.geojson" for name in names),
            *(self.tables / f"{name}.json" for name in TABLES),
        )

    def key(self) -> str:
        """Hash of all that is read, and of the format."""
        digest = hashlib.sha256(archive.MAGIC + self.latest().encode())
        for path in self.paths:
            try:
                digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
            except OSError as error:
                raise DataFileError(f"{path} cannot be read: {error.strerror}") from None
        return digest.hexdigest()

    def latest(self) -> str:
        """Newest dated fact of the layers."""
        path = self.layers / "catalog.json"
        latest = read_json(path).get("latest")
        if not isinstance(latest, str):
            raise DataFileError(f"{path} is not a catalog of layers: 'latest' must be a date, got {latest!r}")
        return latest

    def features(self, name: str) -> list[JsonObject]:
        """Features of a layer; none of the roads where there is no such layer."""
        path = self.layers / f"{name}.geojson"
        return read_features(path) if name != ROADS or path.is_file() else []

    def table(self, name: str) -> dict[str, Any]:
        """Content of a table."""
        return cast("dict[str, Any]", read_json(self.tables / f"{name}.json"))


def compile_network(inputs: Inputs, *, strict: bool = False) -> bytes:
    """Compile a network.

    Parameters
    ----------
    inputs
        Layers and tables.
    strict
        Whether a table row that names something missing from the layers is an error, as in our own data; else it is left out.

    Returns
    -------
    bytes
        The content of the file, the same for the same inputs.

    Raises
    ------
    DataFileError
        When a layer does not make a network.
    ValueError
        When a row of a table is wrong; names the row.
    """
    nodes = _nodes(inputs)
    tables = {name: inputs.table(name) for name in TABLES}
    sections, gaps = _sections(inputs, tables, nodes)
    transfers = [
        *facilities(tables["transfers"]["transfers"], sections, strict=strict),
        *reversals(tables["reversals"], sections, strict=strict),
    ]
    labels, loads = tables["labels"]["labels"], tables["loads"]["loads"]
    if strict:
        check_rules((*labels, *loads), sections, transfers, nodes)
    _check(inputs, nodes, sections, transfers)
    header = {
        "inputs": inputs.key(),
        "latest": inputs.latest(),
        "nodes": _node_columns(list(nodes.values())),
        "edges": _edge_columns(sections, labels, loads, list(nodes), tables["speeds"]["speeds"]),
        "transfers": [_transfer_row(facility, labels, loads, nodes) for facility in transfers],
        "labels": [
            archive.LabelRow(row["regime"], row["from"], row.get("to"), row["note"], row["sources"]) for row in labels
        ],
        "loads": [[row["loads"], row.get("from"), row.get("to")] for row in loads],
        "speeds": _speeds(tables["speeds"]["speeds"]),
        "costs": models(tables["costs"]["costs"]),
        "gaps": gaps,
        "snap_m": source_edges.SNAP_M,
        "unjoined": [[row["from"], row["to"]] for row in tables["seaways"]["unjoined"]],
    }
    return archive.pack(header, (section.coordinates for section in sections))


def _nodes(inputs: Inputs) -> dict[str, Node]:
    stations = _each(inputs, "stations", source_edges.node)
    ports = _each(inputs, "ports", source_edges.node, [row for row in inputs.features("ports") if _is_port(row)])
    ends = {end for row in inputs.features(ROADS) for end in _ends(row)}
    beside = [
        node
        for name in (ROADSIDE if ends else ())
        for node in _each(
            inputs, name, source_edges.node, [row for row in inputs.features(name) if row.get("id") in ends]
        )
    ]
    return {node.id: node for node in (*stations, *ports, *beside)}


def _ends(row: JsonObject) -> tuple[str, ...]:
    properties = cast("dict[str, Any]", properties_of(row))
    return tuple(str(properties.get(key)) for key in ("from_node", "to_node"))


def _sections(
    inputs: Inputs, tables: dict[str, dict[str, Any]], nodes: dict[str, Node]
) -> tuple[list[Section], list[list[Any]]]:
    """All edges, and which ends were moved onto their node from how far."""
    railways = _each(inputs, "railways", source_edges.railway)
    roads = _each(inputs, ROADS, source_edges.road)
    moved: list[Section] = []
    gaps: list[list[Any]] = []
    for section in (*railways, *roads):
        if missing := [end for end in section.ends if end not in nodes]:
            raise DataFileError(
                f"{inputs.layers}: {section.id!r} ends at {missing[0]!r}, which is no station, port or place of the data"
            )
        near, gap_m = source_edges.snapped(section, nodes)
        moved.append(near)
        if gap_m >= 1:
            gaps.append([section.id, round(gap_m), near is not section])
    ports = {str(properties_of(row)["id"]): row for row in inputs.features("ports") if _is_port(row)}
    sea = source_edges.sea_sections(tables["seaways"]["ways"], tables["ferries"]["ferries"], ports, nodes)
    links = tables["port_links"]["port_links"]
    unmeasured = [*moved, *source_edges.port_links(links, ASSUMED, moved, nodes), *sea]
    try:
        lengths = published(tables["lengths"]["lengths"], tables["road_lengths"]["lengths"])
    except (KeyError, TypeError) as error:
        text = (
            f"{inputs.tables / 'lengths.json'} or road_lengths.json does not list lengths between two places: {error!r}"
        )
        raise DataFileError(text) from None
    return rated(measured(unmeasured, lengths), tables["costs"]["rates"]), gaps


def _each(
    inputs: Inputs, name: str, make: Callable[[JsonObject], Any], rows: Sequence[JsonObject] | None = None
) -> list[Any]:
    """Apply a function to each feature of a layer; an error names the feature."""
    rows_ = []
    for row in inputs.features(name) if rows is None else rows:
        try:
            rows_.append(make(row))
        except (GeoError, KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
            where = inputs.layers / f"{name}.geojson"
            problem = f"{type(error).__name__}: {error}" if not isinstance(error, GeoError) else str(error)
            raise DataFileError(f"{where}: feature {row.get('id')!r} makes no part of a network: {problem}") from None
    return rows_


def _check(inputs: Inputs, nodes: dict[str, Node], sections: list[Section], transfers: list[Facility]) -> None:
    """Validate each state of each edge, and all of them as a network, as `geo` does."""
    try:
        edges = [
            [section.edge(spell) for spell in section.spells if spell.status not in {ABSENT, ""}]
            for section in sections
        ]
        Network(
            nodes.values(),
            [states[0] for states in edges if states],
            transfers=[facility.transfer() for facility in transfers],
        )
    except (GeoError, TypeError, ValueError, AttributeError) as error:
        raise DataFileError(f"{inputs.layers} does not hold a network: {error}") from None


def _is_port(row: JsonObject) -> bool:
    properties = cast("dict[str, Any]", properties_of(row))
    return properties.get("kind") == "port"


def _node_columns(nodes: list[Node]) -> dict[str, list[Any]]:
    return {
        "id": [node.id for node in nodes],
        "lon": [node.lonlat.lon for node in nodes],
        "lat": [node.lonlat.lat for node in nodes],
        "name": [node.name for node in nodes],
        "accuracy_m": [node.accuracy_m for node in nodes],
        "country": [node.country for node in nodes],
    }


class _Shelf:
    """Table of repeated values, each kept once."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def put(self, value: Any) -> int:  # noqa: ANN401 - anything that can be a key
        if value not in self._numbers:
            self._numbers[value] = len(self.kept)
            self.kept.append(value)
        return self._numbers[value]


def _edge_columns(
    sections: list[Section], labels: list[Any], loads: list[Any], ids: list[str], speeds: list[dict[str, Any]]
) -> dict[str, list[Any]]:
    """Columns of the edges; texts and lists that come again stand once, and by number."""
    place = {node_id: number for number, node_id in enumerate(ids)}
    lists, spells = _Shelf(), _Shelf()
    columns: dict[str, list[Any]] = {
        "id": [section.id for section in sections],
        "from": [place[section.from_node] for section in sections],
        "to": [place[section.to_node] for section in sections],
        "mode": [section.mode for section in sections],
        "line": [section.line for section in sections],
        "length_m": [section.length_m for section in sections],
        "uncertainty_m": [section.uncertainty_m for section in sections],
        "chainages_km": [lists.put(section.chainages_km) for section in sections],
        "countries": [lists.put(section.countries) for section in sections],
        "sources": [lists.put(section.sources) for section in sections],
        "method": [section.method for section in sections],
        "hours": [section.hours if section.hours is not None else _hours(section, speeds) for section in sections],
        "labels": [lists.put(tuple(labels_on_edge(labels, section))) for section in sections],
        "loads": [lists.put(tuple(labels_on_edge(loads, section))) for section in sections],
        "geometry_m": [section.geometry_m for section in sections],
        "systematic_m": [section.systematic_m for section in sections],
        "depth_m": [section.depth_m for section in sections],
        "rate": [section.rate for section in sections],
        "spells": [spells.put(_plain(section.spells)) for section in sections],
        "count": [len(section.coordinates) for section in sections],
    }
    return columns | {"lists": lists.kept, "states": spells.kept}


def _plain(spells: tuple[Spell, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple((spell.day, spell.status, spell.gauges_mm) for spell in spells)


def _hours(section: Section, speeds: Iterable[dict[str, Any]]) -> float | None:
    """Hours at the speed of its mode in its countries, where one is given for them."""
    for row in speeds:
        if row["mode"] == section.mode and row.get("countries") and set(section.countries) <= set(row["countries"]):
            return round(section.length_m / 1000 / float(row["km_h"]), 4)
    return None


def _speeds(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    general = {row["mode"]: float(row["km_h"]) for row in rows if not row.get("countries")}
    Speeds(**general)
    return general


def _transfer_row(
    facility: Facility, labels: list[Any], loads: list[Any], nodes: dict[str, Node]
) -> archive.TransferRow:
    return archive.TransferRow(
        facility.id, facility.kind, facility.place, *facility.between, facility.hours, facility.explanation,
        facility.sources, facility.assumption, facility.both_ways,
        labels_on_transfer(labels, facility, nodes), _plain(facility.spells), facility.load_hours,
        labels_on_transfer(loads, facility, nodes), facility.pairs,
    )  # fmt: skip
