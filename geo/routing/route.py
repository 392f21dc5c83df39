"""The best way over a network, and other good ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InvalidQuantityError

from ._legs import assemble
from ._query import join, journey
from ._snap import MAX_CONNECTOR_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.lonlat import Position
    from geo.network.edge import Node
    from geo.network.network import Network

    from ._options import Cost
    from ._query import Journey, Sections
    from .itinerary import Route


def route(  # noqa: PLR0913 -- each option is a question of its own
    network: Network,
    origin: str | Node | Position,
    destination: str | Node | Position,
    *,
    cost: Cost = "distance",
    via: Sequence[str | Node | Position] = (),
    modes: Iterable[str] | None = None,
    gauge_mm: int | None = None,
    bogie_change: bool = True,
    avoid: Iterable[str] = (),
    max_connector_m: float = MAX_CONNECTOR_M,
) -> Route:
    """Return the best route over a network.

    Parameters
    ----------
    network
        What can carry traffic.
    origin, destination
        The id of a node, a `Node`, or a position: (lon, lat) in degrees, a `LonLat`, or
        an object with ``lonlat`` and, if it has them, ``node_id``, ``name`` and
        ``accuracy_m``. What names no node joins the network at the nearest node, by a
        straight connector leg that counts in the length, and as a road in hours and cost.
    cost
        ``"distance"``, metres, of equal ways the quicker; ``"time"``, hours with those of
        transfers; ``"generalized"``, length and transfers in kilometres of railway by the
        assumptions of `CostModel`; or a `CostModel` of one's own.
    via
        Places to pass, in this order. The load stays in its carrier there, unless it goes
        over to another.
    modes
        Modes to use; by default all.
    gauge_mm
        Gauge of the wagon in which the way begins, where there are rails; after a change of
        bogies, a lorry or a ship it may go on in another.
    bogie_change
        Whether a load may change from a gauge to another on rails, by new bogies or by
        transshipment from wagon to wagon.
    avoid
        What not to use: countries, ids of edges, nodes and transfers, names of lines, modes,
        kinds of transfers, statuses, geometry methods.
    max_connector_m
        Metres: a connector longer than this is refused.

    Returns
    -------
    Route
        The best; ties always fall the same way.

    Raises
    ------
    NoRouteError
        If no way leads there; ``reason`` and message say why, and what would open one.
    UnknownNodeError
        If an id is not in the network.
    InvalidOptionError
        If a word of ``cost``, ``modes`` or ``avoid`` is unknown.
    InvalidGeometryError
        If both ends meet the network at the same node.
    InvalidCoordinateError, InvalidQuantityError
        If a position, gauge or length is out of range.

    Notes
    -----
    Shortest ways over states: a node together with what carries the load there. A wagon runs
    on over every track that has its gauge, and goes over to another carrier only where a
    transfer allows it. Every edge is passable both ways.

    Examples
    --------
    >>> from geo import Edge, LonLat, Network, Node
    >>> a, b = Node("a", LonLat(130.5, 42.4), "Ayon"), Node("b", LonLat(130.6, 42.4), "Bison")
    >>> network = Network([a, b], [Edge(
    ...     id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0,
    ...     uncertainty_m=100.0, gauges_mm=(1435, 1520), geometry_method="osm")])
    >>> print(route(network, "a", "b").explain())
    Ayon → Bison: 9.0 km ± 0.1 km along the network, 8.233 km in a straight line, \
detour factor 1.09, about 15 min
      1. rail: Ayon → Bison, 9.0 km ± 0.1 km, 1435 + 1520 mm (four-rail)
    >>> route(network, "a", "b", gauge_mm=1067)
    Traceback (most recent call last):
        ...
    geo.errors.NoRouteError: no route from 'Ayon' to 'Bison' for 1067 mm: no edge of the \
network has that gauge; gauges laid: 1435, 1520
    """
    trip = journey(
        network,
        [origin, *_places(via), destination],
        cost=cost,
        modes=modes,
        gauge_mm=gauge_mm,
        bogie_change=bogie_change,
        avoid=avoid,
        max_connector_m=max_connector_m,
    )
    return assemble(trip, _best(trip))


def routes(  # noqa: PLR0913 -- as `route`
    network: Network,
    origin: str | Node | Position,
    destination: str | Node | Position,
    *,
    k: int = 3,
    cost: Cost = "distance",
    via: Sequence[str | Node | Position] = (),
    modes: Iterable[str] | None = None,
    gauge_mm: int | None = None,
    bogie_change: bool = True,
    avoid: Iterable[str] = (),
    max_connector_m: float = MAX_CONNECTOR_M,
) -> tuple[Route, ...]:
    """Return the best route and others that differ from it.

    Parameters
    ----------
    network, origin, destination, cost, via, modes, gauge_mm, bogie_change, avoid, max_connector_m
        As of `geo.route`.
    k
        How many at most.

    Returns
    -------
    tuple of Route
        By cost; the first is that of `geo.route`. Fewer than ``k`` where there are no more.

    Raises
    ------
    InvalidQuantityError
        If ``k`` is not at least 1.
    NoRouteError, UnknownNodeError, InvalidOptionError, InvalidGeometryError, InvalidCoordinateError
        As `geo.route`.

    Notes
    -----
    Alternatives by plateaus. Each costs at most three times the best, has at most two thirds of
    its cost in common with any other, comes to no place twice between two of ``via``, and is the
    best way along a stretch of at least a fifth of the best cost: no way that leaves another for
    an edge and comes back.

    References
    ----------
    I. Abraham, D. Delling, A. V. Goldberg, R. F. Werneck: Alternative routes in road networks.
    ACM Journal of Experimental Algorithmics 18, 2013.

    Examples
    --------
    >>> from geo import Edge, LonLat, Network, Node
    >>> nodes = [Node("a", LonLat(130.5, 42.4)), Node("b", LonLat(130.6, 42.4))]
    >>> edges = [Edge(id=mode, from_node="a", to_node="b", mode=mode, length_m=metres)
    ...          for mode, metres in (("rail", 9000.0), ("road", 12000.0))]
    >>> [one.legs[0].mode for one in routes(Network(nodes, edges), "a", "b")]
    ['rail', 'road']
    >>> len(routes(Network(nodes, edges), "a", "b", k=1))
    1
    """
    if not (isinstance(k, int) and k >= 1):  # type: ignore[redundant-expr]  # callers may be untyped
        raise InvalidQuantityError(f"k must be a whole number >= 1, got {k!r}", value=k)
    from ._alternatives import alternatives

    trip = journey(
        network,
        [origin, *_places(via), destination],
        cost=cost,
        modes=modes,
        gauge_mm=gauge_mm,
        bogie_change=bogie_change,
        avoid=avoid,
        max_connector_m=max_connector_m,
    )
    best = _best(trip)
    found = alternatives(network.search(trip.options), trip, best, k)
    return tuple(assemble(trip, sections) for sections in found)


def _places(via: Sequence[str | Node | Position]) -> Sequence[str | Node | Position]:
    """Return the places; one alone is easily given in place of a list."""
    return [via] if isinstance(via, str) else via


def _best(trip: Journey) -> Sections:
    sections = join(trip.network.search(trip.options), trip)
    if sections is None:
        from ._diagnosis import absence

        raise absence(trip)
    return sections
