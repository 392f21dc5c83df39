"""Summary of a route: a headline, a table of its parts, and the most important notes."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from geo.quantity import Distance
from geo.routing.leg import gauge_text

from .text import disagreements, hours_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.routing.leg import Leg
    from geo.routing.passage import Passage

WIDTH: Final = 100  # columns of the text, header and notes included
COLUMNS: Final = ("", "from → to", "", "hours", "gauge or carrier")
MOST_NOTES: Final = 5
_STANDING: Final = 0.1  # share of the hours: shorter dwell times are not in the headline
_KINDS: Final = {"port_handling": "port", "border_crossing": "border", "bogie_change": "bogies"}


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A part of a route: legs by one mode and carrier, or a transfer.

    Parameters
    ----------
    mode
        A mode, ``"connector"``, or the kind of a transfer in a word.
    where
        From → to, or where the transfer is.
    length
        Length ± uncertainty without the unit; empty for a transfer.
    hours
        Hours as one says them.
    carrier
        Gauge or line of a leg, carriers of a transfer.
    """

    mode: str
    where: str
    length: str
    hours: str
    carrier: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in the order of the columns."""
        return self.mode, self.where, self.length, self.hours, self.carrier


@dataclass(frozen=True, slots=True)
class RouteSummary:
    """A route in brief; `Route.summary` makes it.

    Parameters
    ----------
    headline
        One line.
    unit
        Unit of the lengths.
    rows
        Its parts in order of travel.
    notes
        At most five of what matters.
    """

    headline: str
    unit: str
    rows: tuple[SummaryRow, ...]
    notes: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Titles of the columns."""
        return (*COLUMNS[:2], self.unit, *COLUMNS[3:])

    def text(self) -> str:
        """Return it as plain text of at most 100 columns, no line break at the end."""
        cells = [self.columns, *(row.cells for row in self.rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(len(self.columns))]
        widths[1] = min(widths[1], max(WIDTH - sum(widths) + widths[1] - 2 * (len(widths) - 1) - 2, 20))
        widths[4] = max(WIDTH - sum(widths[:4]) - 2 * (len(widths) - 1) - 2, 4)
        headline, notes = _wrapped([self.headline]), _wrapped(self.notes)
        lines = [*headline, "", *(_line(row, widths) for row in cells)]
        return "\n".join([*lines, *([""] if notes else []), *notes])


def _wrapped(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in textwrap.wrap(text, WIDTH, subsequent_indent="  ")]


def summarise(route: Passage, unit: str | None, notes: Iterable[str]) -> RouteSummary:
    """Return the summary of a route; notes given come before its own."""
    unit = unit or "km"
    shown = [*notes, *_notes(route)][:MOST_NOTES]
    return RouteSummary(_headline(route, unit), unit, tuple(_rows(route, unit)), tuple(shown))


def _headline(route: Passage, unit: str) -> str:
    standing = math.fsum(leg.hours for leg in route.legs if leg.mode == "transfer")
    load = "" if route.load == "general" else f" ({route.load})"
    dwell = f" ({hours_text(standing)} at transfers)" if standing > route.hours * _STANDING else ""
    straight = Distance(route.straight_line_m).to(unit)
    tail = (
        f"{load}: {route.distance.text(unit)}, about {hours_text(route.hours)}{dwell}; {straight:,.0f} {unit} straight"
    )
    return f"{route.stops[0].name} → {route.stops[-1].name}{tail}"


def _rows(route: Passage, unit: str) -> list[SummaryRow]:
    rows: list[SummaryRow] = []
    for kind, group in groupby(_folded(route.legs), key=_sort):
        legs = list(group)
        if kind[0] == "transfer":
            rows += [_transfer_row(leg, near, unit) for leg, near in legs]
        else:
            rows.append(_way_row([leg for leg, _ in legs], unit))
    return rows


def _folded(legs: Sequence[Leg]) -> list[tuple[Leg, Leg | None]]:
    """Return each leg, a transfer with a leg beside it whose length is not distinct from 0; that leg is left out."""
    short = {place for place, leg in enumerate(legs) if leg.mode != "transfer" and not leg.distance.is_resolved}
    near: dict[int, Leg] = {}
    for place in sorted(short):
        beside = [
            number for number in (place - 1, place + 1) if 0 <= number < len(legs) and legs[number].mode == "transfer"
        ]
        if beside and beside[0] not in near:
            near[beside[0]] = legs[place]
        else:
            short.discard(place)
    return [(leg, near.get(place)) for place, leg in enumerate(legs) if place not in short]


def _sort(pair: tuple[Leg, Leg | None]) -> tuple[str, str, str]:
    leg = pair[0]
    if leg.mode == "transfer":
        return "transfer", leg.from_node or "", leg.kind
    return leg.mode, gauge_text(leg.gauges_mm) if leg.mode == "rail" else leg.line * (leg.mode == "ferry"), leg.status


def _way_row(legs: list[Leg], unit: str) -> SummaryRow:
    first, last = legs[0], legs[-1]
    systematic = math.fsum(leg.systematic_m for leg in legs)
    free = math.fsum(leg.uncertainty_m**2 - leg.systematic_m**2 for leg in legs)
    length = Distance(math.fsum(leg.length_m for leg in legs), math.hypot(systematic, math.sqrt(max(free, 0.0))))
    carrier = gauge_text(first.gauges_mm) if first.mode == "rail" else first.line if first.mode == "ferry" else ""
    if first.mode == "rail" and not first.gauges_mm:
        carrier = "gauge not known"
    status = "" if first.status == "operating" else first.status.replace("_", " ")
    hours = hours_text(math.fsum(leg.hours for leg in legs))
    detail = ", ".join(part for part in (carrier, status) if part)
    return SummaryRow(first.mode, f"{first.from_name} → {last.to_name}", _plain(length, unit), hours, detail)


def _transfer_row(leg: Leg, near: Leg | None, unit: str) -> SummaryRow:
    kind = _KINDS.get(leg.kind, leg.kind.replace("_", " "))
    hours = leg.hours + (near.hours if near else 0.0)
    duration = "not known" if leg.transfer is not None and leg.transfer.hours is None else hours_text(hours)
    change = f"{leg.carrier or 'quay'} → {leg.to_carrier or 'quay'}" if leg.carrier != leg.to_carrier else ""
    if near is not None:
        change += f", {near.mode} {_plain(Distance(near.length_m), unit)} {unit} to {near.to_name}"
    return SummaryRow(kind, f"at {leg.from_name}", "", duration, change)


def _plain(length: Distance, unit: str) -> str:
    if not length.uncertainty_m:
        return f"{length.to(unit):.1f}"
    return length.text(unit).replace(f" {unit}", "").replace(" (not distinguishable from 0)", "")


def _notes(route: Passage) -> list[str]:
    notes = []
    if route.borders:
        borders = "; ".join(
            f"{border.from_country} → {border.to_country} {border.from_place}–{border.to_place}"
            for border in route.borders
        )
        notes.append(f"Borders: {borders}")
    breaks = [
        f"{gauge_break.place} ({_or(gauge_break.before_mm)} to {_or(gauge_break.after_mm)} mm)"
        for gauge_break in route.gauge_breaks
    ]
    if breaks:
        notes.append(f"Change of gauge: {'; '.join(breaks)}")
    unopened = dict.fromkeys(
        f"{leg.from_name}–{leg.to_name} ({leg.status.replace('_', ' ')})"
        for leg in route.legs
        if leg.status != "operating"
    )
    if unopened:
        notes.append(f"Not open: {'; '.join(unopened)}")
    if route.labels:
        notes.append(f"Law of the day: {'; '.join(label.regime for label in route.labels)}")
    apart = disagreements(route)
    if apart:
        notes.append(f"Sources disagree on {'; '.join(apart)}")
    return notes


def _or(gauges_mm: tuple[int, ...]) -> str:
    return " or ".join(map(str, gauges_mm))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    mode, where, length, hours, carrier = (_cut(cell, width) for cell, width in zip(cells, widths, strict=True))
    return (
        f"  {mode:<{widths[0]}}  {where:<{widths[1]}}  {length:>{widths[2]}}  {hours:>{widths[3]}}  {carrier}"
    ).rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 1)].rstrip() + "…"
