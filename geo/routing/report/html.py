"""HTML of a route for notebooks: a sketch of its line and a table of its legs."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from .text import hours_text

if TYPE_CHECKING:
    from geo.network.edge import Coordinates
    from geo.routing.leg import Leg
    from geo.routing.passage import Passage

_SIZE_PX = 200
_PAD_PX = 8
_HEAD = ("", "from", "to", "distance", "time", "carried by", "status", "sources")


def route_html(route: Passage) -> str:
    """Return the HTML of `Route._repr_html_`; every text from data is escaped."""
    title = f"{route.stops[0].name} → {route.stops[-1].name}: {route.distance}, about {hours_text(route.hours)}"
    head = "".join(f"<th>{word}</th>" for word in _HEAD)
    rows = "".join(_row(leg) for leg in route.legs)
    notes = [*map(str, route.borders), *map(str, route.labels), *route.warnings]
    listed = f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in notes)}</ul>" if notes else ""
    return (
        f"<div><strong>{escape(title)}</strong>{_sketch(route)}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{listed}</div>"
    )


def _row(leg: Leg) -> str:
    label = f"{leg.mode} {leg.line}".rstrip() if leg.transfer is None else leg.kind.replace("_", " ")
    carried = f"{leg.carrier} → {leg.to_carrier}" if leg.to_carrier not in {"", leg.carrier} else leg.carrier
    cells = (
        label,
        leg.from_name,
        leg.to_name,
        str(leg.distance) if leg.length_m else "",
        hours_text(leg.hours) if leg.hours else "",
        carried,
        leg.status.replace("_", " "),
        ", ".join(leg.sources),
    )
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _sketch(route: Passage) -> str:
    """Draw the line, with longitude narrowed to its scale at that latitude."""
    line = route.coordinates
    lons, lats = [lon for lon, _ in line], [lat for _, lat in line]
    west, north = min(lons), max(lats)
    narrow = math.cos(math.radians((min(lats) + north) / 2))
    span = max((max(lons) - west) * narrow, north - min(lats)) or 1.0
    scale = (_SIZE_PX - 2 * _PAD_PX) / span

    def points(part: Coordinates) -> str:
        return " ".join(
            f"{_PAD_PX + (lon - west) * narrow * scale:.1f},{_PAD_PX + (north - lat) * scale:.1f}" for lon, lat in part
        )

    lines = "".join(
        f'<polyline points="{points(leg.coordinates)}" fill="none" stroke="currentColor" stroke-width="2"{_dash(leg)}/>'
        for leg in route.legs
        if leg.length_m
    )
    box = f'width="{_SIZE_PX}" height="{_SIZE_PX}" viewBox="0 0 {_SIZE_PX} {_SIZE_PX}"'
    label = escape(f"{route.stops[0].name} to {route.stops[-1].name}")
    return f'<svg {box} role="img" aria-label="{label}">{lines}</svg>'


def _dash(leg: Leg) -> str:
    return ' stroke-dasharray="4 3"' if leg.mode in {"sea", "ferry", "connector"} else ""
