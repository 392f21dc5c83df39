"""The columns of a big layer: numbers packed, each a compressed stream of its own, in text that a page can carry.

A stream is zlib's format in base64, cut into pieces. The page opens it with `DecompressionStream`, which knows no better one.
"""

from __future__ import annotations

import base64
import itertools
import logging
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from geo import BBox

from .day import day_columns, days_of
from .detail import HEAVY, ZOOMS, levels_of_detail
from .lod import MAX_ZOOM, MIN_ZOOM, importance, levels
from .property import filter_columns, property_chunks
from .rule import NOT_SHOWN, rules_of
from .shape import KIND_NAMES, POINT, WORLD, Ints, Shapes, boxes_of, degrees, runs, starts_of
from .varint import varints, zigzag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from maps.themes.model import ThemeLayer

    from .collect import BulkData

log = logging.getLogger(__name__)

BLOCK = 64
PIECE = 3_000_000  # characters of text in one element of the page
_SLAB = 65_536  # features packed at once; a multiple of BLOCK
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class BulkLayer:
    """A big layer as a page carries it.

    Attributes
    ----------
    about
        Description of the pieces for the page's script, as JSON values.
    pieces
        Text of base64; the index of each is its name.
    geometries
        The kinds of geometry that each rule draws.
    count
        Number of features.
    box
        Box around all of them; None where there are none.
    """

    about: Mapping[str, object]
    pieces: Sequence[str]
    geometries: Sequence[Sequence[str]]
    count: int
    box: BBox | None


@dataclass(slots=True)
class Writer:
    """Collects streams and chunks as pieces of text."""

    pieces: list[str] = field(default_factory=list)

    def stream(self, kind: str, parts: Iterator[bytes] | Sequence[bytes]) -> dict[str, object]:
        """Compress a column; `kind` is the type of its numbers for the script."""
        squeeze = zlib.compressobj(_LEVEL)
        length, packed = 0, bytearray()
        for part in parts:
            length += len(part)
            packed += squeeze.compress(part)
        packed += squeeze.flush()
        first = len(self.pieces)
        step = PIECE * 3 // 4
        self.pieces += [base64.b64encode(packed[at : at + step]).decode("ascii") for at in range(0, len(packed), step)]
        return {"type": kind, "bytes": length, "pieces": [first, len(self.pieces)]}

    def chunks(self, texts: Iterator[bytes]) -> list[dict[str, object]]:
        """Compress texts one by one; a piece holds as many as fit, with the length of each."""
        pieces: list[dict[str, object]] = []
        encoded: list[str] = []
        for text in texts:
            encoded.append(base64.b64encode(zlib.compress(text, _LEVEL)).decode("ascii"))
            if sum(map(len, encoded)) > PIECE:
                pieces.append(self._piece(encoded))
                encoded = []
        return [*pieces, self._piece(encoded)] if encoded else pieces

    def _piece(self, encoded: Sequence[str]) -> dict[str, object]:
        self.pieces.append("".join(encoded))
        return {"piece": len(self.pieces) - 1, "lengths": [len(text) for text in encoded]}


@lru_cache(maxsize=8)
def pack_layer(layer: ThemeLayer, data: BulkData) -> BulkLayer:
    """Select the features that a layer shows, and pack them.

    Parameters
    ----------
    layer
        Its filter and rules.
    data
        The features; the same object again is not packed twice.

    Returns
    -------
    BulkLayer
        The same for the same input.
    """
    rule = rules_of(layer, data)
    boxes = boxes_of(data.shapes)
    order, counts = _order(data, rule, boxes)
    log.debug("%s: %s features sorted by zoom", data.record.name, f"{len(order):,}")
    rows = data.shapes.row[order]
    writer = Writer()
    geometry = shape_columns(writer, data.shapes, rule, order, counts, data.record.name)
    streams = dict(cast("dict[str, object]", geometry["streams"]))
    days = day_columns(data.table, rows, data.record.name)
    streams |= {name: writer.stream("i32", [values.astype("<i4").tobytes()]) for name, values in days.items()}
    coded, words = filter_columns(data.table, rows)
    streams |= {f"code {name}": writer.stream("u8", [code.tobytes()]) for name, code in coded.items()}
    about = {
        **geometry,
        "streams": streams,
        "words": words,
        "days": days_of(days),
        **property_chunks(writer, data.table, rows, data.ids),
    }
    size = sum(map(len, writer.pieces))
    log.info("%s: %s features, drawn on a canvas: %.1f MB", data.record.name, f"{len(order):,}", size / 1e6)
    kinds = [[KIND_NAMES[kind] for kind in np.unique(data.shapes.kind[rule == n])] for n in range(len(layer.symbols))]
    return BulkLayer(about, writer.pieces, kinds, len(order), _extent(boxes[order]))


