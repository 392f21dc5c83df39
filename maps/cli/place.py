"""Places as arguments of a command: name, id, coordinates, or GeoJSON on standard input."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from layers import UnknownPlaceError, find

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from geo import Network
    from layers import Place
    from layers.record.store import DataPath

STANDARD_INPUT = "-"
PLACE = "place: a name in any script, an id (station/rajin), LON,LAT in degrees, or - for {} on standard input"


def add_place(parser: argparse.ArgumentParser, name: str, metavar: str) -> None:
    """Add a place as an argument, in the same words for every command."""
    parser.add_argument(name, metavar=metavar, help=PLACE.format("a GeoJSON Point"))


def add_places(parser: argparse.ArgumentParser) -> None:
    """Add the two places between which a command measures."""
    add_place(parser, "origin", "FROM")
    parser.add_argument("destination", metavar="TO", help="place, in the same forms")


def find_both(
    origin: str,
    destination: str,
    *,
    prefer: Sequence[str] = (),
    data: DataPath = None,
    net: Network | None = None,
) -> tuple[Place, Place]:
    """Find two places; one may be ``-``, a GeoJSON Point on standard input. With `net`, its nodes come first.

    Raises
    ------
    PlaceError
        When one is unknown or ambiguous, or both are ``-``.
    """
    if origin == destination == STANDARD_INPUT:
        raise UnknownPlaceError("only one of FROM and TO can be - (standard input); name the other", "-", ())
    return (
        find_one(origin, prefer=prefer, data=data, net=net),
        find_one(destination, prefer=prefer, data=data, net=net),
    )


def given(origin: str, destination: str, *, data: DataPath = None) -> tuple[str | Place, str | Place]:
    """Return two names unchanged, but read the one that is ``-`` from standard input.

    Raises
    ------
    PlaceError
        When both are ``-``, or standard input is not a GeoJSON Point.
    """
    if STANDARD_INPUT not in {origin, destination}:
        return origin, destination
    if origin == destination:
        return find_both(origin, destination, data=data)
    if origin == STANDARD_INPUT:
        return find_one(origin, data=data), destination
    return origin, find_one(destination, data=data)


def find_one(text: str, *, prefer: Sequence[str] = (), data: DataPath = None, net: Network | None = None) -> Place:
    """Find a place; ``-`` is a GeoJSON Point on standard input. With `net`, its nodes come first.

    Raises
    ------
    PlaceError
        When it is unknown or ambiguous.
    """
    return _from_geojson(sys.stdin.read(), data) if text == STANDARD_INPUT else _named(text, prefer, data, net)


def _named(text: str, prefer: Sequence[str], data: DataPath, net: Network | None) -> Place:
    if net is not None and net.table is not None:
        from layers import find_in

        return find_in(net, text, data=data)
    return find(text, prefer=prefer, data=data)


def find_all(
    texts: Sequence[str], *, prefer: Sequence[str] = (), data: DataPath = None, net: Network | None = None
) -> list[Place]:
    """Find places; ``-`` means a GeoJSON Point or a collection of them on standard input.

    Raises
    ------
    PlaceError
        When one is unknown or ambiguous, or two are ``-``.
    """
    if texts.count(STANDARD_INPUT) > 1:
        raise UnknownPlaceError("only one place can be - (standard input); name the others", "-", ())
    return [
        place
        for text in texts
        for place in (
            _all_from_geojson(sys.stdin.read(), data) if text == STANDARD_INPUT else [_named(text, prefer, data, net)]
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
        raise UnknownPlaceError("expected GeoJSON Points on standard input, got an empty collection", "-", ())
    return [_from_geojson(json.dumps(feature), data) for feature in features]


def _from_geojson(text: str, data: DataPath) -> Place:
    """Find the place of a feature by its id, else make one of its position and its stated accuracy or decimals."""
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
