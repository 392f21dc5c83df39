"""Shipments as flows: the way by sea of each, side by side, so that none hides another.

The course of none of them was published. Each keeps to the shortest way by sea and is moved to seaward by a few kilometres a
lane, which is less than the course may be off anyway.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from maps.features.geojson import LayerData, properties_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.record.store import DataPath
    from maps.features.geojson import Feature, Json

    Track = list[tuple[float, float]]

_LANE_KM = 16.0
_TAPER_KM = 110.0  # from each end on, the lanes are in full
_STEP_KM = 9.0
_SMOOTHING = 8
_TOLERANCE_DEG = 0.006
_KM_PER_DEGREE = 111.2
_DECIMALS = 5


def flows(shipments: LayerData, data: DataPath = None) -> LayerData:
    """Draw shipments as flows.

    Parameters
    ----------
    shipments
        Lines with ``from_port``, ``to_port`` and ``tonnes``.
    data
        The data directory of the ports and the sea.

    Returns
    -------
    LayerData
        The same features on courses of their own. ``load`` tells the class of the tonnage: ``t45`` for 45,000 t and more,
        ``t40`` for less, ``unknown`` where no source gives it, ``containers`` for another cargo.
    """
    from layers import data_directory

    directory = str(data_directory(data))
    courses = {str(feature["id"]): _course(feature, directory) for feature in shipments.features}
    # The farther a ship goes, the farther out it keeps: no lane crosses.
    order = sorted(courses, key=lambda key: (round(_run(courses[key])[-1], 1), key))
    lanes = {key: lane for lane, key in enumerate(order)}
    features = tuple(
        _flow(feature, courses[key], lanes[key]) for feature, key in zip(shipments.features, courses, strict=True)
    )
    return LayerData(shipments.record, features)


def _flow(feature: Feature, course: Track, lane: int) -> Feature:
    properties = dict(properties_of(feature))
    properties["load"] = _load(properties)
    properties |= _labels(properties)
    track = _thin(_smooth(_beside(_smooth(_densify(course)), lane * _LANE_KM)))
    accuracy = properties.get("accuracy_m")
    if isinstance(accuracy, int | float):
        properties["accuracy_m"] = round(accuracy + lane * _LANE_KM * 1000)
    geometry: dict[str, Json] = {"type": "LineString", "coordinates": [[lon, lat] for lon, lat in track]}
    return {**feature, "properties": properties, "geometry": geometry}


def _load(properties: dict[str, Json]) -> str:
    tonnes = properties.get("tonnes")
    if properties.get("containers"):
        return "containers"
    if not isinstance(tonnes, int | float):
        return "unknown"
    return "t45" if tonnes >= 45_000 else "t40"  # noqa: PLR2004  the classes of the legend


def _labels(properties: dict[str, Json]) -> dict[str, Json]:
    """Short words for the line: the month and the load, in every language."""
    from maps.i18n.number import amount
    from maps.i18n.text import LANGUAGES, strings

    month = str(properties.get("departed") or properties.get("valid_from") or "")[:7]
    found: dict[str, Json] = {}
    for lang in LANGUAGES:
        tonnes, containers = properties.get("tonnes"), properties.get("containers")
        if isinstance(tonnes, int | float):
            load = amount(float(tonnes), "t", lang)
        elif isinstance(containers, int):
            load = f"{containers} {strings(lang)['story']['containers']}"
        else:
            load = strings(lang)["story"]["tonnes_unknown"]
        found["label" if lang == "en" else f"label_{lang}"] = f"{month} · {load}"
    return found


def _course(feature: Feature, directory: str) -> Track:
    """Shortest way by sea between the two ports; the line of the record where a port is not known."""
    properties = properties_of(feature)
    geometry = cast("dict[str, Json]", feature["geometry"])
    drawn = tuple(
        (float(lon), float(lat)) for lon, lat in cast("Sequence[tuple[float, float]]", geometry["coordinates"])
    )
    return list(_sea_way(str(properties.get("from_port")), str(properties.get("to_port")), directory) or drawn)


@lru_cache(maxsize=64)
def _sea_way(origin: str, destination: str, directory: str) -> tuple[tuple[float, float], ...]:
    import layers
    from geo import NoRouteError

    try:
        return tuple((lon, lat) for lon, lat in layers.sea_path(origin, destination, data=directory).coordinates)
    except (layers.PlaceError, NoRouteError):
        return ()


@dataclass(frozen=True, slots=True)
class _Plane:
    """Kilometres east and north around a latitude; a lane is far narrower than what this is off by."""

    lat: float

    @property
    def east(self) -> float:
        return _KM_PER_DEGREE * math.cos(math.radians(self.lat))


def _leg_km(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    plane = _Plane((a[1] + b[1]) / 2)
    return (b[0] - a[0]) * plane.east, (b[1] - a[1]) * _KM_PER_DEGREE


def _run(track: Track) -> list[float]:
    """Kilometres from the start, at each position."""
    run = [0.0]
    for a, b in pairwise(track):
        run.append(run[-1] + math.hypot(*_leg_km(a, b)))
    return run


def _densify(track: Track) -> Track:
    dense = track[:1]
    for a, b in pairwise(track):
        count = max(1, math.ceil(math.hypot(*_leg_km(a, b)) / _STEP_KM))
        dense += [(a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count) for i in range(1, count + 1)]
    return dense


def _smooth(track: Track) -> Track:
    """Round off the corners; the ends stay."""
    for _ in range(_SMOOTHING):
        inner = [
            ((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
            for a, b, c in zip(track, track[1:], track[2:], strict=False)
        ]
        track = [track[0], *inner, track[-1]]
    return track


def _beside(track: Track, offset_km: float) -> Track:
    """Move a track to its left, more and more from each end on, by `offset_km` between."""
    run = _run(track)
    moved = []
    for i, (lon, lat) in enumerate(track):
        before, after = track[max(0, i - 3)], track[min(len(track) - 1, i + 3)]
        east, north = _leg_km(before, after)
        length = math.hypot(east, north) or 1.0
        share = min(1.0, run[i] / _TAPER_KM, (run[-1] - run[i]) / _TAPER_KM)
        km = offset_km * share * share * (3 - 2 * share)
        plane = _Plane(lat)
        moved.append((lon - north / length * km / plane.east, lat + east / length * km / _KM_PER_DEGREE))
    return moved


def _thin(track: Track) -> Track:
    """Drop what a straight line says as well; a line of many short pieces looks ragged on a screen."""
    import shapely

    line = shapely.simplify(shapely.LineString(track), _TOLERANCE_DEG)
    return [(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in line.coords]
