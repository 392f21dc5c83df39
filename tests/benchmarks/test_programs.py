"""The benchmark programs run: on a small grid, beside whatever peers are installed."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


def run(name, *arguments):
    return subprocess.run(
        [sys.executable, FOLDER / name, *arguments], capture_output=True, text=True, check=False, timeout=120
    )


def test_routing_checks_and_times_every_job():
    done = run("routing.py", "--quick")
    assert done.returncode == 0, done.stderr
    for said in (
        "all agree on 6 pairs",
        "tumen prepared.path",
        "new options",
        "all agree on 5 × 20 lengths",
        "networkx",
    ):
        assert said in done.stdout


def test_a_wrong_answer_ends_the_program():
    program = f"import sys; sys.path.insert(0, {str(FOLDER)!r})\n"
    program += "import numpy, routing; routing.check('x', numpy.array([1000.0]), numpy.array([{}]))"
    right, wrong, lost = (
        subprocess.run([sys.executable, "-c", program.format(metres)], capture_output=True, text=True, check=False)
        for metres in ("1000.1", "1001.0", "float('inf')")
    )
    assert right.returncode == 0, right.stderr
    assert wrong.returncode == 1
    assert "x disagrees: 1001.0 m against our 1000.0 m" in wrong.stderr
    assert lost.returncode == 1


@pytest.mark.parametrize("name", ["distance.py", "reading.py"])
def test_others_run_too(name):
    done = run(name, "--quick")
    assert done.returncode == 0, done.stderr
    assert "tumen" in done.stdout or "layers.load" in done.stdout


def test_sea_paths_agree_and_are_timed():
    done = run("sea.py", "--quick", "chart", "land")
    assert done.returncode == 0, done.stderr
    for said in ("tumen geo.sea_path", "all agree on 5 pairs", "tumen, compiled"):
        assert said in done.stdout


def test_an_unknown_job_is_refused():
    done = run("routing.py", "rout")
    assert done.returncode == 2
    assert "there are route, bare, options, matrix" in done.stderr


def test_a_peer_that_is_missing_is_skipped():
    program = f"import sys; sys.path.insert(0, {str(FOLDER)!r})\n"
    program += "for name in ('igraph', 'scipy', 'scgraph', 'searoute'): sys.modules[name] = None\n"
    program += "import routing; routing.main(['--quick', 'route', 'matrix'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "skipped: igraph, with path (igraph is not installed)" in done.stdout
    assert "skipped: scipy (scipy" in done.stdout
    assert "tumen prepared.path" in done.stdout
