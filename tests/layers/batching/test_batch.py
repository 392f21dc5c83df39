"""Tables of distances, routes and look-ups: each row equals the single call, bad rows have their reason."""

import signal
import subprocess
import sys
import time

import geopandas as gpd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import Point

import geo
import layers
from layers.batching import engine, table_file
from layers.batching.ends import columns_of
from tests.command import tumen

TRIPS = [
    ("Khasan", "Rajin"),
    ("라진", "Vladivostok"),
    ("Nowhere at all", "Rajin"),
    (None, "Rajin"),
    ("130.64,42.43", "station/chongjin"),
    ("Ussuriysk", "Ussuriysk"),
    ("42.43,130.64", "Rajin"),
]


@pytest.fixture
def trips(tmp_path):
    path = tmp_path / "trips.csv"
    pd.DataFrame(TRIPS, columns=["from", "to"]).assign(n=range(len(TRIPS))).to_csv(path, index=False)
    return path


@pytest.fixture
def grid(tmp_path):
    """Positions with a few bad ones."""
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(124, 136, 3000), rng.uniform(37, 47, 3000)
    lat[[5, 2999]] = np.nan, 142.0
    path = tmp_path / "grid.parquet"
    pq.write_table(pa.table({"lon": lon, "lat": lat, "label": [f"p{n}" for n in range(3000)]}), path)
    return path


def answers(path):
    return pq.read_table(path).to_pylist()


