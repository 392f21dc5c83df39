"""From arcs to legs: orient the edges, merge them, add connectors and transfers."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from .graph.weighing import weighing_of
from .itinerary import Route
from .leg import Leg, Stop

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from geo.lonlat import LonLat
    from geo.network.edge import Coordinates, Edge, Node
    from geo.network.transfer import Transfer

    from ._query import Journey, Sections
    from ._snap import Terminal
    from .graph.weights import Weighing

_KEPT: Final = 200_000


class _Run:
    """An edge in the direction of travel."""

    __slots__ = ("carrier", "chainages_km", "coordinates", "edge", "end", "hours", "sameness", "start")

    def __init__(self, edge: Edge, start: Node, end: Node, carrier: str, hours: float) -> None:
        self.edge, self.start, self.end, self.carrier, self.hours = edge, start, end, carrier, hours
        forward = start.id == edge.from_node
        line = edge.coordinates or tuple(_pair(node.lonlat) for node in ((start, end) if forward else (end, start)))
        self.coordinates: Coordinates = line if forward else line[::-1]
        self.chainages_km = edge.chainages_km if forward else edge.chainages_km[::-1]
        self.sameness: Hashable = (
            edge.mode, edge.line, edge.gauges_mm, edge.status, edge.geometry_method, edge.labels, carrier
        )  # fmt: skip


class _Change:
    """A transfer where it happens."""

    __slots__ = ("at", "carrier", "hours", "sameness", "to_carrier", "transfer")

    def __init__(self, transfer: Transfer, at: Node, carrier: str, to_carrier: str, hours: float) -> None:
        self.transfer, self.at, self.carrier, self.to_carrier = transfer, at, carrier, to_carrier
        self.hours = hours
        self.sameness: Hashable = (transfer.id, at.id)


def assemble(trip: Journey, sections: Sections) -> Route:
    """Return the route over the arcs of each section, from each place to the next."""
    legs: list[Leg] = []
    stops: list[Stop] = []
    edges: list[Edge] = []
    for (origin, destination), arcs in zip(pairwise(trip.terminals), sections, strict=True):
        steps = _steps(trip, arcs)
        if origin.gap_m:
            if not stops:
                stops.append(Stop(None, origin.name, origin.lonlat, 0.0))
            legs.append(_connector(trip, origin, outward=False))
        if origin.gap_m or not stops:
            stops.append(_beyond(stops, origin))
        for step in steps:
            if isinstance(step, _Run):
                stops.append(_next(stops, step.end, step.edge))
                edges.append(step.edge)
        legs += [_leg(list(group)) for _, group in groupby(steps, key=lambda step: step.sameness)]
        if destination.gap_m:
            legs.append(_connector(trip, destination, outward=True))
            at_m = stops[-1].at_m + destination.gap_m
            end = Stop(None, destination.name, destination.lonlat, at_m)
            stops.append(replace(end, variance_m2=stops[-1].variance_m2, systematic_m=stops[-1].systematic_m))
    first, last = trip.terminals[0], trip.terminals[-1]
    return Route(
        tuple(legs),
        tuple(stops),
        first.free_accuracy_m,
        last.free_accuracy_m,
        cost=_cost(trip, legs, edges),
        gauge_mm=trip.gauge_mm,
        load=trip.options.load,
    )


def _steps(trip: Journey, arcs: Iterable[int]) -> list[_Run | _Change]:
    """Return the runs and transfers of arcs; kept with the network, by arc and load, as long as there is room."""
    weighing, load = weighing_of(trip.network), trip.options.load
    cached: dict[int, list[_Run | _Change]] = weighing.steps.setdefault(load, {})
    if len(cached) > _KEPT:
        cached.clear()
    steps: list[_Run | _Change] = []
    for number in arcs:
        if number not in cached:
            cached[number] = _steps_of(weighing, number, load)
        steps += cached[number]
    return steps


def _steps_of(weighing: Weighing, arc: int, load: str) -> list[_Run | _Change]:
    topology = weighing.topology
    tail, head, link = topology.arcs[arc]
    start, end = topology.state_nodes[tail], topology.state_nodes[head]
    if link < len(topology.edges):
        edge = topology.edges[link]
        carrier = _own_carrier(edge) if topology.is_free else str(topology.carriers[tail])
        run = _Run(edge, start, end, carrier, weighing.edge_hours(edge))
        return [
            run,
            *(
                _Change(crossing, end, carrier, carrier, crossing.hours_of(load))
                for crossing in weighing.crossings(edge)
            ),
        ]
    if link < topology.hub:
        transfer = topology.transfers[link - len(topology.edges)]
        before, after = (str(topology.carriers[state] or "") for state in (tail, head))
        return [_Change(transfer, start, before, after, transfer.hours_of(load))]
    return []


def _own_carrier(edge: Edge) -> str:
    """Return the carrier of an edge in a network without transfers."""
    return f"{edge.mode}:{edge.gauges_mm[0]}" if len(edge.gauges_mm) == 1 else edge.mode


def _leg(steps: list[_Run | _Change]) -> Leg:
    first = steps[0]
    if isinstance(first, _Change):
        return _change(first)
    return _merge([step for step in steps if isinstance(step, _Run)])


def _merge(steps: list[_Run]) -> Leg:
    edges = [step.edge for step in steps]
    first, last = steps[0], steps[-1]
    return Leg(
        mode=first.edge.mode,
        line=first.edge.line,
        from_name=first.start.name,
        to_name=last.end.name,
        from_node=first.start.id,
        to_node=last.end.id,
        length_m=math.fsum([edge.length_m for edge in edges]),
        uncertainty_m=math.hypot(
            math.fsum([edge.systematic_m for edge in edges]), *[edge.uncertainty_m for edge in edges]
        ),
        systematic_m=math.fsum([edge.systematic_m for edge in edges]),
        geometry_m=math.fsum([edge.length_m if edge.geometry_m is None else edge.geometry_m for edge in edges]),
        chainage_m=_chainage_m(steps),
        gauges_mm=first.edge.gauges_mm,
        status=first.edge.status,
        countries=_once(country for edge in edges for country in edge.countries),
        sources=_once(source for edge in edges for source in edge.sources),
        geometry_method=first.edge.geometry_method,
        coordinates=_join([step.coordinates for step in steps]),
        hours=math.fsum([step.hours for step in steps]),
        carrier=first.carrier,
        labels=first.edge.labels,
        edge_ids=tuple([edge.id for edge in edges]),
    )


def _change(step: _Change) -> Leg:
    spot = _pair(step.at.lonlat)
    return Leg(
        mode="transfer",
        from_name=step.at.name,
        to_name=step.at.name,
        from_node=step.at.id,
        to_node=step.at.id,
        length_m=0.0,
        uncertainty_m=0.0,
        status=step.transfer.status,
        countries=(step.at.country,) if step.at.country else (),
        sources=step.transfer.sources,
        geometry_method="constructed",
        coordinates=(spot, spot),
        hours=step.hours,
        carrier=step.carrier,
        to_carrier=step.to_carrier,
        labels=step.transfer.labels,
        transfer=step.transfer,
    )


def _connector(trip: Journey, end: Terminal, *, outward: bool) -> Leg:
    place = (end.name, None, _pair(end.lonlat))
    node = (end.node.name, end.node.id, _pair(end.node.lonlat))
    start, stop = (node, place) if outward else (place, node)
    return Leg(
        mode="connector",
        from_name=start[0],
        to_name=stop[0],
        from_node=start[1],
        to_node=stop[1],
        length_m=end.gap_m,
        uncertainty_m=math.hypot(end.accuracy_m, end.node.accuracy_m),
        geometry_method="constructed",
        coordinates=(start[2], stop[2]),
        hours=trip.network.speeds.hours("road", end.gap_m),
    )


def _chainage_m(steps: list[_Run]) -> float | None:
    """Return the published length from the first to the last node; None where an end has no chainage or counting restarts."""
    begin, end = steps[0].chainages_km[0], steps[-1].chainages_km[1]
    if begin is None or end is None:
        return None
    unbroken = all(step.chainages_km[1] == following.chainages_km[0] for step, following in pairwise(steps))
    return round(abs(end - begin) * 1000, 3) if unbroken else None


def _beyond(stops: list[Stop], end: Terminal) -> Stop:
    """Return the node at which a route begins, or to which its connector leads."""
    before = stops[-1] if stops else Stop(None, "", end.lonlat, 0.0)
    return replace(
        before,
        node_id=end.node.id,
        name=end.node.name,
        lonlat=end.node.lonlat,
        at_m=before.at_m + end.gap_m,
        country=end.node.country,
    )


def _next(stops: list[Stop], node: Node, edge: Edge) -> Stop:
    before = stops[-1]
    return Stop(
        node.id,
        node.name,
        node.lonlat,
        before.at_m + edge.length_m,
        before.variance_m2 + edge.uncertainty_m**2,
        before.systematic_m + edge.systematic_m,
        node.country,
    )


def _cost(trip: Journey, legs: list[Leg], edges: list[Edge]) -> float:
    cost = trip.options.cost
    if cost == "distance":
        return math.fsum([leg.length_m for leg in legs])
    if cost == "time":
        return math.fsum([leg.hours for leg in legs])
    model = trip.model
    rates = {mode: model.rate(mode) for mode in {edge.mode for edge in edges}}
    ways = [leg for leg in legs if leg.edge_ids]
    wagons = (
        sum(way.mode == "rail" for way in (ways[0], ways[-1]))
        if ways and not weighing_of(trip.network).topology.is_free
        else 0
    )
    return math.fsum(
        [
            wagons * model.wagon,
            *model.fees([leg.transfer for leg in legs if leg.transfer is not None], trip.options.load),
            *(leg.length_m / 1000.0 * model.road for leg in legs if leg.mode == "connector"),
            *(edge.length_m / 1000.0 * edge.rate * rates[edge.mode] for edge in edges),
        ]
    )


def _join(lines: list[Coordinates]) -> Coordinates:
    joined = list(lines[0])
    for line in lines[1:]:
        joined += line[1:] if line[0] == joined[-1] else line
    return tuple(joined)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _pair(lonlat: LonLat) -> tuple[float, float]:
    return lonlat.lon, lonlat.lat
