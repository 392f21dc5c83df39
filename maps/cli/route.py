"""``tumen route``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, cast

from ._network_options import OPTIONS, add_cost_option, add_network_options, chosen_modes, network, route_options
from .output import add_output, add_unit, to_json, write
from .place import add_places, find_both, find_one

if TYPE_CHECKING:
    from geo import Route
    from geo.routing.report.summary import RouteSummary
    from layers import Place

DESCRIPTION = f"""\
Finds the best route between two places. Prints a summary, a table of its legs, and notes on borders, gauges, law and closures.
With --explain prints every leg with laws, sources, assumptions, chainages, and published figures that differ.

{OPTIONS}
With --mode rail an ambiguous name means the station, with --mode sea or ferry the port. A place off the network is snapped to it
by a straight connector, which counts in the length. At a port given by --via the load is transshipped between land and sea; at a
port given by --call the ship only calls.
"""
EPILOG = """\
examples:
  tumen route Khasan Rajin                                        over the four-rail track opened in 2013
  tumen route Hunchun Rajin                                       by road, border crossing Quanhe–Wonjong
  tumen route Khasan port/pohang --via port/rajin --load coal --as-of 2014-11-27    the first coal trial
  tumen route Pyongyang Moscow --mode rail --load passengers      the through coach
  tumen route Ussuriysk port/rajin --gauge 1520 --no-bogie-change without change of gauge
  tumen route Vladivostok Busan --cost time --alternatives 3      three routes, fastest first
  tumen route Khasan Chongjin --via Rajin --explain --unit mi
  tumen --network net route 24.9414,60.1719 Pasila --mode rail    on a network of your own (tumen network compile)
"""


class _Passed(argparse.Action):
    """Keep --via and --call in one list, in the order given."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002 - as argparse calls it
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Append a place with its use."""
        use = "call" if option_string == "--call" else ""
        namespace.passed = [*namespace.passed, (use, str(values))]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "route",
        help="best route over railways, roads and sea between two places",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_places(parser)
    parser.set_defaults(passed=[])
    parser.add_argument(
        "--via",
        action=_Passed,
        dest="passed",
        metavar="PLACE",
        help="pass through this place; at a port the load is transshipped; may be repeated",
    )
    parser.add_argument(
        "--call",
        action=_Passed,
        dest="passed",
        metavar="PORT",
        help="the ship calls at this port, in order with --via; may be repeated",
    )
    add_network_options(parser)
    add_cost_option(parser)
    parser.add_argument(
        "--alternatives", type=_count, default=1, metavar="K", help="find up to K distinct routes (default: 1)"
    )
    parser.add_argument("--explain", action="store_true", help="print every leg, with laws, sources and assumptions")
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
    """Find the routes, and make notes on ambiguous names and closed shortcuts."""
    import geo
    import layers
    from layers.graph.request import role, stop

    net = network(options)
    prefer = role(chosen_modes(options))
    places = find_both(options.origin, options.destination, prefer=prefer, data=options.data, net=net)
    origin, destination = (layers.locate(net, place, data=options.data) for place in places)
    stops = [(use, find_one(text, prefer=prefer, data=options.data, net=net)) for use, text in options.passed]
    via = [stop(net, geo.Via(place, cast("Any", use)) if use else place, data=options.data) for use, place in stops]
    chosen = route_options(options, net)
    if options.alternatives > 1:
        trips = geo.routes(net, origin, destination, chosen, k=options.alternatives, via=via)
    else:
        trips = (geo.route(net, origin, destination, chosen, via=via),)
    published = layers.published_lengths(data=options.data)
    shut = geo.shut_shortcuts(net, origin, destination, chosen, via=via)
    notes = [
        *_ambiguity_note((*places, *(place for _, place in stops))),
        *([f"Closed on that day, otherwise shorter: {'; '.join(shut)}"] if shut else []),
    ]
    return [trip.with_published(published) for trip in trips], notes


def _ambiguity_note(places: tuple[Place, ...]) -> list[str]:
    """Note which of several places with the same name was chosen."""
    chosen = [f"{place.id} (not {', '.join(place.same_place)})" for place in places if place.same_place]
    return [f"Chosen by name: {'; '.join(dict.fromkeys(chosen))}"] if chosen else []


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
    """Make the legs features; with several routes, each has the number of its route."""
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
        raise argparse.ArgumentTypeError(f"expected a whole number of routes, at least 1, got {text!r}")
    return int(text)
