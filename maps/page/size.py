"""Pages under a size limit: lines and outlines simplified by the least tolerance that suffices.

A line is simplified in the projection that the page draws it in, Mercator, scaled to metres on the ground where the line has its
largest scale, so the tolerance holds everywhere on it. Points are unchanged and nothing is dropped: the smallest
islet keeps three corners, and lines keep their ends.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from maps.errors import SizeError
from maps.features.geojson import Feature, Json, LayerData, geometry_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import shapely
    from numpy.typing import NDArray

    from geo import BBox

    from .page import Page

_RADIUS_M = 6_378_137.0
_ELLIPSOID = 1.0034  # no radius of curvature of WGS 84 is more than this many equatorial radii
_MAX_LAT = 85.0
_DECIMALS = 7
_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
# Tolerance up to this share of the opening extent: beyond it the map would be distorted.
_LARGEST_SHARE = 0.01
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(|k|m|kb|mb)", re.IGNORECASE)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}


def byte_count(text: str) -> int:
    """Read a size: ``500000``, ``500k`` or ``1.5M``, in thousands as files are sold.

    Raises
    ------
    ValueError
        When it is no size.

    Examples
    --------
    >>> [byte_count(text) for text in ("750000", "500k", "1.5M", "2 MB")]
    [750000, 500000, 1500000, 2000000]
    >>> byte_count("many")
    Traceback (most recent call last):
    ...
    ValueError: expected a size such as 500k or 1.5M, got 'many'
    """
    match = _SIZE.fullmatch(text.strip())
    count = round(float(match[1]) * _UNITS[match[2].lower().removesuffix("b")]) if match else 0
    if count < 1:
        raise ValueError(f"expected a size such as 500k or 1.5M, got {text!r}")
    return count


def tolerances_m(extent: BBox) -> list[float]:
    """Round tolerances from 1 m to a hundredth of the diagonal of the opening extent.

    Examples
    --------
    >>> from geo import BBox
    >>> tolerances_m(BBox(130.15, 42.15, 130.85, 42.55))[-1]
    600.0
    """
    west, south, east, north = extent
    width_m = math.radians(east - west) * math.cos(math.radians((south + north) / 2)) * _RADIUS_M
    largest = _LARGEST_SHARE * math.hypot(width_m, math.radians(north - south) * _RADIUS_M)
    steps = [digit * 10.0**power for power in range(6) for digit in _ROUND]
    return [step for step in steps if step <= max(largest, 1.0)]


def fit(render: Callable[[float], Page], max_bytes: int, extent: BBox) -> Page:
    """Render a page with the smallest tolerance that brings it under a limit.

    Parameters
    ----------
    render
        Makes the page with a tolerance in metres; 0 leaves the lines as they are.
    max_bytes
        The limit.
    extent
        The opening extent of the page.

    Raises
    ------
    SizeError
        When even the largest tolerance does not suffice; names the smallest possible size.
    """
    page = render(0.0)
    if page.size <= max_bytes:
        return page
    steps = tolerances_m(extent)
    best = render(steps[-1])
    if best.size > max_bytes:
        message = (
            f"{page.title!r} cannot be made as small as {max_bytes:,} bytes: it has {page.size:,}, and {best.size:,} with "
            f"its lines simplified by {steps[-1]:g} m, beyond which it would no longer be the same map; take layers out of it"
        )
        raise SizeError(message, max_bytes=max_bytes, least_bytes=best.size)
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        tried = render(steps[middle])
        if tried.size <= max_bytes:
            high, best = middle, tried
        else:
            low = middle + 1
    return best


@lru_cache(maxsize=256)
def simplified(data: LayerData, tolerance_m: float) -> LayerData:
    """Simplify the lines and outlines of a layer.

    Parameters
    ----------
    data
        The layer.
    tolerance_m
        How many metres they may deviate; 0 gives the layer itself.

    Returns
    -------
    LayerData
        As many features, each with its properties.
    """
    if not tolerance_m:
        return data
    return replace(data, features=tuple(_simplified(feature, tolerance_m) for feature in data.features))


def _simplified(feature: Feature, tolerance_m: float) -> Feature:
    if geometry_kind(feature) not in {"line", "area"}:
        return feature
    geometry = cast("Mapping[str, Json]", feature["geometry"])
    import shapely

    try:
        shape = shapely.from_geojson(json.dumps({"type": geometry["type"], "coordinates": geometry["coordinates"]}))
        _, south, _, north = shape.bounds
        if max(abs(south), abs(north)) > _MAX_LAT:
            return feature  # no Mercator map shows it
        scale = (
            _RADIUS_M * _ELLIPSOID * math.cos(math.radians(min(abs(south), abs(north)) if south * north > 0 else 0.0))
        )
        projected = shapely.transform(shape, lambda lonlat: _mercator(lonlat, scale))
        result = shapely.transform(
            shapely.simplify(projected, tolerance_m, preserve_topology=True), lambda xy: _lonlat(xy, scale)
        )
    except (shapely.errors.ShapelyError, ValueError):
        return feature  # a line of one position, a ring of two: as the user has it
    return feature if result.is_empty else {**feature, "geometry": _plain(result, str(geometry["type"]))}


def _mercator(lonlat: NDArray, scale: float) -> NDArray:  # type: ignore[type-arg]
    import numpy as np

    from maps.features.mercator import northing

    return scale * np.column_stack([np.radians(lonlat[:, 0]), northing(lonlat[:, 1])])


def _lonlat(xy: NDArray, scale: float) -> NDArray:  # type: ignore[type-arg]
    import numpy as np

    from maps.features.mercator import latitude

    x, y = xy.T / scale
    lonlat: NDArray = np.column_stack([np.degrees(x), latitude(y)])  # type: ignore[type-arg]
    return lonlat.round(_DECIMALS)


def _plain(shape: shapely.Geometry, kind: str) -> dict[str, Json]:
    """GeoJSON geometry of its former type: of several lines only one may remain."""
    import shapely

    geometry = cast("dict[str, Json]", json.loads(shapely.to_geojson(shape)))
    return geometry if geometry["type"] == kind else {"type": kind, "coordinates": [geometry["coordinates"]]}
