"""Symbols of a QGIS style: a symbol layer for each stroke."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .shape import as_point, embedded_svg, width_px
from .unit import denominator, mm, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.formats import Geometry
    from maps.themes.style import Stroke, Style, StyleBook

_SYMBOL = {"point": "marker", "line": "line", "area": "fill"}
_SEEN_FROM_ZOOM = 12  # a bridge of 600 m is then 20 px long
_CAPS = {"butt": "flat", "round": "round", "square": "square"}


def add_symbol(parent: Element, name: str, style: Style, geometry: Geometry, book: StyleBook) -> None:
    """Add the symbol of a style for points, lines or areas."""
    symbol = SubElement(
        parent, "symbol", name=name, type=_SYMBOL[geometry], alpha="1", clip_to_extent="1", force_rhr="0"
    )
    if geometry == "point":
        _add_layer(symbol, "SvgMarker", 0, _marker(style, book))
        return
    if geometry == "area":
        _add_layer(symbol, "SimpleFill", 0, _fill(style, book))
    for level, stroke in enumerate(style.strokes):
        _add_layer(symbol, "SimpleLine", level, _line(stroke, book))
    if geometry == "line" and style.shape:
        _add_stand_in(symbol, name, style, book)


def rgba(colour: str, opacity: float = 1.0) -> str:
    """Colour as QGIS writes it.

    Examples
    --------
    >>> rgba("#8a1c4a"), rgba("#000000", 0.5)
    ('138,28,74,255', '0,0,0,128')
    """
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"


def add_properties(parent: Element, tag: str, name: str, expression: str) -> None:
    """Add a property that an expression gives, as QGIS writes it."""
    options = SubElement(SubElement(parent, tag), "Option", type="Map")
    SubElement(options, "Option", type="QString", name="name", value="")
    chosen = SubElement(options, "Option", type="Map", name="properties")
    option = SubElement(chosen, "Option", type="Map", name=name)
    SubElement(option, "Option", type="bool", name="active", value="true")
    SubElement(option, "Option", type="QString", name="expression", value=expression)
    SubElement(option, "Option", type="int", name="type", value="3")
    SubElement(options, "Option", type="QString", name="type", value="collection")


def _add_layer(symbol: Element, kind: str, level: int, values: Mapping[str, str]) -> Element:
    layer = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": str(level)})
    options = SubElement(layer, "Option", type="Map")
    for name, value in values.items():
        SubElement(options, "Option", type="QString", name=name, value=value)
    return layer


def _add_stand_in(symbol: Element, name: str, style: Style, book: StyleBook) -> None:
    """Add the point that replaces a line while it is too short to be seen."""
    level = len(style.strokes)
    layer = _add_layer(symbol, "MarkerLine", level, {"placements": "CentralPoint", "rotate": "0"})
    add_properties(layer, "data_defined_properties", "enabled", f"@map_scale > {denominator(_SEEN_FROM_ZOOM)}")
    marker = SubElement(layer, "symbol", name=f"@{name}@{level}", type="marker", alpha="1", clip_to_extent="1")
    _add_layer(marker, "SvgMarker", 0, _marker(as_point(style), book))


def _line(stroke: Stroke, book: StyleBook) -> dict[str, str]:
    values = {
        "capstyle": _CAPS[stroke.cap],
        "joinstyle": "round",
        "line_color": rgba(book.colours[stroke.colour].light, stroke.opacity),
        "line_style": "solid",
        "line_width": mm(stroke.width),
        "line_width_unit": "MM",
        "use_custom_dash": "0",
    }
    if stroke.dash:
        values |= {
            "use_custom_dash": "1",
            "customdash": ";".join(mm(length) for length in stroke.dash),
            "customdash_unit": "MM",
        }
    return values


def _fill(style: Style, book: StyleBook) -> dict[str, str]:
    values = {"style": "solid" if style.fill else "no", "outline_style": "no"}
    return values | ({"color": rgba(book.colours[style.fill].light, style.fill_opacity)} if style.fill else {})


def _marker(style: Style, book: StyleBook) -> dict[str, str]:
    outline = book.colours[style.strokes[0].colour].light if style.strokes else "#000000"
    return {
        "name": embedded_svg(style, book),
        "size": mm(width_px(style)),
        "size_unit": "MM",
        "color": rgba(book.colours[style.fill or "accent"].light, style.fill_opacity),
        "outline_color": rgba(outline),
        "outline_width": number(0),
        "scale_method": "diameter",
    }
