"""A network of nodes and edges on which routes are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from geo.errors import UnknownNodeError
from geo.geodesic._engine import inverse, rough_distance
from geo.lonlat import LonLat, Position, as_lonlat
from geo.spelling import did_you_mean

from ._validate import check_network
from .cost import Speeds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from geo.bbox import BBox

    from .cost import CostModel
    from .edge import Edge, Node
    from .rows import ById
    from .table import EdgeTable
    from .transfer import Transfer

_SPEEDS = Speeds()
_ROUNDING_M = 1.0  # positions of 6 decimals at both ends
_SPHERE_ERROR = 0.006  # of `rough_distance`, at most


class Network:
    """Nodes and the edges between them, checked once and never changed.

    Parameters
    ----------
    nodes
        The nodes, in any order.
    edges
        The edges that can carry traffic; several may join the same nodes.
    transfers
        Where a load changes its carrier, and how long border checks take. Given none
        (withheld ones included), a load may change its carrier wherever two of them meet, at
        no cost: nothing is known of the facilities, and a break of gauge is reported as such.
    withheld
        Edges that are known but cannot carry traffic on that day. No route uses them;
        an error names those that would open one.
    withheld_transfers
        Transfers that are known but out of work on that day. A border crossing among them
        closes its edge.
    speeds
        What an edge takes that states no hours.
    cost_models
        Models of the generalized cost, by load; those left out, and all of them where none is given,
        are that of ``"general"``, else `CostModel`.
    as_of
        The day of the network, for messages.

    Raises
    ------
    InvalidNetworkError
        If an id comes twice, an edge ends at an unknown node, is shorter than the
        geodesic between its ends by more than 0.1 % and 1 m, or its coordinates run the
        wrong way, or a transfer lies at an unknown place. Every problem is found and listed.

    Notes
    -----
    Equal networks give equal routes, in any order of nodes and edges.

    Examples
    --------
    >>> from geo import Edge, Node
    >>> a, b = Node("a", LonLat(130.5, 42.4)), Node("b", LonLat(130.6, 42.4))
    >>> network = Network([a, b], [
    ...     Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0)])
    >>> network
    <Network: 2 nodes, 1 edge>
    >>> Network([a], [Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9.0)])
    Traceback (most recent call last):
        ...
    geo.errors.InvalidNetworkError: 1 problem in the network: edge 'ab' ends at 'b', which \
