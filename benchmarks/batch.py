"""Measure `tumen batch`: ``python benchmarks/batch.py [--quick|--large]``.

Each run is a separate process. Processor seconds include its workers; memory is the peak of the largest process,
both as the system counts them, so that other load on the machine matters little; wall seconds depend on it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import layers

CHUNK = 500_000


def write_pairs(path: Path, rows: int, operation: str) -> None:
    """Write positions around the Tumen, row group by row group."""
    rng = np.random.default_rng(14)
    names = ("from_lon", "from_lat", "to_lon", "to_lat") if operation in {"distance", "route"} else ("lon", "lat")
    box = {"lon": (129.5, 132.5), "lat": (42.0, 44.0)}
    schema = pa.schema([(name, pa.float64()) for name in names])
    with pq.ParquetWriter(path, schema) as sink:
        for start in range(0, rows, CHUNK):
            count = min(CHUNK, rows - start)
            sink.write_table(pa.table({name: rng.uniform(*box[name[-3:]], count) for name in names}, schema))


def measure(source: Path, operation: str, *extra: str) -> tuple[float, float, float]:
    """Run once: wall seconds, processor seconds, megabytes."""
    target = source.with_name("out.parquet")
    layer = ("--layer", "stations") if operation == "nearest" else ()
    command = [
        sys.executable,
        "-m",
        "maps",
        "batch",
        operation,
        str(source),
        "-o",
        str(target),
        "--quiet",
        *layer,
        *extra,
    ]
    begin = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} ended with {status}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def peer(source: Path) -> tuple[float, float]:
    """Time GeoPandas at the same task, in planar degrees; and the share of equal results."""
    ours = pq.read_table(source.with_name("out.parquet"))["nearest_id"].to_pandas()
    table = pq.read_table(source).to_pandas()
    stations = layers.load("stations")[["id", "geometry"]].rename(columns={"id": "near"})
    begin = time.process_time()
    frame = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table.lon, table.lat), crs="OGC:CRS84")
    near = frame.sjoin_nearest(stations)
    spent = time.process_time() - begin
    near = near[~near.index.duplicated()]
    return spent, float((near["near"].to_numpy() == ours.to_numpy()).mean())


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a thousandth of the rows")
    parser.add_argument("--large", action="store_true", help="100 M distances and 200,000 routes too: 4 GB of disk")
    options = parser.parse_args()
    share = 1000 if options.quick else 1
    plan = [
        ("distance", 1_000_000, ("--workers", "1")),
        ("distance", 1_000_000, ("--workers", "2")),
        ("distance", 1_000_000, ("--scheduler", "local:1")),
        ("distance", 1_000_000, ("--scheduler", "local:2")),
        ("distance", 10_000_000, ("--workers", "1")),
        ("route", 20_000, ("--workers", "1")),
        ("nearest", 1_000_000, ("--workers", "1")),
    ]
    if options.large:
        plan[-1:-1] = [("distance", 100_000_000, ("--workers", "1")), ("route", 200_000, ("--workers", "1"))]
    with tempfile.TemporaryDirectory() as folder:
        for operation, rows, extra in plan:
            count = max(rows // share, 100)
            source = Path(folder) / f"{operation}-{count}.parquet"
            if not source.exists():
                write_pairs(source, count, operation)
            wall, spent, megabytes = measure(source, operation, *extra)
            figures = f"{count / spent:10,.0f} rows a processor second, {megabytes:6,.0f} MB"
            print(
                f"{operation:10} {count:12,} {' '.join(extra):20} {wall:8.1f} s {spent:8.1f} s of processor {figures}",
                flush=True,
            )
        spent, share_equal = peer(source)
        print(
            f"GeoPandas sjoin_nearest, in degrees: {spent:.1f} s of processor; the same station for {share_equal:.1%} of the rows"
        )


if __name__ == "__main__":
    main()
