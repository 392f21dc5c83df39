"""Count how far one call walks through the code: ``python scripts/walks.py [NAME …]``.

A walk is one user action. The functions of geo, layers and maps that it runs are traced: the number of files they are
in, and how often the call passes from one file to another, in both directions. Code run at import does not count.
"""

import argparse
import contextlib
import io
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path.cwd()
PACKAGES = ("geo", "layers", "maps")
POINTS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "Point", "coordinates": [130.6, 42.4]}}
    ],
}


THEME = """
title = "Mine"
extent = [130, 42, 131, 43]
[[layer]]
source = "mine.geojson"
title = "Mine"
symbols = [{ style = "plain-point" }]
"""


class Walk:
    """Follows the calls of one walk through the files of the project.

    Attributes
    ----------
    changes
        How often the running function stood in another file than the one before, by the file entered.
    files
        How often a function of a file was entered.
    """

    def __init__(self) -> None:
        self.changes: Counter[str] = Counter()
        self.files: Counter[str] = Counter()
        self._stack: list[str] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Take a call or a return."""
        if event not in {"call", "return"}:
            return
        code = frame.f_code
        name = _file(code.co_filename)
        if not name or code.co_name == "<module>":
            return
        if event == "call":
            if self._stack and self._stack[-1] != name:
                self.changes[name] += 1
            self.files[name] += 1
            self._stack.append(name)
        elif self._stack:
            self._stack.pop()
            if self._stack and self._stack[-1] != name:
                self.changes[self._stack[-1]] += 1


def _file(path: str) -> str:
    if not path.startswith(str(ROOT)):
        return ""
    name = path[len(str(ROOT)) + 1 :]
    return name if name.startswith(PACKAGES) else ""


def distance() -> Callable[[], object]:
    """Measure between two places by the command line."""
    return lambda: _command("distance", "Khasan", "Rajin")


def route() -> Callable[[], object]:
    """Find a route of several legs in a network that is there."""
    import geo
    import layers

    network = layers.network()
    ends = [layers.find(name) for name in ("Khasan", "Pohang")]
    return lambda: geo.route(network, *ends)


def table() -> Callable[[], object]:
    """Build a layer out of its table, and a page that shows it."""
    import layers.build.__main__ as build

    folder = Path(tempfile.mkdtemp())
    shutil.copytree(Path(build.__file__).parents[1] / "data", folder / "data")

    def walk() -> None:
        sys.argv = ["layers.build", "zones", "--out", str(folder / "data")]
        build.main()
        _command("build", "zones", "--out", str(folder / "site"))

    return walk


def geojson() -> Callable[[], object]:
    """Put your own GeoJSON file on a page."""
    folder = Path(tempfile.mkdtemp())
    (folder / "mine.geojson").write_text(json.dumps(POINTS), encoding="utf-8")
    (folder / "mine.toml").write_text(THEME, encoding="utf-8")
    return lambda: _command("build", str(folder / "mine.toml"), "--out", str(folder / "site"))


WALKS = {walk.__name__: walk for walk in (distance, route, table, geojson)}


def _command(*arguments: str) -> None:
    from maps.cli import main as command

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        status = command(list(arguments))
    if status:
        raise SystemExit(f"tumen {' '.join(arguments)}: {status}")


def measure(name: str) -> Walk:
    """Follow one walk."""
    walk, ready = Walk(), WALKS[name]()
    sys.setprofile(walk)
    try:
        ready()
    finally:
        sys.setprofile(None)
    return walk


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all by default: {', '.join(WALKS)}")
    parser.add_argument("--files", action="store_true", help="list the files too, with calls and changes into each")
    options = parser.parse_args()
    for name in options.names or WALKS:
        walk = measure(name)
        print(f"{name:10} {len(walk.files):4} files {walk.changes.total():8,} changes of file")
        if options.files:
            for file, calls in walk.files.most_common():
                print(f"    {file:50} {calls:8,} calls {walk.changes[file]:8,} changes")


if __name__ == "__main__":
    main()
