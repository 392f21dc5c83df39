"""The page's own script unpacks what `maps.page.encode` packed."""

import math
import random

import pytest

from maps.page.encode import STEPS_PER_DEGREE, pack_geometry, pack_lines, pack_properties
from maps.page.outline import along

from .node import call


def scene():
    chance = random.Random(42)  # noqa: S311 - a scene, not a secret
    features = []
    for number in range(60):
        ring = [
            [round(chance.uniform(-180, 180), 5), round(chance.uniform(-90, 90), 5)]
            for _ in range(chance.randint(1, 40))
        ]
        kind, coordinates = chance.choice(
            [("LineString", ring), ("Polygon", [ring, ring]), ("MultiPolygon", [[ring]]), ("Point", ring[0])]
        )
        properties = {"n": number % 7, "kind": chance.choice(["a", "b"])} | (
            {"even": [number]} if number % 2 == 0 else {}
        )
        features.append(
            {"id": f"x/{number}", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}
        )
    return features


def test_script_gives_back_what_was_packed():
    features = scene()
    block = {
        "columns": pack_properties(features, frozenset()),
        "features": [{"id": row["id"], "geometry": pack_geometry(row["geometry"])} for row in features],
    }
    plain = "({ geometry: { type, coordinates }, ...rest }) => ({ ...rest, geometry: { type, coordinates } })"
    code = f"({{ layer }}, block) => layer(block).features.map({plain})"
    unpacked = call("core/unpack.js", code, block)
    for got, want in zip(unpacked, features, strict=True):
        assert got["properties"] == want["properties"]
        assert rounded(got["geometry"]["coordinates"]) == rounded(want["geometry"]["coordinates"])


def test_base_map_lies_on_the_square_of_web_mercator():
    ring = [[0.0, 0.0], [90.0, 85.0511287798], [-180.0, -89.0], [130.64, 42.42]]
    packed = pack_geometry({"type": "Polygon", "coordinates": [ring]})["packed"]
    plain = "const plain = (tracks) => tracks.map(({ values, box }) => ({ values, box }));"
    code = f"({{ base }}, packed) => {{ {plain} const {{ areas, lines }} = base({{ areas: [packed], seas: [], lines: packed }});"
    code += " return { areas: plain(areas), lines: plain(lines) }; }"
    unpacked = call("core/unpack.js", code, packed)
    values, box = (unpacked["areas"][0][key] for key in ("values", "box"))
    assert unpacked["lines"] == unpacked["areas"]
    got = [values[str(at)] for at in range(2 * len(ring))]
    lat = math.radians(42.42)
    northing = math.log(math.tan(math.pi / 4 + lat / 2)) / (2 * math.pi)
    assert got == pytest.approx([0.5, 0.5, 0.75, 0, 0, 1, 0.5 + 130.64 / 360, 0.5 - northing], abs=1e-6)
    assert [box[side] for side in ("west", "north", "east", "south")] == [
        min(got[::2]),
        min(got[1::2]),
        max(got[::2]),
        max(got[1::2]),
    ]


def test_lines_along_rings_are_those_of_the_layer():
    ring = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [2.0, 5.0], [0.0, 4.0], [0.0, 0.0]]
    island = [[8.0, 8.0], [9.0, 8.0], [9.0, 9.0], [8.0, 8.0]]
    coast = [ring[1:5][::-1], island, [[0.0, 4.0], [-3.0, 4.0]]]
    bare, rest = along([ring, island], coast)
    assert (bare, rest) == ([[0, 0, 4]], [coast[2]])
    packed = {"areas": [pack_lines([ring]), pack_lines([island])], "seas": [], "lines": pack_lines(rest), "bare": bare}
    code = "({ base }, block) => base(block).lines.map(({ values }) => [...values]).filter((line) => line.length > 2)"
    lines = call("core/unpack.js", code, packed)
    degrees = [[round((x - 0.5) * 360, 4) for x in line[::2]] for line in lines]
    assert degrees == [[4, 4, 2, 0], [8, 9, 9, 8], [0, -3]]


def rounded(value):
    return [rounded(item) for item in value] if isinstance(value, list) else round(value * STEPS_PER_DEGREE)
