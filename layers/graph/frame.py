"""A route as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.record.catalog import catalog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopandas import GeoDataFrame

    from geo import Route
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
    """Give a route as a table with one row a leg.

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
        ``licences`` and ``attributions`` of the layers that the lines come from, ``distance_m``, ``uncertainty_m`` and
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
        "distance_m": route.length_m,
        "uncertainty_m": route.uncertainty_m,
        "hours": route.hours,
        "warnings": route.warnings,
    }
    return frame


def _records(modes: Iterable[str], data: DataPath) -> list[LayerRecord]:
    known = catalog(data=data)
    names = {name for mode in modes for name in LAYERS.get(mode, ())}
    return [record for record in known if record.name in names]
