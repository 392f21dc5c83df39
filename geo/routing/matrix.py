"""Origin–destination matrices: costs or lengths of the best routes between many places."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Unpack

from ._options import MEASURES, changed, check_option
from ._snap import terminal
from .graph.weighing import weighing_of
from .prepared import search_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geodesic._engine import FloatArray
    from geo.lonlat import Position
    from geo.network.edge import Node
    from geo.network.network import Network

    from ._dijkstra import Search
    from ._options import Measure, RouteChanges, RouteOptions
    from .graph.tree import Weights

_MILLIMETRES = 3  # decimals


def matrix(
    network: Network,
    origins: Sequence[str | Node | Position],
    destinations: Sequence[str | Node | Position],
    options: RouteOptions | None = None,
    *,
    measure: Measure = "cost",
    **changes: Unpack[RouteChanges],
) -> FloatArray:
    """Return a measure of the best route from each origin to each destination.

    Parameters
    ----------
    network
        What can carry traffic.
    origins, destinations
        As of `geo.route`.
    options, **changes
        As of `geo.route`.
    measure
        ``"cost"``, the objective itself: kilometres of railway, metres or hours as the option ``cost`` says;
        ``"length"``, the metres of the routes that it chooses; ``"hours"``, their hours.

    Returns
    -------
    ndarray of shape (n, m)
        Connectors included; infinite where there is no route. Equal to what `geo.route` finds; where
        both ends meet the network at one node, the sum of the connectors.

    Raises
    ------
    NoRouteError
        If a position lies too far from the network.
    UnknownNodeError, InvalidCoordinateError, InvalidQuantityError, InvalidOptionError
        As `geo.route`.

    Notes
    -----
    One run of Dijkstra's algorithm for each origin, metres to the millimetre. A prepared network
    is faster, and counts in units (`PreparedNetwork.unit`). A length or hours of an objective other than
    itself are added up along each route.

    Examples
    --------
    >>> from geo import Edge, LonLat, Network, Node
    >>> nodes = [Node("a", LonLat(130.5, 42.4)), Node("b", LonLat(130.6, 42.4)), Node("c", LonLat(130.7, 42.4))]
    >>> network = Network(nodes, [Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0)])
    >>> matrix(network, ["a", "b"], ["b", "c"], measure="length")
    array([[9000.,   inf], [   0.,   inf]])
    >>> matrix(network, ["a"], ["b"])
    array([[9.]])
    >>> matrix(network, [], ["a"]).shape
    (0, 1)
    """
    import numpy as np

    check_option("measure", measure, MEASURES)
    chosen = changed(options, changes)
    key = chosen.weight_key
    starts = [terminal(network, place, chosen) for place in origins]
    ends = [terminal(network, place, chosen) for place in destinations]
    search = search_of(network, key)
    topology = search.topology
    states = [topology.start(start.node.id, chosen.gauge_mm) for start in starts]
    reached = [row for row, state in enumerate(states) if state is not None]
    sources = [state for state in states if state is not None]
    targets = [topology.end(end.node.id) for end in ends]
    along = np.full((len(starts), len(ends)), math.inf)
    own = {"distance": "length", "time": "hours"}.get(str(key.cost))
    if measure in {"cost", own}:
        along[reached] = search.table(sources, targets)
        if own == "length":
            along = np.round(along, _MILLIMETRES)  # what breaks ties lies below
    else:
        along[reached] = _measured(search, weighing_of(network).measured(measure, key.load), sources, targets)
    numbers: dict[str, int] = {}
    rows, columns = ([numbers.setdefault(end.node.id, len(numbers)) for end in side] for side in (starts, ends))
    along[np.equal.outer(np.array(rows, dtype=int), np.array(columns, dtype=int))] = 0.0
    gap_key = key if measure == "cost" else key._replace(cost="distance" if measure == "length" else "time")
    before, after = ([end.cost(gap_key, weighing_of(network)) for end in side] for side in (starts, ends))
    along += np.reshape(before, (-1, 1)) + np.reshape(after, (1, -1))
    return along


def _measured(search: Search, measures: Weights, sources: list[int], targets: list[int]) -> FloatArray:
    """Add a measure of each link up along the best route from each source to each target."""
    import numpy as np

    table = np.full((len(sources), len(targets)), math.inf)
    links = [link for _, _, link in search.topology.arcs]
    rows: dict[int, list[float]] = {}
    for row, source in enumerate(sources):
        if source not in rows:
            sections = search.sections({source: 0.0}, list(dict.fromkeys(targets)))
            sums = {
                state: math.fsum([measures[links[arc]] for arc in section.arcs]) for state, section in sections.items()
            }
            rows[source] = [sums.get(target, math.inf) for target in targets]
        table[row] = rows[source]
    return table
