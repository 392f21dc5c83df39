"""Checks of figures, by the series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import parse_date
from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed, near_number
from layers.factcheck.words import fits, ratio_range

if TYPE_CHECKING:
    from layers.factcheck.claim import Verdict
    from layers.factcheck.evidence import Case
    from layers.facts.series import SeriesValue


@kind
def ratio(case: Case, *, series: str, period: str, base: str, words: str, part: str = "") -> Finding:
    """Compare the ratio of two values with the words for it."""
    later, earlier = (case.evidence.series(series).value(when, part) for when in (period, base))
    ratio = later.value / earlier.value
    low, high = ratio_range(words)
    upper = f"below {near_number(high)}" if high != float("inf") else "up"
    return Finding(
        "confirmed" if fits(words, ratio) else "contradicted",
        f"{later.value:g} over {earlier.value:g} {later.unit} is {ratio:.2f}; “{words}” stands for {near_number(low)} to "
        f"{upper}.",
        values={"ratio": round(ratio, 4), "low": low, "words": words},
        sources=_sources(later, earlier),
    )


@kind
def value(case: Case, *, series: str, period: str, stated: float, part: str = "", tolerance: float = 0.01) -> Finding:
    """Compare a stated value with those of other sources, the one that we go by first."""
    rows = [row for row in case.evidence.series(series).at(period, part) if row.source != case.seed]
    used, others = rows[0], rows[1:]
    off = stated / used.value - 1
    near = [row for row in others if abs(stated / row.value - 1) <= tolerance]
    verdict: Verdict = "confirmed" if abs(off) <= tolerance else "partly" if near else "contradicted"
    besides = f"; others give {listed(dict.fromkeys(near_number(row.value) for row in others))}" if others else ""
    return Finding(
        verdict,
        f"{near_number(stated)} {used.unit} is stated, {near_number(used.value)} {used.unit} published for {period}"
        f"{f' ({part})' if part else ''} by {case.evidence.who(used.source)}: {off:+.1%}, with {tolerance:.0%} allowed{besides}.",
        values={"stated": stated, "found": used.value, "tolerance": tolerance, "unit": used.unit},
        sources=_sources(*rows),
    )


@kind
def parts(case: Case, *, series: str, period: str, parts: list[str], tolerance: float = 0.01) -> Finding:
    """Test whether parts add up to the whole."""
    record = case.evidence.series(series)
    rows = [record.value(period, part) for part in parts]
    whole = record.value(period)
    total = sum(row.value for row in rows)
    added = " and ".join(f"{near_number(row.value)} ({row.part})" for row in rows)
    return Finding(
        "confirmed" if abs(total / whole.value - 1) <= tolerance else "contradicted",
        f"{added} make {near_number(total)} {whole.unit}, the whole is {near_number(whole.value)} {whole.unit}.",
        values={"sum": round(total, 6), "whole": whole.value},
        sources=_sources(whole, *rows),
    )


@kind
def share(
    case: Case,
    *,
    series: str,
    period: str,
    part: str,
    at_least: float = 0.0,
    at_most: float = 1.0,
    of_rest: bool = False,
) -> Finding:
    """Test the share of a part, or of all but that part, in the whole."""
    record = case.evidence.series(series)
    piece, whole = record.value(period, part), record.value(period)
    share_of_part = piece.value / whole.value
    share = 1 - share_of_part if of_rest else share_of_part
    name = f"All but {part}" if of_rest else part.capitalize()
    return Finding(
        "confirmed" if at_least <= share <= at_most else "contradicted",
        f"{name}: {share:.1%} of {whole.value:g} {whole.unit} in {period}; what is said asks for "
        f"{at_least:.1%} to {at_most:.1%}.",
        values={"share": round(share, 4), "at_least": at_least, "at_most": at_most},
        sources=_sources(piece, whole),
    )


@kind
def larger(case: Case, *, series: str, period: str, part: str, than: str) -> Finding:
    """Test whether one part is larger than another."""
    record = case.evidence.series(series)
    first, second = record.value(period, part), record.value(period, than)
    return Finding(
        "confirmed" if first.value > second.value else "contradicted",
        f"{part} has {first.value:g} {first.unit}, {than} {second.value:g} {second.unit} in {period}; what is said asks "
        f"for more with {part}.",
        values={"part": first.value, "other": second.value},
        sources=_sources(first, second),
    )


@kind
def scope(case: Case, *, series: str, period: str, stated: str, whole: str = "", whole_period: str = "") -> Finding:
    """Compare whom a figure covers, by other sources, with what is stated, and the figure with that for the whole."""
    row = case.evidence.series(series).value(period)
    beside, cited = "", [row]
    if whole:
        total = case.evidence.series(whole).value(whole_period)
        beside = f" Beside it, {total.scope} had {total.value:g} {total.unit} in {whole_period}."
        cited.append(total)
    return Finding(
        "confirmed" if row.scope == stated else "contradicted",
        f"{case.evidence.who(row.source)} gives {row.value:g} {row.unit} for the {row.scope}; {stated} is stated.{beside}",
        values={"found": row.scope, "stated": stated},
        sources=_sources(*cited),
    )


@kind
def counted_by(case: Case, *, series: str, period: str, organisation: str) -> Finding:
    """Compare who is said to have counted with who did by other sources."""
    row = case.evidence.series(series).value(period)
    return Finding(
        "confirmed" if row.by == organisation else "contradicted",
        f"{case.evidence.who(row.source)} has it from the {case.evidence.name(row.by) if row.by else 'unnamed'}; the "
        f"{case.evidence.name(organisation)} is stated.",
        values={"found": row.by, "stated": organisation},
        sources=_sources(row),
    )


@kind
def within_range(case: Case, *, series: str, low: float, high: float) -> Finding:
    """Test how many of the values known on the day lie in a stated range."""
    day = parse_date(case.as_of).latest
    rows = [row for row in case.evidence.series(series) if row.used and row.end <= day]
    hits = [row for row in rows if low <= row.value <= high]
    verdict: Verdict = "confirmed" if len(hits) == len(rows) else "partly" if hits else "contradicted"
    estimates = listed(f"{row.value:g} ({row.period})" for row in rows)
    return Finding(
        verdict,
        f"{len(hits)} of {len(rows)} estimates up to {case.as_of} lie within {low:g} to {high:g} {rows[0].unit}: {estimates}.",
        values={"hits": len(hits), "values": tuple(f"{row.value:g}" for row in rows)},
        sources=_sources(*rows),
    )


@kind
def target(case: Case, *, series: str, period: str, stated: float, actual: str, base: str, reached: str) -> Finding:
    """Compare a stated target with the one on the record, and report what it required and what came of it."""
    aim = next(row for row in case.evidence.series(series).at(period) if row.source != case.seed)
    start, end = (case.evidence.series(actual).value(when) for when in (base, reached))
    years = parse_date(period).year - parse_date(base).year
    growth = (aim.value / start.value) ** (1 / years) - 1
    return Finding(
        "confirmed" if aim.value == stated else "contradicted",
        f"{stated:g} {aim.unit} by {period} is stated, {aim.value:g} is on the record; from {start.value:g} in {base} it asked "
        f"for {growth:.1%} a year, and {end.value:g} in {reached} was {end.value / aim.value:.1%} of it.",
        values={
            "stated": stated,
            "found": aim.value,
            "growth": round(growth, 4),
            "reached": round(end.value / aim.value, 4),
        },
        sources=_sources(aim, start, end),
    )


@kind
def network_length(case: Case, *, series: str, stated: float, country: str, tolerance: float = 0.1) -> Finding:
    """Compare a stated length of a railway network with the published ones and with our drawn lines."""
    rows = [row for row in case.evidence.series(series) if not row.part]
    near = [row for row in rows if abs(stated / row.value - 1) <= tolerance]
    drawn_km = (
        sum(
            row["properties"]["length_m"]
            for row in case.evidence.features("railways")
            if row["properties"]["countries"] == [country]
        )
        / 1000
    )
    lengths = listed(dict.fromkeys(f"{row.value:,.0f}" for row in sorted(rows, key=lambda row: row.value)))
    fits_drawn = drawn_km <= stated * (1 + tolerance)
    return Finding(
        "contradicted" if not near or not fits_drawn else "confirmed",
        f"{stated:,.0f} {rows[0].unit} is stated for the whole network; published lengths are {lengths} {rows[0].unit}, and the "
        f"main lines that we draw in {country} alone measure {near_number(drawn_km)} km.",
        values={"stated": stated, "drawn_km": round(drawn_km), "least": min(row.value for row in rows)},
        sources=_sources(*rows),
    )


def _sources(*rows: SeriesValue) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.source for row in rows))
