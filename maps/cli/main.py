"""The command ``tumen``: its subcommands, errors and exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from geo import GeoError, NoRouteError, __version__
from layers import DataFileError, ExtractError, NetworkFileError
from maps.errors import BrowserError, ManifestError, ServeError, SizeError
from maps.site.garbage import few_collections_to_the_end

from .parser import USAGE, Help, Parser

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

# Each module with its commands, as the help lists them.
PARTS = {
    "build": ("build", "themes"),
    "draw": ("map",),
    "verify": ("verify",),
    "distance": ("distance",),
    "sea": ("sea-distance",),
    "route": ("route",),
    "compare": ("compare",),
    "reach": ("matrix", "reachable"),
    "network": ("network",),
    "batch": ("batch",),
    "record.layer": ("layers",),
    "claim": ("claims",),
    "serve": ("serve",),
    "doctor": ("doctor",),
}

EPILOG = """\
examples:
  tumen build --open                        build every map and open the index
  tumen map wells.csv --column depth_m      draw your own file on a page
  tumen verify site                         check that the maps are unchanged since the build
  tumen serve site --open                   serve the maps over HTTP on this machine
  tumen distance Khasan Rajin --unit nmi    distance with its uncertainty
  tumen sea-distance Rajin Busan --unit nmi shortest sea route around land
  tumen route 하산 라진                       best route over railways, roads and sea
  tumen compare Rajin Vladivostok           routes by rail, sea and road side by side
  tumen batch distance trips.csv -o trips.parquet    the same for each row of a table
  tumen network compile tracks.gpkg -o net   a network of your own, for: tumen --network net route …
  tumen layers show station/rajin           everything on record about one feature
  tumen layers export --format gpkg -o tumen.gpkg    for QGIS, with styles and sources
  tumen layers validate mine.geojson        list every problem in your own file
  tumen claims --verdict contradicted       article claims that the data contradicts
  tumen layers refresh --from x.osm.pbf --data mine     surveyed geometry, written to ./mine
  tumen --data mine layers diff mine        what that changed; every command takes --data

exit codes: 0 success, 1 no answer (no route, invalid data), 2 invalid command, option or argument, 130 stopped by Ctrl-C
"""
WELCOME = """\
tumen: the border between Russia and the DPRK on the lower Tumen, as dated and sourced layers, maps, distances and routes.

  tumen build --open            build the maps and open them; they work offline
  tumen map FILE --open         draw your own file on a map
  tumen layers list             list the data with licence and accuracy
  tumen network compile tracks.gpkg -o net   a network of your own, for: tumen --network net route …
  tumen layers show station/rajin     everything on record about a feature, with sources
  tumen route Khasan Rajin      best route over railways, roads and sea

`tumen --help` lists the commands; `tumen COMMAND --help` describes one, with examples.
"""
NO_ANSWERS = (
    NoRouteError,
    DataFileError,
    ExtractError,
    NetworkFileError,
    ManifestError,
    SizeError,
    BrowserError,
    ServeError,
)
OK, NO_ANSWER, STOPPED = 0, 1, 130
_DIGITS = frozenset("0123456789.")


def make_parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Make the parser of the command named in the arguments, or of all commands if none is named."""
    parser = Parser(
        prog="tumen",
        description="Maps, layers, distances and routes around the Russia–DPRK border on the Tumen.",
        epilog=EPILOG,
        formatter_class=Help,
    )
    parser.set_defaults(data=None, network=None, takes_network=False)
    parser.add_argument(
        "--network", metavar="DIR", help="network of your own, for route, matrix, reachable and batch route"
    )
    parser.add_argument("--version", action="version", version=f"tumen {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    command = _command(arguments)
    called = [part for part, names in PARTS.items() if command in names]
    for part in called or PARTS:
        import_module(f".{part}", __package__).add_to(commands)
    return parser


def _command(arguments: Sequence[str]) -> str:
    """Return the first word that is no option and no directory of ``--data`` or ``--network``; empty after others."""
    words = iter(arguments)
    for word in words:
        if word in {"--data", "--network"}:
            next(words, "")
        elif word.startswith("-"):
            break
        else:
            return word
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command ``tumen`` and give its exit code.

    Parameters
    ----------
    arguments
        Words after ``tumen``; by default those of `sys.argv`.

    Returns
    -------
    int
        0 success, 1 no answer, 2 invalid command, option or argument, 130 stopped by Ctrl-C.
    """
    if arguments is None:  # the process is ours
        few_collections_to_the_end()
        arguments = sys.argv[1:]
    arguments = [_operand(word) for word in arguments]
    if not arguments:
        sys.stderr.write(WELCOME)
        return USAGE
    try:
        parser = make_parser(arguments)
        options = parser.parse_args(arguments)
        if options.network and not options.takes_network:
            parser.error("--network is for route, matrix, reachable and batch route")
        _note_later_day(getattr(options, "as_of", None), options.data)
        code = int(options.run(options))
        sys.stdout.flush()
    except GeoError as error:
        return _fail(error, NO_ANSWER if isinstance(error, NO_ANSWERS) else USAGE)
    except BrokenPipeError:  # the reader of the pipe, such as head, closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        return _fail(_plain(error), NO_ANSWER)
    except KeyboardInterrupt:
        return _fail("stopped; files are written completely or not at all, so nothing is half done", STOPPED)
    return code


def _note_later_day(as_of: str | None, data: str | None) -> None:
    """Note on standard error that the requested day is later than the newest fact on record."""
    if not as_of:
        return
    from geo import parse_date
    from layers import latest_date

    latest = latest_date(data=data)
    try:
        beyond = parse_date(latest).precedes(parse_date(as_of))
    except GeoError:
        return  # the command itself reports the invalid date
    if beyond:
        print(f"tumen: note: the newest fact on record is of {latest}; later changes are not included", file=sys.stderr)


def _operand(word: str) -> str:
    """Keep a position west of Greenwich, such as ``-130.64,42.43``, from being read as an option: a space before it does."""
    return f" {word}" if word[:1] == "-" and word[1:2] in _DIGITS and "," in word else word


def _plain(error: OSError) -> str:
    """Describe an error of the operating system, with the file."""
    path = error.filename2 or error.filename
    if not path:
        return error.strerror or str(error)
    if isinstance(error, IsADirectoryError):
        return f"{path} is a folder; give the path of a file"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{path} is a file, or below one; give the path of a folder"
    return f"{path}: {error.strerror}"


def _fail(error: object, code: int) -> int:
    print(f"tumen: {error}", file=sys.stderr)
    return code
