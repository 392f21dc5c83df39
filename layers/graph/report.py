"""The connectivity report of the network: components, isolated nodes, and gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geo import distance

if TYPE_CHECKING:
    from geo import Network, Node

    from .cache import Archive

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class PortNote:
    """A port without a railway, with the nearest station and the metres to it."""

    port: str
    station: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """What did not connect.

    Attributes
    ----------
    as_of
        The day.
    counts
        Edges by mode and state, such as ``"rail, operating"``.
    nodes, transfers
        How many are open on the day.
    components
        Ids of the nodes of each connected component on the day, the largest first.
    lone_nodes
        Nodes at which no open edge ends.
    ports_without_rail
        Ports that ships serve and no open railway.
    road_ends
        Nodes at which a single road ends and nothing else.
    gauges_without_transfer
        Nodes where open tracks of several gauges meet that share none, and no transfer is known.
    snap_m
        Ends of lines were moved onto their node from no farther than this.
    moved, apart
        Lines whose end was moved, and those whose end lay too far off, with the metres.
    no_way_by_sea
        Pairs of ports without a sea route on the chart.
    """

    as_of: str
    counts: dict[str, int]
    nodes: int
    transfers: int
    components: tuple[tuple[str, ...], ...]
    lone_nodes: tuple[str, ...]
    ports_without_rail: tuple[PortNote, ...]
    road_ends: tuple[str, ...]
    gauges_without_transfer: tuple[str, ...]
    snap_m: float
    moved: tuple[tuple[str, float], ...]
    apart: tuple[tuple[str, float], ...]
    no_way_by_sea: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready values."""
        return asdict(self)

    def text(self) -> str:
        """Return it as lines of text."""
        sizes = ", ".join(str(len(part)) for part in self.components)
        counted = "; ".join(f"{count} {status}" for status, count in self.counts.items())
        lines = [
            f"network as of {self.as_of}: {self.nodes} nodes, {self.transfers} transfers",
            f"  edges: {counted}",
            f"  connected components, by nodes: {sizes}",
        ]
        lines += [f"    {len(part)}: {_some(part)}" for part in self.components[1:]]
        ports = [
            f"{note.port} ({note.station} {note.distance_m / 1000:.0f} km off)" for note in self.ports_without_rail
        ]
        for title, items in (
            ("nodes without an open section", self.lone_nodes),
            ("ports without a railway", ports),
            ("road ends", self.road_ends),
            ("breaks of gauge without a known transfer", self.gauges_without_transfer),
            (f"line ends snapped to their node (at most {self.snap_m:g} m)", [name for name, _ in self.moved]),
            ("line ends farther from their node", [f"{name} {metres:.0f} m" for name, metres in self.apart]),
            ("no sea route", [" – ".join(pair) for pair in self.no_way_by_sea]),
        ):
            lines.append(f"  {title}: {len(items)}{f' ({_some(items)})' if items else ''}")
        return "\n".join(lines)


def network_report(net: Network, archive: Archive) -> NetworkReport:
    """Report on a network and the compiled one it was taken from."""
    components = _components(net)
    modes = _modes(net)
    gaps = archive.header["gaps"]
    lone = tuple(part[0] for part in components if len(part) == 1 and part[0] not in modes)
    states = [f"{edge.mode}, {edge.status}" for edge in (*net.edges, *net.withheld)]
    return NetworkReport(
        as_of=net.as_of or "",
        counts=dict(sorted(Counter(states).items())),
        nodes=len(net.nodes),
        transfers=len(net.transfers),
        components=tuple(part for part in components if len(part) > 1),
        lone_nodes=lone,
        ports_without_rail=_dry_ports(net, modes),
        road_ends=tuple(sorted(node for node, on_node in modes.items() if on_node == ["road"])),
        gauges_without_transfer=_breaks(net),
        snap_m=archive.header["snap_m"],
        moved=tuple((name, metres) for name, metres, near in gaps if near),
        apart=tuple((name, metres) for name, metres, near in gaps if not near),
        no_way_by_sea=tuple((origin, destination) for origin, destination in archive.header["unjoined"]),
    )


def _components(net: Network) -> list[tuple[str, ...]]:
    near: dict[str, list[str]] = {node.id: [] for node in net.nodes}
    for edge in net.edges:
        near[edge.from_node].append(edge.to_node)
        near[edge.to_node].append(edge.from_node)
    seen: set[str] = set()
    parts = []
    for start in near:
        if start in seen:
            continue
        part, queue = {start}, [start]
        while queue:
            fresh = [node for node in near[queue.pop()] if node not in part]
            part.update(fresh)
            queue += fresh
        seen |= part
        parts.append(tuple(sorted(part)))
    return sorted(parts, key=lambda part: (-len(part), part))


def _modes(net: Network) -> dict[str, list[str]]:
    modes: dict[str, list[str]] = {}
    for edge in net.edges:
        for end in (edge.from_node, edge.to_node):
            modes.setdefault(end, []).append(edge.mode)
    return modes


def _dry_ports(net: Network, modes: dict[str, list[str]]) -> tuple[PortNote, ...]:
    stations = [node for node in net.nodes if node.id.startswith("station/") and "rail" in modes.get(node.id, ())]
    dry = [node for node in net.nodes if "sea" in modes.get(node.id, ()) and "rail" not in modes[node.id]]
    return tuple(_port_note(port, stations) for port in sorted(dry, key=lambda node: node.id) if stations)


def _port_note(port: Node, stations: list[Node]) -> PortNote:
    metres, station = min((distance(port.lonlat, station.lonlat), station.id) for station in stations)
    return PortNote(port.id, station, round(metres))


def _breaks(net: Network) -> tuple[str, ...]:
    gauges: dict[str, set[tuple[int, ...]]] = {}
    for edge in net.edges:
        for end in (edge.from_node, edge.to_node):
            if edge.gauges_mm:
                gauges.setdefault(end, set()).add(edge.gauges_mm)
    changed = {transfer.node_id for transfer in net.transfers if transfer.changes_gauge}
    meet = [node for node, on_node in gauges.items() if not set.intersection(*map(set, on_node))]
    return tuple(sorted(node for node in meet if node not in changed))


def _some(names: tuple[str, ...] | list[str]) -> str:
    remainder = f", and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + remainder
