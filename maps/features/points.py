"""A representative point for each feature."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from .geojson import properties_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.record.store import DataPath

    from .geojson import Feature


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on a feature, and how far off it may be in metres."""

    lon: float
    lat: float
    accuracy_m: float
    properties: Mapping[str, object]


def positions_of_features(data: DataPath = None) -> dict[str, Spot]:
    """Return a point for every feature of the subject layers, by id: of a line its middle, of an area a point inside it.

    Parameters
    ----------
    data
        The data directory, as in `layers.catalog`.

    Examples
    --------
    >>> spot = positions_of_features()["station/khasan"]
    >>> round(spot.lon, 3), round(spot.lat, 3), spot.accuracy_m
    (130.645, 42.43, 250.0)
    """
    from layers import data_directory

    return _positions(str(data_directory(data)))


@lru_cache(maxsize=4)
def _positions(directory: str) -> dict[str, Spot]:
    import shapely

    import layers

    catalog = layers.catalog(data=directory)
    names = [record.name for record in catalog if record.group == "subject" or record.name == "places"]
    spots: dict[str, Spot] = {}
    for feature in (cast("Feature", row) for name in names for row in catalog.shared_features(name)):
        properties = properties_of(feature)
        if not feature.get("geometry"):
            continue
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        middle = shapely.line_interpolate_point(shape, 0.5, normalized=True) if "Line" in shape.geom_type else None
        point = shape.representative_point() if middle is None or middle.is_empty else middle
        accuracy = properties.get("accuracy_m")
        metres = float(accuracy) if isinstance(accuracy, int | float) else 0.0
        spots[str(feature["id"])] = Spot(round(point.x, 6), round(point.y, 6), metres, properties)
    return spots
