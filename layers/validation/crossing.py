"""Checks that sections and checkpoints on a crossing are open only while the crossing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo import parse_date
from layers.record.history import over_crossing, state_at

from .exception import excepted
from .report import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Layers = Mapping[str, list[dict[str, Any]]]

# Layers whose features may name the crossing that they are on, and the traffic of each; a checkpoint has that of its kind.
MODES = {"railways": "rail", "road_links": "road", "checkpoints": None}
CHECKPOINT_MODES = {"rail_checkpoint": "rail", "road_checkpoint": "road"}


def check_over_crossings(layers: Layers, files: Mapping[str, str]) -> Iterator[Issue]:
    """Check sections and checkpoints that name their crossing, over their whole history."""
    crossings = {row["properties"]["id"]: row["properties"] for row in layers.get("crossings", ())}
    for name, mode in MODES.items() if "crossings" in layers else ():
        for row in layers.get(name, ()):
            properties = row["properties"]
            crossing_id = properties.get("crossing")
            if crossing_id is None:
                continue
            if crossing_id not in crossings:
                problem = f"there is no crossing {crossing_id!r}"
                yield Issue(files[name], properties["id"], "crossing", problem, "add it, or correct the id")
            elif shut := open_over_shut(
                properties, crossings[crossing_id], CHECKPOINT_MODES.get(properties["kind"], mode)
            ):
                yield issue(files[name], properties["id"], crossing_id, shut)


def open_over_shut(
    properties: Mapping[str, Any], crossing: Mapping[str, Any], mode: str | None
) -> Mapping[str, Any] | None:
    """Find the first day on which a section was open and its crossing was not.

    Parameters
    ----------
    properties, crossing
        Those of the section and of the crossing.
    mode
        ``rail`` or ``road``: what the section carries; ``None`` for both.

    Returns
    -------
    Mapping or None
        The date and the status that the section should have had; ``None`` when the two agree.

    Examples
    --------
    >>> bridge = {"id": "crossing/b", "history": [
    ...     {"date": "1959", "status": "operating"}, {"date": "2020-02", "status": "suspended"}]}
    >>> track = {"valid_from": "1959", "valid_to": None, "history": [{"date": "1959", "status": "operating"}]}
    >>> open_over_shut(track, bridge, "rail")
    {'date': '2020-02', 'status': 'suspended'}
    """
    if excepted(properties, "status", crossing["id"]):
        return None
    for entry in over_crossing(properties["history"], crossing["history"], mode=mode):
        was = state_at(dict(properties), parse_date(entry["date"]).earliest)
        if was is not None and was["status"] == "operating" != entry["status"]:
            return {"date": entry["date"], "status": entry["status"]}
    return None


def issue(file: str, feature: str, crossing_id: str, shut: Mapping[str, Any]) -> Issue:
    """Report a section that is open over a closed crossing."""
    state = shut["status"].replace("_", " ")
    problem = f"it is operating on {shut['date']}, its crossing {crossing_id!r} is {state}"
    fix = f"name the crossing in the table (crossing = {crossing_id!r}) and build it, or correct one of the two"
    return Issue(file, feature, "history", problem, fix)
