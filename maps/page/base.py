"""The reference layers of a page as JSON: areas, lines, names of rivers, and the box that the map cannot leave."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from maps.errors import UnknownSourceError
from maps.features.geojson import Feature, Json, LayerData, box_of, geometry_kind, properties_of
from maps.i18n.text import NAME_PROPERTIES

from .encode import pack_lines
from .outline import along
from .size import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo import BBox
    from maps.features.source import FeatureSource
    from maps.i18n.text import Language
    from maps.themes.model import Theme


def base_layers(names: Iterable[str], source: FeatureSource, simplify_m: float) -> dict[str, LayerData]:
    """Return those of the reference layers that a source has, by name."""
    layers: dict[str, LayerData] = {}
    for name in names:
        try:
            data = simplified(source.features(name, None), simplify_m)
        except UnknownSourceError:
            continue  # a user's folder need not hold every reference layer
        if data.features:
            layers[name] = data
    return layers


@lru_cache(maxsize=16)
def base_block(data: LayerData) -> dict[str, list[Json]]:
    """JSON block of one reference layer: all its polygons of land, of sea that lies over coarser land, and all its lines.

    Where lines run along the polygons, ``bare`` numbers the edges along which none does, and ``lines`` holds the others.
    The scales of the base map lie side by side, so that all of them are drawn at every zoom.
    """
    areas = [feature for feature in data.features if geometry_kind(feature) == "area"]
    land = _polygons(feature for feature in areas if properties_of(feature).get("kind") != "sea")
    seas = _polygons(feature for feature in areas if properties_of(feature).get("kind") == "sea")
    lines = [line for feature in data.features if geometry_kind(feature) == "line" for line in strands(feature)]
    told = along([ring for polygon in land for ring in polygon], lines)
    bare, rest = told or ([], lines)
    return {
        "areas": _packed(land),
        "seas": _packed(seas),
        "lines": [*pack_lines(rest)],
        **({"bare": cast("list[Json]", bare)} if told else {}),
    }


def _polygons(features: Iterable[Feature]) -> list[list[list[list[float]]]]:
    return [polygon for feature in features for polygon in _rings(feature)]


def _packed(polygons: Sequence[Sequence[Sequence[Sequence[float]]]]) -> list[Json]:
    """Rings of each polygon."""
    packed = iter(pack_lines([ring for polygon in polygons for ring in polygon]))
    return [[next(packed) for _ in polygon] for polygon in polygons]


def water_names(data: LayerData, langs: Sequence[Language]) -> list[dict[str, object]]:
    """Names of rivers and the lines they run along."""
    lines: dict[tuple[str, ...], list[Json]] = {}
    for feature in data.features:
        properties = properties_of(feature)
        names = [properties.get(NAME_PROPERTIES[lang]) or properties.get("name") for lang in langs]
        if all(names) and geometry_kind(feature) == "line":
            lines.setdefault(tuple(map(str, names)), []).extend(pack_lines(strands(feature)))
    return [{"text": dict(zip(langs, texts, strict=True)), "lines": strands} for texts, strands in lines.items()]


def bounds_of(theme: Theme, box: BBox | None) -> list[float] | None:
    """Box that the map cannot leave: that of the base map, unless the theme shows more."""
    return edges(box if box and box.union(theme.extent) == box else None)


def edges(box: BBox | None) -> list[float] | None:
    """Return a box as west, south, east and north."""
    return [*box] if box else None


def _parts(feature: Feature, single: str) -> list[Json]:
    """Coordinates of each part of a feature that may be a multi-part one."""
    geometry = cast("Mapping[str, Json]", feature["geometry"])
    coordinates = cast("list[Json]", geometry["coordinates"])
    return [coordinates] if geometry["type"] == single else list(coordinates)


def _rings(feature: Feature) -> list[list[list[list[float]]]]:
    """Rings of each polygon of a feature."""
    return cast("list[list[list[list[float]]]]", _parts(feature, "Polygon"))


def strands(feature: Feature) -> list[list[list[float]]]:
    """Positions of each line of a feature."""
    return cast("list[list[list[float]]]", _parts(feature, "LineString"))


@lru_cache(maxsize=16)
def extent_of(data: LayerData) -> BBox | None:
    """Box of all features, computed once for a layer."""
    return box_of(data.features)
