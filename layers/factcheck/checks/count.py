"""Checks that count features or events on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo import parse_date
from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed, on, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.factcheck.claim import Verdict
    from layers.factcheck.evidence import Case

# The layers whose features join two countries.
JOINING = ("crossings", "power")
BUILT = ("railways", "crossings", "ports")


@kind
def count(
    case: Case,
    *,
    layer: str,
    where: dict[str, list[str]],
    stated: int | None = None,
    at_least: int | None = None,
    having: dict[str, list[str]] | None = None,
    as_of: str = "",
) -> Finding:
    """Count the features of a layer on a day that have one of the values named, or lists that share one (`having`)."""
    day = as_of or case.as_of
    rows = [row["properties"] for row in case.evidence.features(layer, day)]
    shared = having or {}
    hits = [
        row
        for row in rows
        if _matches(row, where) and all(set(row[key]) & set(values) for key, values in shared.items())
    ]
    holds = len(hits) == stated if stated is not None else len(hits) >= (at_least or 0)
    statement = f"{stated} are stated" if stated is not None else f"at least {at_least} would fit what is said"
    filters = listed(f"{plain(key)} {_either(key, values)}" for key, values in (where | shared).items())
    return Finding(
        "confirmed" if holds else "contradicted",
        f"{len(hits)} of the {len(rows)} {layer} on the record {on(day)} have {filters}; {statement}.",
        values={"counted": len(hits), "on_record": len(rows), "stated": at_least or 0 if stated is None else stated},
        features=tuple(row["id"] for row in hits),
        sources=tuple(sorted({source for row in hits for source in row["sources"]})),
    )


@kind
def only_link(case: Case, *, between: list[str], feature: str, as_of: str = "") -> Finding:
    """Test whether a crossing is the only link between two countries, among working crossings, power lines and opened links."""
    day = as_of or case.as_of
    joining = [row["properties"] for layer in JOINING for row in case.evidence.features(layer, day)]
    working = [row["id"] for row in joining if set(row["countries"]) == set(between) and row["status"] == "operating"]
    links = [
        event
        for event in case.evidence.events
        if event.kind == "link"
        and set(event.countries) == set(between)
        and event.first.earliest <= parse_date(day).latest
    ]
    others = [project for project in working if project != feature]
    verdict: Verdict = "contradicted" if others or feature not in working else "partly" if links else "confirmed"
    names = listed(
        f"{event.title} ({event.date}{', carried by it' if feature in event.features else ''})" for event in links
    )
    return Finding(
        verdict,
        f"At work between {listed(between)} {on(day)}: {listed(map(case.evidence.name, working)) or 'nothing'}; "
        f"besides, links that are no features of ours: {names or 'none'}.",
        values={"working": tuple(working), "links": tuple(event.id for event in links)},
        features=tuple(working),
        sources=tuple(dict.fromkeys(source for event in links for source in event.sources)),
    )


@kind
def built_since(case: Case, *, country: str, since: str, kinds: list[str], few: int) -> Finding:
    """Count what first entered service in a country from a year on, railways by line; up to `few` counts as hardly any."""
    begin = parse_date(since).earliest
    openings: dict[str, tuple[str, str]] = {}
    for layer in BUILT:
        for row in case.evidence.features(layer, case.as_of):
            properties = row["properties"]
            first = _first_service(properties)
            counts = properties["kind"] in kinds and country in properties["countries"]
            if counts and first and parse_date(first).earliest >= begin:
                openings.setdefault(properties.get("line") or properties["id"], (first, properties["id"]))
    dated_names = listed(f"{case.evidence.name(feature_id)} {date}" for date, feature_id in sorted(openings.values()))
    return Finding(
        "contradicted" if len(openings) > few else "confirmed",
        f"{len(openings)} railways, bridges and berths of our layers in {country} went into service from {since} on: "
        f"{dated_names}; up to {few} would count as hardly any.",
        values={"counted": len(openings), "few": few},
        features=tuple(feature_id for _, feature_id in sorted(openings.values())),
    )


@kind
def recorded(
    case: Case,
    *,
    event_kind: str,
    countries: list[str],
    at_least: int,
    feature: str = "",
    since: str = "1000",
    until: str = "",
) -> Finding:
    """Count events of a kind; too few leave the claim open, since the record is not complete."""
    first, last = parse_date(since).earliest, parse_date(until or case.as_of).latest
    hits = [
        event
        for event in case.evidence.events
        if event.kind == event_kind
        and set(countries) <= set(event.countries)
        and (not feature or feature in event.features or feature == event.place)
        and first <= event.first.earliest <= last
    ]
    enough = len(hits) >= at_least
    cargo = sorted({event.cargo for event in hits if event.cargo})
    carried = f", of {listed(cargo)}" if cargo else ""
    condition = "1 would bear it" if at_least == 1 else f"{at_least} would bear it"
    return Finding(
        "confirmed" if enough else "untested",
        f"Events of the kind {event_kind} with {listed(countries)}{carried} on the record: {len(hits)}, "
        f"from {since if since != '1000' else 'the beginning'} to {until or case.as_of}; {condition} out, fewer decide nothing.",
        basis="computed" if enough else "none",
        values={"counted": len(hits), "at_least": at_least},
        features=tuple(dict.fromkeys(feature for event in hits for feature in event.features)),
        sources=tuple(dict.fromkeys(source for event in hits for source in event.sources)),
    )


def _either(key: str, values: list[str]) -> str:
    return (" and " if key == "countries" else " or ").join(map(plain, values))


def _matches(row: Mapping[str, Any], where: Mapping[str, list[str]]) -> bool:
    for key, expected in where.items():
        value = row.get(key)
        if isinstance(value, list):
            if set(value) != set(expected):
                return False
        elif value not in expected:
            return False
    return True


def _first_service(properties: Mapping[str, Any]) -> str | None:
    if properties.get("valid_from") is None:  # its start is unknown
        return None
    return next((change["date"] for change in properties["history"] if change["status"] == "operating"), None)
