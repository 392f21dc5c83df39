"""``tumen sea-distance``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from .output import add_output, add_unit, to_json, write
from .place import add_places, given

if TYPE_CHECKING:
    from geo import SeaPath

DESCRIPTION = """\
Finds the shortest sea route around land between two places, with the straight distance and the detour factor.

An ambiguous name means the port. A place within 10 km of the sea is snapped to it by a straight connector, which counts in the
length. Depth, ice and closed waters are not considered; a ship's voyage can be longer. Beyond the chart (Singapore, Rotterdam,
LON,LAT …) the route follows a coarse world network of shipping lanes; the output states where the two are joined.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "sea-distance",
        help="shortest sea route between two places",
        description=DESCRIPTION,
        epilog="examples:\n  tumen sea-distance Rajin Busan --unit nmi\n"
        "  tumen sea-distance Rajin Singapore --offing 12 --offing-from KP",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_places(parser)
    add_unit(parser)
    add_sea_options(parser)
    add_output(parser, "text", "json", "geojson")
    parser.set_defaults(run=run)


def add_sea_options(parser: argparse.ArgumentParser) -> None:
    """Add options for what a sea route avoids."""
    parser.add_argument(
        "--offing",
        type=float,
        default=0.0,
        metavar="NMI",
        help="distance to keep from the coast of --offing-from, in nautical miles (default: 0)",
    )
    parser.add_argument("--offing-from", metavar="COUNTRY", help="country of that coast: KP, KR, CN or RU")
    parser.add_argument(
        "--avoid",
        action="append",
        default=[],
        metavar="PASSAGE",
        help="do not use this strait or canal: suez, panama …; may be repeated",
    )


def sea_options(options: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments for `layers.sea_path`."""
    return {"offing_nmi": options.offing, "offing_from": options.offing_from, "avoid": options.avoid}


def run(options: argparse.Namespace) -> int:
    """Print the sea route."""
    import layers

    path = layers.sea_path(
        *given(options.origin, options.destination, data=options.data),
        **sea_options(options),
        data=options.data,
    )
    kind = options.format
    content = {"json": path.to_dict, "geojson": path.to_geojson}
    write(_text(path, options) if kind == "text" else to_json(content[kind]()), options.output)
    return 0


def _text(path: SeaPath, options: argparse.Namespace) -> str:
    from geo import Distance, to_unit

    straight = Distance(path.straight_line_m, path.uncertainty_m).text(options.unit)
    if path.lane is not None:  # the uncertainty of lanes does not apply to it
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
    rough = "lanes are coarse: the uncertainty includes 8 % of their length"
    if path.join is None:
        return [f"  along lanes only, as both ends are beyond the chart; {rough}"]
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
