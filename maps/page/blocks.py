"""What a page's script reads: layers, styles and words as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from maps.features.geojson import (
    DataRecord,
    Feature,
    Json,
    LayerData,
    box_of,
    geometry_kind,
    properties_of,
)
from maps.i18n.text import NAME_PROPERTIES, Language, Text, strings
from maps.themes.fields import plain_field

from .encode import pack_geometry, pack_line, pack_properties
from .lettering import lettering_block, points_of_view

if TYPE_CHECKING:
    from geo import BBox
    from maps.features.bulk import BulkData, BulkLayer
    from maps.themes.fields import Field
    from maps.themes.model import Condition, Theme, ThemeLayer
    from maps.themes.style import Colour, Style, StyleBook

    from .pictures import Picture

_DROPPED = frozenset({"licence", "id"})
_NOT_SHOWN = -1


@dataclass(frozen=True, slots=True)
class Telling:
    """How the features of a user's own layer are told.

    Attributes
    ----------
    fields, tooltip
        Columns, by their names or as the theme describes them.
    styles, colours
        Looks by value, beside those of the theme.
    keys
        Rows of the legend that no rule makes: style, label, kind of geometry.
    notes
        What was done to the features when they were read.
    pictures
        Pictures by what the columns of pictures say.
    """

    fields: Sequence[Field | str] = ()
    tooltip: Sequence[Field | str] = ()
    styles: Mapping[str, Style] = field(default_factory=dict)
    colours: Mapping[str, Colour] = field(default_factory=dict)
    keys: Sequence[tuple[str, Text, str]] = ()
    notes: Sequence[str] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)


def with_looks(theme: Theme, layers: Iterable[DrawnLayer]) -> Theme:
    """Theme with the styles and colours that its layers brought along."""
    told = [drawn.telling for drawn in layers if drawn.telling]
    styles = {name: style for each in told for name, style in each.styles.items()}
    colours = {name: colour for each in told for name, colour in each.colours.items() if each.styles}
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
        How the features of a layer of a user's own are told; nothing for layers of our model.
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
        """The features that travel with the page."""
        return self.past or self.features


def draw(layer: ThemeLayer, data: LayerData) -> DrawnLayer:
    """Choose the features that a layer shows, and the rule that each is drawn by."""
    shown: list[Feature] = []
    symbols: list[int] = []
    for feature in data.features:
        kind = geometry_kind(feature)
        properties = {**properties_of(feature), "geometry": kind, "id": feature.get("id")}
        symbol = layer.symbol_of(properties)
        if kind and symbol is not None and layer.shows(properties) and _is_within(layer, feature):
            shown.append(feature)
            symbols.append(symbol)
    return DrawnLayer(layer, data.record, shown, symbols)


def draw_bulk(layer: ThemeLayer, data: BulkData) -> DrawnLayer:
    """Choose and pack the features that a big layer shows."""
    from maps.features.bulk import pack_layer

    return DrawnLayer(layer, data.record, (), (), bulk=pack_layer(layer, data))


def ever_shown(layer: ThemeLayer, features: Iterable[Feature]) -> list[Feature]:
    """Choose the features that the filter of a layer may let through on one day or another."""
    return [
        feature
        for feature in features
        if geometry_kind(feature)
        and all(_may_hold(condition, feature) for condition in layer.filter)
        and _is_within(layer, feature)
    ]


def _is_within(layer: ThemeLayer, feature: Feature) -> bool:
    if layer.within is None:
        return True
    extent = box_of([feature])
    return extent is not None and layer.reaches(extent)


def _may_hold(condition: Condition, feature: Feature) -> bool:
    properties = {**properties_of(feature), "geometry": geometry_kind(feature), "id": feature.get("id")}
    history = properties.get("history")
    entries = [entry for entry in history if isinstance(entry, Mapping)] if isinstance(history, list) else []
    states = [properties, *({**entry, **cast("Mapping[str, Json]", entry.get("set") or {})} for entry in entries)]
    return any(condition.holds(state) for state in states)


def layer_block(drawn: DrawnLayer, langs: Sequence[Language]) -> dict[str, object]:
    """JSON block of one subject layer; its words are in each language, its features stand once."""
    layer = drawn.layer
    symbols = _symbols(drawn)
    return {
        **({"bulk": drawn.bulk.about} if drawn.bulk else {}),
        "id": layer.id,
        "title": layer.title.among(langs),
        "group": layer.group or "own",
        "visible": layer.visible,
        "minZoom": layer.min_zoom,
        "stacked": layer.stacked,
        "labels": asdict(layer.labels) if layer.labels else None,
        "record": {
            "name": drawn.record.name,
            "title": drawn.record.title,
            "licence": drawn.record.licence,
            "attribution": drawn.record.attribution,
        },
        "symbols": [
            {
                "style": symbol.style,
                "label": symbol.label.among(langs),
                "minZoom": max(symbol.min_zoom, layer.min_zoom),
                "geometries": _geometries(drawn, number),
                **({"when": _conditions(symbol.when)} if drawn.past else {}),
            }
            for number, symbol in enumerate(layer.symbols)
        ],
        "dated": bool(drawn.past),
        "filter": _conditions(layer.filter) if drawn.past else [],
        **({"own": telling_block(drawn.telling, langs)} if drawn.telling else {}),
        "columns": pack_properties(drawn.carried, frozenset() if drawn.telling else _DROPPED),
        "features": [
            {
                "id": feature["id"],
                "geometry": pack_geometry(cast("Mapping[str, Json]", feature["geometry"])),
                "symbol": symbol,
            }
            for feature, symbol in zip(drawn.carried, symbols, strict=True)
        ],
    }


def telling_block(telling: Telling, langs: Sequence[Language]) -> dict[str, object]:
    """JSON of what is told of the features of a layer of a user's own."""
    return {
        "fields": [_field_block(each, langs) for each in telling.fields],
        "tooltip": [_field_block(each, langs) for each in telling.tooltip],
        "keys": [
            {"style": style, "label": label.among(langs), "geometry": geometry}
            for style, label, geometry in telling.keys
        ],
        "pictures": {
            path: {"id": each.id, "type": each.type, "width": each.width, "height": each.height}
            for path, each in telling.pictures.items()
        },
    }


