"""Point symbols as icons: SVG for QGIS, PNG for Google Earth."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from maps.themes.style import Stroke

from .unit import number

if TYPE_CHECKING:
    from maps.themes.style import Style, StyleBook

_REACH = 1.3  # how far corners reach beyond the unit circle
_HALO_PX = 1.4
_OVERSAMPLING = 4
_RETINA = 2


def as_point(style: Style) -> Style:
    """Return the style of a point; where a point replaces a line, its outline is a halo, not the strokes of the line."""
    return style if len(style.strokes) <= 1 else replace(style, strokes=(Stroke("halo", _HALO_PX),))


def width_px(style: Style) -> float:
    """Width of the picture of a point: its shape with its outline."""
    outline = style.strokes[0].width if style.strokes else 0.0
    return 2 * (style.size * _REACH + outline)


def svg(style: Style, book: StyleBook) -> str:
    """SVG of a point shape, its colours open to the program that draws it."""
    half = width_px(style) / 2
    corners = book.shapes[style.shape]
    points = " ".join(f"{number(x * style.size)},{number(y * style.size)}" for x, y in corners)
    body = f'<polygon points="{points}"' if corners else f'<circle r="{number(style.size)}"'
    outline = style.strokes[0].width if style.strokes else 0.0
    box = f"{number(-half)} {number(-half)} {number(2 * half)} {number(2 * half)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body} fill="param(fill)" '
        f'stroke="param(outline)" stroke-width="{number(outline)}" stroke-linejoin="miter"/></svg>'
    )


def embedded_svg(style: Style, book: StyleBook) -> str:
    """SVG in the form in which QGIS takes it instead of a path."""
    return "base64:" + base64.b64encode(svg(style, book).encode()).decode()


def png(style: Style, book: StyleBook) -> bytes:
    """PNG of a point symbol in its light colours, at twice its size on a map."""
    import numpy as np
    import shapely
    from PIL import Image

    corners = book.shapes[style.shape]
    shape = shapely.Polygon(corners) if corners else shapely.Point(0, 0).buffer(1, quad_segs=32)
    shape = shapely.transform(shape, lambda pairs: pairs * style.size)
    pixels = int(np.ceil(width_px(style))) * _RETINA
    step = width_px(style) / (pixels * _OVERSAMPLING)
    axis = (np.arange(pixels * _OVERSAMPLING) + 0.5) * step - width_px(style) / 2
    x, y = np.meshgrid(axis, axis)
    image = np.zeros((*x.shape, 4))
    image[shapely.contains_xy(shape, x, y)] = [*_rgb(book.colours[style.fill].light), 1.0] if style.fill else [0.0] * 4
    if style.strokes:
        outline = shape.exterior.buffer(style.strokes[0].width / 2, join_style="mitre")
        image[shapely.contains_xy(outline, x, y)] = [*_rgb(book.colours[style.strokes[0].colour].light), 1.0]
    cells = image.reshape(pixels, _OVERSAMPLING, pixels, _OVERSAMPLING, 4)
    alpha = cells[..., 3:].mean(axis=(1, 3))
    colour = (cells[..., :3] * cells[..., 3:]).mean(axis=(1, 3)) / np.maximum(alpha, 1e-9)
    rows = np.rint(np.concatenate([colour, alpha * 255], axis=2)).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(rows).save(file, "PNG", optimize=True)
    return file.getvalue()


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
