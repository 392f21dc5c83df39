"""Cases on the multimodal network: gauges, ports, ferries, sanctions, and its report."""

import pytest

import geo
import layers

NOW = layers.network()
FIRST_TRIAL = layers.network(as_of="2014-11-24")
CORRIDOR = "UNSCR 2375 (2017) § 18"


def trip(net, origin, destination, **options):
    return geo.route(net, layers.find(origin), layers.find(destination), **options)


def kinds(route):
    return [transfer.kind for transfer in route.transfers]


def places(route, *wanted):
    return [transfer.node_id for transfer in route.transfers if transfer.kind in wanted]


def test_in_2014_a_russian_wagon_runs_to_the_port_of_rajin_without_change():
    route = trip(FIRST_TRIAL, "Ussuriysk", "port/rajin", modes=["rail"], gauge_mm=1520, bogie_change=False)
    assert [kind for kind in kinds(route) if kind != "reversal"] == ["border_crossing"]
    assert all(1520 in leg.gauges_mm for leg in route.legs if leg.mode == "rail")
    assert 300_000 < route.length_m < 350_000


def test_before_the_rebuilding_the_load_changes_at_tumangang():
    route = trip(layers.network(as_of="2008"), "Khasan", "Rajin")
    assert places(route, "bogie_change", "transshipment") == ["station/tumangang"]
    assert [one.place for one in route.gauge_breaks] == ["Tumangang"]
    assert route.hours > trip(NOW, "Khasan", "Rajin").hours


def test_no_russian_wagon_reaches_chongjin_and_the_place_is_named():
    with pytest.raises(geo.NoRouteError, match="ends at 'Tumangang', where 1520 mm meets 1435 mm") as caught:
        trip(NOW, "Khasan", "station/chongjin", modes=["rail"], gauge_mm=1520, bogie_change=False)
    assert caught.value.reason == "gauge"
    changed = trip(NOW, "Khasan", "station/chongjin", modes=["rail"], gauge_mm=1520)
    assert places(changed, "bogie_change") == ["station/tumangang"]


@pytest.mark.parametrize(
    ("russian", "chinese", "at"),
    [
        ("station/ussuriysk", "station/mudanjiang", {"station/grodekovo", "station/suifenhe"}),
        ("station/gvozdevo", "station/tumen", {"station/hunchun", "station/makhalino", "station/kamyshovaya"}),
        ("station/chita", "station/harbin", {"station/zabaikalsk", "station/manzhouli"}),
    ],
)
def test_the_gauge_breaks_at_the_borders_with_china(russian, chinese, at):
    route = trip(NOW, russian, chinese, modes=["rail"], gauge_mm=1520, avoid=["KP"], cost="time")
    changed = set(places(route, "bogie_change", "transshipment"))
    assert changed
    assert changed <= at
    assert "border_crossing" in kinds(route)


def test_russia_and_mongolia_share_a_gauge():
    route = trip(NOW, "station/ulan-ude", "station/zamyn-uud", modes=["rail"], gauge_mm=1520, bogie_change=False)
    assert kinds(route) == ["border_crossing"]


def test_the_first_coal_trial_by_rail_and_sea_with_the_rules_of_its_day():
    route = trip(FIRST_TRIAL, "Khasan", "Pohang", via=[geo.Via("port/rajin", "handle")], gauge_mm=1520, load="coal")
    assert [leg.mode for leg in route.legs if leg.mode != "transfer"][-2:] == ["sea", "road"]
    assert "port/rajin" in places(route, "port_handling")
    regimes = [label.regime for label in route.labels]
    assert regimes == ["ROK measures of 24 May 2010", "Exception to the ROK measures of 24 May 2010"]
    (rajin,) = [one for one in route.transfers if one.node_id == "port/rajin"]
    assert (rajin.hours_of("coal"), rajin.sources) == (96, ("net-donga-rajin-2014",))


def test_today_the_same_way_meets_later_sanctions_and_their_exemptions():
    route = trip(NOW, "Khasan", "Pohang", via=[geo.Via("port/rajin", "handle")], gauge_mm=1520, load="coal")
    regimes = {label.regime for label in route.labels}
    assert {CORRIDOR, "UNSCR 2371 (2017) § 8", "UNSCR 2371 (2017) § 8, exemption"} <= regimes
    assert "ROK measures of 8 March 2016" in regimes
    assert "Exception to the ROK measures of 24 May 2010" not in regimes
    assert CORRIDOR in route.explain()


