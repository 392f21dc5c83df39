"""Pages built in several processes equal those of one process."""

import gc
import os

import pytest

import maps
from maps.site._workers import Workers
from tests.maps.conftest import AS_OF, FOLDER

pytestmark = pytest.mark.long

THEMES = ("border", "trade")


def built(folder, jobs, source=None, names=THEMES):
    said = []
    maps.build_all(
        folder, names=names, source=source or maps.GeoJsonFolder(FOLDER, AS_OF), report=said.append, jobs=jobs
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}, said


def test_same_bytes_in_any_number_of_processes(tmp_path):
    thresholds = gc.get_threshold()
    alone, said = built(tmp_path / "alone", 1)
    together, reported = built(tmp_path / "together", 2)
    assert together == alone
    assert {*alone} == {"border.html", "trade.html", "index.html", "manifest.json"}
    assert sorted(file.path.name for file in reported) == sorted(file.path.name for file in said)
    assert [file.number for file in reported] == [1, 2, 3]
    assert gc.get_threshold() == thresholds


def test_same_error_in_any_number_of_processes(tmp_path):
    empty = tmp_path / "data"
    empty.mkdir()
    source = maps.GeoJsonFolder(empty, AS_OF)
    for jobs in (1, 2):
        with pytest.raises(maps.UnknownSourceError):
            built(tmp_path / f"out-{jobs}", jobs, source)


def test_command_refuses_no_process(capsys, tmp_path):
    from maps.cli import main

    with pytest.raises(SystemExit):
        main(["build", "--jobs", "0", "--out", str(tmp_path)])
    assert "1 or more, got '0'" in capsys.readouterr().err


class FailsElsewhere:
    """Makes pages in the process that it came from alone."""

    def __init__(self):
        self.home = os.getpid()

    def make(self, page):
        if os.getpid() != self.home:
            raise ValueError(page)
        return page.upper()


def test_a_page_at_which_a_worker_fails_is_made_here():
    with Workers(os.getpid) as workers:
        workers.start(1)
        assert workers.prepared.result() != os.getpid()
        assert dict(workers.make(FailsElsewhere(), ["a", "b", "c"])) == {"a": "A", "b": "B", "c": "C"}


def ends_itself():
    os._exit(1)


def test_a_worker_that_ends_leaves_no_page_out():
    with Workers(ends_itself) as workers:
        workers.start(1)
        assert dict(workers.make(FailsElsewhere(), ["a", "b", "c"])) == {"a": "A", "b": "B", "c": "C"}
