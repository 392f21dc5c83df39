"""KMZ for Google Earth: a folder a layer, each placemark with names, dates, licence and sources."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any, cast

from geo import parse_date
from layers.record.store import properties_of

from .balloon import balloon
from .licence import notice
from .text import xml_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from layers.record.record import Source
    from layers.record.store import JsonObject

    from .content import LayerState
    from .style import ExportStyles, Look

DOCUMENT = "doc.kml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows
_ID = re.compile(r"[a-z][a-z0-9./-]*")
_ICON_PIXELS = 32  # what Google Earth takes for scale 1


def write(states: Sequence[LayerState], path: Path, sources: Mapping[str, Source], styles: ExportStyles) -> None:
    """Write layers.

    Parameters
    ----------
    states
        The layers.
    path
        A new file, ending in ``.kmz``.
    sources
        Every known source, by id.
    styles
        How the placemarks look.
    """
    text = document(states, sources, styles)
    icons = {_icon_path(name): look.icon for name, look in sorted(styles.looks.items()) if look.icon}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in ({DOCUMENT: text.encode()} | icons).items():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)


def document(states: Sequence[LayerState], sources: Mapping[str, Source], styles: ExportStyles) -> str:
    """Make the KML of layers."""
    from fastkml import KML, Document

    folders = [_folder(state, sources, styles) for state in states]
    root = Document(
        name="tumen",
        description=f"What crosses the Russia–DPRK border on the Tumen, as of {states[0].as_of}.",
        styles=[_style(name, look) for name, look in sorted(styles.looks.items())],
        features=folders,
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + str(KML(features=[root]).to_string(prettyprint=False))


def _folder(state: LayerState, sources: Mapping[str, Source], styles: ExportStyles) -> Any:  # noqa: ANN401 - of fastkml
    from fastkml import Folder

    return Folder(
        id=state.name,
        name=xml_text(state.record.title),
        description=xml_text(notice(state)),
        features=[_placemark(row, state, sources, styles) for row in state.features],
    )


def _placemark(feature: JsonObject, state: LayerState, sources: Mapping[str, Source], styles: ExportStyles) -> Any:  # noqa: ANN401 - of fastkml
    from fastkml import Placemark, StyleUrl
    from pygeoif import shape

    properties = properties_of(feature)
    feature_id = str(feature.get("id", ""))
    look = styles.features.get(feature_id)
    return Placemark(
        id=feature_id.replace("/", ".") if _ID.fullmatch(feature_id) else None,
        name=xml_text(str(properties.get("name") or "")) or None,
        description=xml_text(balloon(feature, state.record, sources)),
        style_url=StyleUrl(url=f"#{look}") if look else None,
        times=_times(properties),
        geometry=shape(cast("Any", feature["geometry"])),
    )


def _times(properties: JsonObject) -> Any:  # noqa: ANN401 - of fastkml
    from fastkml import KmlDateTime, TimeSpan

    ends = [properties.get(key) for key in ("valid_from", "valid_to")]
    if not any(isinstance(end, str) for end in ends):
        return None
    begin, end = (KmlDateTime.parse(str(parse_date(end))) if isinstance(end, str) else None for end in ends)
    return TimeSpan(begin=begin, end=end)


def _style(name: str, look: Look) -> Any:  # noqa: ANN401 - of fastkml
    from fastkml import IconStyle, LabelStyle, LineStyle, PolyStyle, Style
    from fastkml.links import Icon

    parts: list[Any] = []
    if look.icon:
        parts.append(IconStyle(scale=_icon_scale(look.icon), icon=Icon(href=_icon_path(name))))
        parts.append(LabelStyle(scale=0.8))
    if look.line_colour:
        parts.append(LineStyle(color=_kml_colour(look.line_colour, look.line_opacity), width=look.line_width))
    if look.fill_colour:
        fill = _kml_colour(look.fill_colour, look.fill_opacity)
        parts.append(PolyStyle(color=fill, fill=True, outline=bool(look.line_colour)))
    return Style(id=name, styles=parts)


def _icon_path(name: str) -> str:
    return f"icons/{name}.png"


def _icon_scale(png: bytes) -> float:
    width = int.from_bytes(png[16:20], "big")  # of the header, which comes first
    return width / 2 / _ICON_PIXELS  # icons are drawn at twice their size


def _kml_colour(colour: str, opacity: float) -> str:
    """Colour in KML's order: opacity, blue, green, red."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}"
