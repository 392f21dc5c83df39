"""A place that a command is given: by name, id or coordinates, or as GeoJSON through a pipe."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from layers import UnknownPlaceError, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers import Place
    from layers.record.store import DataPath

STANDARD_INPUT = "-"


def find_both(
    origin: str, destination: str, *, prefer: Sequence[str] = (), data: DataPath = None
) -> tuple[Place, Place]:
    """Find two places; one of them may be ``-``, a GeoJSON point on standard input.

    Raises
    ------
    PlaceError
        When one is unknown or may be several, or both are to come through the pipe.
    """
    if origin == destination == STANDARD_INPUT:
        raise UnknownPlaceError("standard input can be FROM or TO, not both; give the other by its name", "-", ())
    return find_one(origin, prefer=prefer, data=data), find_one(destination, prefer=prefer, data=data)


def given(origin: str, destination: str, *, data: DataPath = None) -> tuple[str | Place, str | Place]:
    """Leave two names as they are, but read the one that is ``-`` from standard input.

    Raises
    ------
    PlaceError
        When both are to come through the pipe, or what comes is no point.
    """
    if STANDARD_INPUT not in {origin, destination}:
        return origin, destination
    if origin == destination:
        return find_both(origin, destination, data=data)
    if origin == STANDARD_INPUT:
        return find_one(origin, data=data), destination
    return origin, find_one(destination, data=data)


def find_one(text: str, *, prefer: Sequence[str] = (), data: DataPath = None) -> Place:
    """Find a place; ``-`` is a GeoJSON point on standard input.

    Raises
    ------
    PlaceError
        When it is unknown or may be several.
    """
    return _from_geojson(sys.stdin.read(), data) if text == STANDARD_INPUT else find(text, prefer=prefer, data=data)


def find_all(texts: Sequence[str], *, prefer: Sequence[str] = (), data: DataPath = None) -> list[Place]:
    """Find places; ``-`` stands for those on standard input: a GeoJSON point, or a collection of them.

    Raises
    ------
    PlaceError
        When one is unknown or may be several, or two are to come through the pipe.
    """
    if texts.count(STANDARD_INPUT) > 1:
        raise UnknownPlaceError("standard input can be read once; give the other places by their names", "-", ())
    return [
        place
        for text in texts
        for place in (
            _all_from_geojson(sys.stdin.read(), data)
            if text == STANDARD_INPUT
            else [find(text, prefer=prefer, data=data)]
        )
    ]


def _all_from_geojson(text: str, data: DataPath) -> list[Place]:
    try:
        features = json.loads(text).get("features")
    except (ValueError, AttributeError, RecursionError):
        features = None
    if not isinstance(features, list):
        return [_from_geojson(text, data)]
    if not features:
        raise UnknownPlaceError("expected GeoJSON Points on standard input, got a collection without any", "-", ())
    return [_from_geojson(json.dumps(feature), data) for feature in features]


def _from_geojson(text: str, data: DataPath) -> Place:
    """Place of a feature: ours by its id, another by its position, as accurate as it says or as its decimals."""
    try:
        feature = json.loads(text)
        geometry = feature.get("geometry", feature)
        if geometry["type"] != "Point":
            raise UnknownPlaceError(f"expected a GeoJSON Point on standard input, got {geometry['type']!r}", "-", ())
        lon, lat = geometry["coordinates"][:2]
        properties = feature.get("properties") or {}
        place = find(f"{lon},{lat}", data=data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"expected a GeoJSON Point on standard input, such as `tumen layers show port/rajin --format geojson`: {error}"
        raise UnknownPlaceError(message, "-", ()) from None
    try:
        return find(str(feature["id"]), data=data)
    except (KeyError, UnknownPlaceError):
        stated = properties.get("accuracy_m")
        accuracy_m = float(stated) if isinstance(stated, (int, float)) and stated >= 0 else place.accuracy_m
        return replace(place, name=str(properties.get("name") or place.name), accuracy_m=accuracy_m)
