"""What all commands over the network share: their options, and the network that these ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from geo import MODES, UNITS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from geo import Network
    from layers import Place

DEFAULT_MODES = ("rail", "sea")
COSTS = ("distance", "time", "generalized")

OPTIONS = """\
The network has railways, ways by sea between ports and, with --mode, ferry lines and roads. A wagon runs on where its gauge is
laid; bogies are changed, goods reloaded, ships loaded where that can be done, and it takes its hours. What rests on an assumption
says so: docs/network.md.
"""


def add_network_options(parser: argparse.ArgumentParser) -> None:
    """Add what says which network is meant, and which ways in it."""
    modes = ",".join(DEFAULT_MODES)
    parser.add_argument("--mode", metavar="LIST", help=f"of {', '.join(MODES)}, between commas (default: {modes})")
    parser.add_argument("--gauge", type=int, metavar="MM", help="the first wagon has this gauge, such as 1520")
    parser.add_argument("--no-bogie-change", action="store_true", help="on rails the load keeps its gauge")
    parser.add_argument("--as-of", metavar="DATE", help="the network of that day, such as 2014-11-24 (default: newest)")
    parser.add_argument("--include-planned", action="store_true", help="what is planned or being built counts as open")
    parser.add_argument(
        "--avoid",
        action="append",
        default=[],
        metavar="WORD",
        help="a country (CN), a node, edge or line, a mode, a kind (port_handling), a status; as often as needed",
    )


def add_cost_option(parser: argparse.ArgumentParser, default: str = "generalized") -> None:
    """Add what is made small."""
    parser.add_argument(
        "--cost",
        choices=COSTS,
        default=default,
        help=f"what is made small: metres, hours, or both as kilometres of railway (default: {default})",
    )


def add_unit_option(parser: argparse.ArgumentParser) -> None:
    """Add the unit of the lengths."""
    parser.add_argument("--unit", choices=tuple(UNITS), metavar="UNIT", help=f"{', '.join(UNITS)} (default: m or km)")


def network(options: argparse.Namespace, modes: Iterable[str] | None = None) -> Network:
    """Network of the day and the modes that the options ask for, or of the modes given."""
    import layers

    return layers.network(
        as_of=options.as_of,
        modes=cast("Any", tuple(modes or chosen_modes(options))),
        include_planned=options.include_planned,
        data=options.data,
    )


def placed(net: Network, place: Place) -> Place:
    """Take a place that is no node of this network by its port or station of the same name, or else by its position."""
    if place.node_id is None or place.node_id in net:
        return place
    import layers

    same = next((other for other in place.same_place if other in net), None)
    return replace(place, node_id=None) if same is None else layers.find(same)


def chosen_modes(options: argparse.Namespace) -> tuple[str, ...]:
    """Modes asked for."""
    if not options.mode:
        return DEFAULT_MODES
    return tuple(word for word in (part.strip() for part in options.mode.split(",")) if word)


def search_options(options: argparse.Namespace) -> dict[str, Any]:
    """Give what `geo.route`, `matrix` and `reachable` take alike."""
    words = [word for text in options.avoid for word in (part.strip() for part in text.split(",")) if word]
    return {"gauge_mm": options.gauge, "bogie_change": not options.no_bogie_change, "avoid": words}