class TestAsSingleQuestions:
    def test_distance(self, trips, tmp_path):
        summary = engine.run(trips, tmp_path / "out.parquet", "distance", workers=1)
        rows = answers(tmp_path / "out.parquet")
        assert (summary.rows, summary.without) == (len(TRIPS), 3)
        assert [row["n"] for row in rows] == list(range(len(TRIPS)))  # of a CSV file, in a file with types
        for row in rows[0], rows[1], rows[4], rows[5]:
            apart = geo.separation(layers.find(row["from"]), layers.find(row["to"]))
            assert row["length_m"] == pytest.approx(apart.metres, abs=0.001)
            assert row["uncertainty_m"] == pytest.approx(apart.uncertainty_m, abs=0.001)
            assert row["reason"] is None
        assert "no place is called 'Nowhere at all'" in rows[2]["reason"]
        assert rows[3]["reason"] == "no place is named"
        assert "swapped" in rows[6]["reason"]
        assert rows[6]["length_m"] is None

    def test_route(self, trips, tmp_path):
        engine.run(trips, tmp_path / "out.parquet", "route", workers=1, options={"modes": ["rail"], "cost": "distance"})
        rows = answers(tmp_path / "out.parquet")
        for row in rows[0], rows[1], rows[4]:
            trip = layers.route(row["from"], row["to"], modes=["rail"], cost="distance")
            assert row["length_m"] == pytest.approx(trip.length_m, abs=0.001)
            assert row["hours"] == pytest.approx(trip.hours, abs=0.001)
        assert rows[0]["modes"] == "rail"
        assert "both meet the network" in rows[5]["reason"]

    def test_sea_distance(self, tmp_path):
        source = tmp_path / "sea.csv"
        source.write_text("from,to\nRajin,Vladivostok\nRajin,Pyongyang\n", "utf-8")
        engine.run(source, tmp_path / "out.parquet", "sea-distance", workers=1)
        near, inland = answers(tmp_path / "out.parquet")
        assert near["length_m"] == pytest.approx(layers.sea_path("Rajin", "Vladivostok").length_m, abs=0.001)
        assert "nearest ports are" in inland["reason"]

    @pytest.mark.long
    def test_nearest_line_or_area_is_that_of_a_search_through_all(self):
        rng = np.random.default_rng(3)
        places = pd.DataFrame({"lon": rng.uniform(126, 133, 12), "lat": rng.uniform(39, 46, 12)})
        for layer in ("railways", "provinces"):
            frame = layers.load(layer).sort_values("id")
            points, owner = shapely.get_coordinates(shapely.segmentize(frame.geometry, 0.002), return_index=True)
            begins = np.searchsorted(owner, np.arange(len(frame)))
            for row, place in zip(
                layers.batch("nearest", places, layer=layer).itertuples(), places.values, strict=True
            ):
                metres = np.minimum.reduceat(geo.distance(tuple(place), points), begins)
                inside = frame.geometry.covers(Point(place)).to_numpy()
                assert row.nearest_m == (0 if inside.any() else pytest.approx(metres.min(), rel=2e-3, abs=100))
                assert row.nearest_m or row.nearest_id == frame.id[inside].iloc[0]
                if not inside.any():
                    assert metres[frame.id.tolist().index(row.nearest_id)] <= metres.min() * 1.002 + 100

    @pytest.mark.long
    def test_sea_distance_takes_offing_and_passages(self):
        calls = pa.table({"from": ["Rajin"], "to": ["Busan"]})
        options = {"offing_nmi": 12, "offing_from": "KP"}
        row = layers.batch("sea-distance", calls, options=options).to_pylist()[0]
        assert row["length_m"] == pytest.approx(layers.sea_path("Rajin", "Busan", **options).length_m, abs=0.001)
        with pytest.raises(layers.BatchError, match="--offing-from"):
            layers.batch("sea-distance", calls, options={"offing_nmi": 12})
        with pytest.raises(geo.GeoError, match="suez"):
            layers.batch("sea-distance", calls, options={"avoid": ["suess"]})

    def test_columns_of_csv_have_types_where_the_output_has(self, tmp_path):
        source = tmp_path / "wells.csv"
        source.write_text("lon,lat,code,n,day,empty\n130.3,42.25,007,1,2014-11-24,\n131,43,12,,2014-11-27,\n")
        engine.run(source, tmp_path / "out.parquet", "nearest", workers=1, rows=1, layer="stations")
        types = {field.name: str(field.type) for field in pq.read_schema(tmp_path / "out.parquet")}
        assert types == {
            "lon": "double", "lat": "double", "code": "string", "n": "int64", "day": "date32[day]", "empty": "string",
            "nearest_id": "string", "nearest_name": "string", "nearest_m": "double", "reason": "string",
        }  # fmt: skip
        engine.run(source, tmp_path / "out.csv", "nearest", workers=1, rows=1, layer="stations")
        assert '"130.3","42.25","007","1","2014-11-24",' in (tmp_path / "out.csv").read_text()

    def test_nearest_is_that_of_a_search_through_all(self, grid, tmp_path):
        engine.run(grid, tmp_path / "out.parquet", "nearest", workers=1, layer="stations")
        rows = answers(tmp_path / "out.parquet")
        stations = layers.load("stations").sort_values("id")
        spots = np.column_stack([stations.geometry.x, stations.geometry.y])
        for row in rows[::100]:
            metres = geo.distance((row["lon"], row["lat"]), spots)
            assert row["nearest_id"] == stations.id.iloc[int(metres.argmin())]
            assert row["nearest_m"] == pytest.approx(metres.min(), abs=0.001)
        assert "missing or no number" in rows[5]["reason"]
        assert "142" in rows[2999]["reason"]

    def test_within(self, grid, tmp_path):
        engine.run(grid, tmp_path / "out.parquet", "within", workers=1, layer="provinces")
        frame = layers.load("provinces").sort_values("id")
        rows = answers(tmp_path / "out.parquet")
        for row in rows[::50]:
            holds = frame.id[frame.intersects(Point(row["lon"], row["lat"]))]
            assert (row["within_ids"] or "") == "; ".join(holds)
        assert any(row["within_ids"] for row in rows)


@pytest.mark.long
class TestSameBytes:
    def test_of_one_process_and_two(self, grid, tmp_path):
        outs = [tmp_path / f"{workers}.parquet" for workers in (1, 2)]
        for workers, out in enumerate(outs, 1):
            engine.run(grid, out, "nearest", workers=workers, rows=400, layer="stations")
        assert outs[0].read_bytes() == outs[1].read_bytes()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["1.parquet", "2.parquet", "grid.parquet"]

    @pytest.mark.parametrize("suffix", [".parquet", ".csv", ".arrow"])
    def test_whatever_the_batches(self, grid, tmp_path, suffix):
        outs = [tmp_path / f"{rows}{suffix}" for rows in (400, 1100)]
        tables = []
        for rows, out in zip((400, 1100), outs, strict=True):
            engine.run(grid, out, "nearest", workers=1, rows=rows, layer="stations")
            with table_file.batches(out, 5000) as found:
                tables.append(pa.Table.from_batches(found))
        assert len(tables[0]) == 3000
        assert tables[0].to_pylist()[::50] == tables[1].to_pylist()[::50]

    @pytest.mark.parametrize("suffix", [".csv", ".arrow", ".arrows", ".gpkg", ".fgb"])
    def test_whatever_the_input_is_stored_as(self, grid, tmp_path, suffix):
        source, table = tmp_path / f"in{suffix}", pq.read_table(grid)
        if suffix in {".gpkg", ".fgb"}:
            frame = table.slice(10, 100).to_pandas()
            gpd.GeoDataFrame(
                {"label": frame.label}, geometry=gpd.points_from_xy(frame.lon, frame.lat), crs=4326
            ).to_file(source)
        elif suffix == ".csv":
            table.slice(10, 100).to_pandas().to_csv(source, index=False)
        else:
            opened = pa.ipc.new_file if suffix == ".arrow" else pa.ipc.new_stream
            with opened(source, table.schema) as sink:
                sink.write_table(table.slice(10, 100), max_chunksize=7)
        engine.run(source, tmp_path / "out.parquet", "nearest", workers=1, layer="stations", rows=33)
        direct = layers.batch("nearest", table.slice(10, 100), layer="stations")
        rows = {row["label"]: row["nearest_id"] for row in answers(tmp_path / "out.parquet")}
        assert rows == dict(zip(direct["label"].to_pylist(), direct["nearest_id"].to_pylist(), strict=True))


