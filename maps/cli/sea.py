"""``tumen sea-distance``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_output, add_unit, to_json, write
from .place import given

if TYPE_CHECKING:
    from geo import SeaPath

DESCRIPTION = """\
The shortest sea route around land between two places, with the straight line and the detour factor.

FROM and TO are names in any script, ids (port/rajin) or LON,LAT; of a name that leads to several things, the port is meant.
One may be - for a GeoJSON Point on standard input.

A place within 10 km of the sea is joined to it by a straight connector, which counts. Depth, ice and closed waters are not
known, so ships may go farther. To a place off the map (Singapore, Rotterdam, LON,LAT …) the way goes on along a world graph of
lanes, which is rough: the text tells where both are joined.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "sea-distance",
        help="how far it is by sea between two places",
        description=DESCRIPTION,
        epilog="example:\n  tumen sea-distance Rajin Busan --unit nmi\n"
        "  tumen sea-distance Rajin Singapore --offing 12 --offing-from KP",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("origin", metavar="FROM")
    parser.add_argument("destination", metavar="TO")
    add_unit(parser)
    parser.add_argument(
        "--offing", type=float, default=0.0, metavar="NMI", help="keep so many nautical miles off a coast"
    )
    parser.add_argument("--offing-from", metavar="COUNTRY", help="that of this country: KP, KR, CN or RU")
    parser.add_argument(
        "--avoid", action="append", default=[], metavar="PASSAGE", help="a strait or canal: suez, panama …"
    )
    add_output(parser, "text", "json", "geojson")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the sea route."""
    import layers

    path = layers.sea_path(
        *given(options.origin, options.destination, data=options.data),
        offing_nmi=options.offing,
        offing_from=options.offing_from,
        avoid=options.avoid,
        data=options.data,
    )
    kind = options.format
    content = {"json": path.to_dict, "geojson": path.to_geojson}
    write(_text(path, options) if kind == "text" else to_json(content[kind]()), options.output)
    return 0


def _text(path: SeaPath, options: argparse.Namespace) -> str:
    from geo import Distance, to_unit

    straight = Distance(path.straight_line_m, path.uncertainty_m).text(options.unit)
    if path.lane is not None:  # what lanes are off by does not touch it
        straight = f"{to_unit(path.straight_line_m, options.unit or 'km'):.0f} {options.unit or 'km'}"
    factor = "" if path.detour_factor is None else f", detour factor {path.detour_factor:.2f}"
    lines = [
        f"{_end(path.from_name, path.from_id)} → {_end(path.to_name, path.to_id)}",
        f"{path.distance.text(options.unit)} by sea, {straight} in a straight line{factor}",
        *_connector_lines(path),
        *_lane_lines(path, options.unit),
        *_offing_lines(path, options.offing_from),
    ]
    return "\n".join(lines)


def _end(name: str, place_id: str | None) -> str:
    return f"{name} ({place_id})" if place_id and place_id != name else name


def _connector_lines(path: SeaPath) -> list[str]:
    ends = ((path.origin_connector_m, path.from_name), (path.destination_connector_m, path.to_name))
    return [f"  of that {metres / 1000:.1f} km from {name} straight to the water" for metres, name in ends if metres]


def _lane_lines(path: SeaPath, unit: str | None) -> list[str]:
    from geo import to_unit

    if path.lane is None:
        return []
    rough = "lanes are drawn roughly: 8 % of their length stands in the uncertainty"
    if path.join is None:
        return [f"  all of it along lanes, both ends lie off the map; {rough}"]
    unit = unit or "km"
    sea, lane = (f"{to_unit(metres, unit):.0f} {unit}" for metres in (path.join.sea_m, path.join.lane_m))
    at = path.join.lonlat
    return [f"  {sea} around the land, joined at {at.lon:.2f},{at.lat:.2f} with {lane} along lanes", f"  {rough}"]


def _offing_lines(path: SeaPath, country: str | None) -> list[str]:
    from geo import to_unit

    if not path.offing_m:
        return []
    near = [f"within {to_unit(metres, 'nmi'):.1f} nmi of {name}" for name, metres in path.approaches]
    but = f", but not {' and '.join(near)}" if near else ""
    return [f"  keeps {to_unit(path.offing_m, 'nmi'):g} nmi off the coast of {(country or '').upper()}{but}"]
