"""A network prepared for many routing requests."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace
from importlib.util import find_spec
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypeVar, Unpack, cast

from geo.errors import InvalidOptionError, NoRouteError
from geo.geodesic._engine import rough_distance
from geo.lonlat import SHORTEST_LAT_DEGREE_M, as_lonlat
from geo.network.network import Network, may_be_nearest_m, nearest_node

from ._dijkstra import Search
from ._options import DEFAULT, changed
from .graph.weighing import share_weighing, weighing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    from geo.lonlat import Position
    from geo.network.edge import Node

    from ._hierarchy import Hierarchy
    from ._options import Cost, RouteChanges, RouteOptions, WeightKey

    EngineName: TypeAlias = Literal["cch", "dijkstra"]

_T = TypeVar("_T")
_KEPT = 8
_SEVERAL = 2


class Path(NamedTuple):
    """A route as bare ids.

    Attributes
    ----------
    cost
        Metres, to the millimetre; hours; or kilometres of railway.
    node_ids
        Every node passed, both ends included.
    edge_ids
        Every edge, in order.
    """

    cost: float
    node_ids: tuple[str, ...]
    edge_ids: tuple[str, ...]


class PreparedNetwork(Network):
    """A network that answers many questions fast; `geo.prepare` makes it.

    Parameters
    ----------
    network
        The network; shared, not copied.

    Notes
    -----
    With the extra ``fast`` (``pip install tumen[fast]``) the states are contracted once; new
    options then cost milliseconds, and a route microseconds. Routes are compared in whole units of
    `unit`, so of two routes that differ by less than that for each of their edges either may be
    found; its length is exact.

    Examples
    --------
    >>> from geo import Edge, LonLat, Node
    >>> nodes = [Node("a", LonLat(130.5, 42.4)), Node("b", LonLat(130.6, 42.4))]
    >>> network = Network(nodes, [Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0)])
    >>> prepare(network).path("a", "b", cost="distance")
    Path(cost=9000.0, node_ids=('a', 'b'), edge_ids=('ab',))
    >>> prepare(network).path("a", "a").edge_ids
    ()
    """

    __slots__ = ("_by_lat", "_hierarchy", "_searches")

    def __init__(self, network: Network, saved: PathLike[str] | str | None = None) -> None:
        for name in Network.__slots__:
            if name != "__weakref__":
                setattr(self, name, getattr(network, name))
        share_weighing(self, network)
        self._by_lat: list[Node] = []
        self._searches: dict[WeightKey, Search] = {}
        self._hierarchy: Hierarchy | None = None
        if find_spec("pyroutingkit") is not None and len(network):
            from ._hierarchy import Hierarchy

            self._hierarchy = Hierarchy(weighing_of(self).topology, None if saved is None else str(saved))

    @property
    def engine(self) -> EngineName:
        """``"cch"``, customizable contraction hierarchies; or ``"dijkstra"`` where their package is missing."""
        return "cch" if self._hierarchy is not None else "dijkstra"

    def save(self, path: PathLike[str] | str) -> None:
        """Write the contracted form of the network into a folder, for `geo.prepare` to read: it takes long to make.

        Raises
        ------
        InvalidOptionError
            If there is none: the extra ``fast`` is missing.
        OSError
            If it cannot be written.
        """
        if self._hierarchy is None:
            raise InvalidOptionError(
                "the network is not contracted: that needs the extra fast (pip install tumen[fast])"
            )
        self._hierarchy.save(str(path))

    def unit(self, cost: Cost = "generalized") -> float:
        """Return the unit in which routes are compared; 0 where they are compared exactly.

        Raises
        ------
        InvalidOptionError
            If the cost is unknown.
        """
        search = self.search(replace(DEFAULT, cost=cost).weight_key)
        return getattr(search, "unit", 0.0)

    def nearest(self, position: Position) -> tuple[Node, float]:
        """Return the node nearest to a position, as `Network.nearest`.

        Raises
        ------
        InvalidCoordinateError
            If the position is out of range.
        UnknownNodeError
            If the network has no node.

        Notes
        -----
        Nodes are looked at in order of latitude, to both sides, until those left lie farther off
        by their latitude alone.
        """
        lonlat = as_lonlat(position)
        if self.table is not None:
            return super().nearest(position)
        if not self._by_lat:
            self._by_lat = sorted(self.nodes, key=_latitude)
        nodes = self._by_lat
        north = bisect_left(nodes, lonlat.lat, key=_latitude)
        south = north - 1
        seen: list[Node] = []
        nearest_m = limit_m = math.inf
        while True:
            up = nodes[north].lonlat.lat - lonlat.lat if north < len(nodes) else math.inf
            down = lonlat.lat - nodes[south].lonlat.lat if south >= 0 else math.inf
            if min(up, down) == math.inf or min(up, down) * SHORTEST_LAT_DEGREE_M > limit_m:
                return nearest_node(seen, lonlat)
            seen.append(nodes[north] if up <= down else nodes[south])
            north, south = (north + 1, south) if up <= down else (north, south - 1)
            nearest_m = min(nearest_m, rough_distance(seen[-1].lonlat, lonlat))
            limit_m = may_be_nearest_m(nearest_m)

    def search(self, options: WeightKey) -> Search:
        """Return the search under some options; the last ones made are kept."""
        search = self._searches.get(options)
        if search is None:
            search = self._new_search(options)
            self._searches[options] = search
            if len(self._searches) > _KEPT:
                del self._searches[next(iter(self._searches))]
        return search

    def path(
        self, origin: str, destination: str, options: RouteOptions | None = None, **changes: Unpack[RouteChanges]
    ) -> Path:
        """Return the best path between two nodes as ids, without making a route of it.

        Parameters
        ----------
        origin, destination
            Ids of nodes.
        options, **changes
            As of `geo.route`.

        Raises
        ------
        NoRouteError
            If no path leads there; `geo.route` says why.
        UnknownNodeError
            If an id is not in the network.
        InvalidOptionError, InvalidQuantityError
            As `geo.route`.
        """
        chosen = changed(options, changes) if changes else options or DEFAULT
        search = self.search(chosen.weight_key)
        topology = search.topology
        if origin not in self._nodes or destination not in self._nodes:
            for node_id in (origin, destination):
                self.node(node_id)  # raises an error that says what is wrong
        source = topology.start(origin, chosen.gauge_mm)
        arcs = search.way(source, topology.end(destination)) if source is not None else None
        if arcs is None:
            raise NoRouteError(f"no path from {origin!r} to {destination!r}; geo.route says why")
        if not arcs or origin == destination:
            return Path(0.0, (origin,), ())
        ids, weights = topology.arc_ids, search.arc_weights
        pick = _picker(arcs)
        total = round(math.fsum(pick(cast("Sequence[float]", weights))), 3 if chosen.cost == "distance" else 9)
        if not topology.is_plain:
            pick = _picker([arc for arc in arcs if ids[arc]])
        return Path(total, (origin, *pick(topology.arc_heads)), pick(ids))

    def _new_search(self, options: WeightKey) -> Search:
        weighing = weighing_of(self)
        if self._hierarchy is None:
            return Search(weighing.topology, weighing.weights(options))
        return self._hierarchy.search(weighing, options)


def prepare(network: Network, saved: PathLike[str] | str | None = None) -> PreparedNetwork:
    """Return a network made ready for many requests.

    Parameters
    ----------
    network
        Any network; a prepared one is returned as it is.
    saved
        A folder that `PreparedNetwork.save` wrote of a network of the same nodes and edges; without it the
        network is contracted again. Read only files that you wrote: the engine does not check them.

    Returns
    -------
    PreparedNetwork
        Works wherever a network does.

    Notes
    -----
    It pays from some dozens of routes on: preparing takes about as long as that many searches, half a
    second for 10,000 nodes; a route over them then takes microseconds to find. Without the extra ``fast``,
    or has no wheel, everything works at the usual speed; ``engine`` says which.
    """
    return network if isinstance(network, PreparedNetwork) else PreparedNetwork(network, saved)


def search_of(network: Network, options: WeightKey) -> Search:
    """Return the search of a network under some options."""
    if isinstance(network, PreparedNetwork):
        return network.search(options)
    weighing = weighing_of(network)
    return Search(weighing.topology, weighing.weights(options))


def _latitude(node: Node) -> float:
    return node.lonlat.lat


def _picker(numbers: list[int]) -> Callable[[Sequence[_T]], tuple[_T, ...]]:
    """Return a function that picks the items at those numbers, in a third of the time of a loop."""
    if len(numbers) < _SEVERAL:  # of one number itemgetter takes no tuple
        return lambda items: tuple([items[number] for number in numbers])
    return itemgetter(*numbers)
