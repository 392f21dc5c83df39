"""The state of a day: open, planned and not yet existing features."""

import pytest

import layers

RAIL_BRIDGE = "crossing/friendship-bridge"
ROAD_BRIDGE = "crossing/tumen-road-bridge"
KHASAN_RAJIN = [
    "rail/hongui/chokchi-tumangang", "rail/hambuk/hongui-mulgol", "rail/hambuk/ungsang-sonbong", "rail/hambuk/kwangok-rajin",
]  # fmt: skip


def on(name, day):
    return layers.load(name, as_of=day).set_index("id")


def status(name, feature_id, day):
    frame = on(name, day)
    return frame.loc[feature_id, "status"] if feature_id in frame.index else None


def test_1959_the_railway_bridge_has_just_opened():
    day = "1959-08-09"
    assert status("crossings", RAIL_BRIDGE, "1959-08-08") is None
    assert status("crossings", RAIL_BRIDGE, day) == "operating"
    assert status("crossings", ROAD_BRIDGE, day) is None
    assert status("crossings", "crossing/quanhe-wonjong", day) == "operating"
    assert len(on("zones", day)) == 0
    for name in ("pipelines", "telecom", "programmes", "shipments"):
        assert len(on(name, day)) == 0, name
    assert status("power", "power/supung", day) == "operating"
    assert status("power", "power/sonbong", day) is None
    assert status("ports", "port/rajin", "1934") is None
    assert status("ports", "port/rajin", day) == "operating"  # opened in 1935, a trade port since 1974


def test_1994_one_zone_and_no_plan_for_a_grid():
    zones = on("zones", "1994")
    assert list(zones.index) == ["zone/rason"]
    assert zones.loc["zone/rason", "area_km2"] == 746
    assert zones.loc["zone/rason", "status"] == "planned"
    assert on("power", "1994").loc["power/sonbong", ["fuel", "capacity_mw"]].tolist() == ["oil", 200]
    assert "power/khasan-rason" not in on("power", "1994").index
    assert "power/kumho-kedo" not in on("power", "1994").index
    assert status("crossings", "crossing/hunchun-makhalino", "1994") is None
    assert status("checkpoints", "checkpoint/hunchun-road", "1994") == "operating"
    assert status("checkpoints", "checkpoint/kraskino", "1994") is None


def test_2010_standard_gauge_to_rajin_and_one_fibre():
    rails = on("railways", "2010")
    assert all(rails.loc[section, "gauge_mm"] == [1435] for section in KHASAN_RAJIN[1:])
    telecom = on("telecom", "2010")
    assert telecom.loc["telecom/unicom-dandong-pyongyang", "status"] == "operating"
    assert telecom.loc["telecom/ttk-khasan-pyongyang", "status"] == "planned"  # the contract is of 2009
    assert status("pipelines", "pipeline/trans-korean-east-2011", "2010") == "proposed"
    assert status("crossings", "crossing/panmun-dorasan", "2010") == "suspended"
    assert set(on("zones", "2010").index) == {"zone/rason", "zone/sinuiju", "zone/kumgangsan", "zone/kaesong"}
    assert status("power", "power/munsan-kaesong", "2010") == "operating"
    assert status("highways", "highway/rajin-wonjong", "2010") == "operating"
    assert status("highways", "highway/rajin-hunchun-motorway", "2010") is None


def test_2014_coal_is_on_its_way_to_rajin():
    day = "2014-11-24"
    rails = on("railways", day)
    assert all(rails.loc[section, "gauge_mm"] == [1435, 1520] for section in KHASAN_RAJIN)
    assert status("ports", "pier/rajin-3", day) == "operating"
    zones = on("zones", day)
    assert zones.decreed.isin(["2013-11-21", "2014-07-23"]).sum() == 19
    assert len(zones) == 25  # six older, Sinuiju among them, and the nineteen
    assert status("programmes", "programme/victory-first-stage", day) == "planned"
    assert status("programmes", "programme/victory-first-stage", "2014-10-20") is None
    assert status("crossings", ROAD_BRIDGE, day) == "proposed"
    assert len(on("shipments", day)) == 0  # the ship left on the 27th
    assert list(on("shipments", "2014-11-29").index) == ["shipment/trial-1-pohang"]
    assert status("crossings", RAIL_BRIDGE, day) == "operating"
    assert status("power", "power/wind-rason", day) is None


def test_2019_a_second_bridge_is_studied_and_the_links_to_the_south_are_shut():
    day = "2019-07"
    assert status("crossings", ROAD_BRIDGE, day) == "studied"
    assert status("crossings", RAIL_BRIDGE, day) == "operating"
    assert status("crossings", RAIL_BRIDGE, "2020-06") == "suspended"
    assert status("telecom", "telecom/ttk-khasan-pyongyang", day) == "operating"
    assert status("telecom", "telecom/ttk-khasan-pyongyang", "2017-09-30") == "planned"
    assert status("crossings", "crossing/panmun-dorasan", day) == "suspended"
    assert status("zones", "zone/kaesong", day) == "closed"
    assert status("power", "power/munsan-kaesong", day) == "suspended"
    assert status("pipelines", "pipeline/trans-korean-study-2018", day) == "studied"
    assert status("programmes", "programme/donghae-survey-2018", day) == "studied"
    assert len(on("zones", day)) == 28  # Musan follows in 2021
    assert status("checkpoints", "checkpoint/khasan-road", day) is None


