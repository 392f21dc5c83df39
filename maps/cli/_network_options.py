"""What all commands over the network share: their options, and the network that these ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from geo import COSTS, LOADS, MODES, RouteOptions

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from geo import Network

OPTIONS = """\
The network has railways, roads, sea routes between ports, and ferry lines. A wagon runs on where its gauge is laid; bogies are
changed, goods reloaded, ships loaded where that can be done, and it takes its hours. The best route is the cheapest one in
kilometres of railway, unless --cost says otherwise. What rests on an assumption says so: docs/network.md, docs/sensitivity.md.
"""


def add_network_options(parser: argparse.ArgumentParser) -> None:
    """Add what says which network is meant, what is carried, and what may be used."""
    parser.add_argument("--mode", metavar="LIST", help=f"of {', '.join(MODES)}, between commas (default: all)")
    parser.add_argument("--load", choices=LOADS, default="general", help="what is carried (default: general)")
    parser.add_argument("--draught", type=float, metavar="M", help="of the ship, metres: shallower ports are closed")
    parser.add_argument("--gauge", type=int, metavar="MM", help="the first wagon has this gauge, such as 1520")
    parser.add_argument("--no-bogie-change", action="store_true", help="on rails the load keeps its gauge")
    parser.add_argument("--as-of", metavar="DATE", help="the network of that day, such as 2014-11-24 (default: newest)")
    parser.add_argument("--include-planned", action="store_true", help="what is planned or being built counts as open")
    parser.add_argument(
        "--avoid",
        action="append",
        default=[],
        metavar="WORD",
        help="a country (CN), a place or its id, an edge or line, a mode, a kind (port_handling), a status; as often as needed",
    )


def add_cost_option(parser: argparse.ArgumentParser) -> None:
    """Add the objective."""
    parser.add_argument(
        "--cost",
        choices=COSTS,
        default=RouteOptions().cost,
        help="the objective: metres, hours, or the cost of both and of handling in kilometres of railway (default)",
    )


def network(options: argparse.Namespace, modes: Iterable[str] | None = None) -> Network:
    """Network of the day and the modes that the options ask for, or of the modes given."""
    import layers
    from layers.graph.network import MODES as DEFAULT

    return layers.network(
        as_of=options.as_of,
        modes=cast("Any", tuple(modes or chosen_modes(options) or DEFAULT)),
        include_planned=options.include_planned,
        data=options.data,
    )


def chosen_modes(options: argparse.Namespace) -> tuple[str, ...] | None:
    """Modes asked for; None for all."""
    if not options.mode:
        return None
    return _words([options.mode])


def route_options(options: argparse.Namespace, net: Network) -> RouteOptions:
    """Give what `geo.route`, `matrix` and `reachable` take alike; a place to avoid may be named as any other."""
    return RouteOptions(
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
    try:
        place = layers.find(word, prefer=role(chosen_modes(options)), data=options.data)
    except layers.UnknownPlaceError:
        return word
    near = (place.id, *place.same_place)
    return next((one for one in near if one in net), word)


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for text in texts for word in (part.strip() for part in text.split(",")) if word)
