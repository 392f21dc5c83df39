"""The content of a base map from an extract: geometries by class, with their names.

The caller gives the classes: a `Class` says which objects it holds. Relations become areas by osmium's assembler; a way
of which the extract lacks nodes keeps the runs that it has.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo import BBox
from layers.errors import ExtractError

from .coast import Coast, coast_of
from .extract import header_of, osmium_for
from .pbf import GET_AGAIN, check_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

Geometries = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]
Values = frozenset[str]

ANY = "*"
NAME_KEYS = ("name", "name:en", "name:ko", "name:ru", "name:zh")
_REPORTED = 250_000  # objects between two lines of progress


@dataclass(frozen=True, slots=True)
class Class:
    """Objects that are drawn alike.

    Attributes
    ----------
    name
        Of the class.
    geometry
        ``area``, ``line`` or ``point``.
    tags
        Values by key; any of them makes an object one of the class. ``*`` is any value but ``no``.
    also
        Values by key, of which it has one for each; an empty text is a tag that is missing.
    unless
        Values by key, of which it has none.
    is_detail
        Whether it is drawn on large scales alone, so that it is read near the map's own extent only.
    """

    name: str
    geometry: str
    tags: Mapping[str, Values]
    also: Mapping[str, Values] = field(default_factory=dict)
    unless: Mapping[str, Values] = field(default_factory=dict)
    is_detail: bool = False

    def holds(self, tags: Mapping[str, str]) -> bool:
        """Tell whether an object with these tags is one of the class.

        Examples
        --------
        >>> tunnel = Class("tunnel", "line", {"highway": frozenset({"primary"})}, {"tunnel": frozenset({"*"})})
        >>> tunnel.holds({"highway": "primary", "tunnel": "yes"}), tunnel.holds({"highway": "primary", "tunnel": "no"})
        (True, False)
        """
        return (
            any(_is_one(tags.get(key, ""), values) for key, values in self.tags.items())
            and all(_is_one(tags.get(key, ""), values) for key, values in self.also.items())
            and not any(_is_one(tags.get(key, ""), values) for key, values in self.unless.items())
        )


def _is_one(value: str, values: Values) -> bool:
    return value in values or (ANY in values and value not in {"", "no"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """What an extract holds of a base map.

    Attributes
    ----------
    date
        The day of its data, ISO 8601; empty when its header does not say.
    box
        What it covers: by its header, else by its roads and other lines.
    classes, geometries
        Of each object, the index of its class and its shape in degrees, within the box.
    names
        Of each object by language (an empty one is the local name), or nothing.
    bridges
        Whether each object stands on a bridge.
    coast
        Land and sea; None where no coast runs through the box, or too little of it is there.
    coastline
        The coast as lines, where land and sea cannot be told apart.
    notes
        What a careful reader must know.
    """

    date: str
    box: BBox
    classes: Ints
    geometries: Geometries
    names: Sequence[Mapping[str, str] | None]
    bridges: npt.NDArray[np.bool_]
    coast: Coast | None
    coastline: Geometries
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.classes)


def read_drawing(
    path: Path, classes: Sequence[Class], near: BBox | None = None, report: Callable[[str], None] | None = None
) -> Drawing:
    """Read the content of a base map.

    Parameters
    ----------
    path
        A file ``.osm.pbf``.
    classes
        An object belongs to the first that holds it.
    near
        West, south, east, north: outside of it no detail is read.
    report
        Called with the progress of reading.

    Raises
    ------
    ExtractError
        When osmium is not installed, or the file is missing, not a PBF, cut off, damaged or holds nothing to draw.
    """
    osmium = osmium_for(path)
    if not check_whole(path):
        raise ExtractError(f"it holds no data; {GET_AGAIN}", path)
    taken = _Taken(classes, near, osmium.geom.WKBFactory())
    try:
        header = _read(osmium, path, taken, report or (lambda _: None))
    except RuntimeError as error:  # what osmium raises for anything wrong inside
        raise ExtractError(f"{error}; {GET_AGAIN}", path) from None
    if not taken.shapes:
        raise ExtractError("it holds nothing that a base map draws, or nothing near the map's extent", path)
    return _drawing(taken, header)


class _Taken:
    """Objects as they are read."""

    def __init__(self, classes: Sequence[Class], near: BBox | None, factory: Any) -> None:  # noqa: ANN401 - of osmium
        self.classes = classes
        self.near = near
        self.factory = factory
        self.shapes: list[bytes] = []
        self.numbers: list[int] = []
        self.names: list[Mapping[str, str] | None] = []
        self.bridges: list[bool] = []
        self.coast: list[list[tuple[float, float]]] = []
        self.lost = Counter[str]()
        self._of = {
            kind: [(n, c) for n, c in enumerate(classes) if c.geometry == kind] for kind in ("area", "line", "point")
        }

    def keys(self, *kinds: str) -> set[str]:
        """Keys that put an object of such a geometry into a class."""
        return {key for kind in kinds for _, drawn_class in self._of[kind] for key in drawn_class.tags}

    def class_of(self, tags: Mapping[str, str], kind: str) -> int | None:
        return next((number for number, drawn_class in self._of[kind] if drawn_class.holds(tags)), None)

    def is_far(self, number: int, places: Sequence[tuple[float, float]]) -> bool:
        """Whether an object is a detail away from the map's extent."""
        if self.near is None or not self.classes[number].is_detail:
            return False
        west, south, east, north = self.near
        return not any(west <= lon <= east and south <= lat <= north for lon, lat in places)

    def keep(self, number: int, wkb: bytes, tags: Mapping[str, str]) -> None:
        self.numbers.append(number)
        self.shapes.append(wkb)
        self.names.append(_names(tags))
        self.bridges.append(tags.get("bridge", "no") != "no")


