"""``tumen route``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, cast

from ._network_options import OPTIONS, add_cost_option, add_network_options, chosen_modes, network, route_options
from .output import add_output, add_unit, to_json, write
from .place import find_both, find_one

if TYPE_CHECKING:
    from geo import Route
    from geo.routing.report.summary import RouteSummary
    from layers import Place

DESCRIPTION = f"""\
The best route between two places: a line of summary, a table of its parts, and what matters of borders, gauges, law and closures.
With --explain leg by leg: laws, sources, assumptions, chainages, and the published figures that disagree.

{OPTIONS}
FROM and TO are names in any script, ids or LON,LAT; one may be - for a GeoJSON Point on standard input. With --mode rail a name
means a station first, with --mode sea or ferry a port. A place off the network is joined by a straight connector, which counts.
The load is handled, between land and sea, at a port that is --via; at one that is --call its ship calls without that.
"""
EPILOG = """\
examples:
  tumen route Khasan Rajin                                        over four rails since 2013
  tumen route Hunchun Rajin                                       by lorry over Quanhe and Wonjong
  tumen route Khasan port/pohang --via port/rajin --load coal --as-of 2014-11-27    the first coal trial
  tumen route Pyongyang Moscow --mode rail --load passengers      the through carriage
  tumen route Ussuriysk port/rajin --gauge 1520 --no-bogie-change one wagon all the way
  tumen route Vladivostok Busan --cost time --alternatives 3      three routes, by hours
  tumen route Khasan Chongjin --via Rajin --explain --unit mi
"""


class _Passed(argparse.Action):
    """Keep --via and --call in one list, in the order in which they are given."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002 - as argparse calls it
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Add a place with what happens there."""
        use = "call" if option_string == "--call" else ""
        namespace.passed = [*namespace.passed, (use, str(values))]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "route",
        help="the best route over railways, roads and sea between two places",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("origin", metavar="FROM")
    parser.add_argument("destination", metavar="TO")
    parser.set_defaults(passed=[])
    parser.add_argument(
        "--via", action=_Passed, dest="passed", metavar="PLACE", help="pass here; at a port, the load is handled"
    )
    parser.add_argument(
        "--call", action=_Passed, dest="passed", metavar="PORT", help="the ship calls here, in order with --via"
    )
    add_network_options(parser)
    add_cost_option(parser)
    parser.add_argument("--alternatives", type=_count, default=1, metavar="K", help="up to K routes that differ")
    parser.add_argument("--explain", action="store_true", help="leg by leg, with laws, sources and assumptions")
    add_unit(parser)
    add_output(parser, "text", "json", "geojson")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the route, or several."""
    trips, notes = _trips(options)
    if options.format != "text":
        write(to_json((_json if options.format == "json" else _geojson)(trips)), options.output)
        return 0
    if not options.explain and options.output in {None, "-"} and sys.stdout.isatty():
        for trip in trips:
            _print_rich(trip.summary(options.unit, notes=notes))
        return 0
    parts = [_text(trip, options, notes) for trip in trips]
    heads = [f"route {number} of {len(parts)}\n" if len(parts) > 1 else "" for number in range(1, len(parts) + 1)]
    write("\n\n".join(head + part for head, part in zip(heads, parts, strict=True)), options.output)
    return 0


def _trips(options: argparse.Namespace) -> tuple[list[Route], list[str]]:
    """Routes, and what is to be told of how the names were taken and of what was shut."""
    import geo
    import layers
    from layers.graph.request import role, stop

    net = network(options)
    prefer = role(chosen_modes(options))
    places = find_both(options.origin, options.destination, prefer=prefer, data=options.data)
    origin, destination = (layers.locate(net, place, data=options.data) for place in places)
    found = [(use, find_one(text, prefer=prefer, data=options.data)) for use, text in options.passed]
    via = [stop(net, geo.Via(place, cast("Any", use)) if use else place, data=options.data) for use, place in found]
    asked = route_options(options, net)
    if options.alternatives > 1:
        trips = geo.routes(net, origin, destination, asked, k=options.alternatives, via=via)
    else:
        trips = (geo.route(net, origin, destination, asked, via=via),)
    published = layers.published_lengths(data=options.data)
    shut = geo.shut_shortcuts(net, origin, destination, asked, via=via)
    notes = [
        *_taken((*places, *(place for _, place in found))),
        *([f"Shut that day, else shorter: {'; '.join(shut)}"] if shut else []),
    ]
    return [trip.with_published(published) for trip in trips], notes


def _taken(places: tuple[Place, ...]) -> list[str]:
    """Say which of several things of one name were taken."""
    told = [f"{place.id} (not {', '.join(place.same_place)})" for place in places if place.same_place]
    return [f"Taken: {'; '.join(dict.fromkeys(told))}"] if told else []


def _text(trip: Route, options: argparse.Namespace, notes: list[str]) -> str:
    return _explained(trip, options.unit) if options.explain else trip.summary(options.unit, notes=notes).text()


def _explained(trip: Route, unit: str | None) -> str:
    from geo import Distance

    if unit is None:
        return trip.explain()
    legs = [
        f"  {number}. {Distance(leg.length_m, leg.uncertainty_m).text(unit)}  {leg.from_name} → {leg.to_name}"
        for number, leg in enumerate(trip.legs, 1)
        if leg.length_m
    ]
    straight = Distance(trip.straight_line_m).text(unit)
    return "\n".join([trip.explain(), f"In {unit}: {trip.distance.text(unit)}, {straight} in a straight line", *legs])


def _print_rich(summary: RouteSummary) -> None:
    """Print a summary with colours and a table as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in summary.columns:
        table.add_column(column, justify="right" if column in {summary.unit, "hours"} else "left", overflow="ellipsis")
    for row in summary.rows:
        table.add_row(*(Text(cell) for cell in row.cells), style="" if row.length else "dim")
    console = Console()
    console.print(Text(summary.headline, style="bold"))
    console.print(table)
    for note in summary.notes:
        console.print(Text(note, style="yellow"))


def _json(trips: list[Route]) -> dict[str, object]:
    return trips[0].to_dict() if len(trips) == 1 else {"routes": [trip.to_dict() for trip in trips]}


def _geojson(trips: list[Route]) -> dict[str, object]:
    """Legs as features; of several routes each says to which it belongs."""
    if len(trips) == 1:
        return trips[0].to_geojson()
    features = [
        feature | {"properties": {"route": number} | feature["properties"]}
        for number, trip in enumerate(trips, 1)
        for feature in cast("list[dict[str, Any]]", trip.to_geojson()["features"])
    ]
    return {"type": "FeatureCollection", "features": features}


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"expected a whole number of routes from 1 on, got {text!r}")
    return int(text)