@pytest.mark.long
class TestKilled:
    def test_a_run_continues_after_a_kill(self, grid, tmp_path):
        whole, out = tmp_path / "whole.parquet", tmp_path / "out.parquet"
        engine.run(grid, whole, "nearest", workers=1, rows=10, layer="stations")
        command = [sys.executable, "-m", "maps", "batch", "nearest", str(grid), "-o", str(out), "--layer", "stations"]
        command += ["--rows", "10", "--workers", "1"]
        journal = tmp_path / "out.parquet.unfinished" / "journal.jsonl"
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (journal.is_file() and journal.stat().st_size > 300):
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert not out.exists()
        done = len(journal.read_text("utf-8").splitlines())
        assert 0 < done < 300
        with journal.open("a", encoding="utf-8") as file:
            file.write('{"number": 299, "ro')  # a line that a kill cut off
        again = tumen(*command[3:])
        assert "by an earlier run" in again.stderr
        assert out.read_bytes() == whole.read_bytes()
        assert not journal.parent.exists()

    def test_a_damaged_part_is_done_again(self, grid, tmp_path, monkeypatch):
        out, folder = tmp_path / "out.parquet", tmp_path / "out.parquet.unfinished"
        monkeypatch.setattr(table_file, "write", interrupt)
        with pytest.raises(KeyboardInterrupt):
            engine.run(grid, out, "distance", workers=1, rows=1000, origin="lon,lat", destination="lon,lat")
        (folder / "part-000000001.arrow").write_bytes(b"cut off")
        monkeypatch.undo()
        summary = engine.run(grid, out, "distance", workers=1, rows=1000, origin="lon,lat", destination="lon,lat")
        assert summary.rows_before == 2000
        assert pq.read_table(out)["label"].to_pylist() == pq.read_table(grid)["label"].to_pylist()

    def test_unfinished_run_of_something_else_is_refused(self, grid, tmp_path, monkeypatch):
        out = tmp_path / "out.parquet"
        monkeypatch.setattr(table_file, "write", interrupt)
        with pytest.raises(KeyboardInterrupt):
            engine.run(grid, out, "nearest", workers=1, layer="stations")
        monkeypatch.undo()
        with pytest.raises(layers.BatchError, match="--restart"):
            engine.run(grid, out, "nearest", workers=1, layer="ports")
        assert engine.run(grid, out, "nearest", workers=1, layer="ports", restart=True).rows_before == 0

    def test_two_runs_do_not_share_a_folder(self, grid, tmp_path):
        out = tmp_path / "out.parquet"

        def second(_):
            with pytest.raises(layers.BatchError, match="another process is at work"):
                engine.run(grid, out, "nearest", workers=1, layer="stations")

        engine.run(grid, out, "nearest", workers=1, layer="stations", tell=second)


def interrupt(*_):
    raise KeyboardInterrupt


