"""Checks over the network of railways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import Network, NoRouteError, route
from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed, on

if TYPE_CHECKING:
    from geo import Route
    from layers.factcheck.evidence import Case


@kind
def way(
    case: Case, *, origin: str, destination: str, through: list[str] | None = None, all_open: bool = False
) -> Finding:
    """Test whether trains could run between two stations on the day, or with every line taken as open, and past which ones."""
    network = case.evidence.network(case.as_of)
    if all_open:
        network = Network(network.nodes, [*network.edges, *network.withheld])
    trip = _trip(network, origin, destination)
    names = _names(case, origin, destination)
    lines = "with every line taken as open" if all_open else on(case.as_of)
    if trip is None:
        return Finding("contradicted", f"No way by rail from {names} {lines}.", features=(origin, destination))
    passed = {node for leg in trip.legs for node in (leg.from_node, leg.to_node)}
    missed = [node for node in through or () if node not in passed]
    passing = listed(map(case.evidence.name, missed or through or ()))
    past = f", {'not ' if missed else ''}past {passing}" if passing else ""
    return Finding(
        "contradicted" if missed else "confirmed",
        f"The shortest way by rail from {names} {lines} is {trip.distance.text('km')}{past}.",
        values={"length_m": round(trip.length_m), "uncertainty_m": round(trip.uncertainty_m)},
        features=(origin, *(through or ()), destination),
        sources=tuple(dict.fromkeys(source for leg in trip.legs for source in leg.sources)),
    )


@kind
def missing_link(case: Case, *, origin: str, destination: str) -> Finding:
    """Test whether a relinking would open a way: none on the day, one with every line taken as open."""
    network = case.evidence.network(case.as_of)
    today = _trip(network, origin, destination)
    opened = _trip(Network(network.nodes, [*network.edges, *network.withheld]), origin, destination)
    if today is not None or opened is None:
        found = f"{today.distance.text('km')} already" if today else "not even then"
        return Finding(
            "contradicted",
            f"From {_names(case, origin, destination)} {on(case.as_of)}: {found}.",
            features=(origin, destination),
        )
    closed = [leg for leg in opened.legs if leg.status != "operating"]
    return Finding(
        "confirmed",
        f"No way by rail led from {_names(case, origin, destination)} {on(case.as_of)}; relinked at "
        f"{listed(f'{leg.from_name}–{leg.to_name}' for leg in closed)} it would be {opened.distance.text('km')}.",
        values={"length_m": round(opened.length_m), "uncertainty_m": round(opened.uncertainty_m)},
        features=(origin, destination),
        sources=tuple(dict.fromkeys(source for leg in closed for source in leg.sources)),
    )


def _names(case: Case, origin: str, destination: str) -> str:
    return f"{case.evidence.name(origin)} to {case.evidence.name(destination)}"


def _trip(network: Network, origin: str, destination: str) -> Route | None:
    try:
        return route(network, origin, destination, modes=["rail"], cost="distance")
    except NoRouteError:
        return None
