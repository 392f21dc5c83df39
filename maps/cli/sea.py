"""``tumen sea-distance``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import to_json, write
from .place import find_both

if TYPE_CHECKING:
    from geo import SeaPath

DESCRIPTION = """\
The shortest way by sea around land between two places, with the straight line and the detour factor.

FROM and TO are names in any script, ids (port/rajin) or LON,LAT; of a name that a station and a port share, the port is meant.
One may be - for a GeoJSON Point on standard input. A place within 10 km of the sea is joined to it by a straight connector, which
counts. Depth, ice, lanes and closed waters are not known, so ships may go farther.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "sea-distance",
        help="how far it is by sea between two places",
        description=DESCRIPTION,
        epilog="example:\n  tumen sea-distance Rajin Busan --unit nmi",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("origin", metavar="FROM")
    parser.add_argument("destination", metavar="TO")
    parser.add_argument("--unit", default=None, metavar="UNIT", help="m, km, mi, nmi or verst (default: m or km)")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    parser.add_argument("--format", choices=("text", "json", "geojson"), default="text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the way by sea."""
    import layers

    path = layers.sea_path(*find_both(options.origin, options.destination, data=options.data))
    kind = "json" if options.json else options.format
    content = {"json": path.to_dict, "geojson": path.to_geojson}
    write(_text(path, options.unit) if kind == "text" else to_json(content[kind]()), options.output)
    return 0


def _text(path: SeaPath, unit: str | None) -> str:
    from geo import Distance

    straight = Distance(path.straight_line_m, path.uncertainty_m).text(unit)
    factor = "" if path.detour_factor is None else f", detour factor {path.detour_factor:.2f}"
    lines = [
        f"{path.from_name} → {path.to_name}",
        f"{path.distance.text(unit)} by sea, {straight} in a straight line{factor}",
    ]
    for metres, name in (
        (path.origin_connector_m, path.from_name),
        (path.destination_connector_m, path.to_name),
    ):
        if metres:
            lines.append(f"  of that {metres / 1000:.1f} km from {name} straight to the water")
    return "\n".join(lines)
