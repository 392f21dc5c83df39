"""``tumen build`` and ``tumen themes``."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .output import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = ("en", "ko", "ru", "zh")
DESCRIPTION = """\
Makes maps: each one HTML file that opens by double-click with no network, and index.html that lists them.

THEME is the name of a built-in theme (see `tumen themes`) or the path of a theme file of yours, which may draw your own
files too: GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, a million features among them. Without a theme, all the built-in
ones are built.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    parser = commands.add_parser(
        "build",
        help="make the maps",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("themes", nargs="*", metavar="THEME")
    parser.add_argument("--out", default="site", metavar="FOLDER", help="where to write (default: site)")
    parser.add_argument("--as-of", metavar="DATE", help="the state of that day, such as 2014-11-24 (default: newest)")
    parser.add_argument(
        "--lang",
        action="append",
        choices=LANGUAGES,
        help="a language; give it again for more, the first one is that of index.html (default: all, en first)",
    )
    parser.add_argument("--open", action="store_true", help="open index.html in the browser")
    parser.set_defaults(run=run)
    listing = commands.add_parser("themes", help="list the built-in themes", description="The built-in themes.")
    listing.set_defaults(run=run_themes)


def run(options: argparse.Namespace) -> int:
    """Build the maps and say where they are."""
    import maps

    begin = time.perf_counter()
    with _progress():
        pages = maps.build_all(
            options.out,
            names=options.themes,
            langs=options.lang or LANGUAGES,
            as_of=options.as_of,
            source=maps.PackagedLayers(options.data),
            report=_report,
        )
    index = pages[0].resolve()
    print(f"{len(pages)} pages in {time.perf_counter() - begin:.1f} s; open {index}")
    if options.open:
        import webbrowser

        webbrowser.open(index.as_uri())
    return 0


def run_themes(_: argparse.Namespace) -> int:
    """Print the built-in themes."""
    from maps import load_theme, themes

    chosen = [load_theme(name) for name in themes()]
    rows = [[theme.name, theme.title.en, ", ".join(layer.source for layer in theme.layers)] for theme in chosen]
    print(table(["theme", "title", "layers"], rows))
    return 0


class _Teller(logging.Handler):
    """Says on standard error what the packing of big layers says; how far it is, not more than once a second."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.last_s = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        now_s = time.monotonic()
        if record.levelno == logging.DEBUG and now_s - self.last_s < 1:
            return
        self.last_s = now_s
        print(f"  {record.getMessage()}", file=sys.stderr, flush=True)


@contextmanager
def _progress() -> Iterator[None]:
    logger = logging.getLogger("maps.bulk")
    teller, level = _Teller(), logger.level
    logger.addHandler(teller)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(teller)
        logger.setLevel(level)


def _report(page: Path) -> None:
    print(f"  {page.name:24} {page.stat().st_size / 1000:6.0f} kB", file=sys.stderr, flush=True)
