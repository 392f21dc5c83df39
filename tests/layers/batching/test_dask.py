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


@pytest.fixture
def source(tmp_path):
    rng = np.random.default_rng(3)
    table = pa.table({"lon": rng.uniform(124, 136, ROWS), "lat": rng.uniform(37, 47, ROWS)})
    pq.write_table(table, tmp_path / "in.parquet")
    return tmp_path / "in.parquet"


def run(source, target, **rest):
    return engine.run(source, target, "nearest", layer="stations", rows=1000, **rest)


@pytest.mark.filterwarnings("ignore")  # of its own loops and ports
def test_bytes_are_the_same_with_a_worker_killed_in_the_middle(distributed, source, tmp_path):
    run(source, tmp_path / "here.parquet", workers=1)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = sorted(client.run(os.getpid).values())
        killed = []

        def kill(progress):
            if progress.rows >= ROWS // 8 and not killed:
                os.kill(pids[0], signal.SIGKILL)
                killed.append(progress.rows)

        run(source, tmp_path / "dask.parquet", scheduler=cluster.scheduler_address, tell=kill)
        assert killed
        assert killed[0] < ROWS
    assert (tmp_path / "dask.parquet").read_bytes() == (tmp_path / "here.parquet").read_bytes()


@pytest.mark.filterwarnings("ignore")
def test_run_goes_on_with_another_scheduler_after_the_first_is_gone(distributed, source, tmp_path):
    run(source, tmp_path / "here.parquet", workers=1)
    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster:

        def close(progress):
            if progress.rows >= ROWS // 8:
                cluster.close()

        with pytest.raises(layers.BatchError, match="run the same again"):
            run(source, tmp_path / "dask.parquet", scheduler=cluster.scheduler_address, tell=close)
    with distributed.LocalCluster(**options) as cluster:
        summary = run(source, tmp_path / "dask.parquet", scheduler=cluster.scheduler_address)
    assert 0 < summary.rows_before < ROWS
    assert (tmp_path / "dask.parquet").read_bytes() == (tmp_path / "here.parquet").read_bytes()


def test_scheduler_that_is_none_is_refused(source, tmp_path):
    with pytest.raises(layers.BatchError, match="local:N"):
        run(source, tmp_path / "out.parquet", scheduler="local:many")
