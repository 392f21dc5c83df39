"""Data for the script of a page: layers, styles and words as plain JSON values."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from maps.features.geojson import (
    Json,
    LayerData,
    box_of,
    geometry_kind,
    properties_of,
)
from maps.i18n.text import Language, strings
from maps.themes.fields import plain_field

from .base import bounds_of, edges, extent_of, water_names
from .encode import pack_geometries, pack_properties
from .lettering import lettering_block, points_of_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geo import BBox
    from maps.themes.fields import Field
    from maps.themes.model import Condition, Theme
    from maps.themes.style import StyleBook

    from .drawn import DrawnLayer, Telling

_DROPPED = frozenset({"licence", "id"})
_NOT_SHOWN = -1


def layer_block(drawn: DrawnLayer, langs: Sequence[Language]) -> dict[str, object]:
    """JSON block of one subject layer; its words are in each language, its features appear once."""
    layer = drawn.layer
    symbols = _symbols(drawn)
    geometries = pack_geometries(cast("Mapping[str, Json]", feature["geometry"]) for feature in drawn.carried)
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
            {"id": feature["id"], "geometry": geometry, "symbol": symbol}
            for feature, geometry, symbol in zip(drawn.carried, geometries, symbols, strict=True)
        ],
    }


def telling_block(telling: Telling, langs: Sequence[Language]) -> dict[str, object]:
    """JSON of the popup and tooltip fields, legend and pictures of a user's layer."""
    return {
        "fields": [_field_block(field, langs) for field in telling.fields],
        "tooltip": [_field_block(field, langs) for field in telling.tooltip],
        "keys": [
            {"style": style, "label": label.among(langs), "geometry": geometry}
            for style, label, geometry in telling.keys
        ],
        "pictures": {
            path: {"id": picture.id, "type": picture.type, "width": picture.width, "height": picture.height}
            for path, picture in telling.pictures.items()
        },
    }


def _field_block(field: Field | str, langs: Sequence[Language]) -> dict[str, object]:
    column = plain_field(field) if isinstance(field, str) else field
    return {**asdict(column), "label": column.label.among(langs)}


def _symbols(drawn: DrawnLayer) -> Sequence[int]:
    """Rule of each feature in the page; in a dated layer, that of the day on which the page opens."""
    if not drawn.past:
        return drawn.symbols
    chosen = {str(feature["id"]): symbol for feature, symbol in zip(drawn.features, drawn.symbols, strict=True)}
    return [chosen.get(str(feature["id"]), _NOT_SHOWN) for feature in drawn.past]


def pieces(layers: Sequence[DrawnLayer]) -> dict[str, str]:
    """Packed columns of the big layers of a page, and pictures, by the id of the element that carries them."""
    pictures = {
        picture.id: picture.text for drawn in layers if drawn.telling for picture in drawn.telling.pictures.values()
    }
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
    """JSON block of everything except features.

    Parameters
    ----------
    theme, layers, base
        The theme of the page.
    words
        Texts of its elements, by language and key; the page opens in the first language.
    day
        The day it opens at.
    claims
        The result of `claims_block`, with the address of the page of claims.
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
        "looks": [edges(look.extent) for look in theme.story.looks],
        "steps": [{"extent": edges(step.extent), "day": step.day, "lit": step.lit} for step in theme.story.steps],
        "compare": theme.story.compare,
        "callouts": [
            {"text": callout.text.among(langs), "at": callout.at, "from": callout.begin, "until": callout.end}
            for callout in theme.story.callouts
        ],
        "groups": _groups(theme, layers, langs),
        "styles": _styles(theme.book, (name for drawn in layers for name in _named(drawn))),
        "shapes": theme.book.shapes,
        "strings": {lang: _needed(strings(lang), theme) for lang in langs},
        "lettering": lettering_block(langs) if base else [],
        "pointsOfView": points_of_view(langs),
        "waterNames": [name for key in ("rivers",) if key in base for name in water_names(base[key], langs)],
        "claims": claims or {"of": {}, "notes": {}, "page": ""},
        "baseExtent": bounds_of(theme, extent_of(base["land"])) if "land" in base else None,
        "blocks": {
            "layers": [f"tumen-layer-{n}" for n in range(len(layers))],
            "basemap": list(base),
            "planner": planner,
        },
    }


def _needed(words: Mapping[str, Mapping[str, str]], theme: Theme) -> dict[str, Mapping[str, str]]:
    """Leave out the vocabularies of parts that the page lacks: planner, story."""
    left_out = set() if theme.planner else {"transfer", "node", "mode"}
    left_out |= set() if theme.story else {"story", "part", "value.basis"}
    ui = {key: word for key, word in words["ui"].items() if theme.planner or not key.startswith("planner_")}
    return {**{key: value for key, value in words.items() if key not in left_out}, "ui": ui}


def cited(layers: Iterable[DrawnLayer]) -> list[str]:
    """Ids of the sources that the features of layers cite, sorted."""
    ids: set[str] = set()
    for feature in (feature for drawn in layers if drawn.telling is None for feature in drawn.carried):
        properties = properties_of(feature)
        _add_ids(ids, properties.get("sources"))
        for key, cites in (("history", "sources"), ("figures", "source")):
            entries = properties.get(key)
            for entry in entries if isinstance(entries, list | tuple) else ():
                if isinstance(entry, dict):
                    _add_ids(ids, entry.get(cites))
    return sorted(ids)


def _add_ids(ids: set[str], value: Json) -> None:
    if isinstance(value, str):
        ids.add(value)
    elif isinstance(value, list | tuple):
        ids.update(item for item in value if isinstance(item, str))


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


def _layer_extent(layers: Iterable[DrawnLayer], layer_id: str) -> BBox | None:
    return box_of(feature for drawn in layers if drawn.layer.id == layer_id for feature in drawn.features)