def test_every_label_cites_a_source_that_is_known():
    known = layers.sources()
    cited = {one for item in (*NOW.edges, *NOW.transfers) for label in item.labels for one in label.sources}
    assert cited
    assert cited <= known.keys()
    assert {source for transfer in NOW.transfers for source in transfer.sources} <= known.keys()


def test_transfers_have_hours_and_what_these_rest_on():
    assert len(NOW.transfers) > 40
    assert all(one.hours is not None and (one.sources or one.assumption) for one in NOW.transfers)


def test_lines_over_the_demarcation_line_are_withheld_and_told():
    with pytest.raises(geo.NoRouteError, match="closed"):
        trip(layers.network(modes=["rail"]), "station/pyongyang", "station/seoul")
    in_2008 = layers.network(as_of="2008-06", modes=["rail"])
    assert "border_crossing" in kinds(trip(in_2008, "station/kaesong", "station/seoul"))
    withheld = {edge.id: edge.status for edge in NOW.withheld}
    assert withheld["rail/gyeongui-link/panmun-dorasan"] == "closed"


def test_pyongyang_to_rajin_is_all_rail():
    route = trip(NOW, "Pyongyang", "Rajin", cost="generalized")
    assert {leg.mode for leg in route.legs} <= {"rail", "transfer"}
    assert set(kinds(route)) <= {"reversal"}


@pytest.mark.parametrize(
    ("day", "status"), [("2017-06", "operating"), ("2017-12", "suspended"), ("2026", "suspended"), ("2016", None)]
)
def test_the_ferry_to_vladivostok_ran_in_the_summer_of_2017(day, status):
    net = layers.network(as_of=day, modes=["ferry"])
    found = {edge.id: edge for edge in (*net.edges, *net.withheld)}
    edge = found.get("ferry/rajin-vladivostok")
    assert (edge and edge.status) == status
    assert edge is None or edge.hours == 9.5


def test_ways_by_sea_are_those_of_the_sea_chart():
    edge = NOW.edge("sea/rajin-vladivostok")
    path = layers.sea_path("port/rajin", "port/vladivostok")
    assert edge.length_m == pytest.approx(path.length_m, rel=0.02)
    assert edge.coordinates[0] == pytest.approx(tuple(path.turns[0]), abs=0.02)
    assert set(edge.countries) == {"KP", "RU"}


def test_planned_edges_open_when_asked_and_keep_their_status():
    planned = {edge.id for edge in NOW.withheld if edge.status in {"planned", "proposed", "under_construction"}}
    assert planned
    opened = layers.network(include_planned=True)
    assert planned <= {edge.id for edge in opened.edges}
    assert {opened.edge(one).status for one in planned} <= {"planned", "proposed", "under_construction"}


def test_modes_are_chosen_and_checked():
    assert {edge.mode for edge in layers.network(modes=["sea"]).edges} == {"sea"}
    assert {one.kind for one in layers.network(modes=["sea"]).transfers} == {"port_handling"}
    with pytest.raises(geo.InvalidNetworkError, match="did you mean 'rail'"):
        layers.network(modes=["rial"])


def test_report_tells_what_does_not_hang_together():
    report = layers.network_report()
    assert len(report.components[0]) > 300
    assert "station/woljeongri" in report.lone_nodes
    assert {"port/sokcho", "port/slavyanka"} <= {note.port for note in report.ports_without_rail}
    assert not {"port/rajin", "port/busan"} & {note.port for note in report.ports_without_rail}
    assert report.gauges_without_transfer == ()
    assert report.snap_m == 250
    text = report.text()
    assert "ports without a railway" in text
    assert report.to_dict()["as_of"] == report.as_of
    assert layers.network_report(as_of="1910").gauges_without_transfer


def test_route_as_a_table():
    route = trip(FIRST_TRIAL, "Khasan", "Pohang", via=[geo.Via("port/rajin", "handle")], gauge_mm=1520, load="coal")
    frame = layers.route_frame(route)
    assert len(frame) == len(route.legs)
    assert frame.length_m.sum() == pytest.approx(route.length_m)
    assert frame.crs == "OGC:CRS84"
    assert set(frame.attrs["licences"]) == {"ODbL-1.0", "CC0-1.0", "LGPL-3.0-or-later"}
    assert frame.attrs["hours"] == route.hours
    assert frame.attrs["attributions"]