def _field_block(field: Field | str, langs: Sequence[Language]) -> dict[str, object]:
    told = plain_field(field) if isinstance(field, str) else field
    return {**asdict(told), "label": told.label.among(langs)}


def _symbols(drawn: DrawnLayer) -> Sequence[int]:
    """Rule of each feature that travels with the page: of a dated layer that on the day it opens at."""
    if not drawn.past:
        return drawn.symbols
    chosen = {str(feature["id"]): symbol for feature, symbol in zip(drawn.features, drawn.symbols, strict=True)}
    return [chosen.get(str(feature["id"]), _NOT_SHOWN) for feature in drawn.past]


def pieces(layers: Sequence[DrawnLayer]) -> dict[str, str]:
    """Packed columns of the big layers of a page, and pictures, by the id of the element that carries them."""
    pictures = {each.id: each.text for drawn in layers if drawn.telling for each in drawn.telling.pictures.values()}
    return pictures | {
        f"tumen-layer-{n}-{number}": text
        for n, drawn in enumerate(layers)
        if drawn.bulk
        for number, text in enumerate(drawn.bulk.pieces)
    }


def _conditions(conditions: Iterable[Condition]) -> list[dict[str, object]]:
    ranges = ("least", "most", "above", "below")
    return [
        {
            "property": item.property,
            "any": item.any_of,
            "all": item.all_of,
            **({"none": item.none_of} if item.none_of else {}),
            **({end: getattr(item, end) for end in ranges if getattr(item, end) is not None}),
        }
        for item in conditions
    ]


@lru_cache(maxsize=16)
def base_block(data: LayerData) -> dict[str, list[Json]]:
    """JSON block of one reference layer: all its polygons of land, of sea that lies over coarser land, and all its lines.

    The scales of the base map lie side by side, so that all of them are drawn at every zoom.
    """
    areas: list[Json] = []
    seas: list[Json] = []
    lines: list[Json] = []
    for feature in data.features:
        match geometry_kind(feature):
            case "area":
                filled = seas if properties_of(feature).get("kind") == "sea" else areas
                filled.extend([pack_line(ring) for ring in polygon] for polygon in _rings(feature))
            case "line":
                lines.extend(pack_line(line) for line in _strands(feature))
    return {"areas": areas, "seas": seas, "lines": lines}


def water_names(data: LayerData, langs: Sequence[Language]) -> list[dict[str, object]]:
    """Names of rivers and the lines they run along."""
    lines: dict[tuple[str, ...], list[Json]] = {}
    for feature in data.features:
        properties = properties_of(feature)
        names = [properties.get(NAME_PROPERTIES[lang]) or properties.get("name") for lang in langs]
        if all(names) and geometry_kind(feature) == "line":
            lines.setdefault(tuple(map(str, names)), []).extend(pack_line(line) for line in _strands(feature))
    return [{"text": dict(zip(langs, texts, strict=True)), "lines": strands} for texts, strands in lines.items()]


