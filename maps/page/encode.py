"""Coordinates and properties made small for a page; ``assets/js/core/unpack.js`` is the other half.

A line becomes a string: the differences between neighbouring positions in steps of 0.00001 degrees (1 m), zigzag, five bits a
character, which is the encoded polyline format of web maps. Properties become columns in which each value appears once.

References
----------
Encoded Polyline Algorithm Format, Google Maps Platform.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, cast

import orjson

from maps.features.geojson import script_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from maps.features.geojson import Feature, Json

STEPS_PER_DEGREE = 100_000
_CHUNKS = 6  # of five bits: 2 x 180 degrees in steps take 27 bits with the sign
_MORE, _OFFSET = 0x20, 63
# How deep the lists of positions lie in the coordinates of a geometry.
_DEPTHS = {"MultiPoint": 0, "LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}


def pack_line(pairs: Sequence[Sequence[float]]) -> str:
    """Pack the positions of a line or ring, longitude first.

    Examples
    --------
    >>> pack_line([(-120.2, 38.5), (-120.95, 40.7), (-126.453, 43.252)])
    '~ps|U_p~iFnnqC_ulLvxq`@_mqN'
    >>> pack_line([])
    ''
    """
    return pack_lines([pairs])[0]


def pack_lines(lines: Sequence[Sequence[Sequence[float]]]) -> list[str]:
    """Pack lines as `pack_line` does each, all of them at once.

    Examples
    --------
    >>> pack_lines([[(-120.2, 38.5), (-120.95, 40.7)], [], [(-120.2, 38.5)]])
    ['~ps|U_p~iFnnqC_ulL', '', '~ps|U_p~iF']
    """
    import numpy as np  # the command line starts without it

    counts = np.fromiter(map(len, lines), np.int64, len(lines))
    degrees = np.array([part for line in lines for pair in line for part in pair[:2]], dtype=np.float64).reshape(-1, 2)
    steps = np.round(degrees * STEPS_PER_DEGREE).astype(np.int64)
    deltas = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    begins = (np.cumsum(counts) - counts)[counts > 0]
    deltas[begins] = steps[begins]
    zigzag = ((deltas << 1) ^ (deltas >> 63)).ravel()
    remainders = zigzag[:, None] >> (5 * np.arange(_CHUNKS + 1))
    more = remainders[:, 1:] > 0
    characters = np.where(more, remainders[:, :-1] & 0x1F | _MORE, remainders[:, :-1] & 0x1F) + _OFFSET
    used = np.hstack([np.ones((len(zigzag), 1), dtype=bool), more[:, :-1]])
    text = characters[used].astype(np.uint8).tobytes().decode("ascii")
    ends = np.concatenate([[0], np.cumsum(used.sum(axis=1))])[2 * np.cumsum(counts)].tolist()
    return [text[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]


def pack_geometries(geometries: Iterable[Mapping[str, Json]]) -> list[dict[str, Json]]:
    """Pack GeoJSON geometries; a point is not changed."""
    geometries = [*geometries]
    depths = [_DEPTHS.get(str(geometry["type"])) for geometry in geometries]
    lines = [
        line
        for geometry, depth in zip(geometries, depths, strict=True)
        if depth is not None
        for line in _lines(geometry["coordinates"], depth)
    ]
    packed = iter(pack_lines(lines))
    return [
        dict(geometry)
        if depth is None
        else {"type": geometry["type"], "packed": _nested(geometry["coordinates"], depth, packed)}
        for geometry, depth in zip(geometries, depths, strict=True)
    ]


def pack_geometry(geometry: Mapping[str, Json]) -> dict[str, Json]:
    """Pack one geometry as `pack_geometries` does."""
    return pack_geometries([geometry])[0]


def json_text(value: object) -> str:
    """Write JSON, keys in order; the same value gives the same text.

    Examples
    --------
    >>> json_text({"name": "하산", "at": (130.64, 42.42)})
    '{"at":[130.64,42.42],"name":"하산"}'
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_SERIALIZE_NUMPY).decode()


def pack_properties(features: Sequence[Feature], dropped: frozenset[str]) -> dict[str, Json]:
    """Columns of the properties of features, each different value once.

    Returns
    -------
    dict
        By property: ``values``, and ``rows`` that gives the index of each feature's value, -1 where it has none.

    Examples
    --------
    >>> rows = [{"properties": {"kind": "x", "n": 1}}, {"properties": {"kind": "x"}}]
    >>> pack_properties(rows, frozenset())
    {'kind': {'values': ['x'], 'rows': [0, 0]}, 'n': {'values': [1], 'rows': [0, -1]}}
    """
    rows = [cast("Mapping[str, Json]", feature.get("properties") or {}) for feature in features]
    names = dict.fromkeys(key for row in rows for key in row if key not in dropped)
    return {name: _column(script_values([row.get(name) for row in rows])) for name in names}


def _column(values: Sequence[Json]) -> dict[str, Json]:
    seen: dict[str | bytes, int] = {}
    different: list[Json] = []
    rows: list[Json] = []
    for value in values:
        if not value and not isinstance(value, int | float):
            rows.append(-1)
            continue
        key = value if type(value) is str else orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        if key not in seen:
            seen[key] = len(different)
            different.append(value)
        rows.append(seen[key])
    return {"values": different, "rows": rows}


def _lines(coordinates: Json, depth: int) -> Iterable[list[list[float]]]:
    """Give the lists of positions of coordinates that lie so deep."""
    nested = cast("list[Json]", coordinates)
    return (
        chain.from_iterable(_lines(part, depth - 1) for part in nested)
        if depth
        else (cast("list[list[float]]", nested),)
    )


def _nested(coordinates: Json, depth: int, packed: Iterator[str]) -> Json:
    """Put packed lines where the lists of positions lie."""
    if not depth:
        return next(packed)
    nested = cast("list[Json]", coordinates)
    return [_nested(part, depth - 1, packed) for part in nested]
