"""``tumen distance``."""

from __future__ import annotations

import argparse
from math import isnan
from typing import TYPE_CHECKING

from geo import Distance, bearing, separation

from .output import add_output, add_unit, to_json, write
from .place import add_places, find_both

if TYPE_CHECKING:
    from layers import Place

DESCRIPTION = """\
Measures the geodesic distance (WGS 84) between two places, with its uncertainty (95 % confidence) and initial bearing.

A position given as LON,LAT is taken to be as accurate as its last decimal: 130.29,42.25 is known to about 500 m.
"""
EPILOG = """\
examples:
  tumen distance Khasan 라진
  tumen distance station/khasan 130.29,42.25 --unit nmi
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "distance",
        help="geodesic distance between two places",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_places(parser)
    add_unit(parser)
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the distance."""
    origin, destination = find_both(options.origin, options.destination, data=options.data)
    apart = separation(origin, destination)
    initial_deg = bearing(origin, destination)
    if options.format == "json":
        write(to_json(_as_dict(origin, destination, apart, initial_deg)), options.output)
        return 0
    head = f"{_label(origin)} → {_label(destination)}"
    bearing_text = "" if isnan(initial_deg) else f", initial bearing {initial_deg:.1f}°"
    write(f"{head}\n{apart.text(options.unit)}{bearing_text}", options.output)
    return 0


def _as_dict(origin: Place, destination: Place, apart: Distance, initial_deg: float) -> dict[str, object]:
    return {
        "from_id": origin.id,
        "to_id": destination.id,
        "length_m": round(apart.metres, 3),
        "uncertainty_m": round(apart.uncertainty_m, 3),
        "initial_bearing_deg": None if isnan(initial_deg) else round(initial_deg, 6),
    }


def _label(place: Place) -> str:
    return place.name if place.name == place.id else f"{place.name} ({place.id})"