def _read(osmium: Any, path: Path, taken: _Taken, report: Callable[[str], None]) -> Mapping[str, Any]:  # noqa: ANN401
    osm, filters = osmium.osm, osmium.filter
    areas, lines = taken.keys("area"), {*taken.keys("line"), "natural"}  # the coast is natural=coastline
    reader = (
        osmium.FileProcessor(str(path))
        .with_locations()
        .with_areas(filters.KeyFilter(*areas))
        .with_filter(filters.EntityFilter(osm.NODE | osm.WAY | osm.AREA))
        .with_filter(filters.KeyFilter(*taken.keys("point")).enable_for(osm.NODE))
        .with_filter(filters.KeyFilter(*lines).enable_for(osm.WAY))
        .with_filter(filters.KeyFilter(*areas).enable_for(osm.AREA))
    )
    for count, element in enumerate(reader, 1):
        if count % _REPORTED == 0:
            report(f"{path.name}: {count:,} objects read, {len(taken.shapes):,} of them drawn")
        tags = dict(element.tags)
        if element.is_area():
            _take_area(taken, element, tags)
        elif element.is_way():
            _take_way(taken, element, tags)
        elif element.location.valid():
            number = taken.class_of(tags, "point")
            place = (element.location.lon, element.location.lat)
            if number is not None and not taken.is_far(number, [place]):
                taken.keep(number, shapely.to_wkb(shapely.Point(place)), tags)
    report(f"{path.name}: {len(taken.shapes):,} objects drawn")
    return header_of(reader.header)


def _take_area(taken: _Taken, area: Any, tags: Mapping[str, str]) -> None:  # noqa: ANN401 - of osmium
    number = taken.class_of(tags, "area")
    if number is None:
        return
    outer = [ring[0] for ring in area.outer_rings() if len(ring)]
    if taken.is_far(number, [(node.lon, node.lat) for node in outer if node.location.valid()]):
        return
    try:
        taken.keep(number, bytes.fromhex(taken.factory.create_multipolygon(area)), tags)
    except RuntimeError:  # osmium gives an area that cannot be put together without rings
        taken.lost["area"] += 1


