"""The page's own geodesic agrees with PROJ."""

import random

import pytest
from pyproj import Geod

from .node import call

CHANCE = random.Random(1952)  # noqa: S311 - places, not secrets
GEOD = Geod(ellps="WGS84")


def measured(pairs):
    return call("core/geodesic.js", "({ distance }, pairs) => pairs.map(([from, to]) => distance(from, to))", pairs)


def somewhere(west, south, east, north):
    return [CHANCE.uniform(west, east), CHANCE.uniform(south, north)]


def near(pairs):
    return [[here, [here[0] + CHANCE.uniform(-1e-4, 1e-4), here[1] + CHANCE.uniform(-1e-4, 1e-4)]] for here, _ in pairs]


REGION = [[somewhere(118, 32, 146, 52), somewhere(118, 32, 146, 52)] for _ in range(200)]
SPECIAL = [
    [[130.6, 42.4], [130.6, 42.4]],
    [[0, 0], [90, 0]],
    [[0, 0], [0, 90]],
    [[179.9, 10], [-179.9, 10]],
    [[0, -90], [0, 90]],
    [[130, 42], [-50, -40]],
    [[-170, 66], [30, 60]],
    [[0, 0], [179.9, 0.1]],
    [[0, 0], [180, 0]],
    [[130, 42], [-50.01, -42.01]],
]


@pytest.mark.parametrize(
    "pairs", [REGION, near(REGION), SPECIAL], ids=["200 pairs in the region", "200 near ones", "special ones"]
)
def test_distance_is_that_of_proj(pairs):
    expected = [GEOD.inv(*start, *end)[2] for start, end in pairs]
    assert measured(pairs) == pytest.approx(expected, abs=1e-6)


def test_points_along_a_line_are_those_of_proj():
    pairs = SPECIAL[2:4] + REGION[:20]
    lines = call("core/geodesic.js", "({ along }, pairs) => pairs.map(([from, to]) => along(from, to, 8))", pairs)
    for (start, end), along in zip(pairs, lines, strict=True):
        expected = [*GEOD.npts(*start, *end, 7)]
        assert [along[0], along[-1]] == [start, end]
        for (lon, lat), (lon_, lat_) in zip(along[1:-1], expected, strict=True):
            assert GEOD.inv(lon, lat, lon_, lat_)[2] < 1e-3, (start, end)