def shape_columns(
    writer: Writer,
    shapes: Shapes,
    symbol: npt.NDArray[np.integer],
    order: Ints,
    counts: Sequence[Sequence[int]],
    name: str,
) -> dict[str, object]:
    """Pack geometries and the symbols that they are drawn by.

    Parameters
    ----------
    writer
        Takes the streams.
    shapes, symbol
        Features in any order, and the number of the rule that draws each, 0 to 255.
    order
        Those that are packed, in the order of the page.
    counts
        Zoom levels, each with the number of features that show from it on.
    name
        Of the layer.

    Returns
    -------
    dict
        Description for the page's script.
    """
    begin = _block_starts(counts)
    boxes = boxes_of(shapes)
    block_boxes = _block_boxes(boxes, order, begin)
    sizes, segments = _geometry(writer, shapes, order, begin, boxes, name)
    streams = {
        "symbol": writer.stream("u8", [symbol[order].astype(np.uint8).tobytes()]),
        "boxes": writer.stream("i32", [block_boxes.astype("<i4").tobytes()]),
        **sizes,
    }
    coarse = _details(writer, shapes, order, counts, begin, block_boxes[:, :2])
    log.debug("%s: levels of detail packed", name)
    return {
        "count": len(order),
        "levels": counts,
        "block": BLOCK,
        "world": WORLD,
        "name": name,
        "streams": streams | coarse,
        "segments": segments,
        "details": [zoom for zoom in ZOOMS if f"xy {zoom}" in coarse],
    }


def _order(data: BulkData, rule: npt.NDArray[np.int16], boxes: npt.NDArray[np.int32]) -> tuple[Ints, list[list[int]]]:
    """Sort the features shown into the order of the page, and how many show from each zoom."""
    shown = np.flatnonzero(rule != NOT_SHOWN)
    kind, box, row = data.shapes.kind[shown], boxes[shown], data.shapes.row[shown]
    rank = importance(kind, box, row, None if data.order is None else data.order[row])
    level, curve = levels(kind, box, rank)
    order = shown[np.lexsort((rank, curve, level))]
    per_zoom = np.bincount(level, minlength=MAX_ZOOM + 1)
    return order, [[zoom, int(per_zoom[zoom])] for zoom in range(MIN_ZOOM, MAX_ZOOM + 1) if per_zoom[zoom]]


def _block_starts(counts: Sequence[Sequence[int]]) -> Ints:
    """Rows at which blocks begin: no block holds features of two zooms.

    Examples
    --------
    >>> _block_starts([[3, 70], [4, 10]]).tolist()
    [0, 64, 70]
    """
    starts: list[int] = []
    done = 0
    for _, count in counts:
        starts += range(done, done + count, BLOCK)
        done += count
    return np.array(starts, dtype=np.int64)


def _block_boxes(boxes: npt.NDArray[np.int32], order: Ints, begin: Ints) -> npt.NDArray[np.int32]:
    if not len(order):
        return np.zeros((0, 4), dtype=np.int32)
    low = np.minimum.reduceat(boxes[order, :2], begin, axis=0)
    high = np.maximum.reduceat(boxes[order, 2:], begin, axis=0)
    return np.hstack([low, high])


