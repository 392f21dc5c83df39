"""Packed columns equal the input, in the order that the page needs."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import maps
from maps.features.bulk import pack_layer
from maps.features.bulk.lod import MAX_ZOOM, MIN_ZOOM
from maps.features.bulk.shape import WORLD, mercator
from maps.features.bulk.varint import read_varints, varints, zigzag
from maps.features.reading import read_given
from maps.themes.model import Condition, Symbol, ThemeLayer, plain_symbols
from tests.examples import examples
from tests.maps.features.bulk.packed import chunks, rows, stream

STEP_DEG = 360 / WORLD
HOLED = shapely.Polygon([(130, 42), (131, 42), (131, 43), (130, 43)], [[(130.2, 42.2), (130.4, 42.2), (130.3, 42.4)]])
ZOO = [
    shapely.Point(130.5, 42.5),
    shapely.MultiPoint([(130, 42), (129.9, -42.1), (-179.9, 3)]),
    shapely.LineString([(130, 42), (130.5, 42.5), (130.1, 42.9)]),
    shapely.MultiLineString([[(130, 42), (131, 42)], [(140, 45), (140.1, 45.2), (140.3, 45)]]),
    HOLED,
    shapely.MultiPolygon([HOLED, shapely.box(120, 30, 121, 31)]),
]


def layer(**options):
    return ThemeLayer("own", "own", maps.Text("Own"), **{"symbols": plain_symbols(), **options})


def packed(geometries, order="", layer_=None, **columns):
    frame = gpd.GeoDataFrame(columns, geometry=list(geometries), crs=4326)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("maps.features.reading.intake.MAX_ELEMENTS", -1)
        return pack_layer(layer_ or layer(), read_given(frame, "own", order))


def numbers(bulk):
    """Row of the source of each row of the page, from 0."""
    return [number - 1 for number in chunks(bulk, "names")[""]]


def parts_of(geometry):
    """Coordinates as the columns hold them: rings open, the points of a multipoint together."""
    if shapely.get_dimensions(geometry) == 0:
        return [shapely.get_coordinates(geometry)]
    parts = shapely.get_parts(geometry)
    if shapely.get_dimensions(geometry) == 2:
        return [shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(parts)]
    return [shapely.get_coordinates(part) for part in parts]


def assert_same(bulk, geometries):
    read = rows(bulk)
    assert sorted(numbers(bulk)) == list(range(len(geometries)))
    for (_, kind, parts), source in zip(read, numbers(bulk), strict=True):
        assert kind == shapely.get_dimensions(geometries[source])
        expected = parts_of(geometries[source])
        assert [len(part) for part in parts] == [len(part) for part in expected]
        for part, given_ in zip(parts, expected, strict=True):
            np.testing.assert_allclose(part, given_, atol=0.51 * STEP_DEG)


def test_every_kind_of_geometry_comes_back():
    assert_same(packed(ZOO), ZOO)


def test_many_blocks_and_slabs_come_back(monkeypatch):
    monkeypatch.setattr("maps.features.bulk.columns._SLAB", 128)
    random = np.random.default_rng(1)
    points = random.uniform([129, 41], [132, 44], (1500, 2))
    lines = [shapely.LineString([point, point + random.uniform(-0.1, 0.1, 2)]) for point in points[:700]]
    geometries = [*lines, *shapely.points(points[700:1400]), *shapely.buffer(shapely.points(points[1400:]), 0.01)]
    assert_same(packed(geometries), geometries)


lonlats = st.tuples(st.floats(-90, 90), st.floats(-85, 85))


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.lists(lonlats, min_size=2, max_size=6), min_size=1, max_size=90))
def test_any_lines_come_back(lines):
    geometries = [shapely.LineString(line) for line in lines]
    assert_same(packed(geometries), geometries)


@given(st.lists(st.integers(0, 2**35 - 1)))
def test_varints_come_back(values):
    array = np.array(values, dtype=np.int64)
    bytes_, lengths = varints(array)
    assert lengths.sum() == len(bytes_)
    assert read_varints(bytes_).tolist() == values


@given(st.lists(st.integers(-(2**31), 2**31)))
def test_zigzag_folds_and_unfolds(values):
    folded = zigzag(np.array(values, dtype=np.int64))
    assert ((folded >> 1) ^ -(folded & 1)).tolist() == values
    assert (folded >= 0).all()


def test_points_of_one_vertex_need_no_shapes():
    bulk = packed(shapely.points([[130, 42], [131, 43]]))
    assert "shape lengths" not in bulk.about["streams"]
    assert bulk.geometries == [["point"], [], []]


def test_nothing_to_show():
    bulk = packed([])
    assert bulk.count == 0
    assert bulk.box is None
    assert rows(bulk) == []


def crowd(count, seed=2):
    """Points in a town: far more than cells."""
    return shapely.points(np.random.default_rng(seed).normal([130.5, 42.5], 0.02, (count, 2)))


def test_each_cell_takes_one_more_feature_at_each_zoom():
    read = rows(packed(crowd(3000)))
    zooms = [zoom for zoom, _, _ in read]
    assert zooms == sorted(zooms)
    assert zooms[0] == MIN_ZOOM
    assert len(set(zooms)) > 8
    for zoom in range(MIN_ZOOM, MAX_ZOOM):
        new = np.array([parts[0][0] for level, _, parts in read if level == zoom]).reshape(-1, 2)
        cells = mercator(new) >> (20 - zoom)
        assert len(np.unique(cells, axis=0)) == len(cells)
        # a cell that took none has none that waits
        waiting = np.array([parts[0][0] for level, _, parts in read if level > zoom]).reshape(-1, 2)
        if len(waiting):
            waiting_cells = {tuple(cell) for cell in (mercator(waiting) >> (20 - zoom)).tolist()}
            assert waiting_cells <= {tuple(cell) for cell in cells.tolist()}


def test_the_important_show_first():
    people = np.random.default_rng(3).permutation(2000).astype(float)
    people[7] = np.nan
    bulk = packed(crowd(2000), order="people", people=people)
    first = numbers(bulk)[0]
    assert people[first] == np.nanmax(people)
    order = chunks(bulk, "properties")["people"]
    assert order[0] == 1999
    assert chunks(bulk, "properties")["people"][numbers(bulk).index(7)] is None
    assert stream(bulk, "symbol").tolist() == [0] * 2000


def test_the_long_show_first_unless_told():
    lines = [shapely.LineString([(130, 42), (130 + 0.001 * n, 42)]) for n in range(1, 100)]
    assert numbers(packed(lines))[0] == 98


def test_a_large_area_shows_however_crowded_its_cell():
    areas = [shapely.Point(130.5, 42.5).buffer(1 - n / 50) for n in range(20)]
    assert {zoom for zoom, _, _ in rows(packed(areas))} == {MIN_ZOOM}


def test_rules_and_filter_decide_as_they_do_for_elements():
    kinds = ["well", "spring", None, "well", "ruin"]
    rules = (
        Symbol("plain-point", maps.Text("Well"), (Condition("kind", ("well",)),)),
        Symbol("plain-point", maps.Text("Deep"), (Condition("depth_m", (9, 12)),)),
    )
    own = layer(symbols=rules, filter=(Condition("geometry", ("point",)),))
    depths = [9, 12, 9, 1, 2]
    bulk = packed(shapely.points([[130 + n, 42] for n in range(5)]), layer_=own, kind=kinds, depth_m=depths)
    expected = {n: own.symbol_of({"kind": kind, "depth_m": depths[n]}) for n, kind in enumerate(kinds)}
    symbols = dict(zip(numbers(bulk), stream(bulk, "symbol").tolist(), strict=True))
    assert symbols == {n: symbol for n, symbol in expected.items() if symbol is not None}


def test_list_values_meet_conditions():
    own = layer(symbols=(Symbol("plain-point", maps.Text(""), (Condition("gauge_mm", all_of=(1435, 1520)),)),))
    gauges = [[1435], [1435, 1520], None]
    bulk = packed(shapely.points([[130, 42], [131, 42], [132, 42]]), layer_=own, gauge_mm=gauges)
    assert numbers(bulk) == [1]


def test_values_become_what_a_script_can_hold():
    bulk = packed(
        shapely.points([[130, 42], [131, 42]]),
        name=["Хасан", None],
        n=[2**60, 1],
        x=[float("inf"), 0.5],
        when=np.array(["2014-11-24", "NaT"], dtype="datetime64[ns]"),
        blob=[b"\xff\x00", b"x"],
    )
    at = numbers(bulk).index(0)
    told = {name: values[at] for name, values in {**chunks(bulk, "names"), **chunks(bulk, "properties")}.items()}
    assert told == {"": 1, "name": "Хасан", "n": str(2**60), "x": None, "when": "2014-11-24"}


def test_filters_and_days():
    bulk = packed(
        shapely.points([[130, 42], [131, 42], [132, 42]]),
        status=["operating", None, "closed"],
        valid_from=["1959", "2014-11-24", "soon"],
        valid_to=[None, "2020-02", None],
    )
    words = bulk.about["words"]["status"]
    codes = stream(bulk, "code status").tolist()
    by_row = dict(zip(numbers(bulk), codes, strict=True))
    assert [([*words, None])[by_row[n]] for n in range(3)] == ["operating", None, "closed"]
    assert bulk.about["days"] == ["1959-01-01", "2014-11-24", "2020-03-01"]
    begin = dict(zip(numbers(bulk), stream(bulk, "valid_from").tolist(), strict=True))
    end = dict(zip(numbers(bulk), stream(bulk, "valid_to").tolist(), strict=True))
    assert begin[2] == -(2**31)
    assert end[0] == 2**31 - 1
    assert end[1] == (np.datetime64("2020-02-29") - np.datetime64("1970-01-01")).astype(int)


def test_many_different_kinds_are_no_filter():
    bulk = packed(crowd(100), kind=[f"kind {n}" for n in range(100)])
    assert bulk.about["words"] == {}


def test_the_same_input_gives_the_same_pieces():
    first, second = (packed(crowd(500), name=[f"P{n}" for n in range(500)]) for _ in range(2))
    assert first.about == second.about
    assert first.pieces == second.pieces


def test_long_columns_are_cut_into_pieces(monkeypatch):
    monkeypatch.setattr("maps.features.bulk.columns.PIECE", 400)
    geometries = crowd(3000)
    bulk = packed(geometries, name=[f"Point {n}" for n in range(3000)])
    assert len(bulk.pieces) > 20
    assert_same(bulk, geometries)
    assert sorted(chunks(bulk, "names")["name"]) == sorted(f"Point {n}" for n in range(3000))


@pytest.mark.parametrize("values", [["a", 1, None], [{"a": 1}, 2, "x"], [[1, None], True, 0.5]])
def test_values_of_several_types_stay_what_they_are(values):
    bulk = packed(shapely.points([[130, 42], [131, 42], [132, 42]]), odd=values)
    told = dict(zip(numbers(bulk), chunks(bulk, "properties")["odd"], strict=True))
    assert [told[n] for n in range(3)] == values
