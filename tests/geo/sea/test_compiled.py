"""Compiled charts: the same paths as the exact search, from bytes that are whole or refused."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import BBox, ChartFileError, CompiledChart, LonLat, NoRouteError, SeaChart, distance, sea_path
from geo.geodesic._engine import along, gnomonic, inverse, inverse_many, lambert_many
from geo.sea._projection import Plane
from geo.sea._sweep import visible
from tests.geo.strategies import fast

ISLES = shapely.union_all(
    [shapely.Point(130 + x / 3, 41 + y / 3 + x / 9).buffer(0.12) for x in range(4) for y in range(4)]
)
LAKE = shapely.box(128.6, 40.9, 129.2, 41.6).difference(shapely.box(128.7, 41.0, 129.1, 41.5))
LAND = shapely.union_all([ISLES, LAKE, shapely.Point(130.6, 42.9).buffer(0.2, quad_segs=64)])
BOX = BBox(128, 40, 133, 44)
EXACT = SeaChart(LAND, extent=BOX, accuracies=[(BOX, 500.0)])
COMPILED = CompiledChart(EXACT.compiled("abc").to_bytes())
waters = st.builds(LonLat, st.floats(128.1, 132.9), st.floats(40.1, 43.9)).filter(lambda p: not EXACT.is_land(p))


def path_or_none(a, b, chart):
    try:
        return sea_path(a, b, chart)
    except NoRouteError as error:
        return error.reason


@fast
@given(waters, waters)
def test_paths_equal_those_of_the_exact_search(a, b):
    expected, path = path_or_none(a, b, EXACT), path_or_none(a, b, COMPILED)
    if isinstance(expected, str):
        assert path == expected
    else:
        assert path.length_m == pytest.approx(expected.length_m, rel=1e-6, abs=1e-6)
        assert path.uncertainty_m == pytest.approx(expected.uncertainty_m, rel=0.01, abs=1)


@fast
@given(waters, waters)
def test_paths_cross_no_land_and_are_not_below_the_geodesic(a, b):
    path, back = path_or_none(a, b, COMPILED), path_or_none(b, a, COMPILED)
    if isinstance(path, str):
        assert back == path
    else:
        assert not shapely.intersects(LAND, shapely.LineString(path.coordinates))
        assert path.length_m >= distance(a, b) - 1e-6
        assert path.turns == back.turns[::-1]


def test_ends_on_the_line_50_m_off_the_shore_find_the_same_path():
    """Such an end lies on a line with vertices to both sides: there only rounding tells what touches the coast."""
    for row in range(0, len(EXACT._shore), 21):
        start = LonLat(*EXACT._shore[row].mean(axis=0).tolist())
        exact, path = path_or_none(start, (132.5, 40.5), EXACT), path_or_none(start, (132.5, 40.5), COMPILED)
        if isinstance(exact, str):
            assert path == exact, row
        else:
            assert path.length_m == pytest.approx(exact.length_m, rel=1e-6), row


def test_what_the_chart_knows_is_kept():
    assert (COMPILED.extent, COMPILED.accuracies, COMPILED.source) == (EXACT.extent, EXACT.accuracies, "abc")
    assert shapely.equals(COMPILED.land, EXACT.land)
    assert COMPILED.nearest_water(LonLat(129.0, 40.95)) == EXACT.nearest_water(LonLat(129.0, 40.95))
    assert sea_path((129.9, 41.0), (130.9, 41.0), COMPILED, offing_nmi=3, offing_from=ISLES).offing_m == 3 * 1852


def test_the_same_chart_gives_the_same_bytes():
    again = SeaChart(LAND, extent=BOX, accuracies=[(BOX, 500.0)]).compiled("abc")
    assert again.to_bytes() == COMPILED.to_bytes()


def test_no_path_is_returned_beyond_the_limit():
    a, b = LonLat(129.5, 41.5), LonLat(131.5, 41.9)
    metres = sea_path(a, b, COMPILED).length_m
    assert COMPILED.turns(a, b, metres + 10)
    assert COMPILED.turns(a, b, metres - 10) is None


def test_land_without_convex_vertices_in_its_extent():
    wall = SeaChart(shapely.box(129, 40, 130, 44), extent=BBox(129.5, 41, 131, 43)).compiled()
    assert sea_path((130.5, 41.5), (130.6, 42.5), wall).turns[1:-1] == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", COMPILED.to_bytes()[:-100], COMPILED.to_bytes().replace(b'"format":1', b'"format":9')],
    ids=["empty", "no zip", "cut", "changed"],
)
def test_invalid_chart_bytes_are_refused(content):
    with pytest.raises(ChartFileError, match="expected a compiled sea chart of format 1"):
        CompiledChart(content)


@pytest.mark.long
def test_visibility_is_that_of_every_target_against_every_edge():
    generator = np.random.default_rng(4)
    edges = generator.uniform(-1e5, 1e5, (400, 1, 2)) + generator.normal(0, 6e3, (400, 2, 2))
    targets = generator.uniform(-1.2e5, 1.2e5, (500, 2))
    land = shapely.multilinestrings(shapely.linestrings(edges))
    for here in generator.uniform(-1.2e5, 1.2e5, (20, 2)):
        lines = shapely.linestrings(np.stack([np.broadcast_to(here, targets.shape), targets], axis=1))
        assert (visible(here, targets, edges) == ~shapely.intersects(land, lines)).all()
    assert visible(np.zeros(2), np.empty((0, 2)), edges).shape == (0,)


def test_plane_is_that_of_proj_for_few_points_and_for_many():
    plane = Plane(LonLat(129, 41))
    lonlats = np.random.default_rng(0).uniform((96, 22), (162, 60), (50, 2))
    one_by_one = np.concatenate([plane.project(row[None]) for row in lonlats])
    assert one_by_one == pytest.approx(plane.project(lonlats), abs=1e-6)
    assert gnomonic(plane.middle, plane.middle) == (0, 0)


def test_lengths_by_lamberts_formula_are_right_to_ten_metres():
    origin = LonLat(129, 41)
    lonlats = np.vstack([[129, 41], np.random.default_rng(0).uniform((96, 22), (162, 60), (500, 2))])
    assert lambert_many(np.array([tuple(origin)]), lonlats) == pytest.approx(
        inverse_many(origin, lonlats)[0], abs=10, rel=2e-6
    )


def test_positions_along_a_geodesic_divide_it_evenly():
    a, b = LonLat(130, 40), LonLat(132, 45)
    between = along(a, b, 100_000)
    metres = [inverse(*leg)[0] for leg in zip([a, *between], [*between, b], strict=True)]
    assert max(metres) <= 100_000
    assert metres == pytest.approx([math.fsum(metres) / len(metres)] * len(metres))
    assert along(a, a, 10) == []
