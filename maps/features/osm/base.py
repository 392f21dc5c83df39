"""The base map of an extract as a page carries it: as much of it as fits a size, the important first."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo import BBox
from layers.osm.drawing import read_drawing
from maps.errors import FeatureError
from maps.features.bulk.columns import Writer, shape_columns
from maps.features.bulk.lod import MAX_ZOOM, morton
from maps.features.bulk.shape import Shapes, boxes_of, mercator, shapes_of
from maps.features.geojson import DataRecord

from .naming import QUARTERS, Names, names_of
from .table import MANNERS, OVERVIEW_ZOOM, kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from layers.osm.drawing import Drawing, Geometries, Ints

    from .table import Kind

log = logging.getLogger(__name__)

LICENCE, ATTRIBUTION = "ODbL-1.0", "© OpenStreetMap contributors"
BRIDGE = 128  # added to the number of a class: bridges are drawn above all else
_FAR_ZOOM = 8
_ROOM = 1.0  # of the map's extent, to each side of it, in which details are drawn
# Tiers of an extract in a page, in this order, as long as they fit.
_TIERS = (
    "what shows on small scales",
    "details of the map's extent",
    "main roads, waters and land use elsewhere",
    "buildings of the map's extent",
    "details of its surroundings",
    "buildings of its surroundings",
)


@dataclass(frozen=True, slots=True, eq=False)
class OsmBase:
    """A base map out of an extract.

    Attributes
    ----------
    record
        Licence and attribution of the data.
    box
        West, south, east, north of the extract.
    about
        Description of the pieces for the page's script, as JSON values.
    pieces
        Text of base64; the index of each is its name.
    notes
        Notes for the reader, including what was left out.
    """

    record: DataRecord
    box: BBox
    about: Mapping[str, object]
    pieces: Sequence[str]
    notes: Sequence[str]


def osm_base(path: Path, extent: BBox, langs: Sequence[str], max_bytes: int) -> OsmBase:
    """Make the base map of a map.

    Parameters
    ----------
    path
        A file ``.osm.pbf``.
    extent
        West, south, east, north of the opening extent.
    langs
        Languages of the names.
    max_bytes
        How large it may be.

    Returns
    -------
    OsmBase
        The same for the same input, which is read once.

    Raises
    ------
    ExtractError
        When the extract cannot be read.
    FeatureError
        When it does not reach the map's extent, or even its overview exceeds the size limit.
    """
    state = path.stat() if path.is_file() else None
    key = (state.st_mtime_ns, state.st_size) if state else (0, 0)
    return _made(path, key, extent, tuple(langs), max_bytes)


@lru_cache(maxsize=4)
def _made(path: Path, _state: tuple[int, int], extent: BBox, langs: tuple[str, ...], max_bytes: int) -> OsmBase:
    table = kinds()
    drawing = read_drawing(path, [kind.objects for kind in table], _around(extent), log.info)
    if not shapely.box(*drawing.box).intersects(shapely.box(*extent)):
        raise FeatureError(
            f"{path.name}: the extract covers {_degrees(drawing.box)}, the map {_degrees(extent)}; take one of the map's region",
            source=str(path),
        )
    stores, pieces, left_out = _fitted(_scene(drawing, table), extent, langs, max_bytes)
    if not stores:
        raise FeatureError(
            f"{path.name}: not even {_TIERS[0]} fits {max_bytes:,} bytes; take a smaller extract, or allow more bytes",
            source=str(path),
        )
    cut = [f"left out, to fit {max_bytes:,} bytes: {'; '.join(left_out)}"] if left_out else []
    notes = [f"{path.name}: {note}" for note in (*drawing.notes, *cut)]
    for note in notes:
        log.warning("%s", note)
    log.info("%s: base map of %s objects, %.1f MB", path.name, f"{len(drawing):,}", sum(map(len, pieces)) / 1e6)
    about = {
        "box": [*drawing.box],
        "classes": [{"id": kind.objects.name, "from": kind.zoom} for kind in table],
        "manners": MANNERS,
        "stores": stores,
    }
    title = f"{path.name}{f', {drawing.date}' if drawing.date else ''}"
    return OsmBase(DataRecord("osm", title, LICENCE, ATTRIBUTION), drawing.box, about, pieces, notes)


def _fitted(
    scene: _Scene, extent: BBox, langs: Sequence[str], max_bytes: int
) -> tuple[list[dict[str, object]], list[str], list[str]]:
    """Pack one tier after the other as long as they fit; return the packed tiers, their pieces, and the tiers left out."""
    tiers = _tiers(scene, extent)
    stores: list[dict[str, object]] = []
    pieces: list[str] = []
    left_out: list[str] = []
    for number, title in enumerate(_TIERS):
        rows = np.flatnonzero(tiers == number)
        if not len(rows):
            continue
        writer = Writer(list(pieces))
        store = _pack(writer, scene, rows, langs, _around(extent))
        if sum(map(len, writer.pieces)) <= max_bytes:
            stores.append(store)
            pieces = writer.pieces
        elif not stores:
            break
        else:
            left_out.append(title)
    return stores, pieces, left_out


@dataclass(frozen=True, slots=True)
class _Scene:
    """All objects: class, class with `BRIDGE`, shape in degrees, names, the zoom from which each is drawn; as Mercator shapes."""

    kinds: Sequence[Kind]
    classes: Ints
    symbols: Ints
    geometries: Geometries
    names: Sequence[Mapping[str, str] | None]
    levels: Ints


def _scene(drawing: Drawing, table: Sequence[Kind]) -> _Scene:
    """Objects of a drawing with its land, its coast, and lines of one class joined to longer ones."""
    number = {kind.objects.name: at for at, kind in enumerate(table)}
    window = shapely.box(*drawing.box)
    land = drawing.coast.land if drawing.coast else window
    ground = [part for part in shapely.get_parts(land) if part.geom_type == "Polygon"]
    added = [*ground, *drawing.coastline]
    classes = np.concatenate(
        [drawing.classes, np.full(len(ground), number["land"]), np.full(len(drawing.coastline), number["coast"])]
    ).astype(np.int64)
    geometries = np.concatenate([drawing.geometries, np.array(added, dtype=object)])
    bridges = np.concatenate([drawing.bridges, np.zeros(len(added), dtype=bool)])
    is_line = np.array([kind.objects.geometry == "line" for kind in table])
    symbols = classes + BRIDGE * (bridges & is_line[classes])
    levels = _levels(table, classes, geometries)
    return _Scene(table, classes, symbols, geometries, [*drawing.names, *[None] * len(added)], levels)


def _levels(table: Sequence[Kind], classes: Ints, geometries: Geometries) -> Ints:
    """Zoom from which each object is drawn: that of its class, of an area when it covers enough of the map."""
    zoom = np.array([kind.zoom for kind in table])[classes]
    least = np.array([kind.least_px for kind in table])[classes]
    boxes = shapely.bounds(geometries)
    middle = np.radians(np.clip((boxes[:, 1] + boxes[:, 3]) / 2, -85, 85))
    steps = shapely.area(geometries) / np.cos(middle) * (2.0**25 / 360) ** 2
    # Square pixels are fourfold with every zoom level.
    enough = MAX_ZOOM - np.log2(np.maximum(steps, 1e-9) / np.maximum(least, 1e-9)) / 2
    return np.where(least > 0, np.clip(np.ceil(enough), zoom, MAX_ZOOM), zoom).astype(np.int64)


def _tiers(scene: _Scene, extent: BBox) -> Ints:
    """Index in `_TIERS` of each object."""
    inside = shapely.intersects(shapely.box(*_around(extent, 0.0)), scene.geometries)
    near = shapely.intersects(shapely.box(*_around(extent)), scene.geometries)
    is_building = np.array([kind.objects.name == "building" for kind in scene.kinds])[scene.classes]
    conditions = [
        scene.levels <= _FAR_ZOOM,
        inside & ~is_building,
        scene.levels <= OVERVIEW_ZOOM,
        inside & is_building,
        near & ~is_building,
        near & is_building,
    ]
    return np.select(conditions, list(range(len(_TIERS))), default=-1).astype(np.int64)


def _pack(writer: Writer, scene: _Scene, rows: Ints, langs: Sequence[str], near: BBox) -> dict[str, object]:
    """Columns of some of the objects."""
    drawn_rows = rows[np.array([kind.drawn for kind in scene.kinds])[scene.classes[rows]]]
    shapes, symbols, levels = _joined(scene, drawn_rows)
    boxes = boxes_of(shapes)
    x, y = ((boxes[:, axis].astype(np.int64) + boxes[:, axis + 2]) // 2 for axis in (0, 1))
    order = np.lexsort((symbols, morton(x, y), levels))
    counts = np.bincount(levels, minlength=MAX_ZOOM + 1)
    packed = shape_columns(
        writer, shapes, symbols, order, [[zoom, int(n)] for zoom, n in enumerate(counts) if n], "base map"
    )
    names = names_of(
        scene.kinds, scene.classes[rows], scene.geometries[rows], [scene.names[row] for row in rows.tolist()]
    )
    return {
        **packed,
        "words": {},
        "days": [],
        "names": [],
        "properties": [],
        "chunk": 0,
        "texts": _texts(writer, names, langs, near),
    }


def _joined(scene: _Scene, rows: Ints) -> tuple[Shapes, Ints, Ints]:
    """Shapes of objects: areas with their outer rings turned one way, lines of one symbol joined where they meet."""
    dimension = shapely.get_dimensions(scene.geometries[rows])
    areas, lines = rows[dimension == 2], rows[dimension == 1]  # noqa: PLR2004 - a plane
    geometries = [shapely.normalize(scene.geometries[areas])]
    symbols, levels = [scene.symbols[areas]], [scene.levels[areas]]
    for symbol in np.unique(scene.symbols[lines]).tolist():
        of_symbol = lines[scene.symbols[lines] == symbol]
        flat = shapely.get_parts(scene.geometries[of_symbol])
        merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(flat)))
        geometries.append(merged)
        symbols.append(np.full(len(merged), symbol, dtype=np.int64))
        levels.append(np.full(len(merged), scene.levels[of_symbol[0]], dtype=np.int64))
    everything = np.concatenate(geometries)
    kind = shapely.get_dimensions(everything)
    # `shapes_of` puts lines before areas.
    order = np.concatenate([np.flatnonzero(kind == 1), np.flatnonzero(kind == 2)])  # noqa: PLR2004
    shapes = shapes_of(everything[order], np.arange(len(order)))
    return shapes, np.concatenate(symbols)[order], np.concatenate(levels)[order]


def _texts(writer: Writer, names: Names, langs: Sequence[str], near: BBox) -> dict[str, object]:
    """Columns of names, the important first; away from the map's extent those of small scales alone."""
    (west, south), (east, north) = mercator(np.array([[near.west, near.south], [near.east, near.north]])).tolist()
    chosen = [
        at
        for at, (x, y, first) in enumerate(zip(names.x, names.y, names.first, strict=True))
        if first <= (OVERVIEW_ZOOM + 2) * QUARTERS or (west <= x <= east and north <= y <= south)
    ]
    order = sorted(chosen, key=lambda at: (-names.rank[at], names.texts[at][""], names.x[at], names.y[at]))
    columns = {
        key: writer.stream("i32", [np.array(getattr(names, key), dtype="<i4")[order].tobytes()])
        for key in ("manner", "first", "last", "rank", "x", "y", "angle", "room")
    }
    texts = [names.texts[at] for at in order]
    words: dict[str, list[str | None]] = {"": [text[""] for text in texts]}
    words |= {lang: [text.get(lang) for text in texts] for lang in langs if any(lang in text for text in texts)}
    chunk = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return {"count": len(order), "columns": columns, "words": writer.chunks(iter([chunk]))}


def _around(extent: BBox, room: float = _ROOM) -> BBox:
    """Square around an extent, with room of so many of its sides to each side: a page shows more than the extent."""
    west, south, east, north = extent
    shrunk = math.cos(math.radians((south + north) / 2))
    side = max((east - west) * shrunk, north - south)  # degrees of latitude
    x, y = (side / shrunk * (0.5 + room), side * (0.5 + room))
    lon, lat = (west + east) / 2, (south + north) / 2
    return BBox(max(-180.0, lon - x), max(-90.0, lat - y), min(180.0, lon + x), min(90.0, lat + y))


def _degrees(box: Iterable[float]) -> str:
    west, south, east, north = box
    return f"{west:.2f}–{east:.2f}° E, {south:.2f}–{north:.2f}° N"
