"""Diagnosis of a missing route: which closures would have to be lifted."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.errors import NoRouteError
from geo.quantity import Distance

from ._dijkstra import Search
from ._legs import assemble
from ._query import join
from .graph.object_states import ObjectTopology
from .graph.weighing import weighing_of
from .leg import gauge_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.network.edge import Edge, Node

    from ._query import Journey, Sections
    from .graph.weights import Closure, Weighing

_SHOWN = 5
_WORTH = 0.1  # share of its cost that a route must save before a closure is reported
_THERE = frozenset({"operating", "suspended", "under_construction"})
_DEAR = 1e9  # so much that the route with the fewest closed links is the cheapest
_ORDER: tuple[Closure, ...] = ("gauge", "mode", "load", "draught", "avoided", "date")


def absence(trip: Journey) -> NoRouteError:
    """Return the error that says why no route leads from place to place."""
    request = _what(trip)
    weighing = weighing_of(trip.network)
    origin = trip.terminals[0].node
    if trip.gauge_mm is not None and weighing.topology.start(origin.id, trip.gauge_mm) is None:
        return _no_such_track(request, trip, origin)
    closed = weighing.closed(trip.options.weight_key)
    for lifted in ([closure] for closure in _ORDER if closed.get(closure)):
        sections = _opened(trip, lifted)
        if sections is not None:
            return _closed(request, trip, sections, lifted)
    everything = [closure for closure in _ORDER if closed.get(closure)]
    sections = _opened(trip, everything) if len(everything) > 1 else None
    if sections is not None:
        return _closed(request, trip, sections, everything)
    return _no_transfer(request, trip) or _disconnected(request, trip)


def shut_shortcuts(trip: Journey, cost: float) -> tuple[str, ...]:
    """Return links closed on the day that would make the route at least a tenth cheaper if they were open."""
    weighing = weighing_of(trip.network)
    key = trip.options.weight_key
    weights = weighing.base(key).copy()
    closed = weighing.closed(key)
    if not closed["date"]:
        return ()
    for cause, links in closed.items():
        for link in links:
            if cause != "date" or not _shut(weighing, link):
                weights[link] = math.inf
    sections = join(Search(weighing.topology, weights), trip)
    if sections is None:
        return ()
    passed = [weighing.topology.arcs[arc].link for arcs in sections for arc in arcs]
    used = [link for link in dict.fromkeys(passed) if link in closed["date"]]
    if not used or math.fsum(weights[link] for link in passed) > cost * (1 - _WORTH):
        return ()
    return tuple(_link_name(weighing, link, "date") for link in used[:_SHOWN])


def _shut(weighing: Weighing, link: int) -> bool:
    """Tell whether a link that carries no traffic on the day is there all the same, or nearly."""
    topology = weighing.topology
    if link >= len(topology.edges):
        return topology.transfers[link - len(topology.edges)].status in _THERE
    return topology.edges[link].status in _THERE


def _what(trip: Journey) -> str:
    names = [repr(terminal.node.name) for terminal in trip.terminals]
    way = f" by way of {', '.join(names[1:-1])}" if names[1:-1] else ""
    day = f" on {trip.network.as_of}" if trip.network.as_of else ""
    gauge = f" for {trip.gauge_mm} mm" if trip.gauge_mm else ""
    return f"no route from {names[0]} to {names[-1]}{way}{day}{gauge}"


def _no_such_track(request: str, trip: Journey, origin: Node) -> NoRouteError:
    gauges_mm = trip.network.gauges_mm
    if trip.gauge_mm not in gauges_mm:
        gauges = ", ".join(map(str, gauges_mm)) or "none"
        message = f"{request}: no edge of the network has that gauge; gauges laid: {gauges}"
    else:
        carriers = weighing_of(trip.network).topology.places[origin.id].arrived
        local_gauges = gauge_text(tuple(sorted(carrier.gauge_mm for carrier in carriers if carrier.gauge_mm)))
        message = f"{request}: the track at {origin.name!r} is of {local_gauges or 'unknown gauge'}"
    return NoRouteError(message, reason="gauge")


def _opened(trip: Journey, lifted: Collection[Closure]) -> Sections | None:
    """Return the path that passes the fewest closed links."""
    weighing = weighing_of(trip.network)
    weights = weighing.base(trip.options.weight_key).copy()
    for cause, links in weighing.closed(trip.options.weight_key).items():
        for link in links:
            weights[link] += _DEAR if cause in lifted else math.inf
    return join(Search(weighing.topology, weights), trip)


def _closed(request: str, trip: Journey, sections: Sections, lifted: list[Closure]) -> NoRouteError:
    weighing = weighing_of(trip.network)
    closed = weighing.closed(trip.options.weight_key)
    used = list(dict.fromkeys(weighing.topology.arcs[arc].link for arcs in sections for arc in arcs))
    causes = [closure for closure in lifted if not closed[closure].isdisjoint(used)]
    reasons = [_reason(cause, trip, sections, [link for link in used if link in closed[cause]]) for cause in causes]
    return NoRouteError(f"{request}: {'; and '.join(reasons)}", reason=causes[-1])


def _reason(cause: Closure, trip: Journey, sections: Sections, links: list[int]) -> str:
    if cause == "gauge":
        return _gauge_change(trip, sections)
    names = list(dict.fromkeys(_link_name(weighing_of(trip.network), link, cause) for link in links))
    remainder = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    shown = ", ".join(names[:_SHOWN]) + remainder
    if cause == "date":
        return f"a route would use these, which were not open on that day: {shown}"
    if cause == "mode":
        return f"a route would use these, which modes excludes: {shown}"
    if cause == "load":
        return f"a route would use these, which are closed to {trip.options.load}: {shown}"
    if cause == "draught":
        return f"a route would use these, which are too shallow for a draught of {trip.options.draught_m:g} m: {shown}"
    return f"a route would use these, which avoid excludes: {shown}"


def _gauge_change(trip: Journey, sections: Sections) -> str:
    opened = assemble(replace(trip, options=replace(trip.options, bogie_change=True)), sections)
    first = opened.gauge_breaks[0]
    before, after = (" or ".join(map(str, gauges)) for gauges in (first.before_mm, first.after_mm))
    return (
        f"without a change of gauge it ends at {first.place!r}, where {before} mm meets {after} mm; "
        f"with bogie_change=True there is a route of {Distance(opened.length_m, opened.uncertainty_m)}"
    )


def _link_name(weighing: Weighing, link: int, cause: Closure) -> str:
    topology = weighing.topology
    if link >= len(topology.edges):
        transfer = topology.transfers[link - len(topology.edges)]
        place = topology.state_nodes[topology.places[transfer.node_id].start].name
        kind = transfer.kind.replace("_", " ")
        return f"{kind} at {place} ({transfer.status.replace('_', ' ')})"
    return _edge_name(weighing, topology.edges[link], cause)


def _edge_name(weighing: Weighing, edge: Edge, cause: Closure) -> str:
    places, nodes = weighing.topology.places, weighing.topology.state_nodes
    names = {end: nodes[places[end].start].name for end in edge.ends}
    state = edge.status.replace("_", " ")
    if cause == "mode":
        state = edge.mode
    elif cause == "date" and edge.status == "operating" and weighing.crossings(edge):
        state = "the border crossing is closed"
    line = f" on {edge.line}" if cause == "date" and edge.line else ""
    return f"{names[edge.from_node]} - {names[edge.to_node]}{line} ({state})"


def _no_transfer(request: str, trip: Journey) -> NoRouteError | None:
    """Report nodes where carriers meet without a known transfer between them."""
    weighing = weighing_of(trip.network)
    topology = weighing.topology
    if topology.is_free:
        return None
    free = ObjectTopology(topology.nodes, topology.edges, (), is_free=True)
    closed = {link for links in weighing.closed(trip.options.weight_key).values() for link in links}
    running = weighing.base(trip.options.weight_key)[: len(topology.edges)]
    opened = [math.inf if link in closed else weight for link, weight in enumerate(running)]
    sections = join(Search(free, [*opened, 0.0, 0.0, _DEAR, _DEAR]), trip)
    if sections is None:
        return None
    arcs = [free.arcs[arc] for section in sections for arc in section]
    changes = [arc for arc in arcs if arc.link in {free.gauge_change, free.free_change}]
    missing = [
        f"from {free.carriers[change.tail]} to {free.carriers[change.head]} at {free.state_nodes[change.tail].name!r}"
        for change in changes[:_SHOWN]
    ]
    of_gauge = any(change.link == free.gauge_change for change in changes)
    message = f"{request}: no transfer is known {', '.join(missing)}"
    return NoRouteError(message, reason="gauge" if of_gauge else "transfer")


def _disconnected(request: str, trip: Journey) -> NoRouteError:
    network, topology = trip.network, weighing_of(trip.network).topology
    weights = weighing_of(network).weights(trip.options.weight_key)
    origin, destination = trip.terminals[0].node, trip.terminals[-1].node
    reached = topology.tree(weights, {topology.places[origin.id].start: 0.0}).costs
    for terminal in trip.terminals[1:]:
        if topology.end(terminal.node.id) not in reached:
            destination = terminal.node
            break
    coming = topology.tree(weights, {topology.end(destination.id): 0.0}, backward=True).costs
    nearest, gap_m, near_destination = topology.nearest(reached, destination.lonlat)
    _, _, near_origin = topology.nearest(coming, origin.lonlat)
    parts = topology.parts(weights)
    if parts[topology.places[origin.id].start] == parts[topology.end(destination.id)]:
        message = (
            f"{request}: every path leads against one-way edges ({_count(near_destination)} can be reached from {origin.name!r}, "
            f"{_count(near_origin)} lead to {destination.name!r}); give a place on the other side of them"
        )
        return NoRouteError(message, reason="disconnected")
    message = (
        f"{request}: they lie in separate parts of the network ({_count(near_destination)} and {_count(near_origin)}); "
        f"the reachable node nearest to {destination.name!r} is {nearest.name!r}, "
        f"{Distance(gap_m)} away: a link across would open a route"
    )
    return NoRouteError(message, reason="disconnected")


def _count(nodes: int) -> str:
    return f"{nodes:,} node{'s' * (nodes != 1)}"
