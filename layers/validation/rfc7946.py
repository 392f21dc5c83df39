"""The rules of RFC 7946 for any GeoJSON text, member by member; what it allows but what causes trouble is a warning."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from .report import ERROR, WARNING, Issue
from .rfc7946_shape import shape_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
COLLECTION = "GeometryCollection"
TYPES = ("Feature", "FeatureCollection", *DEPTH, COLLECTION)
DECIMALS = 7
MAX_LON, MAX_LAT, TURN = 180.0, 90.0, 360.0
# Members that define an object of another type (RFC 7946, 7.1).
_DEFINES = {
    "coordinates": frozenset(DEPTH),
    "geometries": frozenset({COLLECTION}),
    "geometry": frozenset({"Feature"}),
    "properties": frozenset({"Feature"}),
    "features": frozenset({"FeatureCollection"}),
}
_CRS84 = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84")
_LONGITUDE_LATITUDE = "give it as [longitude, latitude]"
_CORNERS = (4, 6)


def label(feature: Any, number: int) -> str:  # noqa: ANN401 - any JSON
    """Name a feature in a message: by its id, else by its number, the first being 1."""
    id_ = feature.get("id") if isinstance(feature, dict) else None
    named = isinstance(id_, (str, int)) and not isinstance(id_, bool) and id_ != ""
    return str(id_) if named else f"feature {number}"


def features_of(content: Any) -> list[Any]:  # noqa: ANN401
    """Features of a GeoJSON object; a bare geometry counts as one."""
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        features = content.get("features")
        return features if isinstance(features, list) else []
    return [content] if isinstance(content, dict) and content.get("type") in TYPES else []


def check_document(content: Any, file: str, first: int = 1) -> list[Issue]:  # noqa: ANN401
    """Check one GeoJSON object of the outermost level.

    Parameters
    ----------
    content
        Any JSON value.
    file
        For the messages.
    first
        Number of its first feature: a sequence has more before it.
    """
    kind = content.get("type") if isinstance(content, dict) else None
    if kind not in TYPES:
        actual = f"a {kind!r}" if kind else f"a JSON {type(content).__name__}"
        return [
            Issue(
                file,
                "",
                "type",
                f"expected a GeoJSON object ({', '.join(TYPES)}), got {actual}",
                "export it again as GeoJSON (RFC 7946)",
            )
        ]
    if kind != "FeatureCollection":
        check = _Check(file, label(content, first))
        check.outermost(content)
        check.feature(content) if kind == "Feature" else check.geometry(content, "")
        return check.found
    check = _Check(file, "")
    check.outermost(content)
    check.members(content, "")
    features = content.get("features")
    if not isinstance(features, list):
        check.error(
            "features",
            f"expected a FeatureCollection with a list of features, got {_short(features)}",
            "make it a list",
        )
        return check.found
    for number, row in enumerate(features, first):
        check_row = _Check(file, label(row, number))
        check_row.feature(row)
        check.found += check_row.found
    return check.found


@dataclass(slots=True)
class _Check:
    """Collects the issues of one feature."""

    file: str
    name: str
    found: list[Issue] = field(default_factory=list)

    def error(self, where: str, problem: str, fix: str) -> None:
        self.found.append(Issue(self.file, self.name, where, problem, fix, ERROR))

    def warn(self, where: str, problem: str, fix: str) -> None:
        self.found.append(Issue(self.file, self.name, where, problem, fix, WARNING))

    def outermost(self, content: dict[str, Any]) -> None:
        """Check the member that GeoJSON had for reference systems before RFC 7946."""
        if "crs" not in content:
            return
        about = content["crs"].get("properties") if isinstance(content["crs"], dict) else None
        code = about.get("name") if isinstance(about, dict) else None
        if code in _CRS84 or content["crs"] is None:
            self.warn("crs", "RFC 7946 has no crs member, and means WGS 84 as this one does", "drop it")
        else:
            fix = "transform to WGS 84 longitude/latitude and drop it"
            self.error("crs", f"RFC 7946 has no crs member, this one names {(code or content['crs'])!r}", fix)

    def feature(self, row: Any) -> None:  # noqa: ANN401
        """Check a feature: its members, then its geometry."""
        if not isinstance(row, dict) or row.get("type") != "Feature":
            self.error(
                "type", f"expected an object of type 'Feature', got {_short(row)}", "remove it or make it a Feature"
            )
            return
        self.members(row, "")
        for key in ("properties", "geometry"):
            if key not in row:
                self.error(key, f"a feature has a member {key!r}", f'add it; "{key}": null where there is none')
        if not isinstance(row.get("properties"), (dict, type(None))):
            self.error(
                "properties",
                f"properties must be an object or null, got {_short(row['properties'])}",
                "make it an object",
            )
        id_ = row.get("id", "")
        if isinstance(id_, bool) or not isinstance(id_, (str, int, float)):
            self.error("id", f"an id is a string or a number, got {_short(id_)}", "make it one, or leave it out")
        if row.get("geometry") is not None:
            self.geometry(row["geometry"], "geometry")

    def members(self, content: dict[str, Any], where: str) -> None:
        """Check that an object has no member of another type, and that its box is one."""
        kind = content.get("type")
        for key, kinds in _DEFINES.items():
            if key in content and kind not in kinds:
                self.error(_at(where, key), f"a {kind} has no member {key!r}", "remove it, or put it where it belongs")
        if "bbox" in content:
            self.box(content["bbox"], _at(where, "bbox"))

    def box(self, box: Any, where: str) -> None:  # noqa: ANN401
        """Check west, south, east, north; west may be greater than east, across the 180th meridian."""
        if not isinstance(box, list) or len(box) not in _CORNERS or not all(map(_is_number, box)):
            fix = "give [west, south, east, north]"
            self.error(where, f"a bounding box is a list of 4 or 6 numbers, got {_short(box)}", fix)
        elif box[1] > box[len(box) // 2 + 1]:
            self.error(where, f"its south {box[1]!r} is north of its north {box[len(box) // 2 + 1]!r}", "swap them")

    def geometry(self, geometry: Any, where: str) -> None:  # noqa: ANN401
        """Check a geometry: the form of its coordinates, then its shape."""
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind not in {*DEPTH, COLLECTION}:
            problem = f"{_short(geometry if kind is None else kind)} is none of {', '.join((*DEPTH, COLLECTION))}"
            self.error(_at(where, "type"), problem, "use one of these")
            return
        self.members(geometry, where)
        if kind == COLLECTION:
            self.collection(geometry, where)
            return
        where = _at(where, "coordinates")
        coordinates = geometry.get("coordinates")
        if coordinates == []:
            self.warn(where, "the coordinates are empty, which may mean that there is no geometry", "use null for none")
            return
        before = len(self.found)
        self.report(_form_problems(coordinates, kind), where, ERROR)
        if len(self.found) > before:
            return
        self.report(_position_warnings(coordinates, DEPTH[kind]), where, WARNING)
        self.report(shape_problems(kind, coordinates), where, WARNING)

    def collection(self, geometry: dict[str, Any], where: str) -> None:
        """Check the members of a geometry collection."""
        members = geometry.get("geometries")
        if not isinstance(members, list):
            self.error(
                _at(where, "geometries"), f"expected a list of geometries, got {_short(members)}", "make it a list"
            )
            return
        if len(members) == 1:
            self.warn(_at(where, "geometries"), "it holds one geometry only", "use that geometry (RFC 7946, 3.1.8)")
        for number, member in enumerate(members):
            if isinstance(member, dict) and member.get("type") == COLLECTION:
                self.warn(
                    _at(where, f"geometries/{number}"), "collections are nested", "put their members side by side"
                )
            self.geometry(member, _at(where, f"geometries/{number}"))

    def report(self, problems: Iterator[tuple[str, str]], where: str, level: str) -> None:
        """Note each kind of problem once, and at most three errors."""
        seen: set[str] = set()
        for problem, fix in problems:
            if fix in seen or len(seen) == 3:  # noqa: PLR2004 - the rest is more of the same
                continue
            seen.add(fix)
            self.found.append(Issue(self.file, self.name, where, problem, fix, level))


def _form_problems(coordinates: Any, kind: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield positions, lines and rings that are invalid."""
    least = {"LineString": 1, "MultiLineString": 1, "Polygon": 2, "MultiPolygon": 2}.get(kind)
    yield from _level_problems(coordinates, DEPTH[kind], least)


