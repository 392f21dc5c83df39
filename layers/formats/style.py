"""Styles of an export, as strings and bytes made by `maps`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo import BBox


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How a table of a GeoPackage is drawn.

    Attributes
    ----------
    qml
        A QGIS style, as XML.
    sld
        A Styled Layer Descriptor, as XML.
    variants
        QGIS styles of map themes where they differ, by the name of the theme.
    """

    qml: str
    sld: str
    variants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LayerGroup:
    """A group in the legend of a project.

    Attributes
    ----------
    title
        What it is called.
    tables
        Names of its tables, the uppermost first.
    """

    title: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapTheme:
    """Which tables a project shows together.

    Attributes
    ----------
    name, title
        Its id and title.
    extent
        West, south, east, north in degrees.
    tables
        The name of a variant of the style, by the table's name; empty for the default style.
    """

    name: str
    title: str
    extent: BBox
    tables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a placemark of a KMZ is drawn.

    Attributes
    ----------
    line_colour, fill_colour
        ``#rrggbb``; empty where there is no line or no fill.
    line_width
        In pixels.
    line_opacity, fill_opacity
        From 0 to 1.
    icon
        A PNG; empty unless it is a point.
    """

    line_colour: str = ""
    line_width: float = 0.0
    line_opacity: float = 1.0
    fill_colour: str = ""
    fill_opacity: float = 1.0
    icon: bytes = b""


@dataclass(frozen=True, slots=True)
class ExportStyles:
    """The looks of everything in an export.

    Attributes
    ----------
    tables
        By the table's name, see `tables`.
    looks
        By a name of their own.
    features
        The look's name, by the feature's id.
    themes
        Of a QGIS project; it opens with the first.
    groups
        Of its legend.
    order
        Tables in the order in which they are drawn, the uppermost first.
    background
        ``#rrggbb`` of the map canvas.
    """

    tables: Mapping[str, TableStyle] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)
    features: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[MapTheme, ...] = ()
    groups: tuple[LayerGroup, ...] = ()
    order: tuple[str, ...] = ()
    background: str = ""
