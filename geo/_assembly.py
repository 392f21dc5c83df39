"""From edges to legs: orient them, merge them, add the connectors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from .itinerary import Route
from .leg import Leg, Stop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .edge import Coordinates, Edge, Node
    from .lonlat import LonLat
    from .network import Network


@dataclass(frozen=True, slots=True)
class Terminal:
    """An end of a route: what was given, and the node where it meets the network."""

    node: Node
    lonlat: LonLat
    name: str
    accuracy_m: float
    gap_m: float

    @property
    def stop_name(self) -> str:
        """Name of the end itself, which is the node's where there is no connector."""
        return self.name if self.gap_m else self.node.name

    @property
    def free_accuracy_m(self) -> float:
        """Accuracy that no connector leg counts."""
        return 0.0 if self.gap_m else self.accuracy_m


@dataclass(frozen=True, slots=True)
class _Step:
    """An edge in the direction of travel."""

    edge: Edge
    start: Node
    end: Node

    @property
    def sameness(self) -> tuple[object, ...]:
        edge = self.edge
        return edge.mode, edge.line, edge.gauges_mm, edge.status, edge.geometry_method

    @property
    def chainages_km(self) -> tuple[float | None, float | None]:
        begin, end = self.edge.chainages_km
        return (begin, end) if self.start.id == self.edge.from_node else (end, begin)

    @property
    def coordinates(self) -> Coordinates:
        if not self.edge.coordinates:
            return _pair(self.start.lonlat), _pair(self.end.lonlat)
        forward = self.start.id == self.edge.from_node
        return self.edge.coordinates if forward else self.edge.coordinates[::-1]


def assemble(network: Network, origin: Terminal, edges: list[Edge], destination: Terminal) -> Route:
    """Return the route over edges that lead from one terminal to the other."""
    steps = _steps(network, origin.node, edges)
    legs = [_merge(list(group)) for _, group in groupby(steps, key=lambda step: step.sameness)]
    if origin.gap_m:
        legs.insert(0, _connector(origin, outward=False))
    if destination.gap_m:
        legs.append(_connector(destination, outward=True))
    return Route(
        tuple(legs),
        tuple(_stops(origin, steps, destination)),
        origin.free_accuracy_m,
        destination.free_accuracy_m,
    )


def _steps(network: Network, start: Node, edges: list[Edge]) -> list[_Step]:
    steps = []
    for edge in edges:
        end = network.node(edge.other_end(start.id))
        steps.append(_Step(edge, start, end))
        start = end
    return steps


def _merge(steps: list[_Step]) -> Leg:
    edges = [step.edge for step in steps]
    first, last = steps[0], steps[-1]
    return Leg(
        mode=first.edge.mode,
        line=first.edge.line,
        from_name=first.start.name,
        to_name=last.end.name,
        from_node=first.start.id,
        to_node=last.end.id,
        length_m=math.fsum(edge.length_m for edge in edges),
        uncertainty_m=math.fsum(edge.uncertainty_m for edge in edges),
        chainage_m=_chainage_m(steps),
        gauges_mm=first.edge.gauges_mm,
        status=first.edge.status,
        countries=_once(country for edge in edges for country in edge.countries),
        sources=_once(source for edge in edges for source in edge.sources),
        geometry_method=first.edge.geometry_method,
        coordinates=_join([step.coordinates for step in steps]),
    )


def _chainage_m(steps: list[_Step]) -> float | None:
    """Give the published length from the first to the last node; None where an end has no chainage or the count starts anew."""
    begin, end = steps[0].chainages_km[0], steps[-1].chainages_km[1]
    unbroken = all(one.chainages_km[1] == other.chainages_km[0] for one, other in pairwise(steps))
    if begin is None or end is None or not unbroken:
        return None
    return round(abs(end - begin) * 1000, 3)


def _connector(end: Terminal, *, outward: bool) -> Leg:
    given = (end.name, None, _pair(end.lonlat))
    node = (end.node.name, end.node.id, _pair(end.node.lonlat))
    start, stop = (node, given) if outward else (given, node)
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
    )


def _stops(origin: Terminal, steps: list[_Step], destination: Terminal) -> list[Stop]:
    stops = [Stop(None, origin.name, origin.lonlat, 0.0, 0.0)] if origin.gap_m else []
    stops.append(Stop(origin.node.id, origin.node.name, origin.node.lonlat, origin.gap_m, 0.0))
    for step in steps:
        at_m = stops[-1].at_m + step.edge.length_m
        spread = stops[-1].uncertainty_m + step.edge.uncertainty_m
        stops.append(Stop(step.end.id, step.end.name, step.end.lonlat, at_m, spread))
    if destination.gap_m:
        end = stops[-1]
        at_m = end.at_m + destination.gap_m
        stops.append(Stop(None, destination.name, destination.lonlat, at_m, end.uncertainty_m))
    return stops


def _join(lines: list[Coordinates]) -> Coordinates:
    joined = list(lines[0])
    for line in lines[1:]:
        joined += line[1:] if line[0] == joined[-1] else line
    return tuple(joined)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _pair(lonlat: LonLat) -> tuple[float, float]:
    return lonlat.lon, lonlat.lat
