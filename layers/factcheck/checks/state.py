"""Checks of the state of a feature on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import parse_date
from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed, on, plain

if TYPE_CHECKING:
    from layers.factcheck.claim import Verdict
    from layers.factcheck.evidence import Case


@kind
def attribute(
    case: Case,
    *,
    feature: str,
    attribute: str,
    stated: object = None,
    denied: object = None,
    as_of: str = "",
) -> Finding:
    """Compare an attribute on a day with the stated or the denied value."""
    day = as_of or case.as_of
    row = case.evidence.properties(feature, day) or {}
    value = row.get(attribute)
    agrees = value == stated if denied is None else value is not None and value != denied
    statement = f"{plain(stated)} is stated" if denied is None else f"{plain(denied)} is denied"
    return Finding(
        "confirmed" if agrees else "contradicted" if value is not None else "untested",
        f"{plain(attribute)} of {case.evidence.name(feature)} {on(day)} is {plain(value)}; {statement}.",
        basis="none" if value is None else "computed",
        values={"found": plain(value), "stated": plain(stated if denied is None else denied)},
        features=(feature,),
        sources=tuple(row.get("sources", ())),
    )


@kind
def gauge(case: Case, *, country: str, gauge_mm: int, series: str = "") -> Finding:
    """Test whether the railways of a country have track of a gauge: those drawn, and those that a series has by gauge."""
    rows = [row["properties"] for row in case.evidence.features("railways", case.as_of)]
    rows = [row for row in rows if row["countries"] == [country] and row["gauge_mm"]]
    with_it = [row for row in rows if gauge_mm in row["gauge_mm"]]
    share = len(with_it) / len(rows) if rows else 0.0
    figures = [row for row in case.evidence.series(series) if row.used and row.part.endswith("mm")] if series else []
    of_other_gauge = [row for row in figures if row.part != f"{gauge_mm} mm"]
    beside = "".join(
        f"; {row.value:,.0f} {row.unit} of {row.part}, which we do not draw, are published" for row in of_other_gauge
    )
    return Finding(
        "confirmed" if share == 1 and not of_other_gauge else "partly" if with_it else "contradicted",
        f"{len(with_it)} of {len(rows)} sections of railway in {country} {on(case.as_of)} have track of {gauge_mm} mm{beside}.",
        values={
            "sections": len(rows),
            "with_gauge": len(with_it),
            "gauge_mm": gauge_mm,
            "other_gauges": len(of_other_gauge),
        },
        sources=tuple(
            sorted({source for row in rows for source in row["sources"]} | {row.source for row in of_other_gauge})
        ),
    )


@kind
def status(case: Case, *, feature: str, stated: list[str], as_of: str = "") -> Finding:
    """Compare the status of a feature on a day with the stated one."""
    day = as_of or case.as_of
    row = case.evidence.properties(feature, day)
    status = row["status"] if row else "not on the record"
    cited = row["history"][-1]["sources"] if row and row["history"] else ()
    since = f" since {row['history'][-1]['date']}" if row and row["history"] else ""
    return Finding(
        "confirmed" if status in stated else "contradicted",
        f"{case.evidence.name(feature)} is {plain(status)} {on(day)}{since}; "
        f"{listed(map(plain, stated))} would fit what is said.",
        values={"found": str(status), "stated": tuple(stated)},
        features=(feature,),
        sources=tuple(cited),
    )


@kind
def was(case: Case, *, features: list[str], status: str, begin: str, end: str) -> Finding:
    """Test whether features came to have a status in a span of time, for the first time."""
    first, last = parse_date(begin).earliest, parse_date(end).latest
    dates: dict[str, str] = {}
    cited: list[str] = []
    for feature in features:
        changes = [
            change for change in case.evidence.feature(feature)["properties"]["history"] if change["status"] == status
        ]
        fitting = [change for change in changes if first <= parse_date(change["date"]).earliest <= last]
        chosen = (fitting or changes or [{"date": "never", "sources": []}])[0]
        dates[feature] = chosen["date"]
        cited += chosen["sources"]
    hits = [
        feature for feature, date in dates.items() if date != "never" and first <= parse_date(date).earliest <= last
    ]
    verdict: Verdict = "confirmed" if len(hits) == len(features) else "partly" if hits else "contradicted"
    dated = listed(
        f"{case.evidence.name(feature)} {plain(status)} {on(date) if date != 'never' else date}"
        for feature, date in dates.items()
    )
    return Finding(
        verdict,
        f"{len(hits)} of {len(features)} fall between {begin} and {end}: {dated}.",
        values={"dates": tuple(dates.values()), "hits": len(hits)},
        features=tuple(features),
        sources=tuple(dict.fromkeys(cited)),
    )
