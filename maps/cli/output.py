"""Output options and printing that several commands share."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from geo import UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def add_output(parser: argparse.ArgumentParser, *formats: str, default: str | None = "text", words: str = "") -> None:
    """Add the options for format and output file, in the same words for every command."""
    choices = formats or ("text", "json")
    parser.add_argument(
        "--format", choices=choices, default=default, help=words or f"output format (default: {default})"
    )
    if "json" in choices:
        parser.add_argument("--json", action="store_const", const="json", dest="format", help="short for --format json")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file (default: standard output)")


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Add the day whose state is meant."""
    parser.add_argument(
        "--as-of", metavar="DATE", help="use the state on this day, such as 2014-11-24 (default: newest on record)"
    )


def add_basemap(parser: argparse.ArgumentParser) -> None:
    """Add the base map from an extract."""
    group = parser.add_argument_group("base map from OpenStreetMap (needs the package osmium; in conda pyosmium)")
    group.add_argument(
        "--basemap",
        metavar="PBF",
        type=_path,
        help="draw coast, waters, roads, railways, land use, buildings and names from this extract (.osm.pbf), with details "
        "near the extent of the map and an overview of the rest of the extract",
    )
    group.add_argument(
        "--basemap-bytes",
        metavar="N",
        type=size,
        help="size of this base map, such as 10M (default: 24M); what does not fit is left out, buildings first, and reported",
    )


def _path(text: str) -> Path:
    from pathlib import Path  # 5 ms that most commands do without

    return Path(text)


def basemap_options(options: argparse.Namespace) -> dict[str, Any]:
    """Options of a page from the arguments of `add_basemap`.

    Raises
    ------
    FeatureError
        When a size is given for no base map.
    """
    from maps.errors import FeatureError

    if options.basemap_bytes and not options.basemap:
        raise FeatureError("--basemap-bytes is the size of a base map from an extract; add --basemap FILE.osm.pbf")
    chosen: dict[str, Any] = {"basemap": options.basemap} if options.basemap else {}
    return chosen | ({"basemap_bytes": options.basemap_bytes} if options.basemap_bytes else {})


def size(text: str) -> int:
    """Read a size such as 500k from an option."""
    from maps.page.size import byte_count

    try:
        return byte_count(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_unit(parser: argparse.ArgumentParser) -> None:
    """Add the unit of lengths."""
    parser.add_argument(
        "--unit",
        choices=tuple(UNITS),
        metavar="UNIT",
        help=f"unit of lengths: {', '.join(UNITS)} (default: m or km, by size)",
    )


def to_json(value: object) -> str:
    """JSON with two spaces of indent, in Unicode."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def write(text: str, target: str | None) -> None:
    """Write to a file, whole or not at all, or to standard output when the target is missing or ``-``."""
    if target in {None, "-"}:
        if text:
            print(text)
        return
    from layers.record.atomic import write_whole

    print(f"wrote {write_whole(str(target), text + chr(10))}", file=sys.stderr)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> str:
    """Lay out a table for the terminal, wide characters counted as two.

    Parameters
    ----------
    head
        Column titles.
    rows
        Cells.
    right
        Columns whose cells are aligned to the right.

    Examples
    --------
    >>> print(table(["name", "n"], [["라진", "1"], ["Khasan", "20"]], right=frozenset({1})))
    name     n
    라진     1
    Khasan  20
    """
    widths = [max(_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return "\n".join(
        "  ".join(_pad(cell, widths[column], right=column in right) for column, cell in enumerate(row)).rstrip()
        for row in (head, *rows)
    )


def _width(text: str) -> int:
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
