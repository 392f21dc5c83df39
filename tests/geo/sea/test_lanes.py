"""Sea paths that leave the chart, and paths that keep off a coast."""

import itertools
import math

import pytest
import shapely

from geo import BBox, GeoError, InvalidGeometryError, Lanes, NoRouteError, SeaChart, distance, sea_path

ISLAND = shapely.box(130, 41, 131, 42)
BOX = BBox(128, 39, 133, 44)
CHART = SeaChart(ISLAND, extent=BOX)
# two ways out of the box in the west, north and south of the island; one over the antimeridian; one node inland
NODES = [
    (128.5, 43.5),
    (128.5, 39.5),
    (125, 43.5),
    (125, 39.5),
    (100, 41),
    (132.5, 41.5),
    (170, 41.5),
    (-170, 41.5),
    (130.5, 41.5),
]
EDGES = [(0, 1), (0, 2), (1, 3), (2, 4), (3, 4), (5, 6), (6, 7), (8, 4)]
LANES = Lanes(NODES, EDGES, passages={"gate": [(3, 1)]})
NEAR, FAR = (130.5, 40.5), (100.5, 41.5)


def by_every_join(near, far, lanes, chart):
    """Length over each node of the lanes in the box, the rest by Dijkstra without the box's own lanes."""
    gone, _ = lanes.along(lanes.nearest(far), chart.extent)
    gap = distance(far, lanes.positions[lanes.nearest(far)])
    inside = [node for node, at in enumerate(lanes.positions) if chart.extent.contains(at) and not chart.is_land(at)]
    lengths = [
        sea_path(near, lanes.positions[node], chart).length_m + gone[node] + gap
        for node in inside
        if gone[node] < math.inf
    ]
    return min(lengths)


def test_the_join_makes_the_whole_path_shortest():
    path = sea_path(NEAR, FAR, CHART, lanes=LANES)
    assert path.length_m == pytest.approx(by_every_join(NEAR, FAR, LANES, CHART), rel=1e-5)
    assert tuple(path.join.lonlat) == NODES[1]
    assert path.join.sea_m + path.join.lane_m == pytest.approx(path.length_m)
    shut = sea_path(NEAR, FAR, CHART, lanes=LANES.without(["gate"]))
    assert tuple(shut.join.lonlat) == NODES[0]
    assert shut.length_m > path.length_m


def test_the_reverse_path_is_the_same_line_reversed():
    there, back = sea_path(NEAR, FAR, CHART, lanes=LANES), sea_path(FAR, NEAR, CHART, lanes=LANES)
    assert there.turns == back.turns[::-1]
    assert there.length_m == pytest.approx(back.length_m)
    modes = [[row["properties"]["mode"] for row in path.to_geojson()["features"]] for path in (there, back)]
    assert modes == [["sea", "lane"], ["lane", "sea"]]
    assert there.to_dict()["join"]["lonlat"] == list(NODES[1])
    for path in (there, back):
        assert path.coordinates[0] == pytest.approx(tuple(path.turns[0]))
        assert all(distance(a, b) < 10_001 for a, b in itertools.pairwise(path.coordinates))


def test_connector_on_land_comes_before_the_water():
    path = sea_path((130.05, 41.5), FAR, CHART, lanes=LANES)
    assert [row["properties"]["mode"] for row in path.to_geojson()["features"]] == ["connector", "sea", "lane"]
    assert not shapely.intersects(ISLAND, shapely.LineString(path.water))
    total = sum(row["properties"]["distance_m"] for row in path.to_geojson()["features"])
    assert total == pytest.approx(path.length_m, rel=1e-6)


def test_lanes_are_less_sure_than_the_chart():
    near, far = sea_path(NEAR, (129.5, 41.5), CHART, lanes=LANES), sea_path(NEAR, FAR, CHART, lanes=LANES)
    assert near.uncertainty_m == 0
    assert near.join is None
    assert far.uncertainty_m == pytest.approx(0.08 * far.join.lane_m)


def test_both_ends_off_the_chart_are_joined_by_lanes_alone():
    path = sea_path((125.2, 43.5), (100, 41), CHART, lanes=LANES)
    assert path.join is None
    assert path.lane == (0, len(path.turns) - 1)
    assert path.water == ()
    assert [row["properties"]["mode"] for row in path.to_geojson()["features"]] == ["lane"]


