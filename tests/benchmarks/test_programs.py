"""The benchmark programs reject wrong results and skip missing peers; `scripts/bench --quick` runs them all."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "benchmarks"


def run(name, *arguments):
    return subprocess.run(
        [sys.executable, FOLDER / name, *arguments], capture_output=True, text=True, check=False, timeout=120
    )


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
