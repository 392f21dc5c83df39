"""A route as a layer of a map: its legs by mode, its two ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast, runtime_checkable

from maps.errors import FeatureError
from maps.i18n.text import Text
from maps.themes.model import Condition, Labels, Symbol, ThemeLayer

from .geojson import Feature, Json, LayerData, geometry_kind, positions, properties_of

_NAMES = {
    "uncertainty_m": "length_uncertainty_m",
    "gauges_mm": "gauge_mm",
}
_TITLE = Text("Route", "경로", "Маршрут", "路线")
_SYMBOLS = (
    Symbol(
        "route-end",
        Text("Start and end", "출발과 도착", "Начало и конец", "起点与终点"),
        (Condition("kind", ("route_end",)),),
    ),
    Symbol("route-sea", Text("By sea", "해상", "По морю", "海运"), (Condition("mode", ("sea", "ferry")),)),
    Symbol(
        "route-connector",
        Text("To the network", "연결 구간", "Подъезд к сети", "接入段"),
        (Condition("mode", ("connector",)),),
    ),
    Symbol("route", Text("By rail or road", "철도·도로", "По железной дороге и шоссе", "铁路与公路")),
)


@runtime_checkable
class RouteLike(Protocol):
    """A route that gives its legs as a GeoJSON FeatureCollection, such as `geo.Route`."""

    def to_geojson(self) -> Mapping[str, object]:
        """Return a FeatureCollection, a LineString for each leg."""


def route_features(route: RouteLike | Mapping[str, object], layer_id: str, title: Text) -> tuple[LayerData, ThemeLayer]:
    """Turn a route into features and the layer that shows them.

    Raises
    ------
    FeatureError
        When the route has no legs with a geometry.
    """
    if not isinstance(route, RouteLike | Mapping):
        raise FeatureError(f"expected a route or its GeoJSON, got {type(route).__name__}", source=layer_id)
    from .reading import features_of

    data = features_of(route if isinstance(route, Mapping) else route.to_geojson(), layer_id)
    legs = [_leg(feature) for feature in data.features if geometry_kind(feature) == "line"]
    if not legs:
        raise FeatureError("the route has no legs with a geometry; nothing can be drawn", source=layer_id)
    ends = [_end(layer_id, "from", legs[0], 0), _end(layer_id, "to", legs[-1], -1)]
    layer = ThemeLayer(
        id=layer_id,
        source=layer_id,
        title=title if title.en else _TITLE,
        group="route",
        symbols=_SYMBOLS,
        labels=Labels(priority=90, lettering="line"),
    )
    return LayerData(data.record, (*legs, *ends)), layer


def _leg(feature: Feature) -> Feature:
    """Name the properties of a leg as those of our layers are."""
    properties = dict(properties_of(feature))
    mode = str(properties.get("mode", ""))
    renamed = {_NAMES.get(key, key): value for key, value in properties.items()}
    ends = " \u2013 ".join(str(properties[key]) for key in ("from_name", "to_name") if properties.get(key))
    properties = {**renamed, "kind": f"leg_{mode}" if mode else "leg"}
    return {**feature, "properties": {"name": ends, **properties} if ends else properties}


def _end(layer_id: str, which: str, leg: Feature, index: int) -> Feature:
    points = list(positions(cast("Mapping[str, Json]", leg["geometry"])["coordinates"]))
    properties: dict[str, Json] = {"kind": "route_end"}
    name = properties_of(leg).get(f"{which}_name")
    if name:
        properties["name"] = name
    geometry: dict[str, Json] = {"type": "Point", "coordinates": list(points[index])}
    return {"type": "Feature", "id": f"{layer_id}/{which}", "properties": properties, "geometry": geometry}
