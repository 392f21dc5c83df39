"""``tumen compare``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from geo import MODES
from layers.graph.request import modes_of

from ._network_options import OPTIONS, add_cost_option, add_network_options, chosen_modes, network, route_options
from .output import add_output, add_unit, table, to_json, write
from .place import add_places, find_both

if TYPE_CHECKING:
    from geo import Route
    from layers import Place

DESCRIPTION = f"""\
Compares the best routes between two places: by rail, by sea, by road, and by all modes together, each with length, detour factor
(length over straight line), hours and transfers. Loading and unloading a ship is included. Where there is no route, the reason is
given.

{OPTIONS}
For a sea route a place is snapped to the nearest port, up to 50 km away, by a straight connector.
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
        help="compare the best routes by rail, sea, road and all modes",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_places(parser)
    add_network_options(parser)
    add_cost_option(parser)
    add_unit(parser)
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the comparison."""
    origin, destination = find_both(options.origin, options.destination, data=options.data)
    separate = chosen_modes(options) or ALONE
    together = chosen_modes(options) or MODES
    routes: dict[str, Route | str] = {mode: _find_route(options, origin, destination, (mode,)) for mode in separate}
    routes[TOGETHER] = _find_route(options, origin, destination, together)
    text = (
        _json(origin, destination, routes, options.load)
        if options.format == "json"
        else _text(origin, destination, routes, options.unit)
    )
    write(text, options.output)
    return int(all(isinstance(route, str) for route in routes.values()))


def _find_route(options: argparse.Namespace, origin: Place, destination: Place, modes: tuple[str, ...]) -> Route | str:
    """Find the route by some modes, or the reason why there is none."""
    import geo
    import layers

    net = network(options, modes)
    if not len(net):
        return f"the data has no {' or '.join(modes)} section open on that day"
    start, end = (layers.locate(net, place, data=options.data) for place in (origin, destination))
    try:
        return geo.route(net, start, end, route_options(options, net))
    except (geo.NoRouteError, geo.UnknownNodeError, geo.InvalidGeometryError) as error:
        return str(error)
    except geo.InvalidOptionError as error:
        if options.avoid and len(modes) == 1:  # what --avoid names may not exist in this mode
            return str(error)
        raise


def _json(origin: Place, destination: Place, routes: dict[str, Route | str], load: str) -> str:
    from geo import separation

    apart = separation(origin, destination)
    head = {"from_id": origin.id, "to_id": destination.id, "load": load, "straight_line_m": round(apart.metres, 3)}
    return to_json(head | {"routes": {mode: _as_dict(route) for mode, route in routes.items()}})


def _as_dict(route: Route | str) -> dict[str, Any]:
    if isinstance(route, str):
        return {"reason": route}
    factor = route.detour_factor
    return {
        "length_m": round(route.length_m, 3),
        "uncertainty_m": round(route.uncertainty_m, 3),
        "detour_factor": factor and round(factor, 4),
        "hours": round(route.hours, 3),
        "cost": round(route.cost, 3),
        "transfers": [
            {"kind": leg.kind, "at_id": leg.transfer.node_id or leg.transfer.edge_id, "hours": leg.hours}
            for leg in route.legs
            if leg.transfer is not None
        ],
        "modes": modes_of(route),
    }


def _text(origin: Place, destination: Place, routes: dict[str, Route | str], unit: str | None) -> str:
    from geo import separation

    rows = [_row(mode, route, unit) for mode, route in routes.items() if not isinstance(route, str)]
    lines = [f"{origin.name} → {destination.name}, {separation(origin, destination).text(unit)} in a straight line"]
    if rows:
        lines.append(table(["", "length", "detour", "hours", "transfers", "by"], rows, right=frozenset({2, 3})))
    lines += [f"{mode}: {route}" for mode, route in routes.items() if isinstance(route, str)]
    return "\n".join(lines)


def _row(mode: str, route: Route, unit: str | None) -> list[str]:
    factor = "-" if route.detour_factor is None else f"{route.detour_factor:.2f}"
    changes = ", ".join(_transfer(leg.kind, leg.hours) for leg in route.legs if leg.transfer is not None) or "none"
    return [mode, route.distance.text(unit), factor, f"{route.hours:.1f}", changes, " · ".join(modes_of(route))]


def _transfer(kind: str, hours: float) -> str:
    return f"{kind.replace('_', ' ')} {hours:g} h"
