"""Layers as GeoDataFrames, as of a day."""

import json
import pickle

import folium
import geopandas as gpd
import pandas as pd
import polars as pl
import pytest

import geo
import layers

NAMES = [record.name for record in layers.catalog()]


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_loads_typed_and_valid(name):
    frame = layers.load(name, as_of="2015-04-24" if name == "shipments" else None)  # trials are over
    assert str(frame.crs) == "OGC:CRS84"
    assert len(frame) > 0
    assert frame.geometry.is_valid.all()
    assert not frame.geometry.is_empty.any()
    assert frame["accuracy_m"].dtype == "Float64"
    assert isinstance(frame["kind"].dtype, pd.CategoricalDtype)
    assert frame.attrs["record"]["name"] == name


def test_dates_are_days_with_their_precision():
    bridge = layers.load("crossings").set_index("id").loc["crossing/friendship-bridge"]
    assert bridge.valid_from == "1959-08-09"
    assert bridge.valid_from_precision == "day"


def test_zones_of_the_fact_sheet():
    zones = layers.load("zones")
    assert len(zones) == 29
    assert (zones.decreed == "2013-11-21").sum() == 13
    assert (zones.decreed == "2014-07-23").sum() == 6


def test_nineteen_development_zones_in_mid_2014():
    zones = layers.load("zones", as_of="2014-08-01")
    assert zones.decreed.isin(["2013-11-21", "2014-07-23"]).sum() == 19


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2019-06-01", "studied"),
        ("2024-07-01", "planned"),
        ("2025-05-01", "under_construction"),
        ("2026-09-06", "under_construction"),
        (None, "operating"),
    ],
)
def test_road_bridge_climbs_its_ladder(day, status):
    crossings = layers.load("crossings", as_of=day).set_index("id")
    assert crossings.loc["crossing/tumen-road-bridge", "status"] == status


def test_road_bridge_is_not_on_the_record_in_1994():
    assert "crossing/tumen-road-bridge" not in set(layers.load("crossings", as_of="1994").id)


def test_road_bridge_keeps_its_conflicting_lengths_side_by_side():
    bridge = layers.load("crossings").set_index("id").loc["crossing/tumen-road-bridge"]
    lengths = [figure for figure in bridge.figures if figure["attribute"] == "length_m"]
    assert {800, 830, 850, 1005, 1300, 4700} <= {figure["value"] for figure in lengths}
    assert [figure["value"] for figure in lengths if figure["used"]] == [1005] == [bridge.length_m]


@pytest.mark.parametrize(("day", "gauge_mm"), [("2010", [1435]), ("2014-11-24", [1435, 1520]), (None, [1435, 1520])])
def test_gauge_beyond_tumangang_by_date(day, gauge_mm):
    rails = layers.load("railways", as_of=day).set_index("id")
    assert rails.loc["rail/hambuk/ungsang-sonbong", "gauge_mm"] == gauge_mm


def test_river_border_has_its_measured_length():
    river = layers.load("border").set_index("id").loc["border/ru-kp-river"]
    assert river.length_m == 17391
    assert geo.line_length(list(river.geometry.coords)) == pytest.approx(17391, abs=1)
    assert len(river.geometry.coords) == 38


def test_planned_lines_are_schematic():
    power = layers.load("power")
    power = power[(power.kind == "transmission_line") & (power.id != "power/munsan-kaesong")]
    assert len(power) == 3
    assert set(power.geometry_method) == {"schematic"}
    assert set(power.status) == {"studied"}
    assert (power.accuracy_m >= 15_000).all()


def test_bad_date_is_refused():
    with pytest.raises(geo.InvalidDateError, match="2014-13"):
        layers.load("zones", as_of="2014-13")


def in_parts(frame):
    import dask_geopandas

    return dask_geopandas.from_geopandas(frame, npartitions=2).compute()


NEXT = {
    "to_parquet": lambda frame, folder: frame.to_parquet(folder / "x.parquet"),
    "to_feather": lambda frame, folder: frame.to_feather(folder / "x.feather"),
    "to_file": lambda frame, folder: frame.to_file(folder / "x.gpkg"),
    "to_json": lambda frame, _: json.loads(frame.to_json()),
    "explore": lambda frame, _: frame.explore(),
    "folium": lambda frame, _: folium.GeoJson(frame),
    "pickle": lambda frame, _: pickle.loads(pickle.dumps(frame)),  # noqa: S301 - our own
    "polars": lambda frame, _: pl.from_pandas(frame.drop(columns="geometry")),
    "dask_geopandas": lambda frame, _: in_parts(frame),
}


@pytest.mark.filterwarnings("ignore:.*Geometry is in a geographic CRS:UserWarning")
@pytest.mark.long
@pytest.mark.parametrize("name", ["railways", "zones", "territories", "crossings", "shipments"])
def test_a_frame_works_with_common_geopandas_operations(tmp_path, name):
    frame = layers.load(name)
    for step in NEXT.values():
        step(frame, tmp_path)
    for read in (gpd.read_parquet(tmp_path / "x.parquet"), gpd.read_feather(tmp_path / "x.feather")):
        assert read.geometry.geom_equals(frame.geometry).all()
    rows = NEXT["to_json"](frame, tmp_path)["features"]
    assert len(rows) == len(frame) == len(NEXT["dask_geopandas"](frame, tmp_path))
