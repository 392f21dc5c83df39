"""The best route over a network, and good alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from geo.errors import InvalidQuantityError

from ._legs import assemble
from ._options import changed
from ._query import join, journey
from .prepared import search_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.lonlat import Position
    from geo.network.edge import Node
    from geo.network.network import Network

    from ._options import RouteChanges, RouteOptions
    from ._query import Journey, Sections, Via
    from .itinerary import Route


def route(
    network: Network,
    origin: str | Node | Position,
    destination: str | Node | Position,
    options: RouteOptions | None = None,
    *,
    via: Sequence[str | Node | Position | Via] = (),
    **changes: Unpack[RouteChanges],
) -> Route:
    """Return the best route over a network.

    Parameters
    ----------
    network
        What can carry traffic.
    origin, destination
        The id of a node, a `Node`, or a position: (lon, lat) in degrees, a `LonLat`, a shapely
        Point, or an object with ``lonlat`` and, if it has them, ``node_id``, ``name`` and
        ``accuracy_m``. What names no node joins the network at the nearest node, by a
        straight connector leg that counts in the length, and as a road in hours and cost.
    options
        The objective, the load, and what may be used; by default those of `RouteOptions`.
    via
        Places to pass, in this order; a `Via` says what happens there beside.
    **changes
        Fields of `RouteOptions` to change.

    Returns
    -------
    Route
        The best; ties always fall the same way.

    Raises
    ------
    NoRouteError
        If no route leads there; ``reason`` and message say why, and what would open one.
    UnknownNodeError
        If an id is not in the network.
    InvalidOptionError
        If a name or a word of the options is unknown.
    InvalidGeometryError
        If both ends meet the network at the same node.
    InvalidCoordinateError, InvalidQuantityError
        If a position, gauge or length is out of range.

    Notes
    -----
    Shortest paths over states: a node together with what carries the load there. A wagon runs
    on over every track that has its gauge, and goes over to another carrier only where a
    transfer allows it. Every edge is passable in both directions. Where a train must reverse, that is a
    transfer with its dwell.

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
    >>> route(network, "a", "b", gauge=1435)
    Traceback (most recent call last):
        ...
    geo.errors.InvalidOptionError: an option is one of cost, modes, gauge_mm, bogie_change, avoid, load, draught_m, \
max_connector_m, got 'gauge'; did you mean 'gauge_mm'?
    """
    trip = journey(network, origin, destination, changed(options, changes), via)
    return assemble(trip, _best(trip))


def routes(
    network: Network,
    origin: str | Node | Position,
    destination: str | Node | Position,
    options: RouteOptions | None = None,
    *,
    k: int = 3,
    via: Sequence[str | Node | Position | Via] = (),
    **changes: Unpack[RouteChanges],
) -> tuple[Route, ...]:
    """Return the best route and others that differ from it.

    Parameters
    ----------
    network, origin, destination, options, via, **changes
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
    best path along a stretch of at least a fifth of the best cost: no route that leaves another
    for an edge and comes back.

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
    >>> [route.legs[0].mode for route in routes(Network(nodes, edges), "a", "b", cost="distance")]
    ['rail', 'road']
    >>> len(routes(Network(nodes, edges), "a", "b", k=1))
    1
    """
    if not (isinstance(k, int) and k >= 1):  # type: ignore[redundant-expr]  # callers may be untyped
        raise InvalidQuantityError(f"k must be a whole number >= 1, got {k!r}", value=k)
    from ._alternatives import alternatives

    trip = journey(network, origin, destination, changed(options, changes), via)
    best = _best(trip)
    passages = alternatives(search_of(network, trip.options.weight_key), trip, best, k)
    return tuple(assemble(trip, sections) for sections in passages)


def shut_shortcuts(
    network: Network,
    origin: str | Node | Position,
    destination: str | Node | Position,
    options: RouteOptions | None = None,
    *,
    via: Sequence[str | Node | Position | Via] = (),
    **changes: Unpack[RouteChanges],
) -> tuple[str, ...]:
    """Return links closed on the day of the network that would shorten a route.

    Parameters
    ----------
    network, origin, destination, options, via, **changes
        As of `geo.route`.

    Returns
    -------
    tuple of str
        Edges and crossings that are suspended or being built, by name, with their state; none where they would
        save less than a tenth of the cost.

    Raises
    ------
    NoRouteError, UnknownNodeError, InvalidOptionError, InvalidGeometryError, InvalidCoordinateError
        As `geo.route`.

    Examples
    --------
    >>> from geo import Edge, LonLat, Network, Node
    >>> nodes = [Node("a", LonLat(130.5, 42.4), "Ayon"), Node("b", LonLat(130.6, 42.4), "Bison")]
    >>> edges = [Edge(id=name, from_node="a", to_node="b", mode="rail", length_m=metres, status=status)
    ...          for name, metres, status in (("old", 9000.0, "suspended"), ("new", 20000.0, "operating"))]
    >>> shut_shortcuts(Network(nodes, edges[1:], withheld=edges[:1]), "a", "b")
    ('Ayon - Bison (suspended)',)
    """
    from . import _diagnosis

    trip = journey(network, origin, destination, changed(options, changes), via)
    return _diagnosis.shut_shortcuts(trip, assemble(trip, _best(trip)).cost)


def _best(trip: Journey) -> Sections:
    sections = join(search_of(trip.network, trip.options.weight_key), trip)
    if sections is None:
        from ._diagnosis import absence

        raise absence(trip)
    return sections
