"""A QGIS style of a table: a rule for each rule of the web map, and its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from maps.i18n.text import NAME_PROPERTIES

from .expression import qgis_filter
from .qml_label import add_labels
from .qml_symbol import add_symbol
from .unit import denominator

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from layers.formats import Geometry
    from maps.i18n.text import Language
    from maps.themes.model import Labels
    from maps.themes.style import StyleBook

    from .rule import Rule

VERSION = "3.22.16-Białowieża"
_GEOMETRY = {"point": "0", "line": "1", "area": "2"}


def qml(
    rules: Sequence[Rule],
    labels: Labels | None,
    *,
    geometry: Geometry,
    lists: Collection[str],
    book: StyleBook,
    lang: Language,
) -> str:
    """Write the style of a table.

    Parameters
    ----------
    rules
        Which features get which style.
    labels
        How it is lettered, if it is.
    geometry
        The geometry of the table.
    lists
        Properties that are lists.
    book
        Colours and shapes.
    lang
        The language of legend and labels.

    Returns
    -------
    str
        XML that QGIS 3.22 and later take.
    """
    root = Element("qgis", version=VERSION, styleCategories="Symbology|Labeling|Rendering")
    renderer = SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="1", enableorderby="0", forceraster="0"
    )
    tree = SubElement(renderer, "rules", key="{tumen}")
    symbols = SubElement(renderer, "symbols")
    for position, rule in enumerate(rules):
        attributes = {"key": f"{{tumen-{position}}}", "symbol": str(position), "label": rule.symbol.label.into(lang)}
        if condition := qgis_filter(rule, lists):
            attributes["filter"] = condition
        if rule.min_zoom:
            attributes["scalemaxdenom"] = str(denominator(rule.min_zoom))
        SubElement(tree, "rule", attributes)
        add_symbol(symbols, str(position), rule.style, geometry, book)
    if labels:
        add_labels(root, labels, geometry=geometry, book=book, lang=lang)
    SubElement(root, "blendMode").text = "0"
    SubElement(root, "featureBlendMode").text = "0"
    SubElement(root, "layerOpacity").text = "1"
    SubElement(root, "previewExpression").text = f'coalesce("{NAME_PROPERTIES[lang]}", "name", "id")'
    SubElement(root, "layerGeometryType").text = _GEOMETRY[geometry]
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + tostring(root, encoding="unicode")
