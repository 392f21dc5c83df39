"""A route: a passage with its output as text, table, HTML, GeoJSON and JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .passage import Passage
from .report.html import route_html
from .report.summary import RouteSummary, summarise
from .report.text import disagreements, explain_route

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .leg import Border, GaugeBreak, Leg, PublishedLength


@dataclass(frozen=True, slots=True)
class Route(Passage):
    """A route from one place to another; `geo.route` finds it.

    Parameters
    ----------
    legs, stops, origin_accuracy_m, destination_accuracy_m, published, cost, gauge_mm, load
        As of `Passage`.

    Raises
    ------
    InvalidGeometryError, InvalidQuantityError
        As `Passage`.
    """

    def explain(self) -> str:
        """Return the route leg by leg as plain text.

        Returns
        -------
        str
            A header, a line for each leg, borders, breaks of gauge, labels of law,
            published figures and warnings; no line break at the end.
        """
        return explain_route(self)

    def summary(self, unit: str | None = None, *, notes: Iterable[str] = ()) -> RouteSummary:
        """Return the route in brief.

        Parameters
        ----------
        unit
            A unit of `geo.UNITS`; kilometres by default.
        notes
            Lines to print before its own.

        Returns
        -------
        RouteSummary
            One line, a row for each part, at most five notes; ``text()`` writes it in 100 columns.

        Raises
        ------
        UnitError
            If the unit is unknown.
        """
        return summarise(self, unit, notes)

    @property
    def disagreements(self) -> tuple[str, ...]:
        """Sections whose published lengths contradict each other or ours, with the span of the figures."""
        return disagreements(self)

    def to_geojson(self) -> dict[str, object]:
        """Return an RFC 7946 FeatureCollection: a LineString for each leg, a Point for a transfer."""
        features = [
            {
                "type": "Feature",
                "geometry": _geometry(leg),
                "properties": leg.properties,
            }
            for leg in self.legs
        ]
        return {"type": "FeatureCollection", "features": features}

    def to_dict(self) -> dict[str, object]:
        """Return the content of `explain`, as JSON-ready values."""
        first, last = self.stops[0], self.stops[-1]
        return {
            "from_id": first.node_id,
            "from_name": first.name,
            "to_id": last.node_id,
            "to_name": last.name,
            "load": self.load,
            "length_m": round(self.length_m, 3),
            "uncertainty_m": round(self.uncertainty_m, 3),
            "straight_line_m": round(self.straight_line_m, 3),
            "hours": round(self.hours, 3),
            "cost": round(self.cost, 3),
            "legs": [leg.properties for leg in self.legs],
            "gauge_breaks": [_break_dict(gauge_break) for gauge_break in self.gauge_breaks],
            "borders": [_border_dict(border) for border in self.borders],
            "labels": [label.to_dict() for label in self.labels],
            "warnings": list(self.warnings),
            "published": [_published_dict(length) for length in self.published],
        }

    def _repr_html_(self) -> str:
        """Return a table of the legs and a sketch of the line, for notebooks."""
        return route_html(self)


def _geometry(leg: Leg) -> dict[str, object]:
    """Line of a leg; a transfer happens in one place."""
    if leg.mode == "transfer":
        return {"type": "Point", "coordinates": list(leg.coordinates[0])}
    return {"type": "LineString", "coordinates": [list(position) for position in leg.coordinates]}


def _break_dict(gauge_break: GaugeBreak) -> dict[str, object]:
    return {
        "node_id": gauge_break.node_id,
        "name": gauge_break.place,
        "before_mm": list(gauge_break.before_mm),
        "after_mm": list(gauge_break.after_mm),
    }


def _border_dict(border: Border) -> dict[str, object]:
    return {
        "from_country": border.from_country,
        "to_country": border.to_country,
        "from_name": border.from_place,
        "to_name": border.to_place,
    }


def _published_dict(length: PublishedLength) -> dict[str, object]:
    return {
        "from_id": length.from_id,
        "to_id": length.to_id,
        "length_m": length.length_m,
        "source": length.source,
        "source_title": length.source_title,
        "note": length.note,
        "used": length.used,
    }
