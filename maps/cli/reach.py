"""``tumen matrix`` and ``tumen reachable``."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING

from ._network_options import OPTIONS, add_cost_option, add_network_options, network, placed, search_options
from .output import table, to_json, write
from .place import find_all, find_one

if TYPE_CHECKING:
    from geo import Network, Reach
    from layers import Place

MATRIX = f"""\
The best ways from each place to each place, in one table: kilometres, hours or kilometres of railway, as --cost says; - where
there is no way.

{OPTIONS}
Give --from and --to as often as needed; one may be - for GeoJSON Points on standard input. Without --to the ways run between the
places of --from.
"""
MATRIX_EXAMPLES = """\
examples:
  tumen matrix --from Khasan --from Ussuriysk --to Rajin --to station/chongjin --mode rail
  tumen matrix --from Khasan --from Rajin --from port/busan --cost time --format csv
  tumen layers show ports | tumen matrix --from Khasan --to - --cost time
"""
REACHABLE = f"""\
What lies within some length or time of way, nearest first; as GeoJSON the sections, the last ones cut where the way ends.

{OPTIONS}
FROM may be - for a GeoJSON Point on standard input.
"""
REACHABLE_EXAMPLES = """\
examples:
  tumen reachable Khasan --km 100 --mode rail
  tumen reachable Rajin --hours 48 --gauge 1520 --no-bogie-change
  tumen reachable Khasan --hours 24 --format geojson -o within-a-day.geojson
"""
# What the numbers of a table are, by what was asked to be small.
UNITS = {"distance": "km", "time": "hours", "generalized": "rail km"}
KEYS = {"distance": "distance_m", "time": "hours", "generalized": "cost_km"}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    raw = argparse.RawDescriptionHelpFormatter
    lengths = commands.add_parser(
        "matrix",
        help="a table of lengths, hours or costs",
        description=MATRIX,
        epilog=MATRIX_EXAMPLES,
        formatter_class=raw,
    )
    lengths.add_argument("--from", dest="origins", action="append", required=True, metavar="PLACE")
    lengths.add_argument("--to", dest="destinations", action="append", metavar="PLACE")
    add_network_options(lengths)
    add_cost_option(lengths, "distance")
    lengths.set_defaults(run=run_matrix)
    _add_output(lengths, ("text", "json", "csv"))
    reach = commands.add_parser(
        "reachable",
        help="what lies within reach",
        description=REACHABLE,
        epilog=REACHABLE_EXAMPLES,
        formatter_class=raw,
    )
    reach.add_argument("origin", metavar="FROM")
    limit = reach.add_mutually_exclusive_group(required=True)
    limit.add_argument("--km", type=float, help="kilometres of way")
    limit.add_argument("--hours", type=float, help="hours of way, those of transfers too")
    add_network_options(reach)
    _add_output(reach, ("text", "json", "geojson"))
    reach.set_defaults(run=run_reachable)


def run_matrix(options: argparse.Namespace) -> int:
    """Print the table."""
    import geo

    origins = find_all(options.origins, data=options.data)
    ends = find_all(options.destinations, data=options.data) if options.destinations else origins
    net = network(options)
    asked = search_options(options) | {"cost": options.cost}
    joined = [[placed(net, place) for place in places] for places in (origins, ends)]
    rows = geo.matrix(net, *joined, **asked).tolist()
    if options.format == "json":
        text = _matrix_json(origins, ends, rows, options.cost)
    else:
        scale = 1000 if options.cost == "distance" else 1
        text = {"csv": _matrix_csv, "text": _matrix_text}[options.format](
            origins, ends, _scaled(rows, scale), options.cost
        )
    write(text, options.output)
    return 0


def run_reachable(options: argparse.Namespace) -> int:
    """Print what lies within reach."""
    import geo

    net = network(options)
    limit = {"max_m": options.km * 1000} if options.hours is None else {"max_hours": options.hours}
    origin = placed(net, find_one(options.origin, data=options.data))
    found = geo.reachable(net, origin, **limit, **search_options(options))
    content = {"json": found.to_dict, "geojson": found.to_geojson}
    text = _reach_text(net, found) if options.format == "text" else to_json(content[options.format]())
    write(text, options.output)
    return 0


def _add_output(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    parser.add_argument("--format", choices=formats, default="text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")


def _scaled(rows: list[list[float]], scale: float) -> list[list[float]]:
    return [[value / scale for value in row] for row in rows]


def _matrix_json(origins: list[Place], ends: list[Place], rows: list[list[float]], cost: str) -> str:
    values = [[round(value, 3) if math.isfinite(value) else None for value in row] for row in rows]
    names = {"from": [place.id for place in origins], "to": [place.id for place in ends]}
    return to_json(names | {KEYS[cost]: values})


def _matrix_csv(origins: list[Place], ends: list[Place], rows: list[list[float]], _: str) -> str:
    import csv
    import io

    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["from", *(place.name for place in ends)])
    for place, row in zip(origins, rows, strict=True):
        lines.writerow([place.name, *(_number(value, "") for value in row)])
    return text.getvalue().rstrip("\n")


def _matrix_text(origins: list[Place], ends: list[Place], rows: list[list[float]], cost: str) -> str:
    cells = [[place.name, *(_number(value, "-") for value in row)] for place, row in zip(origins, rows, strict=True)]
    return table([UNITS[cost], *(place.name for place in ends)], cells, right=frozenset(range(1, len(ends) + 1)))


def _number(value: float, absent: str) -> str:
    return f"{value:.1f}" if math.isfinite(value) else absent


def _reach_text(net: Network, found: Reach) -> str:
    unit, scale = ("km", 1000) if found.max_hours is None else ("hours", 1)
    rows = [[net.node(node_id).name, node_id, _number(cost / scale, "-")] for node_id, cost in found.nodes.items()]
    return table(["place", "id", unit], rows, right=frozenset({2}))
