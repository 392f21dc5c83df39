"""Random positions and networks for the property tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from geo import Edge, LonLat, Network, Node, distance
from tests.examples import examples

fast = settings(deadline=None, database=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])

lons = st.floats(-180, 180)
lats = st.floats(-90, 90)
positions = st.builds(LonLat, lons, lats)
# away from poles and the antimeridian: where a route may run
local = st.builds(LonLat, st.floats(129.5, 131.0), st.floats(41.7, 42.8))


def node(number: int, lonlat: LonLat) -> Node:
    return Node(f"n{number}", lonlat, f"Place {number}", 10.0)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A network of 2 to 7 places at least 100 m apart, parallel edges included."""
    grid = st.tuples(st.integers(0, 150), st.integers(0, 110))
    cells = draw(st.lists(grid, min_size=2, max_size=7, unique=True))
    nodes = [node(i, LonLat(129.5 + x / 100, 41.7 + y / 100)) for i, (x, y) in enumerate(cells)]
    ends = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)).filter(lambda pair: pair[0] is not pair[1])
    pairs = draw(st.lists(st.tuples(ends, st.floats(1.0, 3.0)), max_size=14))
    return Network(nodes, [_edge(i, a, b, factor) for i, ((a, b), factor) in enumerate(pairs)])


def _edge(number: int, a: Node, b: Node, factor: float) -> Edge:
    length = distance(a.lonlat, b.lonlat) * factor
    return Edge(id=f"e{number}", from_node=a.id, to_node=b.id, mode="rail", length_m=length, uncertainty_m=1.0)
