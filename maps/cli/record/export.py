"""``tumen layers export``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from maps.cli.build import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

DESCRIPTION = """\
Writes layers in a format that other programs read, whole or not at all, with datapackage.json and dcat.jsonld beside them: title,
licence, attribution, sources, extent, dates and the hash of each file. The same layers give the same bytes.

  gpkg        GeoPackage, one file: a table a layer, with the styles of the web maps, which QGIS takes by itself
  kmz         Google Earth, one file: a folder a layer
  parquet     GeoParquet 1.1, a folder with one file a layer
  fgb         FlatGeobuf, likewise
  csv         with the geometry as WKT, likewise
  geojsonseq  one GeoJSON feature a line, likewise; `-o -` prints them

Where one layer is chosen, PATH may be a file in these too, such as zones.csv.
"""


def add_to(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = parts.add_parser(
        "export",
        help="write layers for a GIS, a spreadsheet or Google Earth",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--format", required=True, metavar="FORMAT", help="gpkg, parquet, fgb, kmz, csv or geojsonseq")
    parser.add_argument("-o", "--output", required=True, metavar="PATH", help="a file or a folder, by format")
    parser.add_argument("--layers", metavar="NAME,…", help="some layers (default: all; see `tumen layers list`)")
    parser.add_argument("--as-of", metavar="DATE", help="as they were on that day (default: newest)")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of labels and legend in gpkg")
    parser.add_argument("--no-styles", action="store_true", help="leave the styles out of gpkg and kmz")
    parser.add_argument("--rs", action="store_true", help="geojsonseq with record separators (RFC 8142)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the export, and say what was written."""
    import layers

    names = [name.strip() for name in options.layers.split(",")] if options.layers is not None else None
    if options.output == "-":
        return _print(options, names)
    styles = None
    if options.format in {"gpkg", "kmz"} and not options.no_styles:
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
