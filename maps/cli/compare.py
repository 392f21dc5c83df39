"""``tumen compare``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from geo import MODES
from layers.graph.request import modes_of

from ._network_options import OPTIONS, add_cost_option, add_network_options, chosen_modes, network, route_options
from .output import add_output, add_unit, table, to_json, write
from .place import find_both

if TYPE_CHECKING:
    from geo import Route
    from layers import Place

DESCRIPTION = f"""\
Routes between two places side by side: by rail alone, by sea alone, by road alone, and by all of them together, with length,
detour factor (length by straight line), hours and changes of carrier. A ship is loaded and unloaded in every row. A mode by which
there is no route says why.

{OPTIONS}
FROM and TO are names in any script, ids or LON,LAT; one may be - for a GeoJSON Point on standard input. By sea a place is joined
to the nearest port by a straight connector, if that is not farther than 50 km.
"""
EPILOG = """\
examples:
  tumen compare Rajin Vladivostok
  tumen compare Khasan Busan --cost time --unit nmi
  tumen compare Khasan Pohang --as-of 2014-11-24 --format json
"""
TOGETHER = "multimodal"
ALONE: tuple[str, ...] = ("rail", "sea", "road")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "compare",
        help="rail, sea, road and all together, side by side",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("origin", metavar="FROM")
    parser.add_argument("destination", metavar="TO")
    add_network_options(parser)
    add_cost_option(parser)
    add_unit(parser)
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    origin, destination = find_both(options.origin, options.destination, data=options.data)
    asked = chosen_modes(options) or ALONE
    together = chosen_modes(options) or MODES
    ways: dict[str, Route | str] = {mode: _way(options, origin, destination, (mode,)) for mode in asked}
    ways[TOGETHER] = _way(options, origin, destination, together)
    text = (
        _json(origin, destination, ways, options.load)
        if options.format == "json"
        else _text(origin, destination, ways, options.unit)
    )
    write(text, options.output)
    return int(all(isinstance(way, str) for way in ways.values()))


def _way(options: argparse.Namespace, origin: Place, destination: Place, modes: tuple[str, ...]) -> Route | str:
    """Route by some modes, or why there is none."""
    import geo
    import layers

    net = network(options, modes)
    if not len(net):
        return f"the data has no way by {' or '.join(modes)} on that day"
    start, end = (layers.locate(net, place, data=options.data) for place in (origin, destination))
    try:
        return geo.route(net, start, end, route_options(options, net))
    except (geo.NoRouteError, geo.UnknownNodeError, geo.InvalidGeometryError) as error:
        return str(error)
    except geo.InvalidOptionError as error:
        if options.avoid and len(modes) == 1:  # what is to be avoided may have no part in this mode
            return str(error)
        raise


def _json(origin: Place, destination: Place, ways: dict[str, Route | str], load: str) -> str:
    from geo import separation

    apart = separation(origin, destination)
    head = {"from_id": origin.id, "to_id": destination.id, "load": load, "straight_line_m": round(apart.metres, 3)}
    return to_json(head | {"ways": {mode: _as_dict(way) for mode, way in ways.items()}})


def _as_dict(way: Route | str) -> dict[str, Any]:
    if isinstance(way, str):
        return {"reason": way}
    factor = way.detour_factor
    return {
        "length_m": round(way.length_m, 3),
        "uncertainty_m": round(way.uncertainty_m, 3),
        "detour_factor": factor and round(factor, 4),
        "hours": round(way.hours, 3),
        "cost": round(way.cost, 3),
        "transfers": [
            {"kind": leg.kind, "at_id": leg.transfer.node_id or leg.transfer.edge_id, "hours": leg.hours}
            for leg in way.legs
            if leg.transfer is not None
        ],
        "modes": modes_of(way),
    }


def _text(origin: Place, destination: Place, ways: dict[str, Route | str], unit: str | None) -> str:
    from geo import separation

    rows = [_row(mode, way, unit) for mode, way in ways.items() if not isinstance(way, str)]
    lines = [f"{origin.name} → {destination.name}, {separation(origin, destination).text(unit)} in a straight line"]
    if rows:
        lines.append(table(["", "length", "detour", "hours", "transfers", "by"], rows, right=frozenset({2, 3})))
    lines += [f"{mode}: {way}" for mode, way in ways.items() if isinstance(way, str)]
    return "\n".join(lines)


def _row(mode: str, way: Route, unit: str | None) -> list[str]:
    factor = "-" if way.detour_factor is None else f"{way.detour_factor:.2f}"
    changes = ", ".join(_transfer(leg.kind, leg.hours) for leg in way.legs if leg.transfer is not None) or "none"
    return [mode, way.distance.text(unit), factor, f"{way.hours:.1f}", changes, " · ".join(modes_of(way))]


def _transfer(kind: str, hours: float) -> str:
    return f"{kind.replace('_', ' ')} {hours:g} h"
