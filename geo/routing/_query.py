"""A question on its way to an answer: places in order, options, and the arcs that join them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from geo.errors import InvalidGeometryError
from geo.quantity import check_metres

from ._options import check_gauge, read_options
from ._snap import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.lonlat import Position
    from geo.network.edge import Node
    from geo.network.network import Network

    from ._dijkstra import Search, Section
    from ._options import Cost, Options
    from ._snap import Terminal
    from ._states import Topology

    Sections: TypeAlias = list[list[int]]


@dataclass(frozen=True, slots=True)
class Journey:
    """Where to, by way of what, under which options."""

    network: Network
    terminals: tuple[Terminal, ...]
    options: Options
    gauge_mm: int | None

    @property
    def connector_cost(self) -> float:
        """What all connectors cost; one to a place on the way is gone there and back."""
        speeds = self.network.speeds
        costs = [one.cost(self.options, speeds) for one in self.terminals]
        return sum(costs) + sum(costs[1:-1])


def journey(
    network: Network,
    places: Sequence[str | Node | Position],
    *,
    cost: Cost,
    modes: Iterable[str] | None,
    gauge_mm: int | None,
    bogie_change: bool,
    avoid: Iterable[str],
    max_connector_m: float,
) -> Journey:
    """Return the checked question.

    Raises
    ------
    InvalidGeometryError
        If all places meet the network at one node.
    NoRouteError, UnknownNodeError, InvalidCoordinateError, InvalidQuantityError, InvalidOptionError
        As `geo.route`.
    """
    check_metres("max_connector_m", max_connector_m)
    check_gauge(gauge_mm)
    options = read_options(cost, modes, avoid, bogie_change=bogie_change)
    terminals = tuple(terminal(network, place, max_connector_m) for place in places)
    first = terminals[0].node
    if all(one.node.id == first.id for one in terminals):
        message = (
            f"origin and destination both meet the network at {first.name!r}; "
            "give two places with different nearest nodes, or measure with geo.distance"
        )
        raise InvalidGeometryError(message)
    return Journey(network, terminals, options, gauge_mm)


def join(search: Search, trip: Journey) -> Sections | None:
    """Return the arcs between each place and the next on the best way, None where there is none.

    The load goes on from a place on the way in the carrier that it came in, so the best way to
    every state there is kept until the end decides.
    """
    topology = search.topology
    start = topology.start(trip.terminals[0].node.id, trip.gauge_mm)
    if start is None:
        return None
    sources = {start: 0.0}
    found: list[dict[int, Section]] = []
    for targets in goals(topology, trip.terminals):
        found.append(search.sections(sources, targets))
        sources = {state: section.cost for state, section in found[-1].items()}
        if not sources:
            return None
    (state,) = sources
    sections: Sections = []
    for section in reversed(found):
        sections.append(section[state].arcs)
        state = section[state].source
    return sections[::-1]


def goals(topology: Topology, terminals: Sequence[Terminal]) -> list[list[int]]:
    """Return the states that count as having come to each place but the first."""
    passed = [topology.places[one.node.id] for one in terminals[1:-1]]
    states = [[*place.arrived.values(), *place.loaded.values()] or [place.start] for place in passed]
    return [*states, [topology.end(terminals[-1].node.id)]]
