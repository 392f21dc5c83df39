"""``tumen build`` and ``tumen themes``."""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
import time
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from .output import add_as_of, add_basemap, basemap_options, size, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maps import BuiltFile, PdfSheet, PngSheet

LANGUAGES = ("en", "ko", "ru", "zh")
DESCRIPTION = """\
Builds maps. Each is one HTML file in several languages that opens by double-click, without a network; index.html lists them.

THEME is the name of a built-in theme (see `tumen themes`) or the path of your own theme file. A theme file can draw your own
GeoJSON, GeoPackage, FlatGeobuf or GeoParquet, up to a million features. Without THEME, all built-in themes are built.
index.html lists the themes named; --only rebuilds some of their pages and keeps the others in the folder as they are.

manifest.json records the hash of each page and of its inputs; `tumen verify FOLDER` checks a folder against it.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    parser = commands.add_parser(
        "build",
        help="build the maps",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "themes", nargs="*", metavar="THEME", help="built-in theme or theme file (default: all built-in)"
    )
    parser.add_argument(
        "-o",
        "--output",
        "--out",
        dest="out",
        default="site",
        metavar="FOLDER",
        help="folder to write to (default: site)",
    )
    add_as_of(parser)
    parser.add_argument(
        "--lang",
        action="append",
        choices=LANGUAGES,
        help="language of the pages; may be repeated, the first is the default of a page (default: all, en first)",
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="PAGE",
        help="rebuild only this page, such as corridor; may be repeated. The others stay as they are, also in the index and "
        "the manifest",
    )
    _add_page_options(parser)
    add_basemap(parser)
    _add_sheets(parser)
    _add_process_options(parser)
    parser.set_defaults(run=run)
    listing = commands.add_parser(
        "themes", help="list the built-in themes", description="Lists the built-in themes with title and layers."
    )
    listing.set_defaults(run=run_themes)


def _add_page_options(parser: argparse.ArgumentParser) -> None:
    """Add options of a page."""
    parser.add_argument(
        "--max-bytes",
        type=size,
        metavar="N",
        help="simplify lines and outlines, as little as possible, until each map fits this size, such as 700k or 1.5M",
    )
    parser.add_argument(
        "--tiles",
        metavar="PROVIDER",
        help="draw raster tiles of a provider in xyzservices that needs no key, such as OpenStreetMap.Mapnik, over the base "
        "map; the tiles are requested from the provider when the page is open",
    )
    parser.add_argument(
        "--embed",
        action="store_true",
        help="make compact pages for the frame of an article, of 320 x 240 pixels or more: no panel, no tools; "
        "and print the frame of each",
    )
    parser.add_argument(
        "--address",
        metavar="URL",
        type=_address,
        help="web address at which the folder will be published, such as https://example.org/maps/, for links and cards",
    )


def _add_process_options(parser: argparse.ArgumentParser) -> None:
    """Add how the building is done."""
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=os.cpu_count() or 1,
        metavar="N",
        help="number of processes (default: one per core)",
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="build every page without the cache (default: pages whose code and data are unchanged come from the cache, "
        "in the folder TUMEN_CACHE, else in the system's cache folder)",
    )
    parser.add_argument("--quiet", action="store_true", help="print no progress")
    parser.add_argument("--open", action="store_true", help="open index.html in the browser")


def run(options: argparse.Namespace) -> int:
    """Build the maps and print where they are."""
    import maps

    begin = time.perf_counter()
    tiles = maps.tiles(options.tiles) if options.tiles is not None else None
    if tiles is not None:
        print(f"these maps request tiles from: {', '.join(tiles.hosts)}", file=sys.stderr)
    with progress(quiet=options.quiet):
        files = maps.build_all(
            options.out,
            names=options.themes,
            only=options.only,
            langs=options.lang or LANGUAGES,
            as_of=options.as_of,
            source=maps.PackagedLayers(options.data),
            options=maps.PageOptions(
                max_bytes=options.max_bytes,
                tiles=tiles,
                embed=options.embed,
                address=options.address or "",
                **basemap_options(options),
            ),
            sheets=_sheets(options),
            report=None if options.quiet else _report,
            jobs=options.jobs,
            keep=not options.no_cache,
        )
    index = files[0].resolve()
    pages = sum(file.suffix == ".html" for file in files)
    if not options.quiet:
        print(f"{pages} pages in {time.perf_counter() - begin:.1f} s; open {index}")
    if options.embed:
        for page in (file for file in files if file.suffix == ".html" and file.name != "index.html"):
            print(_frame(page, options.address or ""))
    if options.open:
        import webbrowser

        webbrowser.open(index.as_uri())
    return 0


def _frame(page: Path, address: str) -> str:
    """Write the frame that shows a page in an article: it may run the page's script and open links, and no more."""
    title = re.search(r"<title[^>]*>(.*?)</title>", page.read_text(encoding="utf-8"), re.DOTALL)
    return (
        f'<iframe src="{escape(urljoin(address, quote(page.name)))}" title="{title[1] if title else ""}" '
        'sandbox="allow-scripts allow-popups" width="100%" height="480" loading="lazy" style="border:0"></iframe>'
    )


