"""Sea paths: compared with an independent grid search, and by their properties."""

import heapq
import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import BBox, InvalidGeometryError, InvalidQuantityError, LonLat, NoRouteError, SeaChart, distance, sea_path
from tests.geo.strategies import fast

ISLAND = shapely.box(130, 41, 131, 42)
HOOK = shapely.Polygon(
    [(130, 41), (131, 41), (131, 42), (130, 42), (130, 41.8), (130.8, 41.8), (130.8, 41.2), (130, 41.2)]
)
ISLES = shapely.union_all(
    [shapely.Point(130 + x / 3, 41 + y / 3 + x / 9).buffer(0.12) for x in range(4) for y in range(4)]
)
COASTS = {"island": ISLAND, "hook": HOOK, "isles": ISLES}
MOVES = [(x, y) for x in range(-6, 7) for y in range(-6, 7) if math.gcd(x, y) == 1]


def by_grid(land, a, b, step):
    """Dijkstra over a grid in degrees with 96 moves; ends lie on the grid."""
    west, south, east, north = -60, -60, round(2 / step) + 60, round(2 / step) + 60
    shapely.prepare(land)
    start, goal = (tuple(round((v - o) / step) for v, o in zip(p, (129.5, 40.5), strict=True)) for p in (a, b))
    at = lambda cell: (129.5 + cell[0] * step, 40.5 + cell[1] * step)  # noqa: E731
    best, done, queue = {start: 0.0}, set(), [(0.0, start)]
    lengths = {}
    while queue:
        along, cell = heapq.heappop(queue)
        if cell == goal:
            return along
        if cell in done:
            continue
        done.add(cell)
        others = [(cell[0] + x, cell[1] + y) for x, y in MOVES]
        others = [o for o in others if west <= o[0] <= east and south <= o[1] <= north and o not in done]
        free = ~shapely.intersects(land, shapely.linestrings([(at(cell), at(other)) for other in others]))
        for other, clear in zip(others, free, strict=True):
            if clear:
                key = (cell[1], abs(other[0] - cell[0]), other[1] - cell[1])
                if key not in lengths:
                    lengths[key] = distance(at(cell), at(other))
                if along + lengths[key] < best.get(other, math.inf):
                    best[other] = along + lengths[key]
                    heapq.heappush(queue, (best[other], other))
    return None


@pytest.mark.long
@pytest.mark.parametrize(
    ("coast", "a", "b"),
    [
        ("island", (129.5, 41.5), (131.5, 41.5)),
        ("hook", (130.4, 41.5), (131.4, 41.6)),
        ("isles", (129.6, 40.7), (131.4, 42.3)),
    ],
)
def test_length_agrees_with_a_grid(coast, a, b):
    chart = SeaChart(COASTS[coast])
    if chart.is_land(a) or chart.is_land(b):
        a, b = (129.6, 41.3), (131.5, 41.9)
    touchable = COASTS[coast].buffer(-1e-6)  # the grid runs along the shore
    expected, path = by_grid(touchable, a, b, 0.05), sea_path(a, b, chart)
    assert path.length_m <= expected * 1.002
    # between the isles the grid is coarse, and finds longer ways
    assert path.length_m >= expected * (0.97 if coast == "isles" else 0.995)


CHART = SeaChart(ISLES)
waters = st.builds(LonLat, st.floats(129.5, 131.6), st.floats(40.6, 42.6)).filter(lambda p: not CHART.is_land(p))


@fast
@given(waters, waters)
def test_path_crosses_no_land_is_symmetric_and_not_below_the_geodesic(a, b):
    if distance(a, b) < 1:
        return
    path = sea_path(a, b, CHART)
    back = sea_path(b, a, CHART)
    assert not path.connectors
    assert not shapely.intersects(ISLES, shapely.LineString(path.coordinates))
    assert path.turns == back.turns[::-1]
    assert path.length_m == pytest.approx(back.length_m, abs=1e-6)
    assert path.length_m >= distance(a, b) - 1e-6


def test_a_used_chart_gives_the_same_paths_as_a_new_one():
    for a, b in (((129.6, 40.7), (131.5, 42.3)), ((129.6, 41.9), (131.5, 40.9)), ((130.15, 41.2), (130.9, 42.1))):
        assert not CHART.is_land(a)
        assert not CHART.is_land(b)
        before = sea_path(a, b, CHART).turns
        assert len(before) > 2
        assert sea_path(a, b, SeaChart(ISLES)).turns == before == sea_path(a, b, CHART).turns


