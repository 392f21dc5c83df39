"""Shipments as flows: the sea route of each, side by side, so that none hides another.

No course was published. Each flow follows the shortest sea route and is moved seaward by a few kilometres a
lane, which is less than the course may be off anyway.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np

from geo.lonlat import METRES_PER_DEGREE
from maps.features.geojson import LayerData, properties_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.record.store import DataPath
    from maps.features.geojson import Feature, Json

    Floats: TypeAlias = NDArray[np.float64]

_LANE_KM = 16.0
_TAPER_KM = 110.0  # from each end on, the lanes are in full
_STEP_DEG = 0.08  # 9 km at most
_SMOOTHING = 8
_TOLERANCE_DEG = 0.006
_KM_PER_DEGREE = METRES_PER_DEGREE / 1000
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
        The same features with a course each. ``load`` is the class of the tonnage: ``t45`` for 45,000 t and more,
        ``t40`` for less, ``unknown`` where no source gives it, ``containers`` for another cargo.
    """
    from layers import data_directory

    directory = str(data_directory(data))
    courses = {str(feature["id"]): _course(feature, directory) for feature in shipments.features}
    # The farther a ship goes, the farther out it keeps: no lane crosses.
    order = sorted(courses, key=lambda key: (round(float(_run_km(courses[key])[-1]), 1), key))
    lanes = {key: lane for lane, key in enumerate(order)}
    features = tuple(
        _flow(feature, courses[key], lanes[key]) for feature, key in zip(shipments.features, courses, strict=True)
    )
    return LayerData(shipments.record, features)


def _flow(feature: Feature, course: Floats, lane: int) -> Feature:
    properties = dict(properties_of(feature))
    properties["load"] = _load(properties)
    properties |= _labels(properties)
    track = _thin(_smooth(_beside(_smooth(_dense(course)), lane * _LANE_KM)))
    accuracy = properties.get("accuracy_m")
    if isinstance(accuracy, int | float):
        properties["accuracy_m"] = round(accuracy + lane * _LANE_KM * 1000)
    geometry: dict[str, Json] = {"type": "LineString", "coordinates": cast("Json", track)}
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
    from maps.i18n.number import amount, calendar
    from maps.i18n.text import LANGUAGES, strings

    month = str(properties.get("departed") or properties.get("valid_from") or "")[:7]
    labels: dict[str, Json] = {}
    for lang in LANGUAGES:
        tonnes, containers = properties.get("tonnes"), properties.get("containers")
        if isinstance(tonnes, int | float):
            load = amount(float(tonnes), "t", lang)
        elif isinstance(containers, int):
            load = f"{containers} {strings(lang)['story']['containers']}"
        else:
            load = strings(lang)["story"]["tonnes_unknown"]
        labels["label" if lang == "en" else f"label_{lang}"] = f"{calendar(month, lang)} · {load}" if month else load
    return labels


def _course(feature: Feature, directory: str) -> Floats:
    """Shortest sea route between the two ports; the line of the record where a port is unknown."""
    properties = properties_of(feature)
    geometry = cast("dict[str, Json]", feature["geometry"])
    course = _sea_course(str(properties.get("from_port")), str(properties.get("to_port")), directory)
    return np.array(course or geometry["coordinates"], dtype=np.float64)


@lru_cache(maxsize=64)
def _sea_course(origin: str, destination: str, directory: str) -> tuple[tuple[float, float], ...]:
    import layers
    from geo import NoRouteError

    try:
        return tuple((lon, lat) for lon, lat in layers.sea_path(origin, destination, data=directory).coordinates)
    except (layers.PlaceError, NoRouteError):
        return ()


def _steps_km(track: Floats) -> Floats:
    """Kilometres east and north from each position to the next, in a local flat approximation."""
    middle = (track[:-1, 1] + track[1:, 1]) / 2
    return np.diff(track, axis=0) * _scale(middle)


def _scale(lat: Floats) -> Floats:
    """Kilometres per degree of longitude and latitude."""
    return np.column_stack([np.cos(np.radians(lat)), np.ones(len(lat))]) * _KM_PER_DEGREE


def _run_km(track: Floats) -> Floats:
    """Kilometres from the start, at each position."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*_steps_km(track).T))])


def _dense(track: Floats) -> Floats:
    import shapely

    dense: Floats = shapely.get_coordinates(shapely.segmentize(shapely.LineString(track), _STEP_DEG))
    return dense


def _smooth(track: Floats) -> Floats:
    """Round off the corners; the ends stay."""
    smooth = track.copy()
    for _ in range(_SMOOTHING):
        smooth[1:-1] = (smooth[:-2] + 2 * smooth[1:-1] + smooth[2:]) / 4
    return smooth


def _beside(track: Floats, offset_km: float) -> Floats:
    """Move a track to its left, more and more from each end on, by `offset_km` between."""
    number = np.arange(len(track))
    before, after = np.maximum(number - 3, 0), np.minimum(number + 3, len(track) - 1)
    east, north = ((track[after] - track[before]) * _scale((track[after, 1] + track[before, 1]) / 2)).T
    length = np.hypot(east, north)
    run = _run_km(track)
    share = np.minimum(1.0, np.minimum(run, run[-1] - run) / _TAPER_KM)
    km = offset_km * share**2 * (3 - 2 * share) / np.where(length > 0, length, 1.0)
    return track + np.column_stack([-north * km, east * km]) / _scale(track[:, 1])


def _thin(track: Floats) -> list[list[float]]:
    """Drop vertices on straight stretches; a line of many short pieces looks ragged on a screen."""
    import shapely

    line = shapely.simplify(shapely.LineString(track), _TOLERANCE_DEG)
    return [[float(lon), float(lat)] for lon, lat in shapely.get_coordinates(line).round(_DECIMALS)]
