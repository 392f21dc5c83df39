"""Break the code in a copy of the tree, one line at a time; the tests that should see it run there: caught, or missed."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FAILED = 1  # pytest's exit code: tests ran, and some failed


class Mutation(NamedTuple):
    """A change of one file, and the tests that should fail with it."""

    file: str
    before: str
    after: str
    tests: str


MUTATIONS = {
    # geo
    "swap-unseen": Mutation("geo/lonlat.py", "MAX_LAT = 90.0", "MAX_LAT = 180.0", "tests/geo/test_lonlat.py"),
    "bearing-of-the-way-back": Mutation(
        "geo/geodesic/_engine.py",
        'float(inverse["azi1"]) if',
        'float(inverse["azi2"]) if',
        "tests/geo/geodesic/test_measure.py",
    ),
    "gauge-ignored": Mutation(
        "geo/routing/graph/states.py",
        'carriers = tuple(Carrier("rail", gauge) for gauge in edge.gauges_mm) or self._rails',
        "carriers = self._rails",
        "tests/geo/routing/test_gauge.py",
    ),
    "dwell-costs-nothing": Mutation(
        "geo/network/cost.py",
        "fixed[transfer.kind] + hour * self.per_hour",
        "fixed[transfer.kind]",
        "tests/geo/routing",
    ),
    # layers
    "a-day-late": Mutation(
        "layers/record/history.py",
        'if parse_date(entry["date"]).earliest <= day]',
        'if parse_date(entry["date"]).earliest < day]',
        "tests/layers/record/test_history.py",
    ),
    "half-a-file": Mutation(
        "layers/record/atomic.py",
        "part.unlink(missing_ok=True)",
        "part.exists() and part.replace(target)",
        "tests/layers/record/test_atomic.py",
    ),
    "no-typo-forgiven": Mutation(
        "layers/features/gazetteer.py",
        "SHORTEST_WITH_TYPO = 5",
        "SHORTEST_WITH_TYPO = 50",
        "tests/layers/features/test_gazetteer.py",
    ),
    "open-ring": Mutation(
        "layers/validation/rfc7946.py",
        "elif value[0] != value[-1]:",
        "elif value[0] == []:",
        "tests/layers/validation",
    ),
    "untested-is-confirmed": Mutation(
        "layers/factcheck/claim.py",
        'return distinct.pop() if len(distinct) == 1 else "partly"',
        "return sorted(distinct)[0]",
        "tests/layers/factcheck/test_claims.py",
    ),
    # maps
    "markup-in-a-block": Mutation(
        "maps/page/template.py",
        r'_MARKUP = "<>&\u2028\u2029"',
        r'_MARKUP = ">&\u2028\u2029"',
        "tests/maps/page/test_page.py",
    ),
    "page-may-ask": Mutation(
        "maps/page/template.py", "\"default-src 'none'\"", "\"default-src 'self'\"", "tests/maps/page/test_page.py"
    ),
    "russian-point": Mutation(
        "maps/i18n/number.py",
        'text.replace(",", _NO_BREAK).replace(".", ",")',
        'text.replace(",", _NO_BREAK)',
        "tests/maps/page/test_story.py",
    ),
    "other-data-unread": Mutation(
        "maps/features/source.py",
        "catalog = layers.catalog(data=self.data)\n        ",
        "catalog = layers.catalog()\n        ",
        "tests/layers/record/test_store.py",
    ),
    # the page's scripts
    "script-a-day-late": Mutation(
        "maps/assets/js/core/record.js",
        "(date, day) => date <= day.slice(0, date.length)",
        "(date, day) => date < day.slice(0, date.length)",
        "tests/maps/test_scripts.py",
    ),
    "planner-gauge-ignored": Mutation(
        "maps/assets/js/planner/search.js",
        "!gauges.length || gauges.includes(",
        "true || gauges.includes(",
        "tests/maps/browser/test_planner.py -k lengths",
    ),
    "script-swaps-an-end": Mutation(
        "maps/assets/js/core/geodesic.js",
        "WGS84.Inverse(from[1], from[0], to[1], to[0], DISTANCE)",
        "WGS84.Inverse(from[1], from[0], to[0], to[1], DISTANCE)",
        "tests/maps/test_geodesic.py",
    ),
}


def copied(folder: Path) -> Path:
    """Copy the files that git tracks or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(  # noqa: S603 - our own
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in names:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    if (ROOT / "node_modules").is_dir():
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


def failure(tests: str, folder: Path) -> str:
    """Run tests in a folder: what pytest writes when some fail, empty when they pass.

    Raises
    ------
    SystemExit
        When they do not run at all.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests.split(" ")]
    process = subprocess.run(  # noqa: S603 - our own
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False
    )
    if process.returncode not in {0, FAILED}:
        sys.exit(f"the tests do not run:\n{process.stdout}{process.stderr}")
    return process.stdout if process.returncode else ""


def is_caught(mutation: Mutation, folder: Path) -> bool:
    """Whether the tests fail with the change; the file is as it was afterwards.

    Raises
    ------
    SystemExit
        When the line is not there, or the tests do not pass without the change.
    """
    path = folder / mutation.file
    text = path.read_text(encoding="utf-8")
    if mutation.before not in text:
        sys.exit(f"{mutation.file} has no {mutation.before!r}")
    if output := failure(mutation.tests, folder):
        sys.exit(f"{output}\n{mutation.tests} fails as the code is")
    path.write_text(text.replace(mutation.before, mutation.after), encoding="utf-8")
    output = failure(mutation.tests, folder)
    path.write_text(text, encoding="utf-8")
    return bool(output)


def main() -> int:
    """Run the mutations named, or all."""
    names = sys.argv[1:] or list(MUTATIONS)
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = copied(Path(name))
        for key in names:
            caught = is_caught(MUTATIONS[key], folder)
            missed += not caught
            print(f"{'caught' if caught else 'MISSED'}  {key}  ({MUTATIONS[key].file})", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