def test_2024_the_road_bridge_is_agreed_and_the_links_are_blown_up():
    day = "2024-12-31"
    assert status("crossings", ROAD_BRIDGE, "2024-06-18") == "studied"
    assert status("crossings", ROAD_BRIDGE, day) == "planned"
    assert status("crossings", "crossing/panmun-dorasan", day) == "closed"
    assert status("crossings", "crossing/jejin-kamho", day) == "closed"
    assert status("crossings", RAIL_BRIDGE, day) == "operating"
    assert status("checkpoints", "checkpoint/khasan-rail", day) == "operating"
    assert status("power", "power/artyom-2", day) == "under_construction"
    assert len(on("zones", day)) == 29


@pytest.mark.parametrize(("day", "state"), [("2026-09-06", "under_construction"), ("2026-09-07", "operating")])
def test_2026_the_road_bridge_opens_with_all_that_leads_to_it(day, state):
    assert status("crossings", ROAD_BRIDGE, day) == state
    for checkpoint in ("checkpoint/khasan-road", "checkpoint/tumangang-road"):
        assert status("checkpoints", checkpoint, day) == state
    assert set(
        on("highways", day).loc[["highway/khasan-bridge-approach", "highway/tumangang-bridge-approach"], "status"]
    ) == {state}


def test_newest_the_road_bridge_is_open():
    assert layers.latest_date() >= "2026-09-07"
    assert status("crossings", ROAD_BRIDGE, None) == "operating"
    assert status("crossings", RAIL_BRIDGE, None) == "operating"
    assert len(on("zones", None)) == 29
    assert set(on("shipments", None).status) == {"closed"}
    assert on("power", None).loc["power/sonbong", "fuel"] == "coal"
    assert status("power", "power/kumho-kedo", None) == "cancelled"


@pytest.mark.long
@pytest.mark.parametrize("day", ["1959", "1994", "2010", "2014-11-24", "2019", "2024", None])
def test_nothing_is_shown_before_its_first_change(day):
    last = day or layers.latest_date()
    for record in layers.catalog():
        if record.group == "subject" and record.name != "places":
            for row in layers.catalog().collection(record.name, as_of=day)["features"]:
                history = row["properties"]["history"]
                assert all(entry["date"][:4] <= last[:4] for entry in history), row["id"]
                assert row["properties"]["status"] == (history[-1]["status"] if history else None), row["id"]


# What each source says of the border of the DPRK in the pandemic; rail and road over the Yalu opened on days of their own.
CLOSED_IN_2020 = [
    # feature, layer, day before, in the pandemic, first day again
    ("crossings", "crossing/friendship-bridge", "2020-02-02", "2021-03-01", "2022-11-02"),
    ("railways", "rail/khasan-tumangang/khasan-tumangang", "2020-02-02", "2021-03-01", "2022-11-02"),
    ("checkpoints", "checkpoint/khasan-rail", "2020-02-02", "2021-03-01", "2022-11-02"),
    ("crossings", "crossing/quanhe-wonjong", "2019-12-31", "2021-03-01", "2023-01-31"),
    ("road_links", "road/hunchun-rajin/quanhe-wonjong", "2019-12-31", "2023-01-30", "2023-01-31"),
    ("checkpoints", "checkpoint/wonjong", "2019-12-31", "2021-03-01", "2023-01-31"),
    ("railways", "rail/dandong-sinuiju/dandong-sinuiju", "2019-12-31", "2021-03-01", "2022-01-16"),
    ("railways", "rail/dandong-sinuiju/dandong-sinuiju", "2022-04-28", "2022-05-01", "2022-09-26"),
    ("road_links", "road/sinuiju-dandong/sinuiju-dandong", "2019-12-31", "2023-11-12", "2023-11-13"),
    ("checkpoints", "checkpoint/musan", "2019-12-31", "2023-06-19", "2023-06-20"),
]


@pytest.mark.parametrize(("name", "feature_id", "before", "shut", "again"), CLOSED_IN_2020)
def test_2020_the_dprk_shuts_its_border_and_opens_it_in_steps(name, feature_id, before, shut, again):
    assert [status(name, feature_id, day) for day in (before, shut, again)] == ["operating", "suspended", "operating"]


@pytest.mark.parametrize(
    "feature_id", ["crossing/tumen-namyang-rail", "crossing/tumen-namyang-road", "crossing/jian-manpo"]
)
def test_a_crossing_whose_reopening_nobody_reported_stays_shut(feature_id):
    assert status("crossings", feature_id, None) == "suspended"


def test_every_crossing_of_china_and_the_dprk_was_shut_in_2021():
    rows = on("crossings", "2021-03-01")
    ours = [index for index, countries in rows.countries.items() if set(countries) == {"CN", "KP"}]
    assert len(ours) >= 6
    assert set(rows.loc[ours, "status"]) <= {"suspended", "under_construction"}
