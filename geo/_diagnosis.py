"""Why there is no route, and what would open one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ._graph import Graph
from .errors import NoRouteError
from .leg import gauge_text
from .network import nearest_node
from .quantity import Distance

if TYPE_CHECKING:
    from .edge import Edge, Node
    from .network import Network

_SHOWN = 5
_DEAR_M = 1e9


def absence(network: Network, origin: Node, destination: Node, gauge_mm: int | None) -> NoRouteError:
    """Return the error that says why no way leads from one node to the other."""
    day = f" on {network.as_of}" if network.as_of else ""
    what = f"no route from {origin.name!r} to {destination.name!r}{day}"
    if gauge_mm is not None:
        what += f" for {gauge_mm} mm"
        other = network.graph().path(origin.id, destination.id)
        if other is not None:
            return _wrong_gauge(what, network, origin, other, gauge_mm)
    opening = _opening_edges(network, origin, destination)
    if opening:
        return _wrong_day(what, network, opening)
    return _disconnected(what, network, origin, destination)


def _wrong_gauge(what: str, network: Network, origin: Node, path: list[Edge], gauge_mm: int) -> NoRouteError:
    laid = network.gauges_mm
    if gauge_mm not in laid:
        known = ", ".join(map(str, laid)) or "none"
        message = f"{what}: no edge of the network has that gauge; gauges laid: {known}"
        return NoRouteError(message, reason="gauge")
    place = origin
    for edge in path:
        if gauge_mm not in edge.gauges_mm:
            break
        place = network.node(edge.other_end(place.id))
    on = gauge_text(edge.gauges_mm) or f"{edge.mode} without rails of a known gauge"
    line = f" ({edge.line})" if edge.line else ""
    total = Distance(sum(part.length_m for part in path), sum(part.uncertainty_m for part in path))
    message = (
        f"{what}: on the shortest way the gauge ends at {place.name!r}, where {on}{line} continues; "
        f"without gauge_mm there is a route of {total}"
    )
    return NoRouteError(message, reason="gauge")


def _opening_edges(network: Network, origin: Node, destination: Node) -> list[Edge]:
    """Return the fewest withheld edges that would open a way."""
    if not network.withheld:
        return []
    node_ids = [node.id for node in network.nodes]
    # so long that the way with the fewest of them is the shortest
    dear = [replace(edge, length_m=edge.length_m + _DEAR_M) for edge in network.withheld]
    graph = Graph(node_ids, (*network.edges, *dear))
    path = graph.path(origin.id, destination.id) or []
    withheld = {edge.id for edge in network.withheld}
    return [edge for edge in path if edge.id in withheld]


def _wrong_day(what: str, network: Network, opening: list[Edge]) -> NoRouteError:
    named = [
        f"{network.node(edge.from_node).name} - {network.node(edge.to_node).name} ({edge.status.replace('_', ' ')})"
        for edge in opening[:_SHOWN]
    ]
    rest = f" and {len(opening) - _SHOWN} more" if len(opening) > _SHOWN else ""
    message = f"{what}: these would open one, but could not carry traffic then: {', '.join(named)}{rest}"
    return NoRouteError(message, reason="date")


def _disconnected(what: str, network: Network, origin: Node, destination: Node) -> NoRouteError:
    graph = network.graph()
    here, there = graph.reachable(origin.id), graph.reachable(destination.id)
    reached = (node for node in network.nodes if node.id in here)
    nearest, gap_m = nearest_node(reached, destination.lonlat)
    message = (
        f"{what}: they lie in separate parts of the network ({_count(here)} and {_count(there)}); "
        f"the reachable node nearest to {destination.name!r} is {nearest.name!r}, "
        f"{Distance(gap_m)} away: a link across would open a route"
    )
    return NoRouteError(message, reason="disconnected")


def _count(nodes: frozenset[str]) -> str:
    return f"{len(nodes)} node{'s' * (len(nodes) != 1)}"
