"""Sea routes compared with two independent searches: all lines between all corners, and a grid."""

import itertools
import math

import numpy as np
import pyproj
import pytest
import rustworkx as rx
import shapely

import geo
import layers

BOXES = {
    "south-west of Korea": (125.95, 34.2, 126.4, 34.6),  # dozens of islands, channels of some 100 m
    "Peter the Great Gulf": (131.5, 42.7, 132.2, 43.2),
}
CLEARANCE_M = 50
GRID_M = {"south-west of Korea": 350, "Peter the Great Gulf": 450}
MOVES = [(x, y) for x in range(-3, 4) for y in range(4) if math.gcd(x, y) == 1 and (y > 0 or x > 0)]
METRICATION = 1 / math.cos(math.atan(1 / 3) / 2)  # between the moves (1, 0) and (3, 1) the gap is widest: 1.3 %
GEOD = pyproj.Geod(ellps="WGS84")


class Window:
    """A cut of the shipped land, its chart, and the same land widened in a plane of its own."""

    def __init__(self, name):
        west, south, east, north = self.box = BOXES[name]
        land = shapely.intersection(layers.land().land, shapely.box(*self.box))
        self.chart = geo.SeaChart(land, extent=geo.BBox(*self.box))
        plane = f"+proj=aeqd +lon_0={(west + east) / 2} +lat_0={(south + north) / 2} +ellps=WGS84"
        self.to_plane = pyproj.Transformer.from_crs("OGC:CRS84", plane, always_xy=True)
        laid = shapely.transform(
            shapely.segmentize(land, 0.1), lambda at: np.column_stack(self.to_plane.transform(*at.T))
        )
        self.land = laid.buffer(CLEARANCE_M, join_style="mitre")
        self.barrier = laid.buffer(CLEARANCE_M - 0.5, join_style="mitre")
        shapely.prepare([self.land, self.barrier])

    def lay(self, lonlats):
        return np.column_stack(self.to_plane.transform(*np.asarray(lonlats).T))

    def back(self, points):
        return np.column_stack(self.to_plane.transform(*np.asarray(points).T, direction="INVERSE"))

    def waters(self, count):
        """Give positions spread evenly over the water, always the same."""
        west, south, east, north = self.box
        steps = ((n * 0.754877666 % 1, n * 0.569840296 % 1) for n in itertools.count(1))
        places = (
            (west + (east - west) * (0.03 + 0.94 * x), south + (north - south) * (0.03 + 0.94 * y)) for x, y in steps
        )
        open_water = (place for place in places if self._is_open(place))
        return list(itertools.islice(open_water, count))

    def _is_open(self, place):
        return not shapely.dwithin(self.land, shapely.Point(self.lay([place])[0]), 200)


def metres(a, b):
    return GEOD.inv(*np.asarray(a).T, *np.asarray(b).T)[2]


def by_all_lines(window, places):
    """Shortest lengths between places over every line between any two vertices of the shore."""
    ends = window.lay(places)
    points = np.concatenate([ends, shapely.get_coordinates(window.land)])
    lonlats = window.back(points)
    west, south, east, north = window.box
    inside = (lonlats > (west, south)).all(axis=1) & (lonlats < (east, north)).all(axis=1)
    points, lonlats = points[inside], lonlats[inside]
    graph = rx.PyGraph()
    graph.add_nodes_from(range(len(points)))
    for row in range(len(points) - 1):
        others = np.arange(row + 1, len(points))
        lines = shapely.linestrings(np.stack([np.broadcast_to(points[row], (len(others), 2)), points[others]], axis=1))
        others = others[~shapely.intersects(window.barrier, lines)]
        lengths = metres(np.broadcast_to(lonlats[row], (len(others), 2)), lonlats[others])
        graph.add_edges_from([(row, int(other), length) for other, length in zip(others, lengths, strict=True)])
    return lengths_between(graph, range(len(places)))


def by_grid(window, places, step):
    """Shortest lengths between the grid's points nearest to places, with 32 moves, and those points."""
    ends = window.lay(places)
    corners = window.lay([window.box[:2], window.box[2:]])
    xs, ys = (np.arange(corners[0, n], corners[1, n], step) for n in (0, 1))
    points = np.stack(np.meshgrid(xs, ys), axis=-1)
    lonlats = window.back(points.reshape(-1, 2)).reshape(points.shape)
    near = shapely.dwithin(window.land, shapely.points(points), 4 * step)
    number = np.arange(near.size).reshape(near.shape)
    graph = rx.PyGraph()
    graph.add_nodes_from(range(near.size))
    for x, y in MOVES:
        a = (slice(0, near.shape[0] - y), slice(max(0, -x), near.shape[1] - max(0, x)))
        b = (slice(y, near.shape[0]), slice(max(0, x), near.shape[1] - max(0, -x)))
        lines = np.stack([points[a], points[b]], axis=-2)
        free = ~near[a]
        free[~free] = ~shapely.intersects(window.land, shapely.linestrings(lines[near[a]]))
        lengths = metres(lonlats[a][free], lonlats[b][free])
        pairs = zip(number[a][free].tolist(), number[b][free].tolist(), lengths.tolist(), strict=True)
        graph.add_edges_from(list(pairs))
    cells = [tuple(np.rint((end - points[0, 0]) / step).astype(int)[::-1]) for end in ends]
    return lengths_between(graph, [int(number[cell]) for cell in cells]), [tuple(lonlats[cell]) for cell in cells]


def lengths_between(graph, nodes):
    found = [dict(rx.dijkstra_shortest_path_lengths(graph, node, float)) for node in nodes]
    return {(i, j): found[i].get(nodes[j], math.inf) for i, j in itertools.combinations(range(len(nodes)), 2)}


def test_length_agrees_with_all_lines_between_all_corners():
    window = Window("south-west of Korea")
    places = window.waters(9)
    expected = by_all_lines(window, places)
    ratios = [geo.sea_path(places[i], places[j], window.chart).length_m / metres for (i, j), metres in expected.items()]
    assert len(ratios) == 36
    assert max(ratios) < 1.001
    assert min(ratios) > 0.995  # we test lines against the shore itself, 50 m farther off


@pytest.mark.long
@pytest.mark.parametrize("name", BOXES)
def test_length_lies_within_what_a_grid_leaves_open(name):
    window = Window(name)
    expected, places = by_grid(window, window.waters(12), GRID_M[name])
    pairs = {pair: metres for pair, metres in expected.items() if metres < math.inf}
    ratios = [geo.sea_path(places[i], places[j], window.chart).length_m / pairs[i, j] for i, j in pairs]
    assert len(ratios) > 50
    assert max(ratios) < 1.0005  # a way over the grid is a way
    assert min(ratios) > 0.95  # the grid finds no way through channels narrower than its cells
    assert np.median(ratios) > 1 / METRICATION - 0.005


def test_whole_chart_agrees_with_its_windows():
    """What the whole chart leaves out by its bounds is not missed: within a window it finds the same or shorter."""
    window, whole = Window("south-west of Korea"), layers.land()
    for a, b in itertools.pairwise(window.waters(12)):
        assert geo.sea_path(a, b, whole).length_m <= geo.sea_path(a, b, window.chart).length_m * 1.00001
