"""A Styled Layer Descriptor of a table, for servers and programs that do not read QML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from .expression import ogc_filter
from .unit import denominator, number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from layers.formats import Geometry
    from maps.i18n.text import Language
    from maps.themes.style import Stroke, Style, StyleBook

    from .rule import Rule

_NAMESPACES = {
    "version": "1.0.0",
    "xmlns": "http://www.opengis.net/sld",
    "xmlns:ogc": "http://www.opengis.net/ogc",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd",
}
# Shapes that every reader supports, with a rotation in degrees; all others become a circle.
_MARKS = {
    "circle": ("circle", 0),
    "square": ("square", 0),
    "diamond": ("square", 45),
    "triangle": ("triangle", 0),
    "wedge": ("triangle", 180),
    "star": ("star", 0),
    "cross": ("cross", 0),
    "harbour": ("square", 0),
    "bolt": ("triangle", 180),
}


def sld(
    table: str, rules: Sequence[Rule], *, geometry: Geometry, lists: Collection[str], book: StyleBook, lang: Language
) -> str:
    """Write the style of a table, without lettering.

    Parameters
    ----------
    table
        The table's name.
    rules
        Which features get which style.
    geometry
        The geometry of the table.
    lists
        Properties that are lists.
    book
        Colours.
    lang
        The language of the legend.

    References
    ----------
    OGC 02-070, Styled Layer Descriptor 1.0.0.
    """
    root = Element("StyledLayerDescriptor", _NAMESPACES)
    layer = SubElement(root, "NamedLayer")
    SubElement(layer, "Name").text = table
    style = SubElement(layer, "UserStyle")
    SubElement(style, "Name").text = table
    # One pass for each stroke level, so that crossing lines join.
    passes = max((len(rule.style.strokes) for rule in rules), default=1) if geometry == "line" else 1
    for level in range(max(passes, 1)):
        pass_rules = [rule for rule in rules if geometry != "line" or level < len(rule.style.strokes)]
        feature_style = SubElement(style, "FeatureTypeStyle")
        for rule in pass_rules:
            _add_rule(feature_style, rule, level, geometry, lists, book, lang)
    return tostring(root, encoding="unicode", xml_declaration=False)


def _add_rule(
    parent: Element,
    rule: Rule,
    level: int,
    geometry: Geometry,
    lists: Collection[str],
    book: StyleBook,
    lang: Language,
) -> None:
    element = SubElement(parent, "Rule")
    if label := rule.symbol.label.into(lang):
        SubElement(element, "Title").text = label
    if (condition := ogc_filter(rule, lists)) is not None:
        element.append(condition)
    if rule.min_zoom:
        SubElement(element, "MaxScaleDenominator").text = str(denominator(rule.min_zoom))
    match geometry:
        case "point":
            _add_point(element, rule.style, book)
        case "line":
            _add_stroke(SubElement(element, "LineSymbolizer"), rule.style.strokes[level], book)
        case _:
            area = SubElement(element, "PolygonSymbolizer")
            _add_fill(area, rule.style, book)
            for stroke in rule.style.strokes[:1]:
                _add_stroke(area, stroke, book)


def _add_point(parent: Element, style: Style, book: StyleBook) -> None:
    name, turn = _MARKS.get(style.shape, ("circle", 0))
    graphic = SubElement(SubElement(parent, "PointSymbolizer"), "Graphic")
    mark = SubElement(graphic, "Mark")
    SubElement(mark, "WellKnownName").text = name
    _add_fill(mark, style, book)
    for stroke in style.strokes[:1]:
        _add_stroke(mark, stroke, book)
    SubElement(graphic, "Size").text = number(2 * style.size)
    if turn:
        SubElement(graphic, "Rotation").text = str(turn)


def _add_fill(parent: Element, style: Style, book: StyleBook) -> None:
    if style.fill:
        fill = SubElement(parent, "Fill")
        _add_parameter(fill, "fill", book.colours[style.fill].light)
        _add_parameter(fill, "fill-opacity", number(style.fill_opacity))


def _add_stroke(parent: Element, stroke: Stroke, book: StyleBook) -> None:
    element = SubElement(parent, "Stroke")
    _add_parameter(element, "stroke", book.colours[stroke.colour].light)
    _add_parameter(element, "stroke-width", number(stroke.width))
    _add_parameter(element, "stroke-opacity", number(stroke.opacity))
    _add_parameter(element, "stroke-linecap", stroke.cap)
    _add_parameter(element, "stroke-linejoin", "round")
    if stroke.dash:
        _add_parameter(element, "stroke-dasharray", " ".join(number(length) for length in stroke.dash))


def _add_parameter(parent: Element, name: str, value: str) -> None:
    SubElement(parent, "CssParameter", name=name).text = value