def _take_way(taken: _Taken, way: Any, tags: Mapping[str, str]) -> None:  # noqa: ANN401 - of osmium
    is_coast = tags.get("natural") == "coastline"
    number = None if is_coast else taken.class_of(tags, "line")
    if number is None and not is_coast:
        return
    for run in _runs(taken, way):
        if is_coast:
            taken.coast.append(run)
        elif number is not None and not taken.is_far(number, [run[0], run[len(run) // 2], run[-1]]):
            taken.keep(number, shapely.to_wkb(shapely.LineString(run)), tags)


def _runs(taken: _Taken, way: Any) -> Iterator[list[tuple[float, float]]]:  # noqa: ANN401 - of osmium
    """Places of a way, without a chord across nodes that the extract lacks."""
    run: list[tuple[float, float]] = []
    for node in way.nodes:
        if node.location.valid():
            run.append((node.location.lon, node.location.lat))
            continue
        taken.lost["node"] += 1
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run


def _names(tags: Mapping[str, str]) -> dict[str, str] | None:
    """Names by language, those alone that differ from the local one."""
    local = tags.get("name", "").strip()
    if not local:
        return None
    translations = {key.partition(":")[2]: tags[key].strip() for key in NAME_KEYS[1:] if tags.get(key, "").strip()}
    return {"": local} | {lang: name for lang, name in translations.items() if name != local}


def _drawing(taken: _Taken, header: Mapping[str, Any]) -> Drawing:
    geometries: Geometries = shapely.from_wkb(np.array(taken.shapes, dtype=object))
    box = header["box"] or _box_of(geometries)
    window = shapely.box(*box)
    inside, rows = _within(geometries, window)
    coastline = shapely.get_parts(
        shapely.intersection(np.array([shapely.LineString(run) for run in taken.coast], dtype=object), window)
    )
    coastline = coastline[shapely.get_dimensions(coastline) == 1]
    coast = coast_of(coastline, window, mend=True)
    return Drawing(
        date=header["date"],
        box=box,
        classes=np.array(taken.numbers, dtype=np.int64)[rows],
        geometries=inside,
        names=[taken.names[at] for at in rows.tolist()],
        bridges=np.array(taken.bridges, dtype=np.bool_)[rows],
        coast=coast,
        coastline=coastline if coast is None else np.array([coast.line], dtype=object),
        notes=tuple(_notes(taken, coast, cut=len(coastline) > 0)),
    )


def _box_of(geometries: Geometries) -> BBox:
    """Box of the lines; areas may be whole where lines were cut."""
    lines = geometries[shapely.get_dimensions(geometries) == 1]
    west, south, east, north = shapely.total_bounds(lines if len(lines) else geometries).tolist()
    return BBox(west, south, east, north)


def _within(geometries: Geometries, window: shapely.Polygon) -> tuple[Geometries, Ints]:
    """Shapes cut to a window, and the rows of those that remain."""
    shapely.prepare(window)
    rows = np.flatnonzero(shapely.intersects(window, geometries))
    inside = geometries[rows]
    cut = ~shapely.contains_properly(window, inside)
    solid = np.array(
        [shapely.make_valid(shape) if not shape.is_valid else shape for shape in inside[cut]], dtype=object
    )
    dimension = shapely.get_dimensions(inside[cut])
    inside[cut] = [
        _of_dimension(part, size) for part, size in zip(shapely.intersection(solid, window), dimension, strict=True)
    ]
    remaining = ~shapely.is_empty(inside)
    return inside[remaining], rows[remaining]


def _of_dimension(shape: shapely.Geometry, dimension: int) -> shapely.Geometry:
    """Parts of a cut shape with its dimension: of an area, a line along the edge may be left."""
    parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == dimension]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts) if parts else shapely.GeometryCollection()


def _notes(taken: _Taken, coast: Coast | None, *, cut: bool) -> Iterator[str]:
    if taken.lost["node"]:
        yield f"nodes of ways that are not in it: {taken.lost['node']:,}; the ways are drawn as far as they go"
    if taken.lost["area"]:
        yield f"areas left out, whose rings cross or are not whole: {taken.lost['area']:,}"
    if cut and coast is None:
        yield "its coast is not whole, so that land and sea cannot be told apart; the coast is drawn as a line on land"
    if coast is not None and coast.mended:
        yield f"ends of coast before the edge that were led on straight: {coast.mended}"
