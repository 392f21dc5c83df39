"""A map the size of a stamp, as inline SVG, from the same features and styles."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np
import shapely
from markupsafe import Markup

from maps.features.geojson import Feature, Json, LayerData, geometry_kind, properties_of
from maps.features.mercator import latitude, northing
from maps.page.encode import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from geo import BBox
    from maps.page.drawn import DrawnLayer
    from maps.themes.style import Style, StyleBook

WIDTH, HEIGHT = 480, 300
_UNIT = 2  # whole numbers are halves of the width
_SCALE = 0.62  # line widths and symbols against those of the map
_MARGIN = 12
_TOLERANCE = 0.9  # in units of the picture, of which a screen shows less than one a pixel
_LINE = 16  # height of a line of lettering
_LEAST = 2.0  # shorter lines and the outlines of smaller areas are invisible
_NEARER = 0.8  # a thumbnail shows the content of a map this many zoom levels further in
_AREA = 2  # the dimension of a surface
_BASE = {
    "land": ("f-land", "s-coast"),
    "lakes": ("f-lake", "s-coast"),
    "water_areas": ("f-lake", "s-river"),
    "rivers": ("", "s-river"),
    "boundaries": ("", "s-boundary"),
}


def thumbnail(
    extent: BBox,
    base: Mapping[str, LayerData],
    layers: Iterable[DrawnLayer],
    book: StyleBook,
    names: Iterable[tuple[Feature, str]] = (),
) -> Markup:
    """Draw a thumbnail.

    Parameters
    ----------
    extent, base, layers, book
        Content and styles of the map.
    names
        Points to be named, each with the key of its words on the page.

    Returns
    -------
    Markup
        An ``<svg>`` hidden from screen readers: the text beside it describes it.
    """
    pen = _Pen(extent)
    parts = [pen.base(name, base[name]) for name in _BASE if name in base]
    shown = [layer for layer in layers if layer.layer.visible and not _is_places(layer)][::-1]
    for geometry in ("area", "line", "point"):
        parts += [pen.layer(layer, geometry, book) for layer in shown]
    parts.append(pen.names(names))
    return Markup('<svg class="thumbnail" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>').format(
        _UNIT * WIDTH, _UNIT * HEIGHT, Markup("").join(parts)
    )


class _Pen:
    """Draws in Web Mercator, scaled to hold an extent."""

    def __init__(self, extent: BBox) -> None:
        west, south, east, north = extent
        left, right = math.radians(west), math.radians(east)
        bottom, top = northing([south, north]).tolist()
        self.scale = min(WIDTH / (right - left), HEIGHT / (top - bottom))
        self.zoom = math.log2(self.scale * 2 * math.pi / 256) + _NEARER
        self.x0 = (left + right) / 2 - WIDTH / 2 / self.scale
        self.y0 = (top + bottom) / 2 + HEIGHT / 2 / self.scale
        x = np.degrees(np.array([-_MARGIN - 1, WIDTH + _MARGIN + 1]) / self.scale + self.x0)
        y = latitude(self.y0 - np.array([HEIGHT + _MARGIN + 1, -_MARGIN - 1]) / self.scale)
        self.lonlat_frame = (*x.tolist(), *y.tolist())

    def point(self, position: object) -> tuple[float, float]:
        lon, lat = cast("tuple[float, float]", position)[:2]
        return ((math.radians(lon) - self.x0) * self.scale, (self.y0 - float(northing(lat))) * self.scale)

    def path(self, shapes: NDArray[np.object_]) -> str:
        """SVG path of shapes in degrees, cut to the frame and simplified below what the eye sees."""
        west, east, south, north = self.lonlat_frame
        bounds = shapely.bounds(shapes)
        near = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
        projected = shapely.transform(shapes[near], self._project)
        frame = (-_MARGIN, -_MARGIN, WIDTH + _MARGIN, HEIGHT + _MARGIN)
        west, south, east, north = shapely.bounds(projected).T
        seen = (west <= frame[2]) & (east >= frame[0]) & (south <= frame[3]) & (north >= frame[1])
        inside = shapely.simplify(shapely.clip_by_rect(projected[seen], *frame), _TOLERANCE)
        areas = shapely.get_dimensions(inside) == _AREA
        inside[areas] = shapely.boundary(inside[areas])
        parts = shapely.get_parts(inside)
        return "".join(_steps(part) for part in parts[shapely.length(parts) >= _LEAST])

    def _project(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        x = (np.radians(lonlat[:, 0]) - self.x0) * self.scale
        y = (self.y0 - northing(lonlat[:, 1])) * self.scale
        return np.column_stack([x, y])

    def base(self, name: str, data: LayerData) -> Markup:
        areas, lines = (self.path(shapes) for shapes in _base_shapes(data))
        fill, stroke = _BASE[name]
        outline = "" if lines or not areas else f" {stroke}"
        return Markup('<path class="{}{}" d="{}" stroke-width="0.7"/>').format(fill, outline, areas) + Markup(
            '<path class="{}" d="{}" fill="none" stroke-width="0.7"/>'
        ).format(stroke, lines)

    def layer(self, drawn: DrawnLayer, geometry: str, book: StyleBook) -> Markup:
        pairs = [
            (feature, book.styles[drawn.layer.symbols[symbol].style])
            for feature, symbol in zip(drawn.features, drawn.symbols, strict=True)
            if geometry_kind(feature) == geometry
            and max(drawn.layer.min_zoom, drawn.layer.symbols[symbol].min_zoom) <= self.zoom
        ]
        by_style: dict[str, tuple[Style, list[Feature]]] = {}
        for feature, style in pairs:
            by_style.setdefault(style.name, (style, []))[1].append(feature)
        draw = self.symbols if geometry == "point" else self.lines
        return Markup("").join(draw(features, style, book) for style, features in by_style.values())

    def lines(self, features: Iterable[Feature], style: Style, _: StyleBook) -> Markup:
        d = self.path(_shapes(feature["geometry"] for feature in features))
        if not d:
            return Markup("")
        return Markup("").join(
            Markup('<path class="s-{}" d="{}" fill="none" stroke-width="{:.2g}" stroke-opacity="{:g}"{}/>').format(
                stroke.colour, d, stroke.width * _SCALE, stroke.opacity, _dash(stroke.dash)
            )
            for stroke in style.strokes
        )

    def symbols(self, features: Iterable[Feature], style: Style, book: StyleBook) -> Markup:
        spots = [self.point(position) for feature in features for position in _points(feature)]
        shape, radius = book.shapes.get(style.shape, ()), style.size * _SCALE
        d = "".join(_outline(shape, x, y, radius) for x, y in spots if 0 <= x <= WIDTH and 0 <= y <= HEIGHT)
        if not d:
            return Markup("")
        stroke = style.strokes[0] if style.strokes else None
        classes = f"f-{style.fill or 'accent'}" + (f" s-{stroke.colour}" if stroke else "")
        width = stroke.width * _SCALE if stroke else 0
        return Markup('<path class="{}" d="{}" stroke-width="{:.2g}"/>').format(classes, d, width)

    def names(self, named: Iterable[tuple[Feature, str]]) -> Markup:
        """Write names to the right of their points, one under another where points are close."""
        placed: list[tuple[float, float, str, str]] = []
        for feature, key in named:
            for x, y in (self.point(position) for position in _points(feature)):
                below = y
                while any(abs(below - other[1]) < _LINE and abs(x - other[0]) < _LINE * 3 for other in placed):
                    below += _LINE / 2
                if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
                    placed.append((x, below, key, str(properties_of(feature).get("name") or "")))
        return Markup("").join(
            Markup('<text x="{:.0f}" y="{:.0f}" data-text="{}">{}</text>').format(
                _UNIT * x + 16, _UNIT * y + 8, key, text
            )
            for x, y, key, text in placed
        )


@lru_cache(maxsize=16)
def _base_shapes(data: LayerData) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Areas and lines of a layer of the base map, which most themes share."""
    areas, lines = (
        _shapes(feature["geometry"] for feature in data.features if geometry_kind(feature) == kind)
        for kind in ("area", "line")
    )
    return areas, lines


