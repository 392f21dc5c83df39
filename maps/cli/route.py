"""``tumen route``."""

from __future__ import annotations

import argparse

from .output import to_json, write
from .place import find_both

DESCRIPTION = """\
The shortest way over the railways between two places: leg by leg with gauge, length ± uncertainty and published chainage,
and the published figures that disagree.

FROM and TO are names in any script, ids or LON,LAT; one may be - for a GeoJSON Point on standard input. A place off the
railways is joined by a straight connector, which counts.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "route",
        help="the way over the railways between two places",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("origin", metavar="FROM")
    parser.add_argument("destination", metavar="TO")
    parser.add_argument("--as-of", metavar="DATE", help="the network of that day, such as 2014-11-24 (default: newest)")
    parser.add_argument("--gauge", type=int, metavar="MM", help="only track of this gauge, such as 1520")
    parser.add_argument("--format", choices=("text", "json", "geojson"), default="text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the route."""
    import geo
    import layers

    net = layers.network(as_of=options.as_of, data=options.data)
    origin, destination = find_both(options.origin, options.destination, data=options.data)
    trip = geo.route(net, origin, destination, gauge_mm=options.gauge, bogie_change=options.gauge is None)
    trip = trip.with_published(layers.published_lengths(data=options.data))
    content = {"json": trip.to_dict, "geojson": trip.to_geojson}
    write(trip.explain() if options.format == "text" else to_json(content[options.format]()), options.output)
    return 0
