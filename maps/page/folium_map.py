"""A map as a live `folium.Map`, for use with folium's plugins.

folium inserts its arguments into HTML and JavaScript unescaped, so every text is escaped here, and feature columns
are renamed.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, cast

import folium

from maps.errors import FeatureError
from maps.features.bulk.collect import MAX_ELEMENTS
from maps.features.geojson import geometry_kind, properties_of
from maps.themes.fields import plain_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maps.features.geojson import Feature, Json
    from maps.i18n.text import Language
    from maps.themes.model import Theme
    from maps.themes.style import Style, StyleBook

    from .drawn import DrawnLayer
    from .tiles import Tiles

_HIDDEN = frozenset({"id", "licence", "history", "figures", "sources"})


def folium_map(
    theme: Theme, layers: Sequence[DrawnLayer], lang: Language, tiles: Tiles, attribution: str
) -> folium.Map:
    """Make a folium map of layers.

    Parameters
    ----------
    theme
        Its extent, and the styles that the layers name.
    layers
        The first on top.
    lang
        Language of titles and labels.
    tiles
        The tiles below.
    attribution
        Of the layers.

    Raises
    ------
    FeatureError
        When a layer has more features than folium draws.
    """
    west, south, east, north = theme.extent
    chart = folium.Map(location=[(south + north) / 2, (west + east) / 2], tiles=None)
    below = tiles.block()
    credit = " · ".join(part for part in (tiles.attribution, attribution) if part)
    folium.TileLayer(
        tiles=str(below["url"]),
        attr=_text(credit),
        name=_text(tiles.attribution),
        subdomains=str(below["subdomains"] or "abc"),
        max_zoom=cast("int", below["maxZoom"]),
        control=False,
    ).add_to(chart)
    for drawn in reversed(layers):
        _group(drawn, theme.book, lang).add_to(chart)
    folium.LayerControl(collapsed=False).add_to(chart)
    chart.fit_bounds([[south, west], [north, east]])
    return chart


def _group(drawn: DrawnLayer, book: StyleBook, lang: Language) -> folium.FeatureGroup:
    if drawn.bulk:
        raise FeatureError(
            f"{drawn.record.name!r} has {drawn.bulk.count:,} features, more than folium draws as elements; give it a part, "
            f"such as frame.sample({MAX_ELEMENTS}), leave features out by filter=, or .save() it as a page, which draws all",
            source=drawn.record.name,
        )
    group = folium.FeatureGroup(name=_text(drawn.layer.title.into(lang)), show=drawn.layer.visible)
    columns = _columns(drawn, lang)
    for number, symbol in enumerate(drawn.layer.symbols):
        for kind in ("area", "line", "point"):
            features = [
                feature
                for feature, rule in zip(drawn.features, drawn.symbols, strict=True)
                if rule == number and geometry_kind(feature) == kind
            ]
            if features:
                _rule(features, columns, book.styles[symbol.style], book).add_to(group)
    return group


def _rule(features: Sequence[Feature], columns: Mapping[str, str], style: Style, book: StyleBook) -> folium.GeoJson:
    """Features of one look, each with a popup of its columns."""
    keys = {column: f"c{number}" for number, column in enumerate(columns)}
    rows = [
        {
            "type": "Feature",
            "id": str(number),
            "geometry": feature["geometry"],
            "properties": {key: _value(properties_of(feature).get(column)) for column, key in keys.items()},
        }
        for number, feature in enumerate(features)
    ]
    look = _look(style, book, geometry_kind(features[0]))
    is_point = geometry_kind(features[0]) == "point"
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": rows},
        style_function=lambda _, look=look: look,
        marker=folium.CircleMarker(radius=style.size or 5, **cast("dict[str, Any]", look)) if is_point else None,
        popup=folium.GeoJsonPopup(list(keys.values()), [_text(label) for label in columns.values()]) if keys else None,
    )


def _columns(drawn: DrawnLayer, lang: Language) -> dict[str, str]:
    """Columns of a popup, with their labels."""
    if drawn.telling:
        fields = [plain_field(field) if isinstance(field, str) else field for field in drawn.telling.fields]
        return {field.column: field.label.into(lang) for field in fields}
    columns = dict.fromkeys(
        key
        for feature in drawn.features
        for key, value in properties_of(feature).items()
        if key not in _HIDDEN and not isinstance(value, dict)
    )
    return {key: key.replace("_", " ") for key in columns}


def _look(style: Style, book: StyleBook, kind: str) -> dict[str, object]:
    """Options of a path of Leaflet, as light screens have them."""
    stroke = style.strokes[-1] if style.strokes else None
    fill = book.colours[style.fill].light if style.fill else ""
    return {
        "color": book.colours[stroke.colour].light if stroke else fill or "none",
        "weight": stroke.width if stroke else 0,
        "opacity": stroke.opacity if stroke else 1,
        "dashArray": " ".join(f"{length:g}" for length in stroke.dash) if stroke and stroke.dash else None,
        "fill": bool(fill) and kind != "line",
        "fillColor": fill or None,
        "fillOpacity": style.fill_opacity,
    }


def _value(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return _text(str(value))


def _text(text: str) -> str:
    """Text that is text in HTML, in JavaScript, and in the template that branca makes of both."""
    return escape(text).replace("{", "&#123;").replace("}", "&#125;").replace("`", "&#96;").replace("\\", "&#92;")