def _shapes(geometries: Iterable[object]) -> NDArray[np.object_]:
    texts = [json_text(geometry) for geometry in geometries]  # GEOS reads a text faster than shapely takes lists
    return np.atleast_1d(shapely.from_geojson(np.array(texts, dtype=object)))


def _steps(line: shapely.Geometry) -> str:
    """Write a line from corner to corner in steps of a half.

    Examples
    --------
    >>> _steps(shapely.LineString([(1, 2), (2.5, 1), (2.4, 1.1), (4, 1)]))
    'M2 4l3-2 3 0'
    """
    corners = np.rint(_UNIT * shapely.get_coordinates(line)).astype(int)
    steps = np.diff(corners, axis=0)
    steps = steps[steps.any(axis=1)]
    moves = " ".join(f"{x} {y}" for x, y in steps.tolist()).replace(" -", "-")
    x, y = corners[0]
    return f"M{x} {y}l{moves}" if moves else ""


def _is_places(drawn: DrawnLayer) -> bool:
    """Tell whether a layer shows places; a map shows only those it can name, and a thumbnail names none."""
    return drawn.layer.labels is not None and drawn.layer.labels.lettering == "place"


def _outline(corners: Iterable[tuple[float, float]], x: float, y: float, r: float) -> str:
    x, y, r = _UNIT * x, _UNIT * y, _UNIT * r
    points = [f"{x + cx * r:.0f} {y + cy * r:.0f}" for cx, cy in corners]
    if points:
        return "M" + "L".join(points) + "Z"
    half = max(1, round(r))  # a chord longer than twice the radius would make an oval
    arc = f"a{half} {half} 0 1 0 "
    return f"M{x - half:.0f} {y:.0f}{arc}{2 * half} 0{arc}{-2 * half} 0Z"


def _dash(dash: Iterable[float]) -> Markup:
    lengths = " ".join(f"{length * _SCALE:.2g}" for length in dash)
    return Markup(' stroke-dasharray="{}"').format(lengths) if lengths else Markup("")


def _points(feature: Feature) -> list[object]:
    geometry = cast("Mapping[str, Json]", feature["geometry"])
    coordinates = cast("list[object]", geometry["coordinates"])
    return [coordinates] if geometry["type"] == "Point" else coordinates