def test_line_over_the_antimeridian_is_cut():
    path = sea_path(NEAR, (-170, 41.5), CHART, lanes=LANES)
    geometry = path.to_geojson()["features"][-1]["geometry"]
    assert geometry["type"] == "MultiLineString"
    first, second = geometry["coordinates"]
    assert (first[-1][0], second[0][0]) == (180, -180)
    assert first[-1][1] == pytest.approx(second[0][1])
    assert path.length_m < distance(NEAR, (-170, 41.5)) * 1.03


def test_a_place_without_a_lane_is_refused():
    with pytest.raises(NoRouteError, match="off the chart"):
        sea_path(NEAR, FAR, CHART)
    with pytest.raises(NoRouteError, match="km from the nearest lane") as caught:
        sea_path(NEAR, (60, 50), CHART, lanes=LANES)
    assert caught.value.reason == "off_network"
    with pytest.raises(NoRouteError, match="no sea route"):
        sea_path(NEAR, (170, 41.5), CHART, lanes=Lanes(NODES, [*EDGES[:5], (6, 7)]))
    with pytest.raises(NoRouteError, match="no lane leads"):
        sea_path((170, 41.5), (100, 41), CHART, lanes=Lanes(NODES, [*EDGES[:5], (6, 7)]))
    with pytest.raises(InvalidGeometryError, match="needs an extent"):
        sea_path((0, 0), (-170, 41.5), SeaChart(shapely.box(0.1, 0.1, 1, 1)), lanes=LANES)
    with pytest.raises(GeoError, match="no passage 'suez'; the lanes have gate"):
        LANES.without(["suez"])
    for edge in ((0, 99), (0, 0), (-1, 0)):
        with pytest.raises(InvalidGeometryError, match="must join two of"):
            Lanes(NODES, [edge])


@pytest.mark.long
@pytest.mark.parametrize("offing_nmi", [3, 12, 30])
def test_offing_is_kept_to_a_metre_in_a_hundred(offing_nmi):
    path = sea_path((129.0, 41.5), (132.0, 41.5), CHART, offing_nmi=offing_nmi, offing_from=ISLAND)
    shore = [(lon, lat) for lon in (130, 131) for lat in (41, 42)]
    shore += [(130 + n / 50, lat) for n in range(51) for lat in (41, 42)]
    nearest = min(distance(at, one) for at in path.coordinates for one in shore)
    assert nearest == pytest.approx(offing_nmi * 1852, rel=0.01)
    assert path.length_m > sea_path((129.0, 41.5), (132.0, 41.5), CHART).length_m
    assert path.approaches == ()
    assert path.offing_m == offing_nmi * 1852


def test_only_the_coast_named_is_kept_off():
    other = shapely.box(130, 39.5, 131, 40)
    chart = SeaChart([ISLAND, other], extent=BOX)
    ends = ((129.0, 40.9), (132.0, 40.9))
    free, off = sea_path(*ends, chart), sea_path(*ends, chart, offing_nmi=10, offing_from=other)
    assert off.turns == free.turns


@pytest.mark.long
def test_port_within_the_offing_is_approached():
    end = (129.95, 41.5)
    path = sea_path(end, (132.0, 41.5), CHART, offing_nmi=20, offing_from=ISLAND, max_connector_m=0)
    [(name, radius)] = path.approaches
    assert name == "129.95,41.5"
    assert 0.8 * 20 * 1852 < radius < 1.2 * 20 * 1852
    inside = [at for at in path.coordinates if distance(at, end) > radius * 1.01]
    shore = shapely.segmentize(ISLAND.exterior, 0.01).coords
    assert min(distance(at, one) for at in inside for one in shore) > 20 * 1852 * 0.99
    back = sea_path((132.0, 41.5), end, CHART, offing_nmi=20, offing_from=ISLAND)
    assert back.length_m == pytest.approx(path.length_m)


def test_strait_narrower_than_twice_the_offing_is_refused():
    wall = [shapely.box(130, 39, 131, 41.4), shapely.box(130, 41.6, 131, 44)]
    chart = SeaChart(wall, extent=BOX)
    coast = shapely.union_all(wall)
    ends = ((129.0, 41.5), (132.0, 41.5))
    assert sea_path(*ends, chart, offing_nmi=5, offing_from=coast).length_m > 0
    with pytest.raises(NoRouteError, match=r"keeps 7\.000 nmi off that coast: a strait on the way is narrower"):
        sea_path(*ends, chart, offing_nmi=7, offing_from=coast)


@pytest.mark.parametrize("asked", [{"offing_nmi": 3}, {"offing_from": ISLAND}])
def test_offing_needs_a_coast_and_a_coast_an_offing(asked):
    with pytest.raises(InvalidGeometryError, match="belong together"):
        sea_path((129, 41.5), (132, 41.5), CHART, **asked)
