"""Rules of law of the network: the edges and transfers on which each label holds."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from geo import LOADS, Label, parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo import Node

    from .edges import Section
    from .facility import Facility

KEYS = frozenset({"edges", "all", "countries", "modes", "nodes", "kinds", "carriers"})


def label(row: Mapping[str, Any]) -> Label:
    """Label of a row of the table ``labels``."""
    return Label(row["regime"], row["from"], row.get("to"), row["note"], tuple(row["sources"]))


def check_loads(row: Mapping[str, Any]) -> None:
    """Check a row of the table ``loads``.

    Raises
    ------
    ValueError
        When a load is unknown, or there is no reason why others may not pass.
    """
    if unknown := set(row["loads"]) - set(LOADS):
        raise ValueError(f"loads are of {', '.join(LOADS)}, got {', '.join(sorted(unknown))}")
    if not (row.get("sources") or row.get("assumption")):
        raise ValueError("loads need a source or a stated assumption, got neither")
    for key in ("from", "to"):
        if key in row:
            parse_date(row[key])


def check_rules(
    rows: Sequence[Mapping[str, Any]],
    sections: Sequence[Section],
    facilities: Sequence[Facility],
    nodes: Mapping[str, Node],
) -> None:
    """Check that each row is a label, or lists the loads that may pass, and each of its selectors finds something.

    Raises
    ------
    ValueError
        When one does not; names the row.
    """
    for row in rows:
        try:
            check_loads(row) if "loads" in row else label(row)
            for selector in row["on"]:
                _check(selector, sections, facilities, nodes)
        except (KeyError, ValueError) as error:
            table = "loads" if "loads" in row else "labels"
            raise ValueError(f"{table}: row {row.get('id')!r}: {error}") from None


def labels_on_edge(rows: Sequence[Mapping[str, Any]], section: Section) -> list[int]:
    """Numbers of the rows that hold on an edge."""
    return [number for number, row in enumerate(rows) if any(_fits_edge(selector, section) for selector in row["on"])]


def labels_on_transfer(rows: Sequence[Mapping[str, Any]], facility: Facility, nodes: Mapping[str, Node]) -> list[int]:
    """Numbers of the rows that hold on a transfer."""
    return [
        number
        for number, row in enumerate(rows)
        if any(_fits_transfer(selector, facility, nodes) for selector in row["on"])
    ]


def _check(
    selector: Mapping[str, Any], sections: Sequence[Section], facilities: Sequence[Facility], nodes: Mapping[str, Node]
) -> None:
    if unknown := sorted(selector.keys() - KEYS):
        raise ValueError(f"a selector has the keys {', '.join(sorted(KEYS))}, got {', '.join(unknown)}")
    if lost := [
        id_ for id_ in selector.get("edges", ()) if not any(fnmatchcase(section.id, id_) for section in sections)
    ]:
        raise ValueError(f"no edge is called {', '.join(lost)}")
    if lost := [id_ for id_ in selector.get("nodes", ()) if id_ not in nodes]:
        raise ValueError(f"no node is called {', '.join(lost)}")
    on_edges = any(_fits_edge(selector, section) for section in sections)
    if not on_edges and not any(_fits_transfer(selector, facility, nodes) for facility in facilities):
        raise ValueError(f"the selector {dict(selector)} finds nothing")


def _fits_edge(selector: Mapping[str, Any], section: Section) -> bool:
    return (
        "kinds" not in selector
        and set(selector.get("all", ())) <= set(section.countries)
        and _meets(selector.get("countries"), section.countries)
        and _meets(selector.get("modes"), (section.mode,))
        and _meets(selector.get("nodes"), section.ends)
        and ("edges" not in selector or any(fnmatchcase(section.id, pattern) for pattern in selector["edges"]))
    )


def _fits_transfer(selector: Mapping[str, Any], facility: Facility, nodes: Mapping[str, Node]) -> bool:
    if "kinds" not in selector or selector.keys() & {"edges", "modes", "all"} or facility.at_border:
        return False
    return (
        facility.kind in selector["kinds"]
        and _meets(selector.get("countries"), (nodes[facility.place].country,))
        and _meets(selector.get("nodes"), (facility.place,))
        and _meets(selector.get("carriers"), [text.partition(":")[0] for text in facility.between])
    )


def _meets(allowed: Sequence[str] | None, present: Sequence[str]) -> bool:
    return allowed is None or not set(allowed).isdisjoint(present)
