"""The plain text of a route."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.quantity import Distance
from geo.routing.leg import Leg, PublishedLength, gauge_text

if TYPE_CHECKING:
    from geo.routing.passage import Passage

_WHOLE = 10.0  # hours: more are written without tenths
_DAYS = 72.0
_AGREE_M = 50.0  # figures are published to a tenth of a kilometre: half of that


def explain_route(route: Passage) -> str:
    """Return the lines of `Route.explain`."""
    lines = [_header(route), *(_leg_line(number, leg) for number, leg in enumerate(route.legs, 1))]
    if route.borders:
        lines += ["", "Borders", *(f"  {border}" for border in route.borders)]
    if route.gauge_breaks:
        lines += ["", "Breaks of gauge", *(f"  {gauge_break}" for gauge_break in route.gauge_breaks)]
    if route.labels:
        lines += ["", "Rules of law", *(f"  {label}" for label in route.labels)]
    lines += _published_lines(route)
    if route.warnings:
        lines += ["", "Warnings", *(f"  {warning}" for warning in route.warnings)]
    return "\n".join(lines)


def _header(route: Passage) -> str:
    ends = math.hypot(route.origin_accuracy_m, route.destination_accuracy_m)
    straight = Distance(route.straight_line_m, ends)
    detour = route.detour_factor
    factor = f", detour factor {detour:.2f}" if detour is not None else ""
    return (
        f"{route.stops[0].name} → {route.stops[-1].name}: {route.distance} along the network, "
        f"{straight} in a straight line{factor}, about {hours_text(route.hours)}"
    )


def _leg_line(number: int, leg: Leg) -> str:
    if leg.transfer is not None:
        status = f", {leg.status.replace('_', ' ')}" if leg.status != "operating" else ""
        return f"  {number}. transfer at {leg.from_name}: {leg.transfer}{status}"
    kind = f"{leg.mode} {leg.line}".rstrip()
    parts = [f"{kind}: {leg.from_name} → {leg.to_name}", str(leg.distance) if leg.length_m else "no distance"]
    if leg.chainage_m is not None:
        parts.append(f"published chainage {_km(leg.chainage_m)}")
    if leg.geometry_m is not None and round(leg.geometry_m) != round(leg.length_m):
        parts.append(f"drawn {_km(leg.geometry_m)}")
    parts += [gauge_text(leg.gauges_mm)] if leg.gauges_mm else []
    parts += [leg.status.replace("_", " ")] if leg.status != "operating" else []
    sources = f" [{', '.join(leg.sources)}]" if leg.sources else ""
    return f"  {number}. {', '.join(parts)}{sources}"


def disagreements(route: Passage) -> tuple[str, ...]:
    """Return the text of `Route.disagreements`."""
    names = {stop.node_id: stop.name for stop in route.stops}
    differences = []
    for group in _groups(route):
        if not _agree(route, group):
            low, high = (round(pick(length.length_m for length in group) / 1000) for pick in (min, max))
            bounds = f"{low}" if low == high else f"{low}–{high}"
            differences.append(f"{names[group[0].from_id]}–{names[group[0].to_id]} ({bounds} km)")
    return tuple(differences)


def _groups(route: Passage) -> list[list[PublishedLength]]:
    """Group published lengths by the places that they lie between."""
    groups: dict[tuple[str, str], list[PublishedLength]] = {}
    for length in route.published:
        low, high = sorted((length.from_id, length.to_id))
        groups.setdefault((low, high), []).append(length)
    return list(groups.values())


def _published_lines(route: Passage) -> list[str]:
    agreeing: list[str] = []
    disagreeing: list[str] = []
    for group in _groups(route):
        section = agreeing if _agree(route, group) else disagreeing
        section += _group_lines(route, group)
    lines = ["", "Published figures that disagree", *disagreeing] if disagreeing else []
    return lines + (["", "Published figures that agree", *agreeing] if agreeing else [])


def _agree(route: Passage, group: list[PublishedLength]) -> bool:
    lengths = [length.length_m for length in group]
    ours = route.between(group[0].from_id, group[0].to_id)
    reach = max(ours.uncertainty_m, _AGREE_M)
    return max(lengths) - min(lengths) <= _AGREE_M and all(abs(length - ours.metres) <= reach for length in lengths)


def _group_lines(route: Passage, group: list[PublishedLength]) -> list[str]:
    first = group[0]
    names = {stop.node_id: stop.name for stop in route.stops}
    ours = route.between(first.from_id, first.to_id)
    lines = [f"  {names[first.from_id]} - {names[first.to_id]}: measured here {ours}"]
    for length in group:
        title = f" {length.source_title}" if length.source_title else ""
        used = " (used)" if length.used else ""
        note = f": {length.note}" if length.note else ""
        lines.append(f"    {_km(length.length_m)}{used} [{length.source}]{title}{note}")
    return lines


def hours_text(hours: float) -> str:
    """Return hours as one says them.

    Examples
    --------
    >>> hours_text(0.04), hours_text(4.25), hours_text(30.4), hours_text(80)
    ('2 min', '4.2 h', '30 h', '3.3 days')
    """
    if hours < 1:
        return f"{hours * 60:.0f} min"
    if hours >= _DAYS:
        return f"{hours / 24:.1f} days"
    return f"{hours:.0f} h" if hours >= _WHOLE else f"{hours:.1f} h"


def _km(metres: float) -> str:
    return f"{f'{metres / 1000:.3f}'.rstrip('0').rstrip('.')} km"