class TestRefused:
    @pytest.mark.parametrize(
        ("names", "wanted", "message"),
        [
            (["a", "b"], None, "none of a, b obviously holds it"),
            (["from", "from_id"], None, "from or from_id may hold it"),
            (["a"], "b", "no column 'b'; it has a"),
            (["a", "b", "c"], "a,b,c", "one column, or two"),
        ],
    )
    def test_columns_that_are_not_clear(self, names, wanted, message):
        with pytest.raises(layers.BatchError, match=message):
            columns_of("from", wanted, pa.schema([(name, pa.string()) for name in names]))

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("x.xlsx", b"", "cannot read .xlsx"),
            ("x.parquet", b"PAR1 is not enough", "x.parquet"),
            ("x.csv", b"lon,lon\n1,2\n", "two columns of one name"),
            ("x.csv", b"lon,lat\n1,2\n1\n", "x.csv"),
            ("x.csv", b"lon,lat\n", "no rows"),
        ],
    )
    def test_files_that_are_not_tables(self, tmp_path, name, content, message):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(layers.BatchError, match=message):
            engine.run(path, tmp_path / "out.parquet", "nearest", workers=1, layer="stations")
        assert not (tmp_path / "out.parquet").exists()

    def test_layers_without_suitable_geometry_are_refused(self, grid, tmp_path):
        with pytest.raises(layers.BatchError, match="needs a layer with areas, got 'stations'"):
            engine.run(grid, tmp_path / "out.csv", "within", workers=1, layer="stations")

    def test_a_result_that_would_hide_a_column(self):
        table = pa.table({"from": ["Khasan"], "to": ["Rajin"], "length_m": [1.0]})
        with pytest.raises(layers.BatchError, match="column 'length_m' already"):
            layers.batch("distance", table)

    def test_file_in_metres(self, tmp_path):
        path = tmp_path / "metres.gpkg"
        gpd.GeoDataFrame(geometry=[Point(500000, 4700000)], crs=32652).to_file(path)
        with pytest.raises(layers.BatchError, match="ogr2ogr -t_srs EPSG:4326"):
            engine.run(path, tmp_path / "out.csv", "nearest", workers=1, layer="stations")


class TestInMemory:
    FRAME = pd.DataFrame(TRIPS, columns=["from", "to"], index=range(10, 10 + len(TRIPS)))

    def test_pandas_and_polars_and_arrow_agree(self):
        frame = layers.batch("distance", self.FRAME)
        assert list(frame.index) == list(self.FRAME.index)
        arrow = layers.batch("distance", pa.Table.from_pandas(self.FRAME, preserve_index=False))
        polars = layers.batch("distance", pl.DataFrame(TRIPS, schema=["from", "to"], orient="row"))
        assert isinstance(polars, pl.DataFrame)
        assert arrow["length_m"].to_pylist() == polars["length_m"].to_list()
        np.testing.assert_array_equal(frame.length_m, arrow["length_m"].to_pandas())

    def test_geopandas_and_dask(self):
        dask_geopandas = pytest.importorskip("dask_geopandas")
        frame = gpd.GeoDataFrame({"n": range(6)}, geometry=gpd.points_from_xy(range(126, 132), [42] * 6), crs=4326)
        done = layers.batch("nearest", frame, layer="stations")
        assert isinstance(done, gpd.GeoDataFrame)
        parts = layers.batch("nearest", dask_geopandas.from_geopandas(frame, npartitions=2), layer="stations")
        assert parts.compute(scheduler="synchronous").nearest_id.tolist() == done.nearest_id.tolist()

    def test_no_rows(self):
        assert layers.batch("distance", self.FRAME.iloc[:0]).columns.tolist()[-1] == "reason"

    def test_something_else(self):
        with pytest.raises(layers.BatchError, match="got list"):
            layers.batch("distance", [1])


def test_command_tells_columns_and_rows_without_an_answer(trips, tmp_path):
    done = tumen("batch", "distance", trips, "-o", tmp_path / "out.csv")
    assert "columns: from = from, to = to" in done.stderr
    assert "7 rows; 3 have no answer" in done.stderr
    assert '"n","length_m"' in (tmp_path / "out.csv").read_text("utf-8").splitlines()[0]


def test_memory_does_not_grow_with_the_rows_of_a_file(tmp_path):
    rng = np.random.default_rng(2)
    path = tmp_path / "long.parquet"
    table = pa.table({"lon": rng.uniform(124, 136, 800_000), "lat": rng.uniform(37, 47, 800_000)})
    pq.write_table(table, path, row_group_size=20_000)
    del table
    before = pa.total_allocated_bytes()
    held = []
    with table_file.batches(path, 10_000) as found:
        for batch in found:
            held.append(pa.total_allocated_bytes() - before)
            del batch
    assert len(held) == 80
    assert max(held) < 4_000_000  # the file has 12.8 million bytes
