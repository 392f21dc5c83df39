"""The content of a base map from an extract: areas with holes, cut ways, land and sea with a whole, a cut and no coast."""

import pytest
import shapely
from shapely.geometry import LineString, Point

from geo import BBox
from layers.errors import ExtractError
from layers.osm.coast import coast_of
from layers.osm.drawing import Class, read_drawing

from .scene import BOX, Scene, add_basemap

WINDOW = shapely.box(0, 0, 10, 10)
CLASSES = (
    Class("water", "area", {"natural": frozenset({"water"})}),
    Class("tunnel", "line", {"highway": frozenset({"*"})}, {"tunnel": frozenset({"*"})}),
    Class("road", "line", {"highway": frozenset({"*"})}, unless={"area": frozenset({"yes"})}, is_detail=True),
    Class("town", "point", {"place": frozenset({"town"})}),
)


def drawn(drawing, name):
    number = [each.name for each in CLASSES].index(name)
    return [shape for shape, each in zip(drawing.geometries, drawing.classes, strict=True) if each == number]


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    made = add_basemap(Scene())
    made.node((130.3, 42.4), place="town", name="Хасан", name__ko="하산", name__en="Хасан")
    made.node((131.9, 42.4), place="town", name="beyond the edge")
    lost = [made.node((130.6, 42.3)), made.node((130.61, 42.3)), made.node((130.62, 42.3)), made.node((130.63, 42.3))]
    made.way([lost[0], lost[1], 999_999, lost[2], lost[3]], highway="tertiary", name="Cut")
    made.way([made.node((130.4, 42.3)), made.node((130.41, 42.3))], highway="primary", tunnel="yes", bridge="no")
    made.way([made.node((130.4, 42.3)), made.node((130.41, 42.31))], highway="primary", tunnel="no", bridge="yes")
    return made.write(tmp_path_factory.mktemp("drawing") / "scene.osm.pbf")


def test_relations_keep_their_holes_and_what_lies_beyond_is_cut(scene):
    drawing = read_drawing(scene, CLASSES)
    river = next(shape for shape in drawn(drawing, "water") if shape.contains(Point(130.632, 42.405)))
    assert not river.contains(Point(130.64, 42.412))
    assert list(drawing.box) == pytest.approx(list(BOX), abs=1e-6)
    assert all(shapely.box(*drawing.box).covers(shape) for shape in drawing.geometries)
    assert len(drawn(drawing, "town")) == 1


def test_names_are_kept_where_they_differ(scene):
    drawing = read_drawing(scene, CLASSES)
    assert {"": "Хасан", "ko": "하산"} in list(drawing.names)


def test_a_way_without_some_of_its_nodes_is_drawn_without_a_chord(scene):
    drawing = read_drawing(scene, CLASSES)
    cut = [road for road in drawn(drawing, "road") if road.bounds[1] == pytest.approx(42.3) == road.bounds[3]]
    assert sorted(road.bounds[0] for road in cut) == [pytest.approx(130.6), pytest.approx(130.62)]
    assert any("nodes of ways that are not in it: 1;" in note for note in drawing.notes)


def test_tunnels_come_first_and_bridges_are_told(scene):
    drawing = read_drawing(scene, CLASSES)
    assert len(drawn(drawing, "tunnel")) == 1
    assert drawing.bridges.sum() == 1


def test_details_far_from_the_map_are_not_read(scene):
    drawing = read_drawing(scene, CLASSES, BBox(130.59, 42.29, 130.7, 42.31))
    assert len(drawn(drawing, "road")) == 2
    assert drawn(drawing, "water")


def test_land_lies_on_the_left_of_the_coast(scene):
    coast = read_drawing(scene, CLASSES).coast
    assert coast.land.contains(Point(130.4, 42.3))
    assert coast.land.contains(Point(130.51, 42.19))  # the island
    assert coast.sea.contains(Point(130.4, 42.17))
    assert coast.mended == 0


def test_without_a_coast_nothing_is_sea(tmp_path):
    made = Scene()
    made.way([made.node((130.4, 42.3)), made.node((130.41, 42.3))], highway="primary")
    drawing = read_drawing(made.write(tmp_path / "inland.osm.pbf"), CLASSES)
    assert drawing.coast is None
    assert not len(drawing.coastline)
    assert drawing.notes == ()


def test_nothing_to_draw_is_an_error(tmp_path):
    made = Scene()
    made.way([made.node((130.4, 42.3)), made.node((130.41, 42.3))], power="line")
    with pytest.raises(ExtractError, match="nothing that a base map draws"):
        read_drawing(made.write(tmp_path / "power.osm.pbf"), CLASSES)


@pytest.mark.parametrize(
    ("pieces", "land", "sea", "mended"),
    [
        ([[(0, 5), (10, 5)]], (5, 8), (5, 2), 0),
        ([[(2, 2), (4, 2), (4, 4), (2, 4), (2, 2)]], (3, 3), (8, 8), 0),  # an island alone
        ([[(0, 5), (4, 5)], [(4.001, 5), (10, 5)]], (5, 8), (5, 2), 2),  # a way of it is missing
        ([[(0.5, 5), (9.6, 5)]], (5, 8), (5, 2), 2),  # its outer nodes are
        ([[(0, 5), (3, 5), (3, 7)]], (1, 6), (1, 2), 1),  # it ends in the middle of nowhere
    ],
)
def test_coasts_that_are_cut(pieces, land, sea, mended):
    coast = coast_of([LineString(piece) for piece in pieces], WINDOW, mend=True)
    assert coast.land.contains(Point(land))
    assert coast.sea.contains(Point(sea))
    assert coast.mended == mended
    assert coast.land.area + coast.sea.area == pytest.approx(100)


def test_a_coast_that_leads_nowhere_tells_nothing():
    spiral = LineString(
        [(4, 4), (6, 4), (6, 6), (3, 6), (3, 3), (7, 3), (7, 7), (2, 7), (2, 2), (8, 2), (8, 8), (0, 8)]
    )
    assert coast_of([spiral], WINDOW, mend=True) is None
    assert coast_of([LineString([(0, 5), (4, 5)])], WINDOW) is None
