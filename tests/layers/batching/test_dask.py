"""Batches over Dask: the same bytes, also when a worker is killed midway."""

import os
import signal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import layers
from layers.batching import engine

pytestmark = pytest.mark.long

ROWS = 40_000


@pytest.fixture(scope="module")
def distributed():
    return pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster(distributed):
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    rng = np.random.default_rng(3)
    table = pa.table({"lon": rng.uniform(124, 136, ROWS), "lat": rng.uniform(37, 47, ROWS)})
    path = tmp_path_factory.mktemp("dask") / "in.parquet"
    pq.write_table(table, path)
    return path


@pytest.fixture(scope="module")
def expected(source):
    """What one process without Dask writes."""
    path = source.with_name("here.parquet")
    run(source, path, workers=1)
    return path.read_bytes()


def run(source, target, **rest):
    return engine.run(source, target, "nearest", layer="stations", rows=1000, **rest)


@pytest.mark.filterwarnings("ignore")  # of its own loops and ports
def test_bytes_are_the_same_with_a_worker_killed_in_the_middle(distributed, cluster, source, expected, tmp_path):
    with distributed.Client(cluster) as client:
        pids = sorted(client.run(os.getpid).values())
        killed = []

        def kill(progress):
            if progress.rows >= ROWS // 8 and not killed:
                os.kill(pids[0], signal.SIGKILL)
                killed.append(progress.rows)

        run(source, tmp_path / "dask.parquet", scheduler=cluster.scheduler_address, tell=kill)
        assert killed
        assert killed[0] < ROWS
    assert (tmp_path / "dask.parquet").read_bytes() == expected


@pytest.mark.filterwarnings("ignore")
def test_a_run_continues_with_another_scheduler(distributed, cluster, source, expected, tmp_path):
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as first:

        def close(progress):
            if progress.rows >= ROWS // 8:
                first.close()

        with pytest.raises(layers.BatchError, match="run the same again"):
            run(source, tmp_path / "dask.parquet", scheduler=first.scheduler_address, tell=close)
    summary = run(source, tmp_path / "dask.parquet", scheduler=cluster.scheduler_address)
    assert 0 < summary.rows_before < ROWS
    assert (tmp_path / "dask.parquet").read_bytes() == expected


def test_an_invalid_scheduler_is_refused(source, tmp_path):
    with pytest.raises(layers.BatchError, match="local:N"):
        run(source, tmp_path / "out.parquet", scheduler="local:many")
