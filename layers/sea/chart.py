"""Ways by sea over the shipped land."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import TYPE_CHECKING

import geo
from geo import BBox, NoRouteError, SeaChart, SeaPath
from layers.errors import UnknownCountryError
from layers.features.gazetteer import Place, find, gazetteer
from layers.record.catalog import catalog
from layers.record.store import properties_of

from .lanes import far_port, lanes

if TYPE_CHECKING:
    from collections.abc import Collection

    from shapely.geometry.base import BaseGeometry

_SHOWN = 3
_LAYER = "ports"  # where a name is looked for first
_COAST_M = 10_000.0
_RIVER_PORT_M = 25_000.0  # some far ports, such as Shanghai, lie up a river


@cache
def land() -> SeaChart:
    """Prepare the shipped land for sea paths, once a process.

    Returns
    -------
    SeaChart
        All three scales of the layer `land` together, with the accuracy of each; it ends where
        the layer ends.

    Notes
    -----
    It remembers the lines that it has tested, and answers the same with and without that.
    Lakes and rivers count as land, for ships of the sea.

    Examples
    --------
    >>> land().is_land((130.644917, 42.430056)), land().is_land((131.0, 42.0))
    (True, False)
    """
    import shapely

    known = catalog()
    features = [row for row in known.features("land") if properties_of(row)["kind"] == "land"]
    shapes = shapely.from_geojson([json.dumps(row["geometry"]) for row in features])
    scales: dict[float, list[int]] = {}
    for number, row in enumerate(features):
        scales.setdefault(float(str(properties_of(row)["accuracy_m"])), []).append(number)
    boxes = {metres: shapely.total_bounds(shapes[rows]).tolist() for metres, rows in scales.items()}
    accuracies = [(BBox(*boxes[metres]), metres) for metres in sorted(boxes, reverse=True)]
    return SeaChart(list(shapes), extent=BBox(*known["land"].bbox), accuracies=accuracies)


@cache
def coast(country: str) -> BaseGeometry:
    """Return the land of one country, as far as its territory is on record.

    Parameters
    ----------
    country
        ISO 3166 code of two letters.

    Raises
    ------
    UnknownCountryError
        When the layer `territories` does not have it; lists what there is.

    Examples
    --------
    >>> coast("KP").bounds[0] > 124
    True
    """
    import shapely

    rows = {str(row["id"]).rpartition("/")[2].upper(): row for row in catalog().features("territories")}
    if country.upper() not in rows:
        raise UnknownCountryError(country, sorted(rows))
    return shapely.intersection(land().land, shapely.from_geojson(json.dumps(rows[country.upper()]["geometry"])))


def sea_path(
    a: str | Place,
    b: str | Place,
    *,
    offing_nmi: float = 0.0,
    offing_from: str | None = None,
    avoid: Collection[str] = (),
) -> SeaPath:
    """Find the shortest way by sea between two places.

    Parameters
    ----------
    a, b
        Names, ids or ``lon,lat``, or what `find` gave. Of several things of one name, the port. Places
        off the map are reached by the lanes of `lanes`: give a far port by name (`far_ports`), any
        other place by ``lon,lat``.
    offing_nmi, offing_from
        Nautical miles to keep off a country's coast, and its ISO code, as in `coast`: where the
        chart reaches, and not on the approach to a port there.
    avoid
        Passages of the lanes to keep out of, such as ``"suez"`` and ``"panama"``.

    Returns
    -------
    geo.SeaPath
        Places on land are joined to the water by a connector.

    Raises
    ------
    geo.NoRouteError
        When a place lies more than 10 km from the sea; names the nearest ports. When the offing
        leaves no way.
    PlaceError
        When a name leads to no place, or to several.
    UnknownCountryError
        When the coast of that country is not on record.
    geo.GeoError
        When there is no passage of that name, or an offing without a country.

    Examples
    --------
    >>> sea_path("Rajin", "Vladivostok").distance.text("nmi")
    '94 nmi ± 1 nmi'
    >>> sea_path("Pyongyang", "Rajin")
    Traceback (most recent call last):
    geo.errors.NoRouteError: 'Pyongyang' is ... km from the water, ...; the nearest ports are port/songnim...
    """
    ends = [_at_sea(place) for place in (a, b)]
    shore = None if offing_from is None else coast(offing_from)
    beyond = avoid or not all(land().reaches(end.lonlat) for end in ends)
    ways = lanes().without(avoid) if beyond else None
    reach_m = _RIVER_PORT_M if any(far_port(end.id) for end in ends) else _COAST_M
    try:
        return geo.sea_path(
            ends[0],
            ends[1],
            land(),
            lanes=ways,
            offing_nmi=offing_nmi,
            offing_from=shore,
            max_connector_m=reach_m,
        )
    except NoRouteError as error:
        if error.reason != "inland":
            raise
        dry = max((end for end in ends if land().reaches(end.lonlat)), key=_gap_m)
        near = ", ".join(f"{port.id} ({metres / 1000:.0f} km)" for metres, port in _ports(dry)[:_SHOWN])
        raise NoRouteError(f"{error}; the nearest ports are {near}", reason="inland") from None


def _at_sea(place: str | Place) -> Place:
    """Take the port, where a name means a station and a port."""
    if isinstance(place, str) and (far := far_port(place)):
        return far
    found = find(place, prefer=_LAYER) if isinstance(place, str) else place
    ports = {port.id: port for port in gazetteer() if port.layer == "ports"}
    return next((ports[other] for other in found.same_place if other in ports), found)


def _gap_m(end: Place) -> float:
    chart = land()
    return chart.nearest_water(end.lonlat)[1] if chart.is_land(end.lonlat) else 0.0


def _ports(end: Place) -> list[tuple[float, Place]]:
    ports = [port for port in gazetteer() if port.layer == "ports" and port.kind == "port"]
    found = [(geo.distance(port.lonlat, end.lonlat), port) for port in ports]
    return sorted(found, key=lambda pair: (math.floor(pair[0]), pair[1].id))
