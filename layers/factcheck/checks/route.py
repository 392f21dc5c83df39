"""Checks over the network of railways and roads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import NoRouteError, route
from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed, on

if TYPE_CHECKING:
    from geo import Network, Route
    from layers.factcheck.evidence import Case


@kind
def way(case: Case, *, origin: str, destination: str, through: list[str] | None = None, mode: str = "rail") -> Finding:
    """Test whether traffic could run by rail or road between two places on the day, and past which ones."""
    network = case.evidence.network(case.as_of) if mode == "rail" else case.evidence.roads(case.as_of)
    trip = _trip(network, origin, destination, mode)
    names = _names(case, origin, destination)
    lines = on(case.as_of)
    if trip is None:
        return Finding("contradicted", f"No way by {mode} from {names} {lines}.", features=(origin, destination))
    passed = {node for leg in trip.legs for node in (leg.from_node, leg.to_node)}
    missed = [node for node in through or () if node not in passed]
    passing = listed(map(case.evidence.name, missed or through or ()))
    past = f", {'not ' if missed else ''}past {passing}" if passing else ""
    return Finding(
        "contradicted" if missed else "confirmed",
        f"The shortest way by {mode} from {names} {lines} is {trip.distance.text('km')}{past}.",
        values={"length_m": round(trip.length_m), "uncertainty_m": round(trip.uncertainty_m)},
        features=(origin, *(through or ()), destination),
        sources=tuple(dict.fromkeys(source for leg in trip.legs for source in leg.sources)),
    )


def _names(case: Case, origin: str, destination: str) -> str:
    return f"{case.evidence.name(origin)} to {case.evidence.name(destination)}"


def _trip(network: Network, origin: str, destination: str, mode: str) -> Route | None:
    try:
        return route(network, origin, destination, modes=[mode], cost="distance")
    except NoRouteError:
        return None
