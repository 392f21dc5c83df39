"""Labels of a QGIS style."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from maps.i18n.text import NAME_PROPERTIES

from .lettering import HALO_PX, MANNERS, PLACE_ZOOM
from .qml_symbol import add_properties, rgba
from .unit import MM_PER_PX, PT_PER_PX, denominator, mm, number

if TYPE_CHECKING:
    from layers.formats import Geometry
    from maps.i18n.text import Language
    from maps.themes.model import Labels
    from maps.themes.style import StyleBook

# Numbers of QGIS: placement, its flags, weights.
_AROUND_POINT, _ALONG_LINE = "6", "2"
_ABOVE_AS_READ = "10"
_WEIGHTS = {400: "50", 500: "57", 600: "63"}
_GAP_PX = 3.0


def add_labels(root: Element, labels: Labels, *, geometry: Geometry, book: StyleBook, lang: Language) -> None:
    """Add the labels of a layer: its names in a language, in English where it has none in it, with a halo."""
    SubElement(root, "labeling", type="simple").append(_settings(labels, geometry, book, lang))


def _settings(labels: Labels, geometry: Geometry, book: StyleBook, lang: Language) -> Element:
    line = geometry == "line" and labels.lettering != "feature"
    manner = MANNERS["line" if line else "feature" if labels.lettering == "line" else labels.lettering]
    settings = Element("settings", calloutType="simple")
    text = SubElement(
        settings,
        "text-style",
        fieldName=_words(labels, lang),
        isExpression="1",
        fontSize=number(manner.size * PT_PER_PX),
        fontSizeUnit="Point",
        fontWeight=_WEIGHTS[manner.weight],
        fontItalic=str(int(manner.italic)),
        textColor=rgba(book.colours[manner.colour].light),
        textOpacity="1",
    )
    SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize=mm(HALO_PX),
        bufferSizeUnits="MM",
        bufferColor=rgba(book.colours["halo"].light),
        bufferOpacity="1",
        bufferJoinStyle="128",
    )
    placement = {
        "placement": _ALONG_LINE if line else _AROUND_POINT,
        "placementFlags": _ABOVE_AS_READ,
        "predefinedPositionOrder": "R,TR,BR,L,TL,BL,TSR,BSR",
        "dist": number(_GAP_PX * MM_PER_PX),
        "distUnits": "MM",
        "offsetType": "1",
        "priority": str(round(labels.priority / 10)),
    }
    if geometry == "line" and not line:  # beside its middle, however short it is
        placement |= {
            "geometryGenerator": "centroid($geometry)",
            "geometryGeneratorType": "PointGeometry",
            "geometryGeneratorEnabled": "1",
        }
    SubElement(settings, "placement", placement)
    rendering = {"drawLabels": "1", "obstacle": "1"}
    if labels.min_zoom:
        rendering |= {"scaleVisibility": "1", "scaleMin": "0", "scaleMax": str(denominator(labels.min_zoom))}
    SubElement(settings, "rendering", rendering)
    if labels.rank_by == "population":
        _add_place_scales(settings)
    return settings


def _words(labels: Labels, lang: Language) -> str:
    field = NAME_PROPERTIES[lang] if labels.property == "name" else labels.property
    field = "name" if field == "name_en" else field
    return '"name"' if field == "name" else f'coalesce("{field}", "name")'


def _add_place_scales(settings: Element) -> None:
    """Name a place only from the scale on that its size deserves."""
    cases = " ".join(
        f'WHEN coalesce("population", 0) >= {people} THEN @map_scale <= {denominator(zoom)}'
        for people, zoom in PLACE_ZOOM
    )
    add_properties(settings, "dd_properties", "Show", f"CASE {cases} END")
