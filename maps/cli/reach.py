"""``tumen matrix`` and ``tumen reachable``."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, Any, cast

from ._network_options import OPTIONS, add_cost_option, add_network_options, chosen_modes, network, route_options
from .output import add_output, add_unit, table, to_json, write
from .place import PLACE, add_place, find_all, find_one

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo import Network, Reach, RouteOptions
    from layers import Place

MATRIX = f"""\
Computes an origin–destination matrix: length, hours or cost of the best route between each pair of places; - where there is none.
With --explain prints one line for each pair, with the modes used.

{OPTIONS}
--from and --to may be repeated. Without --to, the routes run between the places of --from.
"""
MATRIX_EXAMPLES = """\
examples:
  tumen matrix --from Khasan --from Ussuriysk --to Rajin --to station/chongjin
  tumen matrix --from Khasan --from Rajin --from port/busan --show hours --format csv
  tumen layers show ports | tumen matrix --from Khasan --to - --explain
"""
REACHABLE = f"""\
Computes a service area: the places within --km or --hours of a place over the network, nearest first. As GeoJSON: the sections
within reach, the outermost ones cut at the limit.

{OPTIONS}"""
REACHABLE_EXAMPLES = """\
examples:
  tumen reachable Khasan --km 100 --mode rail
  tumen reachable Rajin --hours 48 --gauge 1520 --no-bogie-change
  tumen reachable Khasan --hours 24 --format geojson -o within-a-day.geojson
