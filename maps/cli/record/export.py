"""``tumen layers export``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from maps.cli.build import LANGUAGES
from maps.cli.output import add_as_of

if TYPE_CHECKING:
    from pathlib import Path

DESCRIPTION = """\
Exports layers for other programs. datapackage.json and dcat.jsonld beside the files have title, licence, attribution, sources,
extent, dates and hashes. Files are written completely or not at all; the same layers give the same bytes.

  gpkg        GeoPackage: one file, one table per layer, with the styles of the web maps for QGIS
  qgis        QGIS project (.qgz) with its GeoPackage beside it: the map themes, groups, bookmarks and metadata of the web maps
  kmz         Google Earth: one file, one folder per layer
  parquet     GeoParquet 1.1: a folder, one file per layer
  fgb         FlatGeobuf: a folder, one file per layer
  csv         CSV with the geometry as WKT: a folder, one file per layer
  pygeoapi    OGC API - Features: a folder with GeoJSON and the configuration (pygeoapi.yml) with which pygeoapi serves it
  geojsonseq  newline-delimited GeoJSON: a folder, one file per layer; `-o -` prints it

With a single layer, PATH may be a file in every format, such as zones.csv.
"""
EPILOG = """\
examples:
  tumen layers export --format gpkg -o tumen.gpkg
  tumen layers export --format qgis -o tumen.qgz
  tumen layers export --format csv --layers zones -o zones.csv
"""


def add_to(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = parts.add_parser(
        "export",
        help="export layers for a GIS, a spreadsheet or Google Earth",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--format",
        required=True,
        metavar="FORMAT",
        help="output format: gpkg, qgis, parquet, fgb, kmz, csv, geojsonseq or pygeoapi",
    )
    parser.add_argument("-o", "--output", required=True, metavar="PATH", help="file or folder to write, by format")
    parser.add_argument(
        "--layers", metavar="LIST", help="layers, separated by commas (default: all; see `tumen layers list`)"
    )
    add_as_of(parser)
    parser.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="language of labels and legend in gpkg and qgis (default: en)"
    )
    parser.add_argument("--no-styles", action="store_true", help="omit the styles from gpkg, qgis and kmz")
    parser.add_argument("--rs", action="store_true", help="write geojsonseq with record separators (RFC 8142)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the export, and list the files."""
    import layers

    names = [name.strip() for name in options.layers.split(",")] if options.layers is not None else None
    if options.output == "-":
        return _print(options, names)
    styles = None
    if options.format in {"gpkg", "qgis", "kmz"} and not options.no_styles:
        from maps.gis import export_styles

        styles = export_styles(names, as_of=options.as_of, lang=options.lang, data=options.data)
    files = layers.export(
        options.output,
        options.format,
        names=names,
        as_of=options.as_of,
        styles=styles,
        record_separator=options.rs,
        data=options.data,
    )
    for file in files:
        _report(file)
    return 0


def _print(options: argparse.Namespace, names: list[str] | None) -> int:
    import layers
    from layers.formats import lines, read

    if options.format != "geojsonseq":
        raise layers.ExportError(f"{options.format!r} cannot be printed; give a path, or --format geojsonseq")
    for state in read(names, options.as_of, data=options.data):
        for line in lines(state.features, record_separator=options.rs):
            sys.stdout.write(line)
    return 0


def _report(file: Path) -> None:
    print(f"  {file}  {file.stat().st_size / 1000:.0f} kB", file=sys.stderr)