def _level_problems(value: Any, depth: int, least: int | None) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if depth == 0:
        yield from _position_problems(value)
        return
    if not isinstance(value, list) or not value:
        yield f"expected a list of positions, got {_short(value)}", "give each position as [longitude, latitude]"
        return
    if depth > 1 or not _plain(value):
        for item in value:
            yield from _level_problems(item, depth - 1, least)
    if depth == 1 and least == 1 and len(value) == 1:
        yield "a line has two or more positions, got 1", "add the missing ones, or make it a Point"
    if depth == 1 and least == 2:  # noqa: PLR2004 - a ring
        if len(value) < 4:  # noqa: PLR2004
            yield f"a ring has four or more positions, got {len(value)}", "add the missing ones"
        elif value[0] != value[-1]:
            yield (
                f"a ring ends where it begins, got {_short(value[0])} and {_short(value[-1])}",
                "repeat the first position",
            )


def _plain(positions: list[Any]) -> bool:
    """Tell at a glance whether all positions of a list are in order, and nothing is to be said of any of them."""
    if {*map(type, positions)} != {list} or {*map(len, positions)} != {2}:
        return False
    numbers = [*chain.from_iterable(positions)]
    if not {*map(type, numbers)} <= {int, float}:
        return False
    try:
        xy = np.array(numbers, float).reshape(-1, 2)
    except OverflowError:  # an integer of hundreds of digits
        return False
    return bool((np.abs(xy) <= (MAX_LON, MAX_LAT)).all() and (np.round(xy, DECIMALS) == xy).all())


