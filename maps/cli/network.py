"""``tumen network``: your own networks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.lines.report import CompileReport

DESCRIPTION = """\
Compiles line layers into your own network, for `tumen --network DIR` with route, matrix, reachable and batch route.
"""
COMPILE = """\
Compiles line layers into a network: GeoJSON, GeoPackage (FILE#TABLE), FlatGeobuf, GeoParquet, Shapefile, or OSM PBF (railways,
roads and ferry lines). Prints its connected parts, near misses, loose ends and unknown gauges.

Lines are joined where an end of one lies on a vertex of another; those of OSM PBF at every node that they share. Lines that
merely cross are not joined; --join crossings joins them. --snap joins loose ends to other ends and lines within that distance.
Railways are not joined to roads unless the settings say so (join_modes).

Columns are guessed by their usual names (railway, highway, gauge, maxspeed, oneway, …); a TOML file, --settings, names others:

  mode = "rail"                     # of lines that state none
  gauges_mm = [1520]                # of railways that state none
  [columns]                         # id, line, mode, gauge, status, speed, one_way, length
  gauge = "spur_mm"
  length = "km"                     # counts in place of the drawn length, with length_unit = "km" (default: m) above
  [modes]                           # value of the mode's column = rail, road, sea or ferry; others are left out
  Hauptbahn = "rail"
  [statuses]                        # value = operating, suspended, under_construction, planned, closed, …
  abgebaut = "closed"
  [speeds]                          # km/h by value, or by mode, where no speed is given
  Hauptbahn = 80
"""
EPILOG = """\
examples:
  tumen network compile helsinki.osm.pbf -o net
  tumen network compile tracks.gpkg#lines --settings tracks.toml --stations stations.geojson --snap 10 -o net --map report.html
  tumen --network net route Alpha Beta --gauge 1520 --no-bogie-change
  tumen --network net reachable 24.94,60.17 --km 30 --format geojson
  tumen --network net batch route pairs.csv -o routes.parquet
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = commands.add_parser(
        "network",
        help="compile your own line layers into a network",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=raw,
    )
    parts = parser.add_subparsers(metavar="ACTION", required=True)
    build = parts.add_parser(
        "compile", help="compile line layers", description=COMPILE, epilog=EPILOG, formatter_class=raw
    )
    build.add_argument("lines", nargs="+", metavar="LINES", help="files of lines")
    build.add_argument("-o", "--output", required=True, metavar="DIR", help="folder of the network to write")
    build.add_argument("--settings", metavar="TOML", help="what the columns mean, and how lines are joined")
    build.add_argument("--crs", default="", metavar="CRS", help="CRS of files that state none, such as EPSG:32652")
    build.add_argument(
        "--stations", metavar="FILE", help="points with a column name: each makes a node of the line within 200 m"
    )
    build.add_argument(
        "--snap", type=float, metavar="METRES", help="join loose ends to ends and lines within this distance"
    )
    build.add_argument(
        "--join",
        choices=("ends", "vertices", "crossings"),
        help="where lines join: where an end lies on a vertex, at every shared vertex, or at crossings too",
    )
    build.add_argument(
        "--contract",
        action="store_true",
        help="prepare the network for many routes; takes minutes for millions of edges (pip install tumen[fast])",
    )
    build.add_argument("--map", metavar="HTML", help="write a map of gaps, loose ends and other places to check")
    build.set_defaults(run=run_compile)
    show = parts.add_parser("show", help="print the report of a network", formatter_class=raw)
    show.add_argument("network_dir", metavar="DIR", help="folder of the network")
    show.set_defaults(run=run_show)


def run_compile(options: argparse.Namespace) -> int:
    """Compile, print the report, and draw it if requested."""
    from layers.lines.compile import compile_network

    report = compile_network(
        options.lines,
        options.output,
        options.settings,
        crs=options.crs,
        stations=options.stations,
        snap_m=options.snap,
        join=options.join,
        contract=options.contract,
    )
    print(report.text())
    print(f"wrote {options.output}", file=sys.stderr)
    if options.map:
        path = _draw(Path(options.output), report, Path(options.map))
        print(f"wrote {path}", file=sys.stderr)
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Print the report that was made when the network was compiled."""
    from layers.lines import archive
    from layers.lines.report import CompileReport

    print(CompileReport.of(archive.describe(Path(options.network_dir))["report"]).text())
    return 0


def _draw(folder: Path, report: CompileReport, target: Path) -> Path:
    """Draw what needs a look, each kind as a layer."""
    from layers.lines import archive
    from layers.lines.report import features
    from maps.explorer import Drawing, builder_of
    from maps.features.reading import read_given

    layers = []
    for number, (name, collection) in enumerate(features(archive.read(folder), report).items()):
        title = name.replace("-", " ").capitalize()
        layer = Drawing().layer(f"own-{number}", title, None, "", "")
        layers.append((layer, read_given(collection, name)))
    return builder_of(layers, title=f"Network {folder.name}", on="", langs="en").render().save(target)
