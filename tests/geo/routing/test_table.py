"""A network in columns gives the same routes as the same network of objects, with every engine."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo import Edge, LonLat, Network, Node
from geo.network.table import UNITS, EdgeTable, NodeTable, Profile
from geo.routing.graph import table_states
from tests.examples import examples
from tests.geo.strategies import fast as usual

fast = settings(usual, max_examples=examples(25))
PROFILES = (
    Profile(mode="rail", gauges_mm=(1520,)),
    Profile(mode="rail", gauges_mm=(1435, 1520), speed_km_h=80),
    Profile(mode="rail", gauges_mm=(1435,), one_way=True),
    Profile(mode="rail", error_share=0.01),
    Profile(mode="road", speed_km_h=50, one_way=True),
    Profile(mode="road", status="closed"),
    Profile(mode="ferry"),
)


def table_of(positions, rows):
    """A table: rows of (first node, second node, profile, factor of the straight line)."""
    lonlat = np.array(positions, dtype=np.int32).reshape(-1, 2)
    nodes = NodeTable(lonlat, np.arange(1, len(lonlat) + 1), np.array([0], dtype=np.int32), ["First"])
    ends = np.array([row[:2] for row in rows], dtype=np.int32).reshape(-1, 2)
    straight = geo.distance(lonlat[ends[:, 0]] / UNITS, lonlat[ends[:, 1]] / UNITS) if rows else np.empty(0)
    return EdgeTable(
        nodes=nodes,
        from_node=ends[:, 0],
        to_node=ends[:, 1],
        length_m=straight * np.array([row[3] for row in rows]),
        profile=np.array([row[2] for row in rows], dtype=np.int32),
        profiles=PROFILES,
        feature=np.arange(len(rows), dtype=np.int32),
        feature_ids=[f"way/{number:02}" for number in range(len(rows))],
        feature_lines=np.array([number % 2 - 1 for number in range(len(rows))], dtype=np.int32),
        lines=["Main line"],
        begin=np.arange(len(rows) + 1) * 2,
        positions=lonlat[ends].reshape(-1, 2),
    )


def objects_of(table):
    """The same network, each node and edge an object that was checked on its own."""
    edges = [Edge(**{name: getattr(edge, name) for name in Edge.__slots__}) for edge in table]
    nodes = [Node(node.id, node.lonlat, node.name) for node in table.nodes]
    opened = [edge for edge in edges if edge.status == "operating"]
    return Network(nodes, opened, withheld=[edge for edge in edges if edge.status != "operating"])


@st.composite
def tables(draw):
    cells = draw(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=2, max_size=6, unique=True))
    places = st.integers(0, len(cells) - 1)
    row = st.tuples(places, places, st.integers(0, len(PROFILES) - 1), st.sampled_from([1.1, 1.3, 1.7, 2.3]))
    rows = draw(st.lists(row.filter(lambda row: row[0] != row[1]), min_size=1, max_size=12))
    return table_of([(1_300_000_000 + x * 100_003, 420_000_000 + y * 100_007) for x, y in cells], rows)


asked = st.fixed_dictionaries(
    {
        "cost": st.sampled_from(geo.COSTS),
        "gauge_mm": st.sampled_from([None, 1435, 1520]),
        "bogie_change": st.booleans(),
        "modes": st.sampled_from([None, ["rail"], ["road", "ferry"]]),
        "avoid": st.sampled_from([(), ("way/01",), ("ferry",), ("node/2",)]),
    }
)


def answer(net, one, other, options):
    try:
        trip = geo.route(net, one, other, **options)
    except (geo.NoRouteError, geo.InvalidOptionError) as error:
        return type(error), getattr(error, "reason", "")
    return round(trip.cost, 6), round(trip.length_m, 3)


@fast
@given(table=tables(), options=asked)
@pytest.mark.parametrize("engine", ["lists", "arrays", "contracted"])
def test_columns_and_objects_answer_alike(engine, table, options):
    with pytest.MonkeyPatch.context() as patch:
        if engine == "arrays":
            patch.setattr(table_states, "_SMALL", -1)
        net = Network.of_table(table)
        net = geo.prepare(net) if engine == "contracted" else net
        plain = objects_of(table)
        ids = [node.id for node in plain.nodes]
        for one, other in product(ids[:3], ids[-3:]):
            if one != other:
                assert answer(net, one, other, options) == pytest.approx(answer(plain, one, other, options), abs=1e-3)
        try:
            near = geo.reachable(plain, ids[0], 80_000, **options | {"cost": "distance"})
        except geo.InvalidOptionError:
            return
        mine = geo.reachable(net, ids[0], 80_000, **options | {"cost": "distance"})
        assert mine.nodes == pytest.approx(near.nodes, abs=0.05)
        assert geo.matrix(net, ids, ids, **options) == pytest.approx(geo.matrix(plain, ids, ids, **options), rel=1e-5)


@fast
@given(table=tables(), k=st.integers(2, 4))
def test_alternatives_over_arrays_are_those_over_lists(table, k):
    ids = [table.nodes.id(0), table.nodes.id(1)]

    def found(net):
        try:
            return [round(trip.cost, 6) for trip in geo.routes(net, *ids, k=k)]
        except geo.NoRouteError:
            return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_states, "_SMALL", -1)
        assert found(Network.of_table(table)) == found(objects_of(table))


def test_a_table_can_be_read_like_a_network_of_objects():
    table = table_of([(0, 0), (10_000_000, 0), (20_000_000, 0)], [(0, 1, 2, 1.1), (1, 2, 5, 1.5)])
    net = Network.of_table(table)
    assert (len(net), len(net.edges), len(net.withheld), net.gauges_mm) == (3, 1, 1, (1435,))
    assert (net.node("node/1").name, net.edge("way/00").one_way, net.edge("way/01").line) == (
        "First",
        True,
        "Main line",
    )
    assert net.nearest((1.4, 0.1))[0].id == "node/2"
    assert net.bbox == geo.BBox(0, 0, 2, 0)
    with pytest.raises(geo.UnknownNodeError, match=r"no node 'node/9'; its ids are like 'node/1'"):
        net.node("node/9")
    with pytest.raises(geo.NoRouteError, match="not open on that day") as error:
        geo.route(net, "node/1", "node/3")
    assert error.value.reason == "date"


def test_a_one_way_track_is_not_used_in_reverse():
    nodes = [Node("a", LonLat(130, 42)), Node("b", LonLat(130.1, 42))]
    net = Network(nodes, [Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000, one_way=True)])
    assert geo.route(net, "a", "b").length_m == 9000
    with pytest.raises(
        geo.NoRouteError, match=r"every path leads against one-way edges \(1 node can be reached from 'b'"
    ):
        geo.route(net, "b", "a")
    with pytest.raises(geo.NoRouteError):
        geo.prepare(net).path("b", "a")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"from_node": np.array([7], dtype=np.int32)}, "from_node must hold rows from 0 to 1"),
        ({"length_m": np.array([np.nan])}, "length_m must be finite"),
        ({"begin": np.array([2, 0])}, "begin must ascend"),
    ],
)
def test_columns_that_do_not_fit_are_refused(change, message):
    table = table_of([(0, 0), (10_000_000, 0)], [(0, 1, 0, 1.1)])
    columns = {name: getattr(table, name) for name in EdgeTable.__dataclass_fields__}
    with pytest.raises(geo.InvalidNetworkError, match=message):
        EdgeTable(**columns | change)


def test_a_contracted_network_is_written_and_read(tmp_path):
    table = table_of([(0, 0), (10_000_000, 0), (20_000_000, 0)], [(0, 1, 0, 1.1), (1, 2, 0, 1.5)])
    pytest.importorskip("pyroutingkit")
    geo.prepare(Network.of_table(table)).save(tmp_path / "saved")
    again = geo.prepare(Network.of_table(table), tmp_path / "saved")
    assert again.path("node/1", "node/3").edge_ids == ("way/00", "way/01")
    other = Network.of_table(table_of([(0, 0), (10_000_000, 0)], [(0, 1, 0, 1.1)]))
    with pytest.raises(geo.InvalidNetworkError, match="of another network; contract it again"):
        geo.prepare(other, tmp_path / "saved")
