"""Pages built in several processes equal those of one process."""

import gc

import pytest

import maps
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
