"""What a feature was on a given day.

A feature's ``history`` lists its dated changes. `state_at` plays them up to a day. A date of lower precision counts from its
first day when something begins and to its last day when something ends: ``2014-07`` has begun on 1 July 2014.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from geo import parse_date

from .store import JsonObject, properties_of


def state_at(properties: JsonObject, day: date) -> JsonObject | None:
    """Properties of a feature as they were on a day.

    Parameters
    ----------
    properties
        Those of the file of record.
    day
        The day asked for.

    Returns
    -------
    JsonObject or None
        ``None`` when the feature was not on the record yet, or no longer. `status` is ``None`` when the day lies before the
        first dated change of a feature whose beginning nobody has stated.

    Examples
    --------
    >>> bridge = {"valid_from": "2014", "status": "under_construction", "history": [
    ...     {"date": "2014", "status": "proposed"}, {"date": "2025-04-30", "status": "under_construction"}]}
    >>> state_at(bridge, date(2019, 6, 1))["status"]
    'proposed'
    >>> state_at(bridge, date(1959, 8, 9)) is None
    True
    """
    begin, end = properties.get("valid_from"), properties.get("valid_to")
    if isinstance(begin, str) and parse_date(begin).earliest > day:
        return None
    if isinstance(end, str) and parse_date(end).latest < day:
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


def features_at(features: Iterable[JsonObject], day: date) -> list[JsonObject]:
    """Features on the record on a day, each as it was then; the given ones are not changed."""
    return [
        feature | {"properties": state}
        for feature in features
        if (state := state_at(properties_of(feature), day)) is not None
    ]


def _settable(history: list[dict[str, Any]]) -> set[str]:
    return {attribute for entry in history for attribute in entry.get("set", {})}
