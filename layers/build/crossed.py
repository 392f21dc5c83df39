"""What a crossing does to the sections and checkpoints on it: a bridge has one state, and it stands in one table."""

from __future__ import annotations

from typing import Any

from layers.record.history import over_crossing

from . import table

CROSSING = "crossing"


def crossings() -> dict[str, list[dict[str, Any]]]:
    """Return the history of each crossing in the table, by its id."""
    return {row["id"]: row["history"] for row in table.read("crossings")["feature"]}


def dated(row: dict[str, Any], histories: dict[str, list[dict[str, Any]]], mode: str | None) -> dict[str, Any]:
    """Row of a table with its history limited by that of its crossing.

    Parameters
    ----------
    row
        Of a section or a checkpoint. With ``crossing`` it is open only while that is; with ``history = "crossing"`` it has no
        other history.
    histories
        Those of the crossings.
    mode
        ``rail`` or ``road``: its traffic; ``None`` for both.

    Raises
    ------
    ValueError
        When no crossing has the id.
    """
    crossing = row.get(CROSSING)
    if crossing is None:
        return row
    if crossing not in histories:
        raise ValueError(f"{row.get('id') or row.get('line')}: no crossing is called {crossing!r}")
    own = [] if row["history"] == CROSSING else row["history"]
    history = over_crossing(own, histories[crossing], mode=mode)
    sources = dict.fromkeys(source for entry in history for source in entry["sources"])
    begin = {} if own else {"valid_from": row.get("valid_from", history[0]["date"])}
    return row | begin | {"history": history, "sources": list(dict.fromkeys([*row["sources"], *sources]))}
