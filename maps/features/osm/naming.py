"""Where the names of a base map stand: on points, in areas, and along the straight runs of lines."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from maps.features.bulk.lod import MAX_ZOOM, steps_per_pixel
from maps.features.bulk.shape import mercator

from .table import MANNERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layers.osm.drawing import Geometries, Ints

    from .table import Kind, Naming

_BEND_PX = 3.0  # by which a line may deviate from the text along it
_SHORTEST_PX = 34.0  # of a run that takes words
_APART_PX = 420.0  # between two places of one name along a run
_LEVELS = 2  # zoom levels for which a run is straight enough
_SIDE_PX = 40.0  # of an area that takes its name
_FULL_TURN = 360.0
QUARTERS = 4  # of a zoom level


@dataclass(slots=True)
class Names:
    """Names of a base map, a column each; positions are steps of the world.

    Attributes
    ----------
    texts
        By language; the empty one is local.
    manner
        Index in `MANNERS`.
    first, last
        Zoom levels from which and below which it stands, in quarters.
    rank
        In hundredths; the greater first.
    x, y, angle, room
        Its middle, its direction in tenths of a degree, and the length it may take along a line; 0 where that does not matter.
    """

    texts: list[Mapping[str, str]] = field(default_factory=list)
    manner: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    rank: list[int] = field(default_factory=list)
    x: list[int] = field(default_factory=list)
    y: list[int] = field(default_factory=list)
    angle: list[int] = field(default_factory=list)
    room: list[int] = field(default_factory=list)

    def put(
        self,
        text: Mapping[str, str],
        naming: Naming,
        place: tuple[float, float],
        *,
        zoom: float,
        until: float | None = None,
        angle: float = 0.0,
        room: float = 0.0,
        bonus: float = 0.0,
    ) -> None:
        """Add a name."""
        last = naming.until if until is None else until
        row = (
            MANNERS.index(naming.manner),
            zoom * QUARTERS,
            last * QUARTERS,
            (naming.rank + bonus) * 100,
            *place,
            angle * 10,
            room,
        )
        columns = (self.manner, self.first, self.last, self.rank, self.x, self.y, self.angle, self.room)
        self.texts.append(text)
        for column, value in zip(columns, row, strict=True):
            column.append(round(value))


def names_of(
    kinds: Sequence[Kind], classes: Ints, geometries: Geometries, texts: Sequence[Mapping[str, str] | None]
) -> Names:
    """Place the names of objects.

    Parameters
    ----------
    kinds
        All classes.
    classes, geometries, texts
        Of each object, its class, its shape in degrees and its names.
    """
    names = Names()
    lines: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for at, (number, text) in enumerate(zip(classes.tolist(), texts, strict=True)):
        naming = kinds[number].naming
        if naming is None or text is None:
            continue
        if kinds[number].objects.geometry == "line":
            lines[number, text[""]].append(at)
        else:
            _put_area_or_point(names, text, naming, geometries[at])
    for (number, _), members in lines.items():
        naming, text = kinds[number].naming, texts[members[0]]
        if naming is not None and text is not None:
            _put_line(names, text, naming, geometries[members])
    return names


def _put_area_or_point(names: Names, text: Mapping[str, str], naming: Naming, shape: shapely.Geometry) -> None:
    if shape.geom_type == "Point":
        ((x, y),) = mercator(shapely.get_coordinates(shape))
        names.put(text, naming, (x, y), zoom=naming.zoom)
        return
    middle = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    ((x, y),) = mercator(shapely.get_coordinates(middle))
    side = math.sqrt(shapely.transform(shape, lambda pairs: mercator(pairs).astype(float)).area)
    zoom = max(naming.zoom, MAX_ZOOM - math.log2(max(side, 1.0) / _SIDE_PX))
    if zoom <= MAX_ZOOM + 1:
        names.put(text, naming, (x, y), zoom=zoom, bonus=min(4.0, math.log2(max(side, 1.0)) / 4))


def _put_line(names: Names, text: Mapping[str, str], naming: Naming, members: Geometries) -> None:
    """Place a name along the straight runs of a line, again for every few zoom levels: on small scales more of it is straight."""
    flat = shapely.transform(members, lambda pairs: mercator(pairs).astype(float))
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(flat)))
    level = math.ceil(naming.zoom)
    while level <= MAX_ZOOM:
        pixel = steps_per_pixel(level)
        last = level + _LEVELS > MAX_ZOOM
        for place, angle, room in _runs(merged, pixel):
            bonus = min(1.0, room / pixel / 1000)
            until = None if last else level + _LEVELS
            names.put(text, naming, place, zoom=level, until=until, angle=angle, room=room, bonus=bonus)
        level += _LEVELS


def _runs(lines: Geometries, pixel: float) -> Iterator[tuple[tuple[float, float], float, float]]:
    """Middle, direction and length of places along the straight runs of lines."""
    for line in shapely.simplify(lines, _BEND_PX * pixel, preserve_topology=False):
        pairs = shapely.get_coordinates(line)
        for (x, y), (dx, dy) in zip(pairs[:-1], np.diff(pairs, axis=0), strict=True):
            length = math.hypot(dx, dy)
            if length < _SHORTEST_PX * pixel:
                continue
            angle = math.degrees(math.atan2(dy, dx))
            angle -= round(angle / (_FULL_TURN / 2)) * (_FULL_TURN / 2)  # words are read from the left
            count = max(1, round(length / (_APART_PX * pixel)))
            for number in range(count):
                share = (number + 0.5) / count
                yield (x + dx * share, y + dy * share), angle, 2 * length * min(share, 1 - share)
