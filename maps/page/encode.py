"""Coordinates and properties made small for a page; ``assets/js/core/unpack.js`` is the other half.

A line becomes a string: the differences between neighbouring positions in steps of 0.00001 degrees (1 m), zigzag, five bits a
character, which is the encoded polyline format of web maps. Properties become columns in which each value appears once.

References
----------
Encoded Polyline Algorithm Format, Google Maps Platform.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from maps.features.geojson import script_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    import numpy as np  # the command line starts without it

    if not len(pairs):
        return ""
    steps = np.round(np.array([pair[:2] for pair in pairs], dtype=np.float64) * STEPS_PER_DEGREE).astype(np.int64)
    deltas = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()
    zigzag = (deltas << 1) ^ (deltas >> 63)
    chunks = (zigzag[:, None] >> (5 * np.arange(_CHUNKS))) & 0x1F
    remainders = zigzag[:, None] >> (5 * np.arange(1, _CHUNKS + 1))
    used = np.hstack([np.ones((len(zigzag), 1), dtype=bool), remainders[:, :-1] > 0])
    characters = np.where(remainders > 0, chunks | _MORE, chunks) + _OFFSET
    return bytes(characters[used].astype(np.uint8)).decode("ascii")


def pack_geometry(geometry: Mapping[str, Json]) -> dict[str, Json]:
    """Pack a GeoJSON geometry; a point is not changed."""
    kind = str(geometry["type"])
    if kind not in _DEPTHS:
        return dict(geometry)
    return {"type": kind, "packed": _pack(geometry["coordinates"], _DEPTHS[kind])}


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
    seen: dict[tuple[str, str], int] = {}
    different: list[Json] = []
    rows: list[Json] = []
    for value in values:
        if not value and not isinstance(value, int | float):
            rows.append(-1)
            continue
        key = ("", value) if type(value) is str else ("json", json.dumps(value, sort_keys=True))
        if key not in seen:
            seen[key] = len(different)
            different.append(value)
        rows.append(seen[key])
    return {"values": different, "rows": rows}


def _pack(coordinates: Json, depth: int) -> Json:
    nested = cast("list[Json]", coordinates)
    return [_pack(part, depth - 1) for part in nested] if depth else pack_line(cast("list[list[float]]", nested))
