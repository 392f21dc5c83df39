"""Layers that are derived when a page is made."""

import itertools

import pytest

import geo
import layers
import maps
from maps.features.derived import DERIVED, DerivedSource
from maps.features.points import positions_of_features
from maps.themes.reader import default_layer


@pytest.fixture(scope="module")
def source():
    return DerivedSource(maps.PackagedLayers())


@pytest.fixture(scope="module")
def flows(source):
    return source.features("flows", None).features


@pytest.fixture(scope="module")
def breaks(source):
    return {row["id"]: row["properties"] for row in source.features("gauge-breaks", None).features}


@pytest.mark.parametrize("name", DERIVED)
def test_each_has_a_look_and_features_that_meet_a_rule(source, name):
    layer = default_layer(name)
    features = source.features(name, None).features
    assert features
    assert all(layer.symbol_of(feature["properties"]) is not None for feature in features)
    assert len({feature["id"] for feature in features}) == len(features)


def test_other_layers_are_handed_through(source):
    assert source.features("railways", None) is source.origin.features("railways", None)
    assert source.every_state("railways") is source.origin.every_state("railways")


def test_unknown_layer(source):
    with pytest.raises(maps.UnknownSourceError, match="no layer is called 'flow'"):
        source.features("flow", None)
    with pytest.raises(maps.UnknownSourceError):
        source.every_state("claims")


class TestFlows:
    def test_every_shipment_flows(self, flows):
        assert {flow["id"] for flow in flows} == {row["id"] for row in layers.catalog().features("shipments")}

    def test_from_port_to_port(self, flows):
        places = positions_of_features()
        for flow in flows:
            ends = flow["geometry"]["coordinates"][0], flow["geometry"]["coordinates"][-1]
            for end, key in zip(ends, ("from_port", "to_port"), strict=True):
                spot = places[flow["properties"][key]]
                assert geo.distance(tuple(end), (spot.lon, spot.lat)) < 1000

    def test_class_is_that_of_the_tonnes(self, flows):
        for flow in flows:
            tonnes = flow["properties"].get("tonnes")
            expected = "t45" if tonnes and tonnes >= 45000 else "t40" if tonnes else None
            assert expected in {None, flow["properties"]["load"]}

    def test_keep_off_the_land(self, flows):
        chart = layers.land()
        for flow in flows:
            inner = flow["geometry"]["coordinates"][2:-2]
            assert sum(chart.is_land(tuple(position)) for position in inner) <= len(inner) // 8

    def test_do_not_cross(self, flows):
        import shapely

        lines = [shapely.LineString(flow["geometry"]["coordinates"]) for flow in flows]
        for a, b in itertools.combinations(lines, 2):
            met = shapely.intersection(a, b)
            ends = shapely.MultiPoint([a.coords[0], a.coords[-1]]).buffer(0.6)
            assert shapely.difference(met, ends).is_empty

    def test_say_how_far_off_they_may_be(self, flows):
        own = {row["id"]: row["properties"]["accuracy_m"] for row in layers.catalog().features("shipments")}
        assert all(flow["properties"]["accuracy_m"] >= own[flow["id"]] for flow in flows)

    def test_labels_speak_four_languages(self, flows):
        for flow in flows:
            labels = [flow["properties"][key] for key in ("label", "label_ko", "label_ru", "label_zh")]
            assert all("2014" in label or "2015" in label for label in labels)


class TestGaugeBreaks:
    @pytest.mark.parametrize("name", ["suifenhe", "khasan", "rajin"])
    def test_where_the_gauges_of_two_countries_meet(self, breaks, name):
        assert set(breaks[f"gauge-break/{name}"]["gauge_mm"]) >= {1435, 1520}

    def test_nowhere_else_in_korea(self, breaks):
        assert not {"gauge-break/seoul", "gauge-break/pyongyang", "gauge-break/busan"} & set(breaks)

    def test_disjoint_gauges_are_a_break(self):
        from maps.features.derived.gauge_break import gauge_breaks
        from maps.features.geojson import DataRecord, LayerData

        def section(a, b, *gauges):
            properties = {"from_node": a, "to_node": b, "gauge_mm": list(gauges), "status": "operating"}
            return {"type": "Feature", "id": a + b, "properties": properties, "geometry": None}

        stations = [
            {
                "type": "Feature",
                "id": f"station/{n}",
                "properties": {},
                "geometry": {"type": "Point", "coordinates": [0, 0]},
            }
            for n in "abcd"
        ]
        rails = [
            section("station/a", "station/b", 1520),
            section("station/b", "station/c", 1435),
            section("station/c", "station/d", 1435, 1520),
        ]
        data = gauge_breaks(LayerData(DataRecord("r", ""), rails), LayerData(DataRecord("s", ""), stations))
        assert {row["id"]: row["properties"]["kind"] for row in data.features} == {
            "gauge-break/b": "gauge_break",
            "gauge-break/c": "gauge_end",
        }


class TestClaims:
    def test_stand_at_a_feature_they_speak_of(self, source):
        places = positions_of_features()
        results = {f"claim/{result.claim.id}": result for result in layers.check_claims()}
        for point in source.features("claims", None).features:
            result = results[point["id"]]
            spots = [places[one] for one in result.features if one in places]
            assert [spots[0].lon, spots[0].lat] == point["geometry"]["coordinates"]
            assert point["properties"]["verdict"] == result.verdict

    def test_none_that_has_a_place_is_missing(self, source):
        places = positions_of_features()
        placed = {f"claim/{r.claim.id}" for r in layers.check_claims() if any(one in places for one in r.features)}
        assert {point["id"] for point in source.features("claims", None).features} == placed