def _geometry(
    writer: Writer, shapes: Shapes, order: Ints, begin: Ints, boxes: npt.NDArray[np.int32], name: str
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Streams with the size of each block in bytes, and segments: blocks whose geometry is opened together.

    A vertex is stored as its difference from the one before, the first of a block by that from the block's north-west corner.
    """
    plain = bool((shapes.kind == POINT).all() and (shapes.counts == 1).all())
    corners = _block_boxes(boxes, order, begin)[:, :2]
    columns = ["xy"] if plain else ["shape", "xy"]
    lengths: dict[str, list[Ints]] = {column: [] for column in columns}
    segments: list[dict[str, object]] = []
    for start, stop in itertools.pairwise([*_slab_cuts(begin, len(order)), len(order)]):
        blocks = np.searchsorted(begin, [start, stop])
        block_range = slice(*blocks)
        segment: dict[str, object] = {"block": int(blocks[0])}
        for column in columns:
            packed, per_block = _slab(
                column, shapes, order[start:stop], begin[block_range] - start, corners[block_range]
            )
            lengths[column].append(per_block)
            segment[column] = writer.stream("u8", [packed])
        segments.append(segment)
        log.debug("%s: %s of %s features packed", name, f"{stop:,}", f"{len(order):,}")
    streams: dict[str, object] = {}
    for column, parts in lengths.items():
        sizes = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        streams[f"{column} lengths"] = writer.stream("i32", [sizes.astype("<i4").tobytes()])
    return streams, segments


def _details(
    writer: Writer,
    shapes: Shapes,
    order: Ints,
    counts: Sequence[Sequence[int]],
    begin: Ints,
    corners: npt.NDArray[np.int32],
) -> dict[str, object]:
    """Streams of the blocks of many vertices, thinned for small scales; of no bytes where that would save less than half."""
    if not len(order):
        return {}
    first = starts_of(shapes.parts)
    vertices = np.add.reduceat(shapes.counts, first)[order]
    exact = np.add.reduceat(vertices, begin)
    sizes = np.diff(begin, append=len(order))
    is_heavy = np.repeat(exact >= HEAVY, sizes)
    zooms = np.repeat(np.array([zoom for zoom, _ in counts]), [count for _, count in counts])
    block = np.repeat(np.arange(len(begin)), sizes)[is_heavy]
    streams: dict[str, object] = {}
    for zoom, chosen, less in levels_of_detail(shapes, order[is_heavy], zooms[is_heavy]):
        block_numbers, starts = np.unique(block[chosen], return_index=True)
        if not len(block_numbers):
            break
        vertex_counts = np.add.reduceat(np.add.reduceat(less.counts, starts_of(less.parts)), starts)
        worth = vertex_counts * 2 <= exact[block_numbers]
        rows = np.flatnonzero(np.repeat(worth, np.diff(starts, append=len(chosen))))
        if not len(rows):
            continue
        _, starts = np.unique(block[chosen][rows], return_index=True)
        for column in ("shape", "xy"):
            packed, lengths = _slab(column, less, rows, starts, corners[block_numbers[worth]])
            lengths_of_all = np.zeros(len(begin), dtype="<i4")
            lengths_of_all[block_numbers[worth]] = lengths
            streams[f"{column} {zoom}"] = writer.stream("u8", [packed])
            streams[f"{column} {zoom} lengths"] = writer.stream("i32", [lengths_of_all.tobytes()])
    return streams


def _slab_cuts(begin: Ints, count: int) -> list[int]:
    """Rows at which to cut: each the beginning of a block."""
    firsts = np.arange(0, count, _SLAB)
    return np.unique(begin[np.searchsorted(begin, firsts, side="right") - 1]).tolist() if count else []


def _slab(column: str, shapes: Shapes, order: Ints, begin: Ints, corners: npt.NDArray[np.int32]) -> tuple[bytes, Ints]:
    """Bytes of some blocks, and how many each takes."""
    parts = shapes.parts[order]
    part = runs(starts_of(shapes.parts)[order], parts)
    counts = shapes.counts[part]
    if column == "shape":
        values, per_feature = _shape_values(shapes.kind[order], parts, counts)
    else:
        vertices = np.add.reduceat(counts, starts_of(parts))
        xy = shapes.xy[runs(starts_of(shapes.counts)[part], counts)].astype(np.int64)
        first = starts_of(vertices)[begin]
        delta = np.diff(xy, axis=0, prepend=xy[:1])
        delta[first] = xy[first] - corners
        values, per_feature = zigzag(delta.ravel()), 2 * vertices
    packed, lengths = varints(values)
    per_block = np.add.reduceat(np.add.reduceat(lengths, starts_of(per_feature)), begin)
    return packed.tobytes(), per_block


def _shape_values(kind: npt.NDArray[np.uint8], parts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """For each feature its kind and how many parts it has beyond the first, then the vertices of each part."""
    per_feature = parts + 1
    values = np.empty(int(per_feature.sum()), dtype=np.int64)
    heads = starts_of(per_feature)
    is_head = np.zeros(len(values), dtype=bool)
    is_head[heads] = True
    values[heads] = kind + ((parts - 1) << 2)
    values[~is_head] = counts
    return values, per_feature


def _extent(boxes: npt.NDArray[np.int32]) -> BBox | None:
    if not len(boxes):
        return None
    corners = np.array([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])
    (west, north), (east, south) = degrees(corners).tolist()
    return BBox(west, south, east, north)
