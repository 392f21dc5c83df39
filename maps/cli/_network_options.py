"""Options that all network commands share, and the network that they select."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, cast

from geo import COSTS, LOADS, MODES, RouteOptions

from .output import add_as_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo import Network

OPTIONS = """\
The network has railways, roads, sea routes between ports, and ferry lines. A wagon needs track of its own gauge. Changes of
bogies, transshipment and port handling are transfers, possible at certain places only, each with a dwell time in hours. --cost
sets the objective. Assumptions are marked in the result and documented in docs/network.md and docs/sensitivity.md.
"""


def add_network_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for the network, the load, and what a route may use."""
    parser.add_argument(
        "--network",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="use a network of your own, compiled by `tumen network compile`; places are LON,LAT, ids or names of its nodes",
    )
    parser.set_defaults(takes_network=True)
    parser.add_argument("--mode", metavar="LIST", help=f"modes, separated by commas: {', '.join(MODES)} (default: all)")
    parser.add_argument("--load", choices=LOADS, default="general", help="what is carried (default: general)")
    parser.add_argument(
        "--draught", type=float, metavar="M", help="draught of the ship in metres; shallower ports are closed to it"
    )
    parser.add_argument(
        "--gauge", type=int, metavar="MM", help="gauge of the first wagon in millimetres, such as 1520 (default: any)"
    )
    parser.add_argument(
        "--no-bogie-change", action="store_true", help="do not change bogies: a wagon stays on its gauge"
    )
    add_as_of(parser)
    parser.add_argument(
        "--include-planned", action="store_true", help="count planned lines and lines under construction as open"
    )
    parser.add_argument(
        "--avoid",
        action="append",
        default=[],
        metavar="WORD",
        help="do not use this: a country (CN), a place or its id, an edge or line, a mode, a kind of transfer (port_handling), "
        "or a status; may be repeated",
    )


def add_cost_option(parser: argparse.ArgumentParser) -> None:
    """Add the objective of the route."""
    parser.add_argument(
        "--cost",
        choices=COSTS,
        default=RouteOptions().cost,
        help="objective to minimise: metres, hours, or a generalized cost of distance, time and handling, in equivalent "
        "kilometres of railway (default: generalized)",
    )


def network(options: argparse.Namespace, modes: Iterable[str] | None = None, *, prepare: bool = False) -> Network:
    """Network of the day and the modes in the options, or of the given modes; or the user's own.

    With `prepare`, your own network is read in its contracted form if it has one, which pays for many routes.
    """
    import layers
    from layers.graph.network import MODES as DEFAULT

    if options.network:
        if options.as_of:
            raise layers.NetworkFileError(
                "your own network has no dates; omit --as-of (--include-planned counts planned edges as open)"
            )
        return layers.read_network(options.network, include_planned=options.include_planned, prepare=prepare)
    return layers.network(
        as_of=options.as_of,
        modes=cast("Any", tuple(modes or chosen_modes(options) or DEFAULT)),
        include_planned=options.include_planned,
        data=options.data,
    )


def chosen_modes(options: argparse.Namespace) -> tuple[str, ...] | None:
    """Modes that the options name; None for all."""
    if not options.mode:
        return None
    return _words([options.mode])


def route_options(options: argparse.Namespace, net: Network) -> RouteOptions:
    """Make the options of `geo.route`, `matrix` and `reachable`; a place to avoid may be a name or an id."""
    own_modes = chosen_modes(options) if net.table is not None else None  # our network holds only the chosen ones
    return RouteOptions(
        modes=own_modes,
        cost=getattr(options, "cost", RouteOptions().cost),
        gauge_mm=options.gauge,
        bogie_change=not options.no_bogie_change,
        avoid=tuple(_avoided(word, options, net) for word in _words(options.avoid)),
        load=options.load,
        draught_m=options.draught,
    )


def _avoided(word: str, options: argparse.Namespace, net: Network) -> str:
    """Id of the node that a word names, or the word itself, which the network knows or refuses."""
    import layers
    from geo import vocabulary
    from layers.graph.request import role

    if "/" in word or word in vocabulary(net):
        return word
    if net.table is not None:
        try:
            return layers.find_in(net, word, data=options.data).node_id or word
        except layers.PlaceError:
            return word
    try:
        place = layers.find(word, prefer=role(chosen_modes(options)), data=options.data)
    except layers.UnknownPlaceError:
        return word
    near = (place.id, *place.same_place)
    return next((node_id for node_id in near if node_id in net), word)


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for text in texts for word in (part.strip() for part in text.split(",")) if word)
