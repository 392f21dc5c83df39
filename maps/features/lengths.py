"""Lengths of routes, computed from the network and the sea chart when a page is built; none is stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from maps.errors import FeatureError

if TYPE_CHECKING:
    import os

    from geo import Distance, Network
    from maps.themes.story import Way

_RAIL_MODES = frozenset({"rail", "transfer"})


@dataclass(frozen=True, slots=True)
class GaugeChange:
    """A place on a route where no gauge continues; `station` is its id, if it is a node."""

    place: str
    station: str
    before_mm: tuple[int, ...]
    after_mm: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A route of a comparison with its length.

    Attributes
    ----------
    opened
        Sections that were taken to be open, each by the ids of its two stations; empty when trains can run.
    breaks
        Where the gauge changes.
    """

    distance: Distance
    opened: tuple[tuple[str, str], ...] = ()
    breaks: tuple[GaugeChange, ...] = ()


def measure(way: Way, *, as_of: str | None = None, data: str | os.PathLike[str] | None = None) -> Measured:
    """Measure a route of a comparison.

    Parameters
    ----------
    way
        By rail or road over the network, or by sea around the shipped land.
    as_of
        The day of the network, ISO 8601; by default the newest that the data knows.
    data
        The data directory of the network; by default that of `layers`.

    Raises
    ------
    FeatureError
        When there is no such route; says why.

    Examples
    --------
    >>> from maps.themes.story import Way
    >>> measure(Way("rail", "station/khasan", "station/rajin")).opened
    ()
    >>> measure(Way("rail", "station/khasan", "station/seoul"))
    Traceback (most recent call last):
    layers.errors.FeatureError: no route by rail from 'station/khasan' to 'station/seoul': ...
    """
    from layers import data_directory

    return _measure(way.mode, way.origin, way.destination, way.if_open, as_of, str(data_directory(data)))


@lru_cache(maxsize=256)
def _measure(
    mode: str, origin: str, destination: str, if_open: tuple[str, ...], as_of: str | None, data: str
) -> Measured:
    import geo
    import layers

    try:
        if mode == "sea":
            return Measured(layers.sea_path(origin, destination, data=data).distance)
        network = _railways(if_open, as_of, data) if mode == "rail" else _roads(as_of, data)
        route = geo.route(network, layers.find(origin, data=data), layers.find(destination, data=data), cost="distance")
    except (geo.NoRouteError, layers.PlaceError) as error:
        raise FeatureError(f"no route by {mode} from {origin!r} to {destination!r}: {error}", source=origin) from error
    hoped = {frozenset((edge.from_node, edge.to_node)) for edge in network.edges if edge.status in if_open}
    stations = [stop.node_id or "" for stop in route.stops]
    opened = tuple(pair for pair in pairwise(stations) if frozenset(pair) in hoped)
    breaks = tuple(
        GaugeChange(change.place, change.node_id or "", change.before_mm, change.after_mm)
        for change in route.gauge_breaks
    )
    return Measured(route.distance, opened, breaks)


@lru_cache(maxsize=8)
def _railways(if_open: tuple[str, ...], as_of: str | None, data: str) -> Network:
    """Network of the railways alone, with sections of some states taken to be open."""
    import layers
    from geo import Network

    network = layers.network(as_of=as_of, data=data)
    edges = [edge for edge in network.edges if edge.mode in _RAIL_MODES]
    hoped = [edge for edge in network.withheld if edge.mode in _RAIL_MODES and edge.status in if_open]
    withheld = [edge for edge in network.withheld if edge not in hoped]
    return Network(network.nodes, [*edges, *hoped], withheld=withheld, as_of=network.as_of)


@lru_cache(maxsize=8)
def _roads(as_of: str | None, data: str) -> Network:
    """Network of the roads alone."""
    import layers

    return layers.network(as_of=as_of, modes=("road",), data=data)
