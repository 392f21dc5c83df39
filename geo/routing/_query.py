"""A validated routing request: places in order, options, and the arcs of the best route through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, get_args

from geo.errors import InvalidGeometryError, NoRouteError

from ._dijkstra import Search
from ._options import check_option
from ._snap import terminal
from .graph.weighing import weighing_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.lonlat import Position
    from geo.network.cost import CostModel
    from geo.network.edge import Node
    from geo.network.network import Network

    from ._dijkstra import Section
    from ._options import RouteOptions
    from ._snap import Terminal
    from .graph.states import StatesAtNode, Topology

    Sections = list[list[int]]
    Place = str | Node | Position

Use: TypeAlias = Literal["pass", "handle", "call"]

USES: Final[tuple[Use, ...]] = get_args(Use)
SHIPS: Final = frozenset({"sea", "ferry"})


class Handling(NamedTuple):
    """A transfer between land and sea at a port that is passed: the states before and after, and its arc."""

    before: int
    after: int
    arc: int


@dataclass(frozen=True, slots=True)
class Via:
    """A place on the route, and what happens there; for ``via`` of `geo.route`.

    Parameters
    ----------
    place
        As of `geo.route`.
    use
        ``"pass"``: the load stays in its carrier there, unless it goes over to another; ``"handle"``: at
        a port, it goes over from land to sea or back; ``"call"``: its ship calls there.

    Raises
    ------
    InvalidOptionError
        If the use is none of these.

    Examples
    --------
    >>> Via("port/dangjin", "call").use
    'call'
    >>> Via("port/dangjin", "moor")
    Traceback (most recent call last):
        ...
    geo.errors.InvalidOptionError: use must be of pass, handle, call, got 'moor'
    """

    place: str | Node | Position
    use: Use = "pass"

    def __post_init__(self) -> None:
        """Refuse an unknown use."""
        check_option("use", self.use, USES)


class Plan(NamedTuple):
    """The request in states and arcs.

    Attributes
    ----------
    start
        State in which the route begins; None where the rails lack the requested gauge.
    goals
        States that count as having come to each place but the first.
    handlings
        Transfers between land and sea at each place but the first; None where the load is not to be handled.
    """

    start: int | None
    goals: list[list[int]]
    handlings: list[list[Handling] | None]

    def searches(self, search: Search) -> list[Search]:
        """Return the search of each section: a load is handled at a port once, between two sections."""
        searches = []
        for number in range(len(self.goals)):
            near = [*((self.handlings[number - 1] if number else None) or ()), *(self.handlings[number] or ())]
            searches.append(
                search if not near else _without(search, {search.topology.arcs[handling.arc].link for handling in near})
            )
        return searches


@dataclass(frozen=True, slots=True)
class Journey:
    """Terminals in order, and the options; `uses` says what happens at each terminal."""

    network: Network
    terminals: tuple[Terminal, ...]
    options: RouteOptions
    uses: tuple[Use, ...]

    @property
    def gauge_mm(self) -> int | None:
        """Gauge asked of the first wagon."""
        return self.options.gauge_mm

    @property
    def model(self) -> CostModel:
        """Model of the generalized cost."""
        return weighing_of(self.network).model(self.options.weight_key)

    def plan(self, topology: Topology) -> Plan:
        """Return the request in the states of a topology."""
        between = list(zip(self.terminals[1:-1], self.uses[1:-1], strict=True))
        goals = [_passing(topology.places[place.node.id], use) for place, use in between]
        handlings = [_handlings(topology, place.node.id) if use == "handle" else None for place, use in between]
        start = topology.start(self.terminals[0].node.id, self.options.gauge_mm)
        return Plan(start, [*goals, [topology.end(self.terminals[-1].node.id)]], [*handlings, None])


def journey(
    network: Network, origin: Place, destination: Place, options: RouteOptions, via: Sequence[Place | Via] = ()
) -> Journey:
    """Return the checked request.

    Raises
    ------
    InvalidGeometryError
        If all places meet the network at one node.
    NoRouteError, UnknownNodeError, InvalidCoordinateError
        As `geo.route`.
    """
    vias = [via] if isinstance(via, str | Via) else via  # a single place is accepted in place of a list
    passed = [place if isinstance(place, Via) else Via(place) for place in vias]
    places = [origin, *(via.place for via in passed), destination]
    terminals = tuple(terminal(network, place, options) for place in places)
    first = terminals[0].node
    if all(via.node.id == first.id for via in terminals):
        message = (
            f"origin and destination both meet the network at {first.name!r}; "
            "give two places with different nearest nodes, or measure with geo.distance"
        )
        raise InvalidGeometryError(message)
    trip = Journey(network, terminals, options, ("pass", *(passage.use for passage in passed), "pass"))
    if any(passage.use != "pass" for passage in passed):
        _check_uses(trip)
    return trip


def join(search: Search, trip: Journey) -> Sections | None:
    """Return the arcs between each place and the next on the best route, None where there is none.

    The load leaves a place on the route in the carrier that it came in, or the one that it was handled
    onto, so the best path to every state there is kept until the end decides.
    """
    plan = trip.plan(search.topology)
    if plan.start is None:
        return None
    sources = {plan.start: 0.0}
    parts: list[dict[int, Section]] = []
    entered: list[dict[int, Handling]] = []
    for part, targets, handlings in zip(plan.searches(search), plan.goals, plan.handlings, strict=True):
        parts.append(part.sections(sources, targets))
        sources = {state: section.cost for state, section in parts[-1].items()}
        entered.append({})
        if handlings is not None:
            sources, entered[-1] = handled(search, handlings, sources)
        if not sources:
            return None
    (state,) = sources
    sections: Sections = []
    for section, handling in zip(reversed(parts), reversed(entered), strict=True):
        after = handling.get(state)
        before = state if after is None else after.before
        sections.append([*section[before].arcs, *([] if after is None else [after.arc])])
        state = section[before].source
    return sections[::-1]


def handled(
    search: Search, handlings: Sequence[Handling], costs: Mapping[int, float]
) -> tuple[dict[int, float], dict[int, Handling]]:
    """Return the least cost of each state after handling, and the handling that leads to it."""
    best: dict[int, float] = {}
    by: dict[int, Handling] = {}
    for handling in handlings:
        cost = costs.get(handling.before, float("inf")) + search.weights[search.topology.arcs[handling.arc].link]
        if cost < best.get(handling.after, float("inf")):
            best[handling.after], by[handling.after] = cost, handling
    return best, by


def _passing(place: StatesAtNode, use: Use) -> list[int]:
    if use != "call":
        return place.states
    states = (*place.arrived.items(), *place.loaded.items())
    return [state for carrier, state in states if carrier.mode in SHIPS]


def _handlings(topology: Topology, node_id: str) -> list[Handling]:
    first = len(topology.edges)
    links = {
        link
        for link, transfer in enumerate(topology.transfers, first)
        if transfer.node_id == node_id and transfer.kind == "port_handling" and transfer.quay_carrier is None
    }
    states = topology.places[node_id].states if links else []
    return [
        Handling(state, head, arc) for state in states for head, link, arc in topology.outgoing[state] if link in links
    ]


def _check_uses(trip: Journey) -> None:
    plan = trip.plan(weighing_of(trip.network).topology)
    for place, use, goals, handlings in zip(trip.terminals[1:], trip.uses[1:], plan.goals, plan.handlings, strict=True):
        name = place.node.name
        if use == "call" and not goals:
            raise NoRouteError(f"no ship calls at {name!r}: it has neither sea nor ferry", reason="transfer")
        if use == "handle" and not handlings:
            message = f"nothing is handled between land and sea at {name!r} in this network; it can only be passed"
            raise NoRouteError(message, reason="transfer")


def _without(search: Search, links: set[int]) -> Search:
    weights = search.weights.copy()
    for link in links:
        weights[link] = float("inf")
    return Search(search.topology, weights)
