"""Routes, matrices and isochrones between places given by name, id, position or point."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias, Unpack

import geo
from geo import Network, Via
from layers.features.gazetteer import Place, find

from .network import MODES, network, published_lengths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geopandas import GeoDataFrame

    from geo import Node, Position, Reach, Route, RouteChanges, RouteOptions
    from layers.record.store import DataPath

    from .network import Mode

    # A name, an id, "lon,lat", a place or node, or a position as of `geo`.
    Given: TypeAlias = str | Place | Node | Position

# Layers in which a name is looked up first, where all requested modes are of one kind.
ROLES: Final[dict[frozenset[str], tuple[str, ...]]] = {
    frozenset({"rail"}): ("stations",),
    frozenset({"road"}): ("places", "checkpoints", "stations"),
    frozenset({"sea"}): ("ports",),
    frozenset({"ferry"}): ("ports",),
    frozenset({"sea", "ferry"}): ("ports",),
}


def role(modes: Iterable[str] | None) -> tuple[str, ...]:
    """Layers to look a name up in first, by the modes of a request; none where these say nothing.

    Examples
    --------
    >>> role(["rail"]), role(["sea", "ferry"]), role(["rail", "sea"])
    (('stations',), ('ports',), ())
    """
    return ROLES.get(frozenset(modes or ()), ())


def locate(net: Network, given: Given, *, prefer: Sequence[str] = (), data: DataPath = None) -> Place | Node | Position:
    """Find where something given lies on a network.

    Parameters
    ----------
    net
        The network.
    given
        A name, an id or ``lon,lat``; what `find` gave; a node; or a position as `geo` takes it, such as
        (lon, lat), a `geo.LonLat` or a shapely Point.
    prefer
        As of `find`. What has no node there is taken by its namesake in the same place that has one.

    Returns
    -------
    Place, Node or a position
        A place that is no node of the network has no ``node_id``, and is joined by a connector.

    Raises
    ------
    PlaceError
        When a name leads to no place, or to several.
    """
    place = find(given, prefer=prefer, data=data) if isinstance(given, str) else given
    if not isinstance(place, Place) or place.node_id in net:
        return place
    same = next((other for other in place.same_place if other in net), None)
    return replace(place, node_id=None) if same is None else find(same, data=data)


def stop(net: Network, given: Given | Via, *, prefer: Sequence[str] = (), data: DataPath = None) -> Via:
    """Make a place on the route from an argument: at a port the load is handled, unless a `geo.Via` says otherwise."""
    use = given.use if isinstance(given, Via) else None
    place = locate(net, given.place if isinstance(given, Via) else given, prefer=prefer, data=data)
    is_port = isinstance(place, Place) and place.layer == "ports" and place.node_id is not None
    return Via(place, use or ("handle" if is_port and _handles(net, place) else "pass"))  # type: ignore[arg-type]  # of locate


def route(
    origin: Given,
    destination: Given,
    options: RouteOptions | None = None,
    *,
    via: Iterable[Given | Via] = (),
    as_of: str | None = None,
    include_planned: bool = False,
    data: DataPath = None,
    **changes: Unpack[RouteChanges],
) -> Route:
    """Find the best route between two places on a day.

    Parameters
    ----------
    origin, destination
        Names, ids, ``lon,lat``, what `find` gave, nodes, or positions: (lon, lat), a `geo.LonLat`, a shapely Point.
        If all requested modes are rail a name means a station first, if they are sea or ferry a port.
    options, **changes
        As of `geo.route`: the objective, modes, load and the rest; rail, road, sea and ferries by default.
    via
        Places to pass, in this order. At a port the load is handled between land and sea; ``geo.Via(place, "call")`` is a
        mere call of its ship, ``geo.Via(place, "pass")`` a mere passing.
    as_of, include_planned, data
        As of `network`.

    Returns
    -------
    geo.Route
        With the published lengths to compare.

    Raises
    ------
    PlaceError
        When a name leads to no place, or to several.
    geo.GeoError
        As `geo.route` and `network`.

    Examples
    --------
    >>> trip = route("Khasan", "Rajin", as_of="2024")
    >>> {leg.mode for leg in trip.legs if leg.length_m}, trip.stops[-1].node_id
    ({'rail'}, 'station/rajin')
    >>> route((130.64, 42.43), "Rajin", as_of="2024").legs[0].mode
    'connector'
    """
    chosen = (options or geo.RouteOptions()).changed(**changes)
    net = _network(chosen.modes, as_of, include_planned=include_planned, data=data)
    start, end = _located(net, (origin, destination), chosen, data)
    passed = [stop(net, place, prefer=role(chosen.modes), data=data) for place in via]
    trip = geo.route(net, start, end, chosen, via=passed)
    return trip.with_published(published_lengths(data=data))


def matrix(
    origins: Iterable[Given],
    destinations: Iterable[Given] | None = None,
    options: RouteOptions | None = None,
    *,
    as_of: str | None = None,
    include_planned: bool = False,
    data: DataPath = None,
    **changes: Unpack[RouteChanges],
) -> GeoDataFrame:
    """Find the best routes from each place to each place on a day.

    Parameters
    ----------
    origins, destinations
        As of `route`; between the origins where no destinations are given.
    options, as_of, include_planned, data, **changes
        As of `route`.

    Returns
    -------
    GeoDataFrame
        A row for each pair of different places: ``from_name``, ``to_name``, ``length_m``, ``uncertainty_m``, ``hours``, ``cost``,
        ``modes`` in order of travel, ``reason`` where there is no route, and the line of the route, in WGS 84.

    Raises
    ------
    PlaceError
        When a name leads to no place, or to several.
    geo.GeoError
        As `geo.matrix` and `network`.

    Examples
    --------
    >>> table = matrix(["Khasan", "Ussuriysk"], ["Rajin"], as_of="2024")
    >>> list(table.from_name), list(table.modes)
    (['Khasan', 'Ussuriysk'], ['rail', 'rail'])
    """
    import geopandas as gpd
    from shapely import LineString

    chosen = (options or geo.RouteOptions()).changed(**changes)
    net = _network(chosen.modes, as_of, include_planned=include_planned, data=data)
    starts = _located(net, origins, chosen, data)
    ends = starts if destinations is None else _located(net, destinations, chosen, data)
    pairs = [described(net, start, end, chosen) for start in starts for end in ends if start is not end]
    lines = [None if line is None else LineString(line) for _, line in pairs]
    columns = ["from_name", "to_name", "length_m", "uncertainty_m", "hours", "cost", "modes", "reason"]
    return gpd.GeoDataFrame([row for row, _ in pairs], columns=columns, geometry=gpd.GeoSeries(lines, crs="OGC:CRS84"))


def reachable(
    origin: Given,
    max_m: float | None = None,
    options: RouteOptions | None = None,
    *,
    max_hours: float | None = None,
    as_of: str | None = None,
    include_planned: bool = False,
    data: DataPath = None,
    **changes: Unpack[RouteChanges],
) -> Reach:
    """Find what lies within a length or a time of travel from a place; `geo.reachable` on the network of a day.

    Parameters
    ----------
    origin, options, as_of, include_planned, data, **changes
        As of `route`.
    max_m, max_hours
        As of `geo.reachable`: one of the two.

    Returns
    -------
    geo.Reach
        `reach_frame` makes a table of it.

    Raises
    ------
    PlaceError
        When a name leads to no place, or to several.
    geo.GeoError
        As `geo.reachable` and `network`.

    Examples
    --------
    >>> sorted(reachable("Khasan", 10_000, modes=["rail"], as_of="2024").nodes)
    ['station/khasan', 'station/tumangang']
    """
    chosen = (options or geo.RouteOptions()).changed(**changes)
    net = _network(chosen.modes, as_of, include_planned=include_planned, data=data)
    (start,) = _located(net, [origin], chosen, data)
    return geo.reachable(net, start, max_m, chosen, max_hours=max_hours)


def modes_of(trip: Route) -> list[str]:
    """Modes of a route in order of travel, each once in a row; connectors too."""
    modes: list[str] = []
    for leg in trip.legs:
        if leg.mode != "transfer" and (not modes or modes[-1] != leg.mode):
            modes.append(leg.mode)
    return modes


def _network(modes: Iterable[str] | None, as_of: str | None, *, include_planned: bool, data: DataPath) -> Network:
    chosen: Iterable[Mode] = MODES if modes is None else modes  # type: ignore[assignment]  # checked by the options
    return network(as_of=as_of, modes=chosen, include_planned=include_planned, data=data)


def _located(
    net: Network, places: Iterable[Given], options: RouteOptions, data: DataPath
) -> list[Place | Node | Position]:
    """Find where places lie, names in the layers that the modes ask for first."""
    return [locate(net, place, prefer=role(options.modes), data=data) for place in places]


def _handles(net: Network, place: Place) -> bool:
    return any(
        transfer.node_id == place.node_id and transfer.kind == "port_handling" and transfer.quay_carrier is None
        for transfer in (*net.transfers, *net.withheld_transfers)
    )


def described(
    net: Network,
    start: Any,  # noqa: ANN401 - as `locate` gives
    end: Any,  # noqa: ANN401
    options: RouteOptions,
) -> tuple[dict[str, Any], Sequence[tuple[float, float]] | None]:
    """Describe the route of a pair of places in a row, with its line; where there is none, the reason."""
    names = {"from_name": _name(start), "to_name": _name(end)}
    try:
        trip = geo.route(net, start, end, options)
    except (geo.NoRouteError, geo.InvalidGeometryError) as error:
        return names | {"modes": "", "reason": str(error)}, None
    row = {
        "length_m": trip.length_m,
        "uncertainty_m": trip.uncertainty_m,
        "hours": trip.hours,
        "cost": trip.cost,
        "modes": " · ".join(modes_of(trip)),
        "reason": "",
    }
    return names | row, trip.coordinates


def _name(place: object) -> str:
    return str(getattr(place, "name", place))
