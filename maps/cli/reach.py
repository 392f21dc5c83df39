"""``tumen matrix`` and ``tumen reachable``."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING

from .output import table, to_json, write

if TYPE_CHECKING:
    from geo import Network, Reach
    from layers import Place

MATRIX = """\
The lengths of the shortest ways over the railways, from each place to each place, in kilometres; - where there is no way.

Give --from and --to as often as needed. Without --to the ways run between the places of --from.
"""
REACHABLE = """\
The stations within some length of way over the railways, nearest first; as GeoJSON the sections, the last ones cut where the way
ends.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    raw = argparse.RawDescriptionHelpFormatter
    lengths = commands.add_parser("matrix", help="a table of lengths", description=MATRIX, formatter_class=raw)
    lengths.add_argument("--from", dest="origins", action="append", required=True, metavar="PLACE")
    lengths.add_argument("--to", dest="destinations", action="append", metavar="PLACE")
    _add_common(lengths, ("text", "json", "csv"))
    lengths.set_defaults(run=run_matrix)
    reach = commands.add_parser("reachable", help="what lies within reach", description=REACHABLE, formatter_class=raw)
    reach.add_argument("origin", metavar="FROM")
    reach.add_argument("--km", type=float, required=True, help="kilometres of way")
    _add_common(reach, ("text", "json", "geojson"))
    reach.set_defaults(run=run_reachable)


def run_matrix(options: argparse.Namespace) -> int:
    """Print the table."""
    import geo
    import layers

    origins = [layers.find(text, data=options.data) for text in options.origins]
    ends = [layers.find(text, data=options.data) for text in options.destinations or options.origins]
    net = layers.network(as_of=options.as_of, data=options.data)
    rows = geo.matrix(net, origins, ends, gauge_mm=options.gauge, bogie_change=options.gauge is None).tolist()
    kinds = {"json": _matrix_json, "csv": _matrix_csv, "text": _matrix_text}
    write(kinds[options.format](origins, ends, rows), options.output)
    return 0


def run_reachable(options: argparse.Namespace) -> int:
    """Print what lies within reach."""
    import geo
    import layers

    net = layers.network(as_of=options.as_of, data=options.data)
    found = geo.reachable(
        net,
        layers.find(options.origin, data=options.data),
        options.km * 1000,
        gauge_mm=options.gauge,
        bogie_change=options.gauge is None,
    )
    content = {"json": found.to_dict, "geojson": found.to_geojson}
    text = _reach_text(net, found) if options.format == "text" else to_json(content[options.format]())
    write(text, options.output)
    return 0


def _add_common(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    parser.add_argument("--as-of", metavar="DATE", help="the network of that day, such as 2014-11-24 (default: newest)")
    parser.add_argument("--gauge", type=int, metavar="MM", help="only track of this gauge, such as 1520")
    parser.add_argument("--format", choices=formats, default="text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")


def _matrix_json(origins: list[Place], ends: list[Place], rows: list[list[float]]) -> str:
    lengths = [[round(metres, 3) if math.isfinite(metres) else None for metres in row] for row in rows]
    names = {"from": [place.id for place in origins], "to": [place.id for place in ends]}
    return to_json(names | {"distance_m": lengths})


def _matrix_csv(origins: list[Place], ends: list[Place], rows: list[list[float]]) -> str:
    import csv
    import io

    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["from", *(place.name for place in ends)])
    for place, row in zip(origins, rows, strict=True):
        lines.writerow([place.name, *(_km(metres, "") for metres in row)])
    return text.getvalue().rstrip("\n")


def _matrix_text(origins: list[Place], ends: list[Place], rows: list[list[float]]) -> str:
    cells = [[place.name, *(_km(metres, "-") for metres in row)] for place, row in zip(origins, rows, strict=True)]
    return table(["km", *(place.name for place in ends)], cells, right=frozenset(range(1, len(ends) + 1)))


def _km(metres: float, absent: str) -> str:
    return f"{metres / 1000:.1f}" if math.isfinite(metres) else absent


def _reach_text(net: Network, found: Reach) -> str:
    rows = [[net.node(node_id).name, node_id, _km(metres, "-")] for node_id, metres in found.nodes.items()]
    return table(["station", "id", "km"], rows, right=frozenset({2}))
