"""A table of what the best ways between many places cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.quantity import check_metres

from ._options import check_gauge, read_options
from ._snap import MAX_CONNECTOR_M, terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.geodesic._engine import FloatArray
    from geo.lonlat import Position
    from geo.network.edge import Node
    from geo.network.network import Network

    from ._options import Cost

_MILLIMETRES = 3  # decimals


def matrix(  # noqa: PLR0913 -- as `geo.route`
    network: Network,
    origins: Sequence[str | Node | Position],
    destinations: Sequence[str | Node | Position],
    *,
    cost: Cost = "distance",
    modes: Iterable[str] | None = None,
    gauge_mm: int | None = None,
    bogie_change: bool = True,
    avoid: Iterable[str] = (),
    max_connector_m: float = MAX_CONNECTOR_M,
) -> FloatArray:
    """Return the cost of the best way from each origin to each destination.

    Parameters
    ----------
    network
        What can carry traffic.
    origins, destinations
        As of `geo.route`.
    cost, modes, gauge_mm, bogie_change, avoid, max_connector_m
        As of `geo.route`.

    Returns
    -------
    ndarray of shape (n, m)
        Metres, hours or kilometres of railway, as ``cost`` says, connectors included; infinite
        where there is no way. Equal to the costs of `geo.route`; where both ends meet the
        network at one node, the sum of the connectors.

    Raises
    ------
    NoRouteError
        If a position lies too far from the network.
    UnknownNodeError, InvalidCoordinateError, InvalidQuantityError, InvalidOptionError
        As `geo.route`.

    Notes
    -----
    One run of Dijkstra's algorithm for each origin, metres to the millimetre. A prepared network
    is faster, and counts in units (`PreparedNetwork.unit`).

    Examples
    --------
    >>> from geo import Edge, LonLat, Network, Node
    >>> nodes = [Node("a", LonLat(130.5, 42.4)), Node("b", LonLat(130.6, 42.4)), Node("c", LonLat(130.7, 42.4))]
    >>> network = Network(nodes, [Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0)])
    >>> matrix(network, ["a", "b"], ["b", "c"])
    array([[9000.,   inf], [   0.,   inf]])
    >>> matrix(network, [], ["a"]).shape
    (0, 1)
    """
    import numpy as np

    check_metres("max_connector_m", max_connector_m)
    check_gauge(gauge_mm)
    options = read_options(cost, modes, avoid, bogie_change=bogie_change)
    starts = [terminal(network, place, max_connector_m) for place in origins]
    ends = [terminal(network, place, max_connector_m) for place in destinations]
    search = network.search(options)
    topology = search.topology
    states = [topology.start(start.node.id, gauge_mm) for start in starts]
    known = [row for row, state in enumerate(states) if state is not None]
    along = np.full((len(starts), len(ends)), math.inf)
    along[known] = search.table(
        [state for state in states if state is not None], [topology.end(end.node.id) for end in ends]
    )
    if options.cost == "distance":
        along = np.round(along, _MILLIMETRES)  # what breaks ties lies below
    numbers: dict[str, int] = {}
    rows, columns = ([numbers.setdefault(one.node.id, len(numbers)) for one in some] for some in (starts, ends))
    along[np.equal.outer(np.array(rows, dtype=int), np.array(columns, dtype=int))] = 0.0
    before, after = ([one.cost(options, network.speeds) for one in ends_] for ends_ in (starts, ends))
    along += np.reshape(before, (-1, 1)) + np.reshape(after, (1, -1))
    return along
