"""Validity intervals: the states of a feature and the days from which they hold, as day numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from layers.record.history import state_at, turning_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from layers.record.store import JsonObject

FIRST_DAY = 1
ABSENT = "absent"
OPERATING = "operating"


class Spell(NamedTuple):
    """A state that begins on a day, counted as `datetime.date.toordinal` does.

    Attributes
    ----------
    day
        The first day of the state.
    status
        A word of `geo.STATUSES`, ``"absent"`` while the feature is not on the record, or empty while its state is unknown.
    gauges_mm
        Gauges of the track.
    """

    day: int
    status: str
    gauges_mm: tuple[int, ...] = ()


def spells_of(properties: JsonObject) -> tuple[Spell, ...]:
    """States of a feature in order, the first from the first day of all.

    Parameters
    ----------
    properties
        Those of the file of record.

    Examples
    --------
    >>> spells_of({"valid_from": "2013", "status": "operating", "gauge_mm": [1435],
    ...            "history": [{"date": "2013", "status": "operating"}]})
    (Spell(day=1, status='absent', gauges_mm=()), Spell(day=734869, status='operating', gauges_mm=(1435,)))
    """
    days = (day.toordinal() for day in turning_days(properties))
    return merged(days, lambda day: _state(properties, day))


def merged(days: Iterable[int], state: Callable[[int], tuple[str, tuple[int, ...]]]) -> tuple[Spell, ...]:
    """States on some days as spells; where nothing changes, no new one begins."""
    intervals: list[Spell] = []
    for day in sorted(days):
        status, gauges = state(day)
        if not intervals or intervals[-1][1:] != (status, gauges):
            intervals.append(Spell(day, status, gauges))
    return tuple(intervals)


def on(spells: tuple[Spell, ...], day: int) -> Spell:
    """State on a day."""
    current = spells[0]
    for spell in spells:
        if spell.day > day:
            break
        current = spell
    return current


def together(parts: Iterable[tuple[Spell, ...]]) -> tuple[Spell, ...]:
    """States of something that works while all its parts do; of parts that do not, it has the state of the first."""
    parts = tuple(parts)

    def state(day: int) -> tuple[str, tuple[int, ...]]:
        statuses = [on(part, day).status for part in parts]
        wrong = [status for status in statuses if status != OPERATING]
        return (ABSENT if ABSENT in wrong else wrong[0] if wrong else OPERATING), ()

    return merged({spell.day for part in parts for spell in part}, state)


def either(parts: Iterable[tuple[Spell, ...]]) -> tuple[Spell, ...]:
    """States of a whole that works while any of its parts does, with the gauges of all working parts."""
    parts = tuple(parts)

    def state(day: int) -> tuple[str, tuple[int, ...]]:
        spells = [on(part, day) for part in parts]
        gauges = {gauge for spell in spells if spell.status == OPERATING for gauge in spell.gauges_mm}
        present = [spell.status for spell in spells if spell.status not in {ABSENT, ""}]
        status = OPERATING if OPERATING in present else present[0] if present else ABSENT
        return status, tuple(sorted(gauges))

    return merged({FIRST_DAY} | {spell.day for part in parts for spell in part}, state)


def open_before(spells: tuple[Spell, ...]) -> tuple[Spell, ...]:
    """Take a feature of unknown beginning, such as an old port, to be open."""
    states = {spell.day: (spell.status or OPERATING, spell.gauges_mm) for spell in spells}
    return merged(states, lambda day: states[day])


def _state(properties: JsonObject, day: int) -> tuple[str, tuple[int, ...]]:
    state = cast("dict[str, Any] | None", state_at(properties, date.fromordinal(day)))
    if state is None:
        return ABSENT, ()
    return state.get("status") or "", tuple(sorted(set(state.get("gauge_mm") or ())))
