"""``tumen route``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, cast

from ._network_options import (
    OPTIONS,
    add_cost_option,
    add_network_options,
    add_unit_option,
    network,
    placed,
    search_options,
)
from .output import to_json, write
from .place import find_both, find_one

if TYPE_CHECKING:
    from geo import Route

DESCRIPTION = f"""\
The best way between two places: leg by leg with gauge, length ± uncertainty, hours, published chainage, changes of carrier,
borders, sanctions and permissions of the day, and the published figures that disagree.

{OPTIONS}
FROM and TO are names in any script, ids or LON,LAT; one may be - for a GeoJSON Point on standard input. A place off the network
is joined by a straight connector, which counts.
"""
EPILOG = """\
examples:
  tumen route Khasan Rajin                                        over four rails since 2013
  tumen route Khasan Rajin --as-of 2008                           bogies are changed at Tumangang
  tumen route Khasan Pohang --as-of 2014-11-24                    the first coal trial, with what allowed it
  tumen route Ussuriysk port/rajin --gauge 1520 --no-bogie-change one wagon all the way
  tumen route Vladivostok Busan --cost time --alternatives 3      three ways, by hours
  tumen route Khasan Chongjin --via Rajin --unit mi --format json
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "route",
        help="the way over railways, sea and roads between two places",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("origin", metavar="FROM")
    parser.add_argument("destination", metavar="TO")
    parser.add_argument("--via", action="append", default=[], metavar="PLACE", help="pass here; as often as needed")
    add_network_options(parser)
    add_cost_option(parser)
    parser.add_argument("--alternatives", type=_count, default=1, metavar="K", help="up to K ways that differ")
    add_unit_option(parser)
    parser.add_argument("--format", choices=("text", "json", "geojson"), default="text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the route, or several."""
    trips = _trips(options)
    if options.format == "text":
        parts = [_text(trip, options.unit) for trip in trips]
        heads = [f"way {number} of {len(parts)}\n" if len(parts) > 1 else "" for number in range(1, len(parts) + 1)]
        write("\n\n".join(head + part for head, part in zip(heads, parts, strict=True)), options.output)
    else:
        write(to_json((_json if options.format == "json" else _geojson)(trips)), options.output)
    return 0


def _trips(options: argparse.Namespace) -> list[Route]:
    import geo
    import layers

    net = network(options)
    places = find_both(options.origin, options.destination, data=options.data)
    origin, destination = (placed(net, place) for place in places)
    via = [placed(net, find_one(text, data=options.data)) for text in options.via]
    asked = search_options(options) | {"cost": options.cost, "via": via}
    if options.alternatives > 1:
        found = geo.routes(net, origin, destination, k=options.alternatives, **asked)
    else:
        found = (geo.route(net, origin, destination, **asked),)
    published = layers.published_lengths(data=options.data)
    return [trip.with_published(published) for trip in found]


def _text(trip: Route, unit: str | None) -> str:
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


def _json(trips: list[Route]) -> dict[str, object]:
    return trips[0].to_dict() if len(trips) == 1 else {"routes": [trip.to_dict() for trip in trips]}


def _geojson(trips: list[Route]) -> dict[str, object]:
    """Legs as features; of several ways each says to which it belongs."""
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
        raise argparse.ArgumentTypeError(f"expected a whole number of ways from 1 on, got {text!r}")
    return int(text)
