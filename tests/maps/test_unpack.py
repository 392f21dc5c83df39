"""The page's own script unpacks what `maps.page.encode` packed."""

import random

from maps.page.encode import STEPS_PER_DEGREE, pack_geometry, pack_properties

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
    unpacked = call("core/unpack.js", "({ layer }, block) => layer(block)", block)["features"]
    for got, want in zip(unpacked, features, strict=True):
        assert got["properties"] == want["properties"]
        assert rounded(got["geometry"]["coordinates"]) == rounded(want["geometry"]["coordinates"])


def rounded(value):
    return [rounded(item) for item in value] if isinstance(value, list) else round(value * STEPS_PER_DEGREE)
