"""The state of a feature on a day.

A feature's ``history`` lists its dated changes. `state_at` plays them up to a day. A date of lower precision counts from its
first day when something begins and to its last day when something ends: ``2014-07`` has begun on 1 July 2014.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any, TypeAlias, cast

from geo import parse_date

from .store import JsonObject, properties_of


def may_hold(begin: object, end: object, day: date, last: date | None = None) -> bool:
    """Tell whether a fact dated from `begin` to `end` can hold on a day.

    Parameters
    ----------
    begin, end
        ISO 8601 dates of any precision; anything else, and an empty text, leaves that side open.
    day, last
        The day; with `last`, one of the days between the two is enough.

    Examples
    --------
    >>> may_hold("2014-07", "", date(2014, 7, 1)), may_hold("2014-07", "", date(2014, 6, 30))
    (True, False)
    >>> may_hold(None, "2014", date(2014, 12, 31))
    True
    """
    if isinstance(begin, str) and begin and parse_date(begin).earliest > (last or day):
        return False
    return not (isinstance(end, str) and end) or parse_date(end).latest >= day


def state_at(properties: JsonObject, day: date) -> JsonObject | None:
    """Properties of a feature as they were on a day.

    Parameters
    ----------
    properties
        Those of the file of record.
    day
        The day.

    Returns
    -------
    JsonObject or None
        ``None`` when the feature was not on the record yet, or no longer. `status` is ``None`` when the day lies before the
        first dated change of a feature without a stated beginning.

    Examples
    --------
    >>> bridge = {"valid_from": "2014", "status": "under_construction", "history": [
    ...     {"date": "2014", "status": "proposed"}, {"date": "2025-04-30", "status": "under_construction"}]}
    >>> state_at(bridge, date(2019, 6, 1))["status"]
    'proposed'
    >>> state_at(bridge, date(1959, 8, 9)) is None
    True
    """
    if not may_hold(properties.get("valid_from"), properties.get("valid_to"), day):
        return None
    history = cast("list[dict[str, Any]]", properties.get("history") or [])
    if not history:
        return dict(properties)
    changes = [entry for entry in history if parse_date(entry["date"]).earliest <= day]
    state = dict(properties) | dict.fromkeys(_settable(history))
    state["history"] = cast("Any", changes)
    state["status"] = None
    for entry in changes:
        state["status"] = entry["status"]
        state.update(entry.get("set", {}))
    return state


def turning_days(properties: JsonObject) -> list[date]:
    """First days of the states of a feature, in order; the first of all is the first day of the calendar.

    Examples
    --------
    >>> [day.isoformat() for day in turning_days({"valid_from": "2013", "valid_to": "2020-02"})]
    ['0001-01-01', '2013-01-01', '2020-03-01']
    """
    history = cast("list[dict[str, Any]]", properties.get("history") or [])
    days = {date.min} | {parse_date(entry["date"]).earliest for entry in history}
    begin, end = properties.get("valid_from"), properties.get("valid_to")
    if isinstance(begin, str):
        days.add(parse_date(begin).earliest)
    if isinstance(end, str):
        days.add(parse_date(end).latest + timedelta(1))
    return sorted(days)


def states(feature: JsonObject) -> list[tuple[date, date, JsonObject]]:
    """States of a feature while it is on the record: the first day, the last day, and the feature as it was between them.

    Examples
    --------
    >>> bridge = {"properties": {"valid_from": "2014", "status": "planned", "history": [
    ...     {"date": "2015-02", "status": "planned"}]}}
    >>> [(begin.isoformat(), row["properties"]["status"]) for begin, _, row in states(bridge)]
    [('2014-01-01', None), ('2015-02-01', 'planned')]
    """
    properties = properties_of(feature)
    begins = turning_days(properties)
    ends = [*(begin - timedelta(1) for begin in begins[1:]), date.max]
    return [
        (begin, end, feature | {"properties": state})
        for begin, end in zip(begins, ends, strict=True)
        if (state := state_at(properties, begin)) is not None
    ]


def features_at(features: Iterable[JsonObject], day: date) -> list[JsonObject]:
    """Features on the record on a day, each in its state then; the arguments are not changed."""
    return [
        feature | {"properties": state}
        for feature in features
        if (state := state_at(properties_of(feature), day)) is not None
    ]


# From open to gone: of a section and the crossing on it the state farther down holds for the section.
_RANK = ("operating", "suspended", "under_construction", "planned", "proposed", "studied", "closed", "cancelled")
_OPENED = frozenset({"operating", "suspended", "closed"})

Entry: TypeAlias = dict[str, Any]


def states_of(crossing: Iterable[Entry], *, mode: str | None = None) -> list[Entry]:
    """List the changes of the state of a crossing for what runs over it, in order of their days.

    Parameters
    ----------
    crossing
        The history of the crossing. An entry with a ``mode`` is about its rails or its road alone.
    mode
        ``rail`` or ``road``; ``None`` for both.

    Examples
    --------
    >>> bridge = [{"date": "1943", "status": "operating"}, {"date": "1990", "status": "operating"},
    ...     {"date": "2020-01", "status": "suspended"}, {"date": "2022", "status": "operating", "mode": "rail"}]
    >>> [entry["date"] for entry in states_of(bridge, mode="road")]
    ['1943', '2020-01']
    """
    dated = sorted(
        (entry for entry in crossing if mode is None or entry.get("mode", mode) == mode),
        key=_begins,
    )
    return [entry for before, entry in pairwise([{"status": None}, *dated]) if entry["status"] != before["status"]]


def over_crossing(own: Iterable[Entry], crossing: Iterable[Entry], *, mode: str | None = None) -> list[Entry]:
    """History of a section that runs over a crossing: it is open only while both are.

    Parameters
    ----------
    own
        What is said of the section alone; nothing when it has no history but the crossing's.
    crossing, mode
        As in `states_of`. Before the crossing first opened, it shuts no section that ran before.

    Returns
    -------
    list of dict
        The section's entries, and those of the crossing that change its state.

    Examples
    --------
    >>> track = [{"date": "1952", "status": "operating"}, {"date": "2013", "status": "operating"}]
    >>> bridge = [{"date": "1959", "status": "operating"}, {"date": "2020-02", "status": "suspended"}]
    >>> [(entry["date"], entry["status"]) for entry in over_crossing(track, bridge)]
    [('1952', 'operating'), ('2013', 'operating'), ('2020-02', 'suspended')]
    >>> over_crossing([], [])
    []
    """
    mine, theirs = list(own), states_of(crossing, mode=mode)
    if not mine:
        return [_plain(entry) for entry in theirs]
    both = [(entry, False) for entry in theirs] + [(entry, True) for entry in mine]
    both.sort(key=lambda item: (_begins(item[0]), item[1]))
    state, bridge = None, None
    history: list[Entry] = []
    for _, group in groupby(both, key=lambda item: _begins(item[0])):
        today = list(group)
        for entry, is_own in today:
            if is_own:
                state = entry["status"]
            elif bridge is not None or entry["status"] in _OPENED:
                bridge = entry["status"]
        now = _worse(state, bridge)
        own_today = [entry | {"status": now} for entry, is_own in today if is_own]
        changed = history and now != history[-1]["status"]
        history += own_today or ([_plain(today[-1][0]) | {"status": now}] if changed else [])
    return history


def _begins(entry: Entry) -> date:
    return parse_date(entry["date"]).earliest


def _worse(state: str | None, bridge: str | None) -> str | None:
    if state is None or bridge is None:
        return state
    return max(state, bridge, key=_RANK.index)


def _plain(entry: Entry) -> Entry:
    """Entry of a crossing without what belongs to the crossing only."""
    return {key: value for key, value in entry.items() if key not in {"set", "mode"}}


def _settable(history: list[dict[str, Any]]) -> set[str]:
    return {attribute for entry in history for attribute in entry.get("set", {})}
