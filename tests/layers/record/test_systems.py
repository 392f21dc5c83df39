"""Pipelines, fibre, programmes, roads, checkpoints, airports, ports, shipments: kinds, geometry and status."""

import pytest
import shapely

import geo
import layers

CATALOG = layers.catalog()
DRAWN = ("pipelines", "telecom", "programmes", "highways", "shipments")
NEW = (*DRAWN, "checkpoints", "airports")
TRIALS = {1: "2014-11-29", 2: "2015-04-25", 3: "2015-11-20"}


def rows(name):
    return [row["properties"] | {"geometry": row["geometry"]} for row in CATALOG.features(name)]


def by_id(name):
    return {row["id"]: row for row in rows(name)}


@pytest.mark.parametrize("name", NEW)
def test_every_feature_is_named_in_four_scripts(name):
    for row in rows(name):
        assert all(row[key] for key in ("name", "name_ko", "name_ru", "name_zh")), row["id"]


@pytest.mark.parametrize("name", DRAWN)
def test_lines_are_schematic_and_say_how_much_of_their_course_is_known(name):
    for row in rows(name):
        assert row["geometry_method"] == "schematic"
        assert row["course"] in {"assumed", "named"}
        assert row["accuracy_m"] >= 1500
        assert row["note"]


def test_every_fibre_link_is_assumed():
    assert {row["course"] for row in rows("telecom")} == {"assumed"}


def test_the_russian_fibre_crosses_the_friendship_bridge():
    link = shapely.geometry.shape(by_id("telecom")["telecom/ttk-khasan-pyongyang"]["geometry"])
    bridge = layers.load("crossings").set_index("id").loc["crossing/friendship-bridge"].geometry
    assert link.distance(bridge) < 0.01
    assert link.distance(shapely.Point(layers.find("station/pyongyang").lonlat.__geo_interface__["coordinates"])) < 1e-9


def test_a_programme_is_never_a_thing_that_runs():
    assert {row["status"] for row in rows("programmes")} <= {"planned", "proposed", "studied"}


def test_no_pipeline_to_korea_was_built():
    for row in rows("pipelines"):
        if "KP" in row["countries"]:
            assert {entry["status"] for entry in row["history"]} <= {"proposed", "studied"}


@pytest.mark.parametrize("name", ["power", "pipelines", "programmes", "highways", "airports"])
def test_what_is_called_planned_does_not_operate(name):
    for row in rows(name):
        if "(planned)" in row["name"] or "reported plan" in row["name"] or "announced" in row["name"]:
            assert row["status"] in {"planned", "proposed", "studied"}, row["id"]


def test_lengths_of_the_gas_pipeline_stand_side_by_side():
    lengths = {
        figure["value"]
        for row in rows("pipelines")
        for figure in row["figures"]
        if figure["attribute"].endswith("length_km") and "KP" in row["countries"]
    }
    assert lengths == {1100, 700, 800, 1202, 1505}


def test_victory_tells_the_programme_from_the_network():
    figures = by_id("programmes")["programme/victory-first-stage"]["figures"]
    used = {figure["attribute"]: figure["value"] for figure in figures if figure["used"]}
    assert used == {"programme_length_km": 3500, "cost_musd": 25000, "duration_years": 20}
    assert {figure["value"] for figure in figures if figure["attribute"] == "network_length_km"} == {
        3500, 4725, 5200, 6000, 8500,
    }  # fmt: skip


def test_55_km_cannot_join_tumen_and_rajin():
    row = by_id("programmes")["programme/tumen-rason-railway"]
    assert geo.line_length(row["geometry"]["coordinates"]) / 1000 > 1.5 * row["published_length_km"]
    assert "88 km" in row["note"]


def sailing(day):
    shipments = layers.load("shipments", as_of=day)
    return shipments[shipments.status == "operating"]


class TestShipments:
    def test_none_crosses_land(self):
        land = [shapely.geometry.shape(part["geometry"]) for part in rows("land") if part["kind"] == "land"]
        for row in rows("shipments"):
            course = shapely.geometry.shape(row["geometry"])
            assert not any(part.intersects(course) for part in land), row["id"]

    @pytest.mark.parametrize("row", rows("shipments"), ids=lambda row: row["id"])
    def test_leaves_rajin_and_reaches_its_port(self, row):
        ports = {port.id: port for port in layers.gazetteer() if port.layer == "ports"}
        ends = row["geometry"]["coordinates"][0], row["geometry"]["coordinates"][-1]
        for key, end in zip(("from_port", "to_port"), ends, strict=True):
            port = ports[row[key]]
            assert geo.distance(port.lonlat, tuple(end)) < port.accuracy_m + 2000  # it ends in the roads

    def test_what_they_came_by_exists(self):
        known = {feature["id"] for record in CATALOG for feature in CATALOG.features(record.name)}
        for row in rows("shipments"):
            assert set(row["via"]) <= known, row["id"]

    @pytest.mark.parametrize(("trial", "day"), TRIALS.items())
    def test_sails_in_the_days_of_its_trial_alone(self, trial, day):
        assert set(sailing(day).trial) == {trial}

    def test_sails_at_no_other_time(self):
        for day in ("2014-11-26", "2015-03", "2015-08", "2016", None):
            assert len(sailing(day)) == 0

    def test_stays_on_the_record_once_it_is_over(self):
        assert len(layers.load("shipments")) == 7
        assert set(layers.load("shipments").status) == {"closed"}

    def test_tonnes_known_never_exceed_those_of_the_trial(self):
        for trial, whole in ((2, 140_000), (3, 120_000)):
            coal = [row for row in rows("shipments") if row["trial"] == trial and row["cargo"] == "coal"]
            assert {row["trial_tonnes"] for row in coal} == {whole}
            assert sum(row.get("tonnes", 0) for row in coal) < whole


class TestPorts:
    def test_forty_at_least(self):
        assert sum(row["kind"] == "port" for row in rows("ports")) >= 40

    def test_those_to_be_redeveloped_lie_on_both_coasts_of_the_dprk(self):
        named = [row for row in rows("ports") if row.get("redevelopable")]
        assert {row["coast"] for row in named} == {"east", "west"}
        assert {country for row in named for country in row["countries"]} == {"KP"}
        assert all({"donga-ports-2012", "news1-ports-2018"} & set(row["sources"]) for row in named)


def test_checkpoints_face_each_other():
    known = by_id("checkpoints")
    for row in known.values():
        if "opposite" in row:
            assert known[row["opposite"]]["opposite"] == row["id"]
            assert known[row["opposite"]]["countries"] != row["countries"]


def test_checkpoints_name_crossings_that_exist():
    assert {row["crossing"] for row in rows("checkpoints") if "crossing" in row} <= by_id("crossings").keys()


def test_four_airports_of_the_dprk_and_one_plan():
    korean = [row for row in rows("airports") if row["countries"] == ["KP"]]
    assert sorted(row.get("iata", "") for row in korean) == ["", "DSO", "FNJ", "RGO", "YJS"]


def test_boolean_column_is_typed():
    assert layers.load("ports")["redevelopable"].dtype == "boolean"
