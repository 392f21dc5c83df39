"""A route as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.record.catalog import catalog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopandas import GeoDataFrame

    from geo import Reach, Route
    from layers.record.record import LayerRecord
    from layers.record.store import DataPath

# The layers that the lines of a mode come from.
LAYERS: Final = {
    "rail": ("railways", "stations"),
    "road": ("road_links",),
    "sea": ("land", "ports"),
    "ferry": ("land", "ports"),
}


def route_frame(route: Route, *, data: DataPath = None) -> GeoDataFrame:
    """Return a route as a table with one row a leg.

    Parameters
    ----------
    route
        As `geo.route` found it on a network of `network`.
    data
        The data directory of that network; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    GeoDataFrame
        In WGS 84: the line of each leg, and a column for each property of it, units in the names. ``attrs`` holds
        ``licences`` and ``attributions`` of the layers that the lines come from, ``length_m``, ``uncertainty_m`` and
        ``hours`` of the whole, and ``warnings``.

    Raises
    ------
    DataDirectoryError
        When the data directory does not exist or is not whole.

    Examples
    --------
    >>> import geo, layers
    >>> trip = geo.route(layers.network(as_of="2024"), "station/khasan", "station/rajin")
    >>> frame = route_frame(trip)
    >>> len(frame) == len(trip.legs), frame.attrs["licences"]
    (True, ('ODbL-1.0',))
    """
    import geopandas as gpd  # takes most of a second
    from shapely import LineString

    lines = [LineString(leg.coordinates) for leg in route.legs]
    frame = gpd.GeoDataFrame([leg.properties for leg in route.legs], geometry=lines, crs="OGC:CRS84")
    records = _records({leg.mode for leg in route.legs}, data)
    frame.attrs |= {
        "licences": tuple(dict.fromkeys(record.licence for record in records)),
        "attributions": tuple(dict.fromkeys(record.attribution for record in records if record.attribution)),
        "length_m": route.length_m,
        "uncertainty_m": route.uncertainty_m,
        "hours": route.hours,
        "warnings": route.warnings,
    }
    return frame


def reach_frame(reach: Reach) -> GeoDataFrame:
    """Return an isochrone as a table with one row for each edge or part of an edge within reach.

    Parameters
    ----------
    reach
        As `reachable` or `geo.reachable` found it.

    Returns
    -------
    GeoDataFrame
        In WGS 84: ``id`` of the edge, ``length_m``, ``is_whole`` and the line. ``attrs`` holds ``from_name`` and the limit.

    Examples
    --------
    >>> import layers
    >>> frame = reach_frame(layers.reachable("Khasan", 10_000, modes=["rail"], as_of="2024"))
    >>> frame.is_whole.sum() >= 1, frame.attrs["max_m"]
    (np.True_, 10000)
    """
    import geopandas as gpd
    from shapely import LineString

    rows = [{"id": edge.edge_id, "length_m": edge.length_m, "is_whole": edge.is_whole} for edge in reach.edges]
    lines = [LineString(edge.coordinates) for edge in reach.edges]
    frame = gpd.GeoDataFrame(rows, columns=["id", "length_m", "is_whole"], geometry=lines, crs="OGC:CRS84")
    frame.attrs |= {"from_name": reach.origin_name, "max_m": reach.max_m, "max_hours": reach.max_hours}
    return frame


def _records(modes: Iterable[str], data: DataPath) -> list[LayerRecord]:
    records = catalog(data=data)
    names = {name for mode in modes for name in LAYERS.get(mode, ())}
    return [record for record in records if record.name in names]