"""
MEASURES = ("length", "hours", "cost")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    raw = argparse.RawDescriptionHelpFormatter
    lengths = commands.add_parser(
        "matrix",
        help="origin–destination matrix of lengths, hours or costs",
        description=MATRIX,
        epilog=MATRIX_EXAMPLES,
        formatter_class=raw,
    )
    lengths.add_argument(
        "--from", dest="origins", action="append", required=True, metavar="PLACE", help=PLACE.format("GeoJSON Points")
    )
    lengths.add_argument(
        "--to", dest="destinations", action="append", metavar="PLACE", help="the same (default: as --from)"
    )
    add_network_options(lengths)
    add_cost_option(lengths)
    lengths.add_argument(
        "--show",
        choices=MEASURES,
        default="length",
        help="what to show: length, hours, or generalized cost (default: length)",
    )
    lengths.add_argument(
        "--explain", action="store_true", help="print one line for each pair, with modes and uncertainty"
    )
    add_unit(lengths)
    add_output(lengths, "text", "json", "csv")
    lengths.set_defaults(run=run_matrix)
    reach = commands.add_parser(
        "reachable",
        help="service area: places within a length or time",
        description=REACHABLE,
        epilog=REACHABLE_EXAMPLES,
        formatter_class=raw,
    )
    add_place(reach, "origin", "FROM")
    limit = reach.add_mutually_exclusive_group(required=True)
    limit.add_argument("--km", type=float, help="limit in kilometres")
    limit.add_argument("--hours", type=float, help="limit in hours, including the dwell time of transfers")
    add_network_options(reach)
    add_unit(reach)
    add_output(reach, "text", "json", "geojson")
    reach.set_defaults(run=run_reachable)


def run_matrix(options: argparse.Namespace) -> int:
    """Print the table."""
    import geo
    import layers
    from layers.graph.request import role

    prefer = role(chosen_modes(options))
    net = network(options, prepare=True)
    origins = find_all(options.origins, prefer=prefer, data=options.data, net=net)
    ends = (
        find_all(options.destinations, prefer=prefer, data=options.data, net=net) if options.destinations else origins
    )
    joined = [[layers.locate(net, place, data=options.data) for place in places] for places in (origins, ends)]
    chosen = route_options(options, net)
    if options.explain:
        write(_explained(_pairs(net, joined[0], joined[1], chosen), options), options.output)
        return 0
    measures = MEASURES if options.format == "json" else (options.show,)
    origin_places, end_places = joined
    values = {
        measure: geo.matrix(net, origin_places, end_places, chosen, measure=cast("Any", measure)).tolist()
        for measure in measures
    }
    if options.format == "json":
        text = _matrix_json(origins, ends, values)
    else:
        scale = _scale(options.show, options.unit)
        rows = [[scale(value) for value in row] for row in values[options.show]]
        head = {"length": options.unit or "km", "hours": "hours", "cost": "rail km"}[options.show]
        text = {"csv": _matrix_csv, "text": _matrix_text}[options.format](origins, ends, rows, head)
    write(text, options.output)
    return 0


def run_reachable(options: argparse.Namespace) -> int:
    """Print the service area."""
    import geo
    import layers
    from layers.graph.request import role

    net = network(options)
    limit = {"max_m": options.km * 1000} if options.hours is None else {"max_hours": options.hours}
    place = find_one(options.origin, prefer=role(chosen_modes(options)), data=options.data, net=net)
    origin = layers.locate(net, place, data=options.data)
    area = geo.reachable(net, origin, options=route_options(options, net), **limit)
    content = {"json": area.to_dict, "geojson": area.to_geojson}
    text = _reach_text(net, area, options.unit) if options.format == "text" else to_json(content[options.format]())
    write(text, options.output)
    return 0


def _pairs(net: Network, origins: list[Any], ends: list[Any], chosen: RouteOptions) -> list[dict[str, Any]]:
    """Describe the route of each pair of different places."""
    from layers.graph.request import described

    return [described(net, origin, end, chosen)[0] for origin in origins for end in ends if origin != end]


def _explained(rows: list[dict[str, Any]], options: argparse.Namespace) -> str:
    from geo import Distance

    if options.format == "json":
        return to_json({"pairs": rows})
    head = ["from", "to", options.unit or "km", "hours", "by"]
    cells = []
    for row in rows:
        has_route = "length_m" in row
        length = Distance(row["length_m"], row["uncertainty_m"]).text(options.unit or "km") if has_route else "-"
        hours = f"{row['hours']:.1f}" if has_route else "-"
        cells.append([row["from_name"], row["to_name"], length, hours, row["modes"] or row["reason"]])
    if options.format == "csv":
        return _csv([head, *cells])
    return table(head, cells, right=frozenset({2, 3}))


def _scale(measure: str, unit: str | None) -> Callable[[float], float]:
    from geo import to_unit

    if measure != "length":
        return lambda value: value
    return lambda value: to_unit(value, unit or "km") if math.isfinite(value) else value


def _matrix_json(origins: list[Place], ends: list[Place], tables: dict[str, list[list[float]]]) -> str:
    names = {"from_ids": [place.id for place in origins], "to_ids": [place.id for place in ends]}
    keys = {"length": "lengths_m", "hours": "hours", "cost": "costs_km"}
    values = {
        keys[measure]: [[round(value, 3) if math.isfinite(value) else None for value in row] for row in rows]
        for measure, rows in tables.items()
    }
    return to_json(names | values)


def _matrix_csv(origins: list[Place], ends: list[Place], rows: list[list[float]], _: str) -> str:
    lines = zip(_distinct(origins), rows, strict=True)
    return _csv([["from", *_distinct(ends)], *([name, *(_number(value, "") for value in row)] for name, row in lines)])


def _distinct(places: list[Place]) -> list[str]:
    """Return the names of places, or the id where several have the same name."""
    names = [place.name for place in places]
    return [place.id if names.count(place.name) > 1 else place.name for place in places]


def _csv(rows: list[list[str]]) -> str:
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().rstrip("\n")


def _matrix_text(origins: list[Place], ends: list[Place], rows: list[list[float]], head: str) -> str:
    cells = [[place.name, *(_number(value, "-") for value in row)] for place, row in zip(origins, rows, strict=True)]
    return table([head, *(place.name for place in ends)], cells, right=frozenset(range(1, len(ends) + 1)))


def _number(value: float, absent: str) -> str:
    return f"{value:.1f}" if math.isfinite(value) else absent


def _reach_text(net: Network, area: Reach, unit: str | None) -> str:
    from geo import to_unit

    is_length = area.max_hours is None
    rows = [
        [net.node(node_id).name, node_id, _number(to_unit(cost, unit or "km") if is_length else cost, "-")]
        for node_id, cost in area.nodes.items()
    ]
    return table(["place", "id", (unit or "km") if is_length else "hours"], rows, right=frozenset({2}))
