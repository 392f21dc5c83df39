"""An ocean with islands at small scales: fewer vertices, nothing moved by more than a pixel, exact when near."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from maps.features.bulk import pack_layer
from maps.features.bulk.detail import ZOOMS, thinned
from maps.features.bulk.lod import steps_per_pixel
from maps.features.bulk.shape import AREA, mercator, shapes_of
from maps.features.reading import read_given
from tests.maps.features.bulk.packed import rows
from tests.maps.features.bulk.test_columns import layer
from tests.maps.ocean import islands, ocean


@pytest.fixture(scope="module")
def bulk():
    return pack_layer(layer(), read_given(ocean(), "ocean"))


def rings(parts):
    return [mercator(part).astype(float) for part in parts]


def the_ocean(bulk, zoom=None):
    """Rings of the ocean as steps of the world: it has the most of them."""
    return rings(max((parts for _, kind, parts in rows(bulk, zoom) if kind == AREA), key=len))


def test_the_exact_geometry_stays(bulk):
    exact = the_ocean(bulk)
    assert len(exact) == 1 + len(islands())
    given = mercator(shapely.get_coordinates(ocean().geometry.iloc[0].exterior)[:-1])
    assert np.array_equal(exact[0], given)


def test_a_level_of_detail_is_within_a_pixel_and_much_smaller(bulk):
    assert 4 in bulk.about["details"]  # nearer, less than half can be left out
    zoom = 4
    exact, coarse = the_ocean(bulk), the_ocean(bulk, zoom)
    pixel = steps_per_pixel(zoom)
    assert sum(map(len, coarse)) * 2 <= sum(map(len, exact))
    assert all(len(ring) >= 3 for ring in coarse)
    shore = shapely.LinearRing(exact[0])
    assert shapely.hausdorff_distance(shore, shapely.LinearRing(coarse[0])) <= pixel
    large = [ring for ring in exact if np.ptp(ring, axis=0).max() >= pixel * 1.5]
    assert len(coarse) >= len(large)
    assert all(np.ptp(ring, axis=0).max() >= pixel * 0.2 for ring in coarse)
    kept = shapely.STRtree([shapely.LinearRing(ring) for ring in coarse])
    assert all(len(kept.query(shapely.Point(ring[0]), predicate="dwithin", distance=pixel)) for ring in large)


def test_the_farther_the_fewer_vertices():
    frame = ocean()
    shapes = shapes_of(frame.geometry.to_numpy()[:1], np.arange(1))
    sizes = [len(thinned(shapes, zoom).xy) for zoom in (*ZOOMS, 17)]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)


def test_what_would_vanish_keeps_its_first_part():
    tiny = [shapely.box(130, 42, 130.00001, 42.00001), shapely.MultiPoint([(1, 2), (1.00001, 2)])]
    line = shapely.MultiLineString([[(5, 5), (5.0001, 5)], [(6, 6), (7, 7), (8, 6)]])
    shapes = shapes_of(np.array([*tiny, line], dtype=object), np.arange(3))
    less = thinned(shapes, 4)
    assert less.row.tolist() == shapes.row.tolist()
    assert sorted(less.parts.tolist()) == [1, 1, 2]
    assert sorted(less.counts.tolist()) == sorted(shapes.counts.tolist())


def test_blocks_of_few_vertices_have_no_level_of_detail():
    west = np.linspace(100, 140, 4_000)
    boxes = gpd.GeoDataFrame(geometry=shapely.box(west, 40, west + 0.01, 41), crs=4326)
    bulk = pack_layer(layer(), read_given(boxes, "boxes"))
    assert bulk.about["details"] == []
