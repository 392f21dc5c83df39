"""Snapping a location to the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import NoRouteError
from geo.lonlat import Position, as_lonlat
from geo.network.edge import Node
from geo.quantity import Distance

if TYPE_CHECKING:
    from geo.lonlat import LonLat
    from geo.network.network import Network

    from ._options import RouteOptions, WeightKey
    from .graph.weights import Weighing


@dataclass(frozen=True, slots=True)
class Terminal:
    """An end of a route: the place given, and the node that it is snapped to."""

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

    def cost(self, options: WeightKey, weighing: Weighing) -> float:
        """Return the cost of the connector, which counts as a road."""
        if options.cost == "distance":
            return self.gap_m
        if options.cost == "time":
            return weighing.speeds.hours("road", self.gap_m)
        return self.gap_m / 1000.0 * weighing.model(options).road


def terminal(network: Network, place: str | Node | Position, options: RouteOptions) -> Terminal:
    """Snap a location to the network.

    Raises
    ------
    NoRouteError
        If it lies farther than ``max_connector_m`` from every node; in columns, from every end of an edge of the modes.
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
    node, gap_m = network.nearest_of(lonlat, options.modes) if network.table is not None else network.nearest(lonlat)
    max_connector_m = options.max_connector_m
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
    node_id = getattr(place, "node_id", None)
    return node_id if isinstance(node_id, str) else None
