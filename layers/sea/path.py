"""Sea paths between places of the record and elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import geo
from geo import NoRouteError, SeaPath
from layers.features.gazetteer import SAME_PLACE_M, Place, find, gazetteer, match_keys

from .chart import coast, land
from .lanes import far_port, lanes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo import CompiledChart, Position
    from layers.record.store import DataPath

_SHOWN = 3
_LAYER = "ports"  # where a name is looked for first
_COAST_M = 10_000.0
_RIVER_PORT_M = 25_000.0  # some far ports, such as Shanghai, lie up a river


def sea_path(
    a: str | Position,
    b: str | Position,
    *,
    offing_nmi: float = 0.0,
    offing_from: str | None = None,
    avoid: Collection[str] = (),
    data: DataPath = None,
) -> SeaPath:
    """Find the shortest path by sea between two places.

    Parameters
    ----------
    a, b
        Names, ids or positions, as `find` takes them. Of several features with one name, the port. Places off the map are reached
        by the lanes of `lanes`: give a far port by name (`far_ports`), any other place by its position.
    offing_nmi, offing_from
        Nautical miles to keep off a country's coast, and its ISO code, as in `coast`: where the
        chart reaches, and not on the approach to a port there.
    avoid
        Passages of the lanes to keep out of, such as ``"suez"`` and ``"panama"``.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    geo.SeaPath
        Places on land are joined to the water by a connector. Between a place and itself it has no length.

    Raises
    ------
    geo.NoRouteError
        When a place lies more than 10 km from the sea; names the nearest ports. When the offing
        leaves no path.
    PlaceError
        When a name leads to no place, or to several.
    geo.InvalidCoordinateError
        When an end is neither a name nor a position.
    UnknownCountryError
        When the coast of that country is not on record.
    geo.GeoError
        When there is no passage with that name, or an offing without a country.

    Examples
    --------
    >>> sea_path("Rajin", "Vladivostok").distance.text("nmi")
    '94 nmi ± 1 nmi'
    >>> sea_path((130.3, 42.2), "Vladivostok").from_name
    '130.3,42.2'
    >>> sea_path("Pyongyang", "Rajin")
    Traceback (most recent call last):
    geo.errors.NoRouteError: 'Pyongyang' is ... km from the water, ...; the nearest ports are port/songnim...
    """
    ends = [_at_sea(place, data) for place in (a, b)]
    chart = land(data=data)
    shore = None if offing_from is None else coast(offing_from, data=data)
    beyond = avoid or not all(chart.reaches(end.lonlat) for end in ends)
    try:
        return geo.sea_path(
            ends[0],
            ends[1],
            chart,
            lanes=lanes(data=data).without(avoid) if beyond else None,
            offing_nmi=offing_nmi,
            offing_from=shore,
            max_connector_m=_reach_m(ends, data),
        )
    except NoRouteError as error:
        raise _with_ports(error, ends, chart, data) from None


def sea_matrix(
    origins: Sequence[str | Position],
    destinations: Sequence[str | Position] | None = None,
    *,
    avoid: Collection[str] = (),
    data: DataPath = None,
) -> NDArray[np.float64]:
    """Return the lengths of the shortest paths by sea from each origin to each destination.

    Parameters
    ----------
    origins, destinations
        As of `sea_path`; without destinations, the origins among themselves.
    avoid, data
        As of `sea_path`.

    Returns
    -------
    ndarray of shape (n, m)
        Metres, connectors included: the lengths of `sea_path`. Infinite where there is no path.

    Raises
    ------
    geo.NoRouteError
        When a place lies more than 10 km from the sea, or off chart and lanes.
    PlaceError, geo.InvalidCoordinateError, geo.GeoError
        As `sea_path`.

    Examples
    --------
    >>> sea_matrix(["Rajin", "Busan"], ["Vladivostok", "Rajin"]).round(-3)
    array([[175000., 0.], [942000., 819000.]])
    >>> sea_matrix([]).shape
    (0, 0)
    """
    import numpy as np

    starts = [_at_sea(place, data) for place in origins]
    ends = starts if destinations is None else [_at_sea(place, data) for place in destinations]
    lengths: dict[frozenset[Place], float] = {}
    for start in starts:
        for end in ends:
            pair = frozenset((start, end))
            if pair not in lengths:
                lengths[pair] = _length_m(start, end, avoid, data)
    rows = [[lengths[frozenset((start, end))] for end in ends] for start in starts]
    return np.array(rows, dtype=np.float64).reshape(len(starts), len(ends))


def _length_m(start: Place, end: Place, avoid: Collection[str], data: DataPath) -> float:
    try:
        return sea_path(start, end, avoid=avoid, data=data).length_m
    except NoRouteError as error:
        if error.reason != "disconnected":
            raise
        return math.inf


def _at_sea(place: str | Position, data: DataPath) -> Place:
    """Prefer the port where a name means a station or a town with a port beside it; an id is taken as it is."""
    if isinstance(place, str) and (far := far_port(place, data=data)):
        return far
    match = find(place, prefer=_LAYER, data=data)
    if match.layer == _LAYER or (match.id == place if isinstance(place, str) else not match.same_place):
        return match
    names = {*match_keys((match.name, *match.names))}
    beside = (
        (geo.distance(port.lonlat, match.lonlat), port.id, port)
        for port in gazetteer(data=data)
        if port.layer == _LAYER and names.intersection(match_keys((port.name, *port.names)))
    )
    metres, _, port = min(beside, default=(math.inf, "", match))
    return port if metres <= SAME_PLACE_M else match


def _reach_m(ends: Sequence[Place], data: DataPath) -> float:
    return _RIVER_PORT_M if any(far_port(end.id, data=data) for end in ends) else _COAST_M


def _with_ports(error: NoRouteError, ends: Sequence[Place], chart: CompiledChart, data: DataPath) -> NoRouteError:
    """Name the ports nearest to a place that lies too far inland."""
    if error.reason != "inland":
        return error

    def gap_m(end: Place) -> float:
        return chart.nearest_water(end.lonlat)[1] if chart.is_land(end.lonlat) else 0.0

    dry = max((end for end in ends if chart.reaches(end.lonlat)), key=gap_m)
    ports = [port for port in gazetteer(data=data) if port.layer == _LAYER and port.kind == "port"]
    far = sorted((geo.distance(port.lonlat, dry.lonlat), port.id) for port in ports)[:_SHOWN]
    near = ", ".join(f"{port} ({metres / 1000:.0f} km)" for metres, port in far)
    return NoRouteError(f"{error}; the nearest ports are {near}", reason="inland")
