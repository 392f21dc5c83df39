"""A layer before it is written to its file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import mapping

from layers.record.schema import BASEMAP
from layers.record.store import read_features, read_json

from .table import summaries

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from layers.record.store import JsonObject


@dataclass(frozen=True, slots=True)
class Collection:
    """A layer before it is written.

    Attributes
    ----------
    name, title, licence, attribution
        As in the catalog.
    features
        GeoJSON features, in the order of the file.
    packages
        ``name version`` of each package that the geometry comes from.
    """

    name: str
    title: str
    licence: str
    attribution: str
    features: list[JsonObject]
    packages: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """``reference`` for the base map, ``subject`` for what the map is about."""
        return "reference" if self.name in BASEMAP else "subject"

    def text(self) -> str:
        """GeoJSON with one feature a line, so that a change is seen in a diff."""
        head = {
            "type": "FeatureCollection",
            "title": self.title,
            "licence": self.licence,
            "attribution": self.attribution,
            "packages": list(self.packages),
        }
        lines = ",\n".join(dumps(feature) for feature in self.features)
        return f'{dumps(head)[:-1]},"features":[\n{lines}\n]}}\n'


def read_collection(path: Path) -> Collection:
    """Read a layer that `Collection.text` wrote."""
    head: dict[str, Any] = dict(read_json(path))
    texts = (head["title"], head["licence"], head["attribution"])
    return Collection(path.stem, *texts, read_features(path), tuple(head["packages"]))


def dumps(value: object) -> str:
    """JSON without needless space, in Unicode."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def feature(properties: dict[str, Any], geometry: BaseGeometry, *, decimals: int = 6) -> JsonObject:
    """GeoJSON feature with rounded coordinates and polygons by the right-hand rule.

    Raises
    ------
    ValueError
        When the geometry is empty or, once rounded, no longer valid.
    """
    areal = geometry.geom_type in {"Polygon", "MultiPolygon"}
    # A polygon stays valid on the grid; a line keeps each of its vertices.
    gridded = shapely.set_precision(geometry, 10.0**-decimals, mode="valid_output" if areal else "pointwise")
    rounded = shapely.remove_repeated_points(shapely.transform(gridded, lambda pairs: np.round(pairs, decimals)))
    if rounded.is_empty or not rounded.is_valid:
        raise ValueError(f"feature {properties['id']!r} has no valid geometry at {decimals} decimals")
    if areal:
        rounded = shapely.orient_polygons(rounded)
    properties = _with_summary(properties)
    properties = {key: value for key, value in properties.items() if value is not None or key.startswith("valid_")}
    return {"type": "Feature", "id": properties["id"], "properties": properties, "geometry": _plain(mapping(rounded))}


def _with_summary(properties: dict[str, Any]) -> dict[str, Any]:
    """Put the feature's sentence behind its names."""
    sentences = summaries().get(properties["id"])
    if sentences is None:
        return properties
    names = {key: properties[key] for key in ("id", "name", "name_ko", "name_ru", "name_zh") if key in properties}
    return names | sentences | properties


def _plain(value: Any) -> Any:  # noqa: ANN401 - nested tuples of numbers of any depth
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
