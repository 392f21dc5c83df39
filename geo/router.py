"""The shortest way over a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._assembly import Terminal, assemble
from ._diagnosis import absence
from .edge import Node
from .errors import InvalidGeometryError, InvalidQuantityError, NoRouteError
from .lonlat import Position, as_lonlat
from .quantity import Distance, check_metres

if TYPE_CHECKING:
    from .itinerary import Route
    from .network import Network

_MAX_CONNECTOR_M = 50_000.0


def route(
    network: Network,
    origin: str | Node | Position,
    destination: str | Node | Position,
    *,
    gauge_mm: int | None = None,
    max_connector_m: float = _MAX_CONNECTOR_M,
) -> Route:
    """Return the shortest route over a network.

    Parameters
    ----------
    network
        What can carry traffic.
    origin, destination
        The id of a node, a `Node`, or a position: (lon, lat) in degrees, a `LonLat`, or
        an object with ``lonlat`` and, if it has them, ``node_id``, ``name`` and
        ``accuracy_m``. What names no node joins the network at the nearest node, by a
        straight connector leg that counts in the length.
    gauge_mm
        Use only edges that have this gauge, in millimetres.
    max_connector_m
        Metres: a connector longer than this is refused.

    Returns
    -------
    Route
        Shortest by length; ties always fall the same way.

    Raises
    ------
    NoRouteError
        If no way leads there; ``reason`` and message say why, and what would open one.
    UnknownNodeError
        If an id is not in the network.
    InvalidGeometryError
        If both ends meet the network at the same node.
    InvalidCoordinateError, InvalidQuantityError
        If a position, gauge or length is out of range.

    Notes
    -----
    Dijkstra's algorithm on lengths in metres; every edge is passable both ways.

    Examples
    --------
    >>> from geo import Edge, LonLat, Network
    >>> a, b = Node("a", LonLat(130.5, 42.4), "Ayon"), Node("b", LonLat(130.6, 42.4), "Bison")
    >>> network = Network([a, b], [Edge(
    ...     id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0,
    ...     uncertainty_m=100.0, gauges_mm=(1435, 1520), geometry_method="osm")])
    >>> print(route(network, "a", "b").explain())
    Ayon → Bison: 9.0 km ± 0.1 km along the network, 8.233 km in a straight line, detour factor 1.09
      1. rail: Ayon → Bison, 9.0 km ± 0.1 km, 1435 + 1520 mm (four-rail)
    >>> route(network, "a", "b", gauge_mm=1067)
    Traceback (most recent call last):
        ...
    geo.errors.NoRouteError: no route from 'Ayon' to 'Bison' for 1067 mm: no edge of the \
network has that gauge; gauges laid: 1435, 1520
    """
    check_metres("max_connector_m", max_connector_m)
    check_gauge(gauge_mm)
    start = terminal(network, origin, max_connector_m)
    end = terminal(network, destination, max_connector_m)
    if start.node.id == end.node.id:
        message = (
            f"origin and destination both meet the network at {start.node.name!r}; "
            "give two places with different nearest nodes, or measure with geo.distance"
        )
        raise InvalidGeometryError(message)
    edges = network.graph(gauge_mm).path(start.node.id, end.node.id)
    if edges is None:
        raise absence(network, start.node, end.node, gauge_mm)
    return assemble(network, start, edges, end)


def check_gauge(gauge_mm: int | None) -> None:
    """Raise unless a gauge is None or above 0.

    Raises
    ------
    InvalidQuantityError
        If it is not.
    """
    if gauge_mm is not None and not gauge_mm > 0:
        message = f"gauge_mm must be greater than 0, got {gauge_mm!r}"
        raise InvalidQuantityError(message, value=gauge_mm)


def terminal(network: Network, place: str | Node | Position, max_connector_m: float) -> Terminal:
    """Return where a place meets the network.

    Raises
    ------
    NoRouteError
        If it lies farther than ``max_connector_m`` from every node.
    UnknownNodeError
        If it names a node that is not in the network.
    """
    node_id = place if isinstance(place, str) else _node_id(place)
    if node_id is not None:
        node = network.node(node_id)
        return Terminal(node, node.lonlat, node.name, node.accuracy_m, 0.0)
    lonlat = as_lonlat(place)  # type: ignore[arg-type]  # a str has a node id
    name = getattr(place, "name", None) or str(lonlat)
    accuracy_m = getattr(place, "accuracy_m", None) or 0.0
    node, gap_m = network.nearest(lonlat)
    if gap_m > max_connector_m:
        message = (
            f"{name!r} is {Distance(gap_m)} from the nearest node {node.name!r}, more than "
            f"max_connector_m = {max_connector_m:g}; give a place nearer to the network, or raise it"
        )
        raise NoRouteError(message, reason="off_network")
    return Terminal(node, lonlat, name, accuracy_m if gap_m else node.accuracy_m, gap_m)


def _node_id(place: Node | Position) -> str | None:
    if isinstance(place, Node):
        return place.id
    found = getattr(place, "node_id", None)
    return found if isinstance(found, str) else None