def _position_problems(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if not isinstance(value, list) or not value:
        yield f"expected a position, got {_short(value)}", _LONGITUDE_LATITUDE
    elif not all(map(_is_number, value)):
        yield f"a position must be numbers, got {_short(value)}", _LONGITUDE_LATITUDE
    elif len(value) < 2:  # noqa: PLR2004
        yield f"a position has 2 or 3 numbers, got {len(value)}", _LONGITUDE_LATITUDE
    elif abs(value[1]) > MAX_LAT >= abs(value[0]):
        swapped = f"are lon and lat swapped? [{value[1]!r}, {value[0]!r}]"
        yield f"latitude must be in [-90, 90], got {value[1]!r}", swapped
    elif abs(value[0]) > TURN or abs(value[1]) > MAX_LAT:
        yield f"{_short(value)} is not longitude, latitude in degrees", "transform from its projection to WGS 84"


def _position_warnings(value: Any, depth: int) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if depth:
        if depth > 1 or not _plain(value):
            for item in value:
                yield from _position_warnings(item, depth - 1)
        return
    if len(value) > 3:  # noqa: PLR2004
        yield (
            f"a position should have 2 or 3 numbers, got {len(value)}",
            "leave out what is neither lon, lat nor height",
        )
    if abs(value[0]) > MAX_LON:
        yield (
            f"longitude should be in [-180, 180], got {value[0]!r}",
            "cut the geometry at the 180th meridian (RFC 7946, 3.1.9)",
        )
    if any(round(part, DECIMALS) != part for part in value[:2]):
        yield f"{_short(value)} has more than {DECIMALS} decimals (1 cm)", "round it; more digits are not more accuracy"


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -math.inf < value < math.inf


def _at(where: str, key: str) -> str:
    return f"{where}/{key}" if where else key


def _short(value: Any) -> str:  # noqa: ANN401
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line of the terminal
