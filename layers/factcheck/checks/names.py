"""Checks of names: of places, of companies, of who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.errors import AmbiguousPlaceError, PlaceError
from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed, on, plain

if TYPE_CHECKING:
    from layers.factcheck.evidence import Case
    from layers.facts.organisation import Relation


@kind
def name(case: Case, *, text: str, meant: str) -> Finding:
    """Test whether a name as the article spells it leads to one place, the one that is meant."""
    try:
        place = case.evidence.find(text)
    except AmbiguousPlaceError as error:
        ids = list(error.ids)
        statement = f"“{text}” may be any of {listed(ids)}; {case.evidence.name(meant)} is meant"
        return Finding(
            "partly" if meant in ids else "contradicted",
            f"{statement}.",
            values={"found": tuple(ids)},
            features=tuple(ids),
        )
    except PlaceError as error:
        ids = list(error.ids)
        statement = f"“{text}” is no place's name in any spelling that we know; the nearest are {listed(ids)}"
        return Finding("contradicted", f"{statement}.", values={"found": (), "nearest": tuple(ids)}, features=(meant,))
    ids = [place.id, *place.same_place]
    return Finding(
        "confirmed" if meant in ids else "contradicted",
        f"“{text}” leads to {listed(map(case.evidence.name, ids))}; {case.evidence.name(meant)} is meant.",
        values={"found": tuple(ids), "meant": meant},
        features=tuple(ids),
    )


@kind
def places(case: Case, *, event: str, stated: list[str]) -> Finding:
    """Compare the places that an event names with a stated set, each spelling resolved."""
    record = case.evidence.event(event)
    reached = {spelling: _resolved(case, spelling, set(record.features)) for spelling in stated}
    missing = sorted(set(record.features) - set(reached.values()))
    extra = [spelling for spelling, place in reached.items() if not place]
    resolved = listed(f"“{spelling}” is {place or 'none of them'}" for spelling, place in reached.items())
    holds = not missing and not extra
    return Finding(
        "confirmed" if holds else "partly" if any(reached.values()) else "contradicted",
        f"{record.title}: {listed(record.features)}; {resolved}{f'; not stated: {listed(missing)}' if missing else ''}.",
        values={"found": record.features, "stated": tuple(stated)},
        features=record.features,
        sources=case.independent(record.sources),
    )


@kind
def companies(case: Case, *, event: str, stated: list[str]) -> Finding:
    """Compare the organisations of an event with a stated set, in any spelling."""
    record = case.evidence.event(event)
    by_name = {
        spelling.casefold(): organisation.id
        for organisation in case.evidence.organisations
        for spelling in (organisation.name, organisation.name_ko, *organisation.aliases)
    }
    reached = {by_name.get(name.casefold(), name) for name in stated}
    both = reached & set(record.organisations)
    return Finding(
        "confirmed" if reached == set(record.organisations) else "partly" if both else "contradicted",
        f"{record.title} ({record.when}): {listed(map(case.evidence.name, record.organisations))}; {listed(stated)} are stated.",
        values={"found": record.organisations, "stated": tuple(stated)},
        sources=case.independent(record.sources),
    )


@kind
def hit(case: Case, *, event: str, stated: str) -> Finding:
    """Compare whom an incident struck with whom it is said to have struck."""
    record = case.evidence.event(event)
    return Finding(
        "confirmed" if record.target == stated else "contradicted",
        f"{record.title} ({record.when}); what is said has {case.evidence.name(stated)} attacked, the record has "
        f"{case.evidence.name(record.target)}.",
        values={"found": record.target, "stated": stated},
        sources=case.independent(record.sources),
    )


@kind
def venue(case: Case, *, event: str, stated: str) -> Finding:
    """Compare where an event was with where it is said to have been."""
    record = case.evidence.event(event)
    where = record.where or record.place
    return Finding(
        "confirmed" if stated in {record.where, record.place} else "contradicted",
        f"{record.title} ({record.when}): {_place(case, where)}; {_place(case, stated)} is stated.",
        values={"found": where, "stated": stated},
        sources=case.independent(record.sources),
    )


@kind
def vote(case: Case, *, event: str, against: list[str], form: str) -> Finding:
    """Compare who voted against, and on what, with what is stated; one of the two alone makes it partly right."""
    record = case.evidence.event(event)
    who = set(against) == set(record.against)
    tally = listed(f"{number} {side}" for side, number in record.votes.items())
    return Finding(
        "confirmed" if who and record.form == form else "partly" if who else "contradicted",
        f"{record.title} ({record.when}): a {record.form} vote, {tally}, against it {listed(record.against)}; "
        f"a {form} with {listed(against)} against is stated.",
        values={"form": record.form, "stated_form": form, "against": record.against},
        sources=case.independent(record.sources),
    )


@kind
def relation(case: Case, *, organisation: str, type: str, to: str) -> Finding:  # noqa: A002 - the field's own word
    """Test whether an organisation stood to another as stated, through its owners and parents too, on the day."""
    by_id = {organisation.id: organisation for organisation in case.evidence.organisations}
    current = [link for link in by_id[organisation].relations if link.holds(case.as_of)]
    direct = [link for link in current if (link.type, link.to) == (type, to)]
    through = [link for link in current if any(up.to == to and up.holds(case.as_of) for up in _links(case, link.to))]
    relations = direct or [link for link in through if link.type == type]
    names = listed(
        f"{plain(link.type)} {case.evidence.name(link.to)}{f' ({link.share_pct:g} %)' if link.share_pct else ''}"
        for link in relations
    )
    by_way = "" if direct or not relations else f", a part of {case.evidence.name(to)}"
    stated = f"{plain(type)} {case.evidence.name(to)}"
    return Finding(
        "confirmed" if relations else "contradicted",
        f"{case.evidence.name(organisation)} {on(case.as_of)}: {names or f'not {stated}'}{by_way}; {stated} is stated.",
        values={"found": tuple(link.to for link in relations), "stated": to},
        sources=tuple(dict.fromkeys(source for link in relations for source in link.sources)),
    )


def _place(case: Case, where: str) -> str:
    return case.evidence.name(where) if "/" in where else where


def _links(case: Case, organisation: str) -> list[Relation]:
    return [link for record in case.evidence.organisations if record.id == organisation for link in record.relations]


def _resolved(case: Case, text: str, candidates: set[str]) -> str:
    """Which of the wanted places a spelling leads to; empty when to none."""
    try:
        place = case.evidence.find(text)
    except AmbiguousPlaceError as error:
        ids = {*error.ids}
    except PlaceError:
        return ""
    else:
        ids = {place.id, *place.same_place}
    return next(iter(sorted(ids & candidates)), "")
