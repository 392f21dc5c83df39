"""A QGIS project beside the GeoPackage: groups, map themes, spatial bookmarks, metadata, paths relative to itself."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from .content import tables
from .datapackage import DESCRIPTION, TITLE
from .geopackage_extras import qgis_metadata
from .text import xml_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo import BBox
    from layers.record.record import Source

    from .content import LayerState, Table
    from .style import ExportStyles, MapTheme

VERSION = "3.22.16-Białowieża"
DEFAULT = "default"  # what QGIS calls the style that a layer opens with
WGS84, MERCATOR = "EPSG:4326", "EPSG:3857"
_SRSID = {WGS84: "3452", MERCATOR: "3857"}
_TABLES = {"about": "Licence and accuracy of each layer", "sources": "Sources that the features cite by id"}
_GEOMETRY = {"point": "Point", "line": "Line", "area": "Polygon"}
_STYLE_PARTS = ("renderer-v2", "labeling", "blendMode", "featureBlendMode", "layerOpacity", "previewExpression")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows


def write(
    states: Sequence[LayerState], path: Path, data: str, sources: Mapping[str, Source], styles: ExportStyles
) -> None:
    """Write the project.

    Parameters
    ----------
    states
        The layers of the GeoPackage.
    path
        A new file, ending in ``.qgz``.
    data
        Name of the GeoPackage, which lies beside the project.
    sources
        Every known source, by id.
    styles
        How the tables look by default and in each map theme, and in which groups they stand.

    Notes
    -----
    QGIS 3.22 and later open it. It does not contain time or place of writing: the same layers give the same bytes.
    """
    project = _Project([(state, table) for state in states for table in tables(state.record)], data, sources, styles)
    text = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + tostring(project.root(), encoding="unicode")
    entry = zipfile.ZipInfo(f"{path.stem}.qgs", _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, text)


class _Project:
    """The parts of the project file."""

    def __init__(
        self,
        written: Sequence[tuple[LayerState, Table]],
        data: str,
        sources: Mapping[str, Source],
        styles: ExportStyles,
    ) -> None:
        self.written = {table.name: (state, table) for state, table in written}
        self.data, self.sources, self.styles = data, sources, styles
        self.first = styles.themes[0] if styles.themes else None

    def root(self) -> Element:
        root = Element("qgis", projectname=TITLE, version=VERSION)
        SubElement(root, "homePath", path="")
        SubElement(root, "title").text = TITLE
        _add_crs(SubElement(root, "projectCrs"), MERCATOR)
        self._add_tree(root)
        self._add_canvas(root)
        layers = SubElement(root, "projectlayers")
        for state, table in self.written.values():
            layers.append(self._layer(state, table))
        for name, title in _TABLES.items():
            layers.append(self._plain_table(name, title))
        self._add_properties(root)
        presets = SubElement(root, "visibility-presets")
        for theme in self.styles.themes:
            self._add_preset(presets, theme)
        self._add_metadata(root)
        bookmarks = SubElement(root, "Bookmarks")
        for theme in self.styles.themes:
            self._add_bookmark(bookmarks, theme)
        return root

    def _add_tree(self, root: Element) -> None:
        """Add the groups of the legend, and the order in which the layers are drawn."""
        tree = SubElement(root, "layer-tree-group")
        grouped = [(group.title, group.tables) for group in self.styles.groups] or [(TITLE, tuple(self.written))]
        for number, (title, names) in enumerate(grouped):
            present = [name for name in names if name in self.written]
            group = SubElement(
                tree, "layer-tree-group", name=title, checked="Qt::Checked", expanded=str(int(not number))
            )
            for name in present:
                state, table = self.written[name]
                self._add_leaf(group, name, _title(state, table), shown=self._is_shown(name))
        words = SubElement(tree, "layer-tree-group", name="Tables", checked="Qt::Checked", expanded="0")
        for name, title in _TABLES.items():
            self._add_leaf(words, name, title, shown=False)
        order = SubElement(tree, "custom-order", enabled="1")
        for name in self.styles.order or self.written:
            if name in self.written:
                SubElement(order, "item").text = _id(name)

    def _add_leaf(self, group: Element, name: str, title: str, *, shown: bool) -> None:
        SubElement(
            group,
            "layer-tree-layer",
            id=_id(name),
            name=xml_text(title),
            source=self._source(name),
            providerKey="ogr",
            checked="Qt::Checked" if shown else "Qt::Unchecked",
            expanded="0",
        )

    def _is_shown(self, name: str) -> bool:
        return self.first is None or name in self.first.tables

    def _source(self, name: str) -> str:
        return xml_text(f"./{self.data}|layername={name}")

    def _add_canvas(self, root: Element) -> None:
        if self.first is None:
            return
        canvas = SubElement(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
        SubElement(canvas, "units").text = "meters"
        extent = SubElement(canvas, "extent")
        corners = dict(zip(("xmin", "ymin", "xmax", "ymax"), _in_mercator(self.first.extent), strict=True))
        for name, value in corners.items():
            SubElement(extent, name).text = f"{value:.2f}"
        SubElement(canvas, "rotation").text = "0"
        _add_crs(SubElement(canvas, "destinationsrs"), MERCATOR)
        settings = SubElement(root, "ProjectViewSettings", rotation="0", UseProjectScales="0")
        default = {name: f"{value:.2f}" for name, value in corners.items()}
        _add_crs(SubElement(settings, "DefaultViewExtent", default), MERCATOR)

    def _layer(self, state: LayerState, table: Table) -> Element:
        layer = Element("maplayer", type="vector", geometry=_GEOMETRY[table.geometry], labelsEnabled="0")
        self._describe(layer, table.name, _title(state, table))
        _add_crs(SubElement(layer, "srs"), WGS84)
        metadata = qgis_metadata(state, table, self.sources)
        metadata.tag, metadata.attrib = "resourceMetadata", {}
        layer.append(metadata)
        style = self.styles.tables.get(table.name)
        current = self.first.tables.get(table.name, "") if self.first else ""
        manager = SubElement(layer, "map-layer-style-manager", current=current or DEFAULT)
        if style is None:
            SubElement(manager, "map-layer-style", name=DEFAULT)
        else:
            for name, qml in {DEFAULT: style.qml, **style.variants}.items():
                entry = SubElement(manager, "map-layer-style", name=name)
                if name != (current or DEFAULT):
                    entry.append(fromstring(qml))  # noqa: S314 - our own
            _take_style(layer, style.variants.get(current, style.qml))
        _add_temporal(layer, table)
        return layer

    def _plain_table(self, name: str, title: str) -> Element:
        layer = Element("maplayer", type="vector", geometry="No geometry", wkbType="NoGeometry")
        self._describe(layer, name, title)
        return layer

    def _describe(self, layer: Element, name: str, title: str) -> None:
        SubElement(layer, "id").text = _id(name)
        SubElement(layer, "datasource").text = self._source(name)
        SubElement(layer, "layername").text = xml_text(title)
        SubElement(layer, "provider", encoding="UTF-8").text = "ogr"

    def _add_properties(self, root: Element) -> None:
        properties = SubElement(root, "properties")
        SubElement(SubElement(properties, "Paths"), "Absolute", type="bool").text = "false"
        SubElement(SubElement(properties, "SpatialRefSys"), "ProjectionsEnabled", type="int").text = "1"
        if self.styles.background:
            gui = SubElement(properties, "Gui")
            for start, channel in ((1, "Red"), (3, "Green"), (5, "Blue")):
                value = int(self.styles.background[start : start + 2], 16)
                SubElement(gui, f"CanvasColor{channel}Part", type="int").text = str(value)

    def _add_preset(self, presets: Element, theme: MapTheme) -> None:
        preset = SubElement(presets, "visibility-preset", {"name": theme.title, "has-expanded-info": "0"})
        for name, style in theme.tables.items():
            if name in self.written:
                SubElement(preset, "layer", id=_id(name), visible="1", expanded="0", style=style or DEFAULT)

    def _add_metadata(self, root: Element) -> None:
        metadata = SubElement(root, "projectMetadata")
        records = [state.record for state, _ in self.written.values()]
        day = next(iter(self.written.values()))[0].as_of
        SubElement(metadata, "identifier").text = "tumen"
        SubElement(metadata, "language").text = "ENG"
        SubElement(metadata, "type").text = "dataset"
        SubElement(metadata, "title").text = TITLE
        credit = dict.fromkeys(record.attribution for record in records)
        licences = sorted({record.licence for record in records})
        lines = [f"{DESCRIPTION} As of {day}.", "Each layer states its licence, attribution, accuracy and sources:"]
        lines += [*credit, f"Licences: {', '.join(licences)}"]
        SubElement(metadata, "abstract").text = xml_text("\n".join(lines))
        SubElement(metadata, "author").text = "tumen contributors"

    def _add_bookmark(self, bookmarks: Element, theme: MapTheme) -> None:
        west, south, east, north = theme.extent
        ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
        polygon = f"POLYGON(({', '.join(f'{lon} {lat}' for lon, lat in ring)}))"
        bookmark = SubElement(
            bookmarks, "Bookmark", id=f"{{tumen-{theme.name}}}", name=theme.title, group="tumen", extent=polygon
        )
        _add_crs(bookmark, WGS84)


def _id(name: str) -> str:
    return f"tumen_{name}"


def _title(state: LayerState, table: Table) -> str:
    return state.record.title if table.name == state.name else f"{state.record.title} ({table.geometry}s)"


def _add_crs(parent: Element, authid: str) -> None:
    system = SubElement(parent, "spatialrefsys")
    SubElement(system, "srsid").text = _SRSID[authid]  # without it QGIS passes over the authid
    SubElement(system, "authid").text = authid


def _in_mercator(extent: BBox) -> tuple[float, float, float, float]:
    from pyproj import Transformer

    return Transformer.from_crs(WGS84, MERCATOR, always_xy=True).transform_bounds(*extent)


def _take_style(layer: Element, qml: str) -> None:
    """Put the parts of a style where a layer of a project has them."""
    root = fromstring(qml)  # noqa: S314 - our own
    for tag in _STYLE_PARTS:
        if (part := root.find(tag)) is not None:
            layer.append(part)
    layer.set("labelsEnabled", str(int(root.find("labeling") is not None)))


def _add_temporal(layer: Element, table: Table) -> None:
    """Let the temporal controller of QGIS show a feature from its first to its last day."""
    from .flat import column_types

    if "valid_from" in column_types(table.layer):
        SubElement(layer, "temporal", enabled="1", mode="2", startField="valid_from", endField="valid_to")
