"""Checks of dates: events, their order, and the footnotes cited for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import parse_date
from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed

if TYPE_CHECKING:
    from layers.factcheck.claim import Footnote, Verdict
    from layers.factcheck.evidence import Case
    from layers.facts.event import Event


@kind
def happened(case: Case, *, event: str, stated: str, person: str = "") -> Finding:
    """Test whether an event lies in the stated period and, if the article names a person, who that is."""
    record = case.evidence.event(event)
    cited = case.independent(record.sources)
    if not cited:
        return Finding(
            "untested",
            f"{record.title} ({record.when}): only the article itself tells of it.",
            basis="none",
            values={"found": record.when, "stated": stated},
        )
    first, _, last = stated.partition("/")
    begin, end = parse_date(first).earliest, parse_date(last or first).latest
    inside = begin <= record.first.earliest and record.last.latest <= end
    beside = record.last.latest < begin or end < record.first.earliest
    who, is_known = _who(case, record, person)
    return Finding(
        "contradicted" if beside or not is_known else "confirmed" if inside else "partly",
        f"{record.title}: {record.when}; {stated} is stated{who}.",
        values={"found": record.when, "stated": stated},
        features=tuple(filter(None, (record.place, *record.features))),
        sources=cited,
    )


@kind
def order(case: Case, *, first: str, then: str, within_days: int | None = None) -> Finding:
    """Test whether one event, or day, comes before another, and at most so many days before."""
    first_date, second_date = (_date(case, name) for name in (first, then))
    days = (parse_date(second_date).earliest - parse_date(first_date).latest).days
    precedes = parse_date(first_date).precedes(parse_date(second_date))
    holds = precedes and (within_days is None or days <= within_days)
    limit = f", {within_days} days are allowed" if within_days is not None else ""
    gap = f"{days} day{'' if days == 1 else 's'} between" if precedes else "not before"
    return Finding(
        "confirmed" if holds else "contradicted",
        f"{_name(case, first)}: {first_date}; {_name(case, then)}: {second_date}; {gap}{limit}.",
        values={"first": first_date, "then": second_date, "days": days},
        sources=tuple(dict.fromkeys(source for name in (first, then) for source in _cited(case, name))),
    )


@kind
def interval(case: Case, *, event: str, begin: str, end: str, calls: list[str]) -> Finding:
    """Compare the first and last day of an event with those stated, and test that its parts lie between."""
    whole = case.evidence.event(event)
    inside = [name for name in calls if _between(case.evidence.event(name), begin, end)]
    holds = (whole.date, whole.until) == (begin, end) and len(inside) == len(calls)
    dated_calls = listed(f"{case.evidence.event(name).title} {case.evidence.event(name).when}" for name in calls)
    return Finding(
        "confirmed" if holds else "partly" if inside else "contradicted",
        f"{whole.title}: {whole.when}, {begin} to {end} is stated; {len(inside)} of {len(calls)} calls lie in it: {dated_calls}.",
        values={"found": whole.when, "stated": f"{begin} to {end}", "inside": len(inside)},
        sources=case.independent(whole.sources),
    )


@kind
def years_from(case: Case, *, notes: str, day: str, stated: int, event: str) -> Finding:
    """Infer the year of an undated text: the first such day after its latest footnote, and the year it calls the present one."""
    latest = max(note.dated for note in case.evidence.footnotes if note.seed == notes)
    last = parse_date(latest).latest
    year = last.year if parse_date(f"{last.year}-{day}").earliest >= last else last.year + 1
    present = case.evidence.event(event).first.year
    return Finding(
        "confirmed" if year == present == stated else "contradicted",
        f"The latest footnote is dated {latest}, so the first {day} after it is in {year}; the text calls {present} the "
        "present year.",
        values={"from_footnotes": year, "present": present, "stated": stated},
        sources=case.independent(case.evidence.event(event).sources),
    )


@kind
def footnotes_follow(case: Case, *, numbers: list[int] | None = None) -> Finding:
    """Test whether footnotes are dated on or after the beginning of the events that they are cited for."""
    notes = [note for note in _notes(case) if not numbers or note.number in numbers]
    early = [(note, event) for note in notes for event in _early(case, note)]
    cited = [note for note in notes if note.events]
    hits = listed(
        f"footnote {note.number} of {note.dated} for “{event.title}” of {event.when}" for note, event in early
    )
    hit_numbers = tuple(str(note.number) for note, _ in early)
    verdict: Verdict = "confirmed" if not early else "contradicted" if len(early) == len(cited) else "partly"
    return Finding(
        verdict,
        f"Of {len(cited)} footnote{'' if len(cited) == 1 else 's'} cited for dated events {len(early)} "
        f"{'is' if len(early) == 1 else 'are'} older than the event: {hits or 'none'}.",
        values={"cited": len(cited), "early": len(early), "numbers": hit_numbers},
        sources=tuple(dict.fromkeys(source for _, event in early for source in event.sources)),
    )


@kind
def footnotes_parse(case: Case, *, stated: int) -> Finding:
    """Test the number of footnotes, and whether each has a day and an address of its own."""
    notes = _notes(case)
    addresses = {note.url for note in notes}
    days = [note for note in notes if parse_date(note.dated).day]
    holds = len(notes) == len(addresses) == len(days) == stated
    return Finding(
        "confirmed" if holds else "contradicted",
        f"{len(notes)} footnotes, {len(days)} with a day, {len(addresses)} different addresses; {stated} are stated. Whether the "
        "addresses still answer was not tried.",
        values={"footnotes": len(notes), "days": len(days), "addresses": len(addresses)},
    )


def _notes(case: Case) -> list[Footnote]:
    return [note for note in case.evidence.footnotes if note.seed == case.seed]


def _early(case: Case, note: Footnote) -> list[Event]:
    events = [case.evidence.event(name) for name in note.events]
    return [event for event in events if parse_date(note.dated).precedes(event.first)]


def _who(case: Case, event: Event, person: str) -> tuple[str, bool]:
    if not person:
        return "", True
    ids = {candidate.id for candidate in case.evidence.people if person in candidate.names}
    names = listed(sorted(candidate.name for candidate in case.evidence.people if candidate.id in ids))
    return f", with {person}, who is {names or 'not on the record'}", bool(ids & set(event.people))


def _between(event: Event, begin: str, end: str) -> bool:
    return parse_date(begin).earliest <= event.first.earliest and event.last.latest <= parse_date(end).latest


def _date(case: Case, name: str) -> str:
    return case.evidence.event(name).date if "/" in name else name


def _name(case: Case, name: str) -> str:
    return case.evidence.event(name).title if "/" in name else "the day named"


def _cited(case: Case, name: str) -> tuple[str, ...]:
    return case.independent(case.evidence.event(name).sources) if "/" in name else ()
