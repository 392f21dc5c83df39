"""A representative point for each feature."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from .geojson import properties_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.record.store import DataPath

    from .geojson import Feature


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on a feature, and how far off it may be in metres."""

    lon: float
    lat: float
    accuracy_m: float
    properties: Mapping[str, object]


def positions_of_features(data: DataPath = None) -> Mapping[str, Spot]:
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
def _positions(directory: str) -> Mapping[str, Spot]:
    import layers

    catalog = layers.catalog(data=directory)
    names = [record.name for record in catalog if record.group == "subject" or record.name == "places"]
    rows = (cast("Feature", row) for name in names for row in catalog.shared_features(name))
    return _Spots({str(row["id"]): row for row in rows if row.get("geometry")})


class _Spots(Mapping[str, Spot]):
    """Points of features by id, each computed on first use: a page needs a few dozen of a thousand."""

    def __init__(self, features: Mapping[str, Feature]) -> None:
        self._features = features
        self._spots: dict[str, Spot] = {}

    def __getitem__(self, feature_id: str) -> Spot:
        if feature_id not in self._spots:
            self._spots[feature_id] = _spot(self._features[feature_id])
        return self._spots[feature_id]

    def __contains__(self, feature_id: object) -> bool:
        return feature_id in self._features

    def __iter__(self) -> Iterator[str]:
        return iter(self._features)

    def __len__(self) -> int:
        return len(self._features)


def _spot(feature: Feature) -> Spot:
    import shapely

    properties = properties_of(feature)
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    middle = shapely.line_interpolate_point(shape, 0.5, normalized=True) if "Line" in shape.geom_type else None
    point = shape.representative_point() if middle is None or middle.is_empty else middle
    accuracy = properties.get("accuracy_m")
    metres = float(accuracy) if isinstance(accuracy, int | float) else 0.0
    return Spot(round(point.x, 6), round(point.y, 6), metres, properties)