@fast
@given(waters, waters, waters)
def test_a_call_at_a_port_never_shortens_the_path(a, b, c):
    if min(distance(a, b), distance(b, c), distance(a, c)) < 1:
        return
    direct, first, second = (sea_path(*pair, CHART).length_m for pair in ((a, c), (a, b), (b, c)))
    assert direct <= (first + second) * 1.0001


def test_without_land_between_the_path_is_the_geodesic():
    path = sea_path((129.5, 41.5), (129.6, 40.5), SeaChart(ISLAND))
    assert len(path.turns) == 2
    assert path.length_m == path.straight_line_m
    assert path.detour_factor == 1


def test_end_on_land_is_joined_by_a_connector_that_counts():
    path = sea_path((130.05, 41.5), (129.5, 41.5), SeaChart(ISLAND))
    assert path.origin_connector_m == pytest.approx(distance((130.05, 41.5), (130, 41.5)) + 50, abs=2)
    assert path.destination_connector_m == 0
    assert path.connectors[0][0] == (130.05, 41.5)
    assert path.coordinates[0] == (130.05, 41.5)
    modes = [feature["properties"]["mode"] for feature in path.to_geojson()["features"]]
    assert modes == ["connector", "sea"]
    assert path.to_dict()["distance_m"] == pytest.approx(path.length_m, abs=1e-3)


def test_two_ends_on_one_shore_are_joined_by_connectors():
    path = sea_path((130.05, 41.5), (130.02, 41.5), SeaChart(ISLAND))
    assert len(path.connectors) == 2
    assert path.length_m >= path.straight_line_m


def test_an_inland_place_is_refused_with_its_distance_to_water():
    with pytest.raises(NoRouteError, match=r"'130.5,41.5' is 41\.\d+ km from the water") as caught:
        sea_path((130.5, 41.5), (129.5, 41.5), SeaChart(ISLAND))
    assert caught.value.reason == "inland"
    assert sea_path((130.5, 41.5), (129.5, 41.5), SeaChart(ISLAND), max_connector_m=50_000).connectors


def test_a_lake_has_no_path_to_the_sea():
    lake = ISLAND.difference(shapely.box(130.4, 41.4, 130.6, 41.6))
    with pytest.raises(NoRouteError, match="separate waters") as caught:
        sea_path((130.5, 41.5), (129.5, 41.5), SeaChart(lake))
    assert caught.value.reason == "disconnected"


def test_extent_bounds_the_way_and_the_ends():
    wall = shapely.box(130, 40, 131, 42)
    box = BBox(129, 40, 132, 43)
    south, north = (sea_path((129.5, 40.2), (131.5, 40.2), SeaChart(wall, extent=e)) for e in (None, box))
    assert min(turn.lat for turn in south.turns) < 40
    assert max(turn.lat for turn in north.turns) > 42
    with pytest.raises(NoRouteError, match="off the chart"):
        sea_path((128, 41), (129.5, 41), SeaChart(wall, extent=box))


def test_accuracy_of_the_shore_counts_at_turns():
    box = BBox(129, 40, 132, 43)
    sure, unsure = (SeaChart(ISLAND, accuracies=[(box, metres)]) for metres in (0, 1000))
    ends = ((129.5, 41.5), (131.5, 41.5))
    assert sea_path(*ends, sure).uncertainty_m == 0
    assert 0 < sea_path(*ends, unsure).uncertainty_m < 4000


@pytest.mark.parametrize("place", [(129.5, 41.5), (130.05, 41.5), (130.5, 41.5)], ids=["water", "coast", "inland"])
def test_a_path_to_the_same_place_has_no_length(place):
    path = sea_path(place, place, SeaChart(ISLAND))
    assert (path.length_m, path.uncertainty_m, path.detour_factor) == (0, 0, None)
    assert path.connectors == ()
    assert path.distance.text("nmi") == "0.000 nmi"
    [feature] = path.to_geojson()["features"]
    assert feature["geometry"] == {"type": "LineString", "coordinates": [list(place)] * 2}


def test_what_cannot_be_is_refused():
    with pytest.raises(InvalidGeometryError, match="within 60°"):
        SeaChart([shapely.box(-170, 0, -160, 10), shapely.box(160, 0, 170, 10)])
    with pytest.raises(InvalidGeometryError, match="got nothing"):
        SeaChart([])
    with pytest.raises(InvalidQuantityError, match="accuracy"):
        SeaChart(ISLAND, accuracies=[(BBox(0, 0, 1, 1), -1)])
    with pytest.raises(InvalidQuantityError, match="max_connector_m"):
        sea_path((129.5, 41.5), (130, 40), SeaChart(ISLAND), max_connector_m=-1)
