"""The layers of a page: their features, the rule that draws each, and the popup of a user's layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from maps.features.geojson import DataRecord, Feature, Json, LayerData, box_of, geometry_kind, properties_of

if TYPE_CHECKING:
    from geo import BBox
    from maps.features.bulk import BulkData, BulkLayer
    from maps.i18n.text import Text
    from maps.themes.fields import Field
    from maps.themes.model import Condition, Theme, ThemeLayer
    from maps.themes.style import Colour, Style

    from .pictures import Picture


@dataclass(frozen=True, slots=True)
class Telling:
    """Popup, tooltip and legend of a user's layer.

    Attributes
    ----------
    fields, tooltip
        Columns, by their names or as the theme describes them.
    styles, colours
        Looks by value, beside those of the theme.
    keys
        Rows of the legend that no rule makes: style, label, kind of geometry.
    notes
        Notes on changes to the features when they were read.
    pictures
        Pictures by their path in the columns of pictures.
    """

    fields: Sequence[Field | str] = ()
    tooltip: Sequence[Field | str] = ()
    styles: Mapping[str, Style] = field(default_factory=dict)
    colours: Mapping[str, Colour] = field(default_factory=dict)
    keys: Sequence[tuple[str, Text, str]] = ()
    notes: Sequence[str] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)


def with_looks(theme: Theme, layers: Iterable[DrawnLayer]) -> Theme:
    """Theme with the styles and colours of its layers."""
    tellings = [drawn.telling for drawn in layers if drawn.telling]
    styles = {name: style for telling in tellings for name, style in telling.styles.items()}
    colours = {name: colour for telling in tellings for name, colour in telling.colours.items() if telling.styles}
    return replace(theme, styles={**theme.styles, **styles}, colours={**theme.colours, **colours}) if styles else theme


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """A layer of the theme with the features it shows; `symbols` holds the rule of each.

    Attributes
    ----------
    past
        Every feature that it may show on any day, with its whole history; empty when the source knows one day only.
    bulk
        The features of a big layer, packed; it has none as mappings then.
    telling
        Popup, tooltip and legend of a user's layer; None for our layers.
    """

    layer: ThemeLayer
    record: DataRecord
    features: Sequence[Feature]
    symbols: Sequence[int]
    past: Sequence[Feature] = ()
    bulk: BulkLayer | None = None
    telling: Telling | None = None

    @property
    def carried(self) -> Sequence[Feature]:
        """The features in the page."""
        return self.past or self.features


def draw(layer: ThemeLayer, data: LayerData) -> DrawnLayer:
    """Choose the features that a layer shows, and the rule that each is drawn by."""
    shown: list[Feature] = []
    symbols: list[int] = []
    for feature, is_near in zip(data.features, _within(layer, data), strict=True):
        kind = geometry_kind(feature)
        properties = {**properties_of(feature), "geometry": kind, "id": feature.get("id")}
        if not (kind and is_near and layer.shows(properties)):
            continue
        symbol = layer.symbol_of(properties)
        if symbol is not None:
            shown.append(feature)
            symbols.append(symbol)
    return DrawnLayer(layer, data.record, shown, symbols)


def draw_bulk(layer: ThemeLayer, data: BulkData) -> DrawnLayer:
    """Choose and pack the features that a big layer shows."""
    from maps.features.bulk import pack_layer

    return DrawnLayer(layer, data.record, (), (), bulk=pack_layer(layer, data))


def ever_shown(layer: ThemeLayer, data: LayerData) -> list[Feature]:
    """Choose the features that the filter of a layer may let through on one day or another."""
    return [
        feature
        for feature, is_near in zip(data.features, _within(layer, data), strict=True)
        if is_near and geometry_kind(feature) and all(_may_hold(condition, feature) for condition in layer.filter)
    ]


def _within(layer: ThemeLayer, data: LayerData) -> list[bool]:
    """Tell of each feature whether it touches the box of the layer."""
    if layer.within is None:
        return [True] * len(data.features)
    return [box is not None and layer.reaches(box) for box in _boxes(data)]


@lru_cache(maxsize=128)
def _boxes(data: LayerData) -> tuple[BBox | None, ...]:
    return tuple(box_of([feature]) for feature in data.features)


def _may_hold(condition: Condition, feature: Feature) -> bool:
    properties = {**properties_of(feature), "geometry": geometry_kind(feature), "id": feature.get("id")}
    history = properties.get("history")
    entries = [entry for entry in history if isinstance(entry, Mapping)] if isinstance(history, list) else []
    states = [properties, *({**entry, **cast("Mapping[str, Json]", entry.get("set") or {})} for entry in entries)]
    return any(condition.holds(state) for state in states)
