"""Currency of the record: its newest dated fact, and features with old evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo import parse_date
from layers.errors import AgeError
from layers.record.citation import cited_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from layers.record.catalog import Catalog
    from layers.record.record import Source
    from layers.record.store import DataPath, JsonObject

    from .event import Event

# A source of this kind is a package: its date says when it was made, not when anything happened.
DATASET = "dataset"
_DAYS = {"y": 365.25, "m": 365.25 / 12, "d": 1.0}
_AGE = re.compile(r"([0-9]{1,4})\s*([ymd])")
_NAMES = {"en": "name", "ko": "name_ko", "ru": "name_ru", "zh": "name_zh"}
# What to look for beside the name: what would end the state that the record has.
_NEXT = {
    "open": {"en": "closed suspended", "ko": "중단 폐쇄", "ru": "закрыт приостановлен", "zh": "停运 关闭"},
    "shut": {"en": "reopened resumed", "ko": "재개", "ru": "возобновлён открыт", "zh": "恢复 重启"},
    "coming": {"en": "opened completed", "ko": "개통 완공", "ru": "открыт завершён", "zh": "开通 竣工"},
}
_STATE = {"operating": "open", "suspended": "shut", "closed": "shut", "cancelled": "shut"}


@dataclass(frozen=True, slots=True)
class Stale:
    """A feature, or a line with all its sections, and the age of the evidence on it.

    Attributes
    ----------
    id, name, layer, status
        Of the feature; of a line, its own id, and the state of the section with the oldest evidence.
    evidence
        Date of the newest evidence, as precise as known.
    source
        Id of the source that has it; empty where the history alone does.
    age_days
        From the last day that the date can mean to the requested day.
    search
        What to search for, by language.
    """

    id: str
    name: str
    layer: str
    status: str
    evidence: str
    source: str
    age_days: int
    search: Mapping[str, str]


def newest_fact(
    properties: Iterable[Mapping[str, Any]], events: Iterable[Mapping[str, Any]], kind_of: Callable[[str], str]
) -> str:
    """Newest dated fact of a record: a change in the history of a feature, or an event.

    Parameters
    ----------
    properties
        Those of the features.
    events
        Rows with ``date`` and maybe ``until``.
    kind_of
        Gives the kind of a source by its id. A change attested only by packages has their date and is not counted as evidence.

    Returns
    -------
    str
        ISO 8601, as precise as known; of two dates that begin on one day the more precise.

    Raises
    ------
    ValueError
        When nothing is dated.

    Examples
    --------
    >>> port = {"history": [{"date": "2026-07-24", "sources": ["index"]}, {"date": "2025", "sources": ["paper"]}]}
    >>> newest_fact([port], [{"date": "2024-12-16"}], {"index": "dataset", "paper": "press"}.get)
    '2025'
    """
    dates: list[str] = [
        entry["date"]
        for row in properties
        for entry in row.get("history", ())
        if any(kind_of(source) != DATASET for source in entry["sources"])
    ]
    dates += [event.get("until") or event["date"] for event in events]
    return max(dates, key=lambda text: (parse_date(text).earliest, len(text)))


def age_in_days(text: str) -> float:
    """Read a length of time.

    Raises
    ------
    AgeError
        When it is none.

    Examples
    --------
    >>> age_in_days("90d"), age_in_days("1y")
    (90.0, 365.25)
    >>> age_in_days("a year")
    Traceback (most recent call last):
    layers.errors.AgeError: expected an age such as 1y, 6m or 90d, got 'a year'
    """
    match = _AGE.fullmatch(text.strip().lower())
    if match is None:
        raise AgeError(f"expected an age such as 1y, 6m or 90d, got {text!r}")
    return int(match[1]) * _DAYS[match[2]]


def stale(day: date, *, older_days: float = 0.0, data: DataPath = None) -> list[Stale]:
    """List the features whose newest evidence is the oldest first.

    Parameters
    ----------
    day
        The day from which the age counts; today, when you maintain the record.
    older_days
        Only features with evidence older than this.
    data
        The data directory, as in `catalog`.

    Returns
    -------
    list of Stale
        One a feature; the sections of a line are one, with the newest evidence of any of them.

    Notes
    -----
    Evidence is a dated change in the history, or the date of a source that the feature cites, packages apart. Undated
    features, such as villages, are not listed.
    """
    from layers.record.catalog import catalog, sources

    from .event import events

    records, cited = catalog(data=data), sources(data=data)
    happened = _events_by_feature(events(data=data))
    items = [_stale(layer, rows, cited, happened, day) for layer, rows in _subjects(records)]
    older = [item for item in items if item is not None and item.age_days > older_days]
    return sorted(older, key=lambda item: (-item.age_days, item.id))


def _subjects(records: Catalog) -> list[tuple[str, list[dict[str, Any]]]]:
    """Features of the dated layers, those of one line together."""
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for record in records:
        for row in records.features(record.name):
            properties = _properties(row)
            if properties.get("history"):
                grouped.setdefault((record.name, properties.get("line", properties["id"])), []).append(properties)
    return [(layer, rows) for (layer, _), rows in grouped.items()]


def _properties(row: JsonObject) -> dict[str, Any]:
    from layers.record.store import properties_of

    return dict(properties_of(row))


def _events_by_feature(happened: Iterable[Event]) -> dict[str, list[str]]:
    dates: dict[str, list[str]] = {}
    for event in happened:
        for feature in event.features:
            dates.setdefault(feature, []).append(event.until or event.date)
    return dates


def _stale(
    layer: str,
    rows: list[dict[str, Any]],
    cited: Mapping[str, Source],
    happened: Mapping[str, list[str]],
    day: date,
) -> Stale | None:
    evidence = [
        (entry["date"], next((source for source in entry["sources"] if source in cited), ""))
        for row in rows
        for entry in row["history"]
        if any(source in cited and cited[source].kind != DATASET for source in entry["sources"])
    ]
    evidence += [
        (cited[source].date, source)
        for source in {source for row in rows for source in cited_in(row)}
        if source in cited and cited[source].kind != DATASET and _is_date(cited[source].date)
    ]
    evidence += [(date_, "") for row in rows for date_ in happened.get(row["id"], ())]
    if not evidence:
        return None
    newest, source = max(evidence, key=lambda item: (parse_date(item[0]).earliest, item))
    first = rows[0]
    return Stale(
        id=first.get("line", first["id"]),
        name=first.get("name", first["id"]),
        layer=layer,
        status=min(rows, key=lambda row: row["history"][-1]["date"])["status"],
        evidence=newest,
        source=source,
        age_days=max((day - parse_date(newest).latest).days, 0),
        search=_search(first, day),
    )


def _is_date(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text) is not None


def _search(row: Mapping[str, Any], day: date) -> dict[str, str]:
    """Words by language: the name, what would change its state, the year."""
    coming = _NEXT[_STATE.get(row["status"], "coming")]
    return {lang: f'"{row[key]}" {coming[lang]} {day.year}' for lang, key in _NAMES.items() if row.get(key)}