def page_block(
    theme: Theme,
    layers: Sequence[DrawnLayer],
    base: Mapping[str, LayerData],
    words: Mapping[Language, Mapping[str, str]],
    day: str = "",
    *,
    claims: Mapping[str, object] | None = None,
    planner: str = "",
) -> dict[str, object]:
    """JSON block of everything that is not features.

    Parameters
    ----------
    theme, layers, base
        What the page shows.
    words
        What its own elements say, by language and key; the first language is the one it opens in.
    day
        The day it opens at.
    claims
        What `claims_block` gives, with the address of the page that tells the claims.
    planner
        Id of the block of the network; empty when the page finds no routes.
    """
    langs = tuple(words)
    return {
        "langs": langs,
        "words": words,
        "day": day,
        "extent": [*theme.extent],
        "views": [
            {
                "title": view.title.among(langs),
                "extent": [*(view.extent or _layer_extent(layers, view.layer) or theme.extent)],
            }
            for view in theme.views
        ],
        "looks": [_edges(look.extent) for look in theme.story.looks],
        "steps": [{"extent": _edges(step.extent), "day": step.day, "lit": step.lit} for step in theme.story.steps],
        "compare": theme.story.compare,
        "callouts": [{"text": one.text.among(langs), "at": one.at} for one in theme.story.callouts],
        "groups": _groups(theme, layers, langs),
        "styles": _styles(theme.book, (name for drawn in layers for name in _named(drawn))),
        "shapes": theme.book.shapes,
        "strings": {lang: _needed(strings(lang), theme) for lang in langs},
        "lettering": lettering_block(langs) if base else [],
        "pointsOfView": points_of_view(langs),
        "waterNames": [name for key in ("rivers",) if key in base for name in water_names(base[key], langs)],
        "claims": claims or {"of": {}, "notes": {}, "page": ""},
        "baseExtent": bounds_of(theme, _extent(base["land"])) if "land" in base else None,
        "blocks": {
            "layers": [f"tumen-layer-{n}" for n in range(len(layers))],
            "basemap": list(base),
            "planner": planner,
        },
    }


def bounds_of(theme: Theme, box: BBox | None) -> list[float] | None:
    """Box that the map cannot leave: that of the base map, unless the theme shows more."""
    return _edges(box if box and box.union(theme.extent) == box else None)


def _edges(box: BBox | None) -> list[float] | None:
    return [*box] if box else None


def _needed(words: Mapping[str, Mapping[str, str]], theme: Theme) -> dict[str, Mapping[str, str]]:
    """Leave out the vocabularies of what a page does not have: a planner, a story."""
    left_out = set() if theme.planner else {"transfer", "node", "mode"}
    left_out |= set() if theme.story else {"story", "part", "value.basis"}
    ui = {key: word for key, word in words["ui"].items() if theme.planner or not key.startswith("planner_")}
    return {**{key: value for key, value in words.items() if key not in left_out}, "ui": ui}


def cited(layers: Iterable[DrawnLayer]) -> list[str]:
    """Ids of the sources that the features of layers cite, sorted."""
    return sorted(
        {
            source
            for drawn in layers
            if drawn.telling is None
            for feature in drawn.carried
            for source in _sources(properties_of(feature))
        }
    )


def _sources(properties: Mapping[str, Json]) -> Iterator[str]:
    yield from _ids(properties.get("sources"))
    for key, cites in (("history", "sources"), ("figures", "source")):
        entries = properties.get(key)
        for entry in entries if isinstance(entries, list | tuple) else ():
            if isinstance(entry, Mapping):
                yield from _ids(entry.get(cites))


def _ids(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        yield from (item for item in value if isinstance(item, str))


def _geometries(drawn: DrawnLayer, number: int) -> list[str]:
    if drawn.bulk:
        return list(drawn.bulk.geometries[number])
    return sorted(
        {geometry_kind(f) for f, symbol in zip(drawn.features, drawn.symbols, strict=True) if symbol == number}
    )


def _groups(theme: Theme, layers: Sequence[DrawnLayer], langs: Sequence[Language]) -> list[dict[str, object]]:
    """List the groups of the legend in the order in which the layers first name them."""
    names = dict.fromkeys(drawn.layer.group or "own" for drawn in layers)
    return [{"id": name, "title": theme.groups[name].among(langs)} for name in names]


def _named(drawn: DrawnLayer) -> Iterator[str]:
    """Styles that the rules of a layer name, and its keys in the legend."""
    yield from (symbol.style for symbol in drawn.layer.symbols)
    yield from (style for style, _, _ in (drawn.telling.keys if drawn.telling else ()))


def _styles(book: StyleBook, names: Iterable[str]) -> dict[str, object]:
    return {name: asdict(book.styles[name]) for name in sorted(set(names))}


def _parts(feature: Feature, single: str) -> list[Json]:
    """Coordinates of each part of a feature that may be a multi-part one."""
    geometry = cast("Mapping[str, Json]", feature["geometry"])
    coordinates = cast("list[Json]", geometry["coordinates"])
    return [coordinates] if geometry["type"] == single else list(coordinates)


def _rings(feature: Feature) -> list[list[list[list[float]]]]:
    """Rings of each polygon of a feature."""
    return cast("list[list[list[list[float]]]]", _parts(feature, "Polygon"))


def _strands(feature: Feature) -> list[list[list[float]]]:
    """Positions of each line of a feature."""
    return cast("list[list[list[float]]]", _parts(feature, "LineString"))


@lru_cache(maxsize=16)
def _extent(data: LayerData) -> BBox | None:
    return box_of(data.features)


def _layer_extent(layers: Iterable[DrawnLayer], layer_id: str) -> BBox | None:
    return box_of(feature for drawn in layers if drawn.layer.id == layer_id for feature in drawn.features)