is not among the nodes
    """

    __slots__ = (
        "__weakref__",
        "_edges",
        "_nodes",
        "_withheld",
        "as_of",
        "cost_models",
        "open_statuses",
        "speeds",
        "table",
        "transfers",
        "withheld_transfers",
    )

    def __init__(
        self,
        nodes: Iterable[Node],
        edges: Iterable[Edge],
        *,
        transfers: Iterable[Transfer] = (),
        withheld: Iterable[Edge] = (),
        withheld_transfers: Iterable[Transfer] = (),
        speeds: Speeds = _SPEEDS,
        cost_models: Mapping[str, CostModel] | None = None,
        as_of: str | None = None,
    ) -> None:
        nodes, edges, withheld = tuple(nodes), tuple(edges), tuple(withheld)
        self._nodes: Mapping[str, Node] = {node.id: node for node in nodes}
        self._edges: Mapping[str, Edge] = {edge.id: edge for edge in edges}
        self._withheld: Sequence[Edge] = withheld
        self.table: EdgeTable | None = None
        self.open_statuses = frozenset({"operating"})  # of a table; objects come divided
        self.transfers: tuple[Transfer, ...] = tuple(transfers)
        self.withheld_transfers: tuple[Transfer, ...] = tuple(withheld_transfers)
        self.speeds = speeds
        self.cost_models: dict[str, CostModel] = dict(cost_models or {})
        self.as_of = as_of
        check_network(nodes, (*edges, *withheld), (*self.transfers, *self.withheld_transfers))

    @classmethod
    def of_table(
        cls, edges: EdgeTable, *, open_statuses: Collection[str] = ("operating",), speeds: Speeds = _SPEEDS
    ) -> Network:
        """Return the network of edges that stand in columns, up to millions of them.

        Parameters
        ----------
        edges
            The edges, with their nodes; shared, not copied. There are no transfers.
        open_statuses
            Words of `STATUSES`: edges of another are withheld.
        speeds
            What an edge takes whose profile states no speed.

        Notes
        -----
        It answers as a network of the same nodes and edges as objects does. ``nodes``, ``edges`` and ``withheld``
        make each object when it is looked at.
        """
        from .rows import ById, Made

        network = cls((), (), speeds=speeds)
        closed = edges.having([profile.status not in open_statuses for profile in edges.profiles])
        shut = closed.nonzero()[0].tolist()
        rows = (~closed).nonzero()[0]
        opened = Made(lambda number: edges[int(rows[number])], len(rows)) if shut else edges
        network._nodes = ById(edges.nodes, edges.nodes)
        network._edges = ById(edges, opened)
        network._withheld = Made(lambda number: edges[shut[number]], len(shut))
        network.table = edges
        network.open_statuses = frozenset(open_statuses)
        return network

    def __repr__(self) -> str:
        """Tell the size and the day."""
        edges = f"{len(self._edges)} edge{'s' * (len(self._edges) != 1)}"
        nodes = f"{len(self._nodes)} node{'s' * (len(self._nodes) != 1)}"
        day = f", as of {self.as_of}" if self.as_of else ""
        return f"<Network: {nodes}, {edges}{day}>"

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self._nodes)

    def __contains__(self, node_id: object) -> bool:
        """Tell whether there is a node of that id."""
        return node_id in self._nodes

    @property
    def nodes(self) -> Sequence[Node]:
        """Every node, as given."""
        return tuple(self._nodes.values()) if self.table is None else self.table.nodes

    @property
    def edges(self) -> Sequence[Edge]:
        """Every edge that can carry traffic, as given."""
        return tuple(self._edges.values()) if self.table is None else cast("ById[Edge]", self._edges).rows

    @property
    def withheld(self) -> Sequence[Edge]:
        """Every edge that is known but cannot carry traffic on that day."""
        return self._withheld

    @property
    def gauges_mm(self) -> tuple[int, ...]:
        """Every gauge in the network, ascending."""
        if self.table is not None:
            return self.table.gauges_mm
        return tuple(sorted({gauge for edge in self.edges for gauge in edge.gauges_mm}))

    @property
    def bbox(self) -> BBox:
        """The box around all nodes and edges.

        Raises
        ------
        InvalidGeometryError
            If the network has no node.
        """
        from geo.bbox import BBox

        if self.table is not None and len(self.table):
            return self.table.bbox
        lines = (position for edge in self.edges for position in edge.coordinates)
        return BBox.of([*(node.lonlat for node in self.nodes), *lines])

    def node(self, node_id: str) -> Node:
        """Return the node of an id.

        Raises
        ------
        UnknownNodeError
            If there is none; the message names the nearest spelling.
        """
        try:
            return self._nodes[node_id]
        except KeyError:
            raise self._unknown("node", node_id, self._nodes) from None

    def edge(self, edge_id: str) -> Edge:
        """Return the edge of an id.

        Raises
        ------
        UnknownNodeError
            If there is none; the message names the nearest spelling.
        """
        try:
            return self._edges[edge_id]
        except KeyError:
            raise self._unknown("edge", edge_id, self._edges) from None

    def nearest(self, position: Position) -> tuple[Node, float]:
        """Return the node nearest to a position.

        Parameters
        ----------
        position
            One position.

        Returns
        -------
        Node, float
            The node, and its distance in metres; of equally near ones, the first id.

        Raises
        ------
        InvalidCoordinateError
            If the position is out of range.
        UnknownNodeError
            If the network has no node.

        Examples
        --------
        >>> from geo import Node
        >>> node, metres = Network([Node("a", LonLat(130.5, 42.4))], []).nearest((130.6, 42.4))
        >>> node.id, round(metres)
        ('a', 8233)
        """
        return self.nearest_of(position, None)

    def nearest_of(self, position: Position, modes: tuple[str, ...] | None) -> tuple[Node, float]:
        """Return the nearest node; in columns, of those at which an edge of some modes ends that is not gone."""
        if self.table is not None:
            row, metres = self.table.nearest(as_lonlat(position), modes)
            return self.table.nodes[row], metres
        return nearest_node(self._nodes.values(), as_lonlat(position))

    def _unknown(self, kind: str, name: str, existing: Mapping[str, object]) -> UnknownNodeError:
        if self.table is not None:
            example = f"node/{self.table.nodes.numbers[0]}" if kind == "node" else self.table.id(0)
            return UnknownNodeError(
                f"the network has no {kind} {name!r}; its ids are like {example!r}", node_id=str(name)
            )
        day = f" as of {self.as_of}" if self.as_of else ""
        same_name = next((node.id for node in self._nodes.values() if node.name == name), None)
        hint = f"; the node of that name is {same_name!r}" if same_name else did_you_mean(str(name), list(existing))
        message = f"the network{day} has no {kind} {name!r}{hint}"
        return UnknownNodeError(message, node_id=str(name))


def may_be_nearest_m(nearest_m: float) -> float:
    """Return how far on the sphere the truly nearest node may lie, given the nearest on the sphere.

    The sphere is wrong by 0.6 % at most: only nodes that are near on it are measured exactly.
    """
    return nearest_m * (1 + 3 * _SPHERE_ERROR) + _ROUNDING_M


def nearest_node(nodes: Iterable[Node], lonlat: LonLat) -> tuple[Node, float]:
    """Return the node nearest to a position, and its distance in metres.

    Raises
    ------
    UnknownNodeError
        If there is no node.
    """
    rough = [(rough_distance(node.lonlat, lonlat), node) for node in nodes]
    if not rough:
        message = "there is no nearest node: the network has no nodes"
        raise UnknownNodeError(message)
    limit = may_be_nearest_m(min(metres for metres, _ in rough))
    exact = [(inverse(node.lonlat, lonlat)[0], node) for metres, node in rough if metres <= limit]
    metres, node = min(exact, key=lambda pair: (pair[0], pair[1].id))
    return node, metres