def run_themes(options: argparse.Namespace) -> int:
    """Print the built-in themes."""
    from maps import theme, theme_names

    chosen = [theme(name, data=options.data) for name in theme_names()]
    rows = [[theme.name, theme.title.en, ", ".join(layer.source for layer in theme.layers)] for theme in chosen]
    print(table(["theme", "title", "layers"], rows))
    return 0


def _add_sheets(parser: argparse.ArgumentParser) -> None:
    """Add the options of PDF and PNG."""
    group = parser.add_argument_group(
        "PDF and PNG, made by Chromium or Chrome (the environment variable TUMEN_CHROMIUM names one)"
    )
    group.add_argument("--pdf", action="store_true", help="also write each map as a PDF: one sheet, then its sources")
    group.add_argument("--paper", metavar="PAPER", help="paper of the PDF: A4 or A3 (default: A4)")
    group.add_argument("--portrait", action="store_true", help="PDF in portrait format (default: landscape)")
    group.add_argument("--png", action="store_true", help="also write each map as a PNG image")
    group.add_argument("--size", metavar="WxH", help="size of the PNG in CSS pixels (default: 1600x1000)")
    group.add_argument("--scale", type=float, metavar="N", help="pixels of the file per CSS pixel, 1 to 4 (default: 1)")
    group.add_argument(
        "--card", action="store_true", help="also write an image of 1200 x 630 pixels for links to each page"
    )
    group.add_argument("--scheme", metavar="SCHEME", help="colours of the PNG: light or dark (default: light)")


def _sheets(options: argparse.Namespace) -> tuple[PdfSheet | PngSheet, ...]:
    """Sheets that the options ask for."""
    from maps import PdfSheet, PngSheet, SheetError
    from maps.sheets.sheet import CardSheet, parse_size

    for needed, names in (("pdf", ("paper", "portrait")), ("png", ("size", "scale", "scheme"))):
        unused = [f"--{name}" for name in names if getattr(options, name) and not getattr(options, needed)]
        if unused:
            raise SheetError(f"{', '.join(unused)} applies to a {needed.upper()} only; add --{needed}")
    sheets: list[PdfSheet | PngSheet] = []
    if options.pdf:
        sheets.append(PdfSheet(options.paper or "A4", "portrait" if options.portrait else "landscape"))
    if options.png:
        width, height = parse_size(options.size or "1600x1000")
        sheets.append(PngSheet(width, height, scheme=options.scheme or "light", scale=options.scale or 1.0))
    if options.card:
        sheets.append(CardSheet())
    return tuple(sheets)


def _address(text: str) -> str:
    """Address of a folder on the web, with the slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"expected an address such as https://example.org/maps/, got {text!r}")
    return text if text.endswith("/") else f"{text}/"


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number of processes, 1 or more, got {text!r}")
    return int(text)


class _ProgressHandler(logging.Handler):
    """Prints the log of reading and packing big layers to standard error; progress at most once a second."""

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
def progress(*, quiet: bool) -> Iterator[None]:
    """Print the log of the feature readers to standard error."""
    if quiet:
        yield
        return
    logger = logging.getLogger("maps.features")
    handler, level = _ProgressHandler(), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def _report(file: BuiltFile) -> None:
    size = f"{file.path.stat().st_size / 1000:.0f} kB"
    place = f"{file.number}/{file.count}".rjust(2 * len(str(file.count)) + 1)
    tolerance = file.options.get("simplified_m")
    note = f"  lines simplified by at most {tolerance:g} m to fit" if tolerance else ""
    print(f"  {place}  {file.path.name:24} {size:>8}  {file.seconds:5.1f} s{note}", file=sys.stderr, flush=True)
