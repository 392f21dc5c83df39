"""What columns of a line layer mean: mode, gauge, status, speed and direction, from a TOML file or by default."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from geo.network.edge import GEOMETRY_METHODS, MODES, STATUSES
from geo.spelling import did_you_mean
from layers.errors import NetworkFileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Join: TypeAlias = Literal["ends", "vertices", "crossings"]
JOINS: Final = ("ends", "vertices", "crossings")
ROLES: Final = ("id", "line", "mode", "gauge", "status", "speed", "one_way", "length")
# Columns that are taken where the file has them and nothing else is said; the first one counts.
USUAL: Final[dict[str, tuple[str, ...]]] = {
    "id": ("osm_id", "full_id", "@id", "id"),
    "line": ("name", "line", "ref"),
    "mode": ("mode", "railway", "highway", "route", "fclass"),
    "gauge": ("gauge_mm", "gauges_mm", "gauge"),
    "status": ("status",),
    "speed": ("speed_km_h", "maxspeed", "speed"),
    "one_way": ("one_way", "oneway"),
    "length": ("length_m",),
}
# Road classes of OpenStreetMap, with the speed in km/h assumed where no limit is tagged.
ROAD_SPEEDS: Final[dict[str, float]] = {
    "motorway": 100, "motorway_link": 50, "trunk": 80, "trunk_link": 45, "primary": 65, "primary_link": 40,
    "secondary": 55, "secondary_link": 35, "tertiary": 45, "tertiary_link": 30, "unclassified": 35,
    "residential": 25, "living_street": 8, "service": 15, "road": 30, "track": 12,
}  # fmt: skip
USUAL_MODES: Final[dict[str, str]] = {
    **dict.fromkeys(("rail", "narrow_gauge", "preserved", "disused", "abandoned", "construction", "proposed"), "rail"),
    **dict.fromkeys(ROAD_SPEEDS, "road"),
    **{mode: mode for mode in MODES},
}
USUAL_STATUSES: Final[dict[str, str]] = {
    "disused": "closed",
    "abandoned": "closed",
    "construction": "under_construction",
    **{status: status for status in STATUSES},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """How line layers become a network; set by a TOML file with the same names.

    Attributes
    ----------
    columns
        Column of each of `ROLES`; a role not given here is looked for among `USUAL`.
    modes
        Mode of each value of the mode's column; other values are left out.
    statuses
        Status of each value of the status's column, or of the mode's.
    speeds
        Kilometres an hour of each value of the mode's column, or of a mode, where no speed is given.
    mode
        Mode of lines that state none; None where these are left out.
    gauges_mm
        Gauges of railways that state none; none for unknown.
    status
        Status of lines that state none.
    geometry_method
        As of `geo.Edge`.
    length_unit
        Unit of the length's column: ``"m"`` or ``"km"``. Where a line states its length it counts in place of the drawn one.
    length_error
        Share of its length by which a line may be wrong, with 95 % confidence, in the same direction as the others.
    snap_m
        Ends within so many metres of another line are joined to it; 0 for none.
    join
        Where lines are joined: ``"ends"`` at an end that lies on a vertex of another, ``"vertices"`` at every vertex
        that they share, ``"crossings"`` also where they cross without one.
    join_modes
        Whether railways are joined to roads and ferries.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    modes: Mapping[str, str] = field(default_factory=lambda: USUAL_MODES)
    statuses: Mapping[str, str] = field(default_factory=lambda: USUAL_STATUSES)
    speeds: Mapping[str, float] = field(default_factory=dict)
    mode: str | None = None
    gauges_mm: tuple[int, ...] = ()
    status: str = "operating"
    geometry_method: str = "schematic"
    length_unit: str = "m"
    length_error: float = 0.01
    snap_m: float = 0.0
    join: Join | None = None
    join_modes: bool = False


def read_settings(path: Path) -> NetworkSettings:
    """Read a TOML file.

    Raises
    ------
    NetworkFileError
        When it is not TOML, has an unknown key, or a value of the wrong type; names key and fix.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NetworkFileError(f"{path} cannot be read: {error.strerror}; check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NetworkFileError(f"{path} is not TOML: {error}") from None
    names = [setting.name for setting in fields(NetworkSettings)]
    for key in content:
        if key not in names:
            raise NetworkFileError(f"{path}: a key is one of {', '.join(names)}, got {key!r}{did_you_mean(key, names)}")
    return NetworkSettings(**{key: _CHECKS[key](f"{path}: {key}", value) for key, value in content.items()})


def _table(where: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - of TOML
    if not isinstance(value, dict):
        raise NetworkFileError(f"{where} must be a table, such as [{where.rpartition(' ')[2]}], got {value!r}")
    return value


def _word(where: str, value: Any, choices: tuple[str, ...]) -> Any:  # noqa: ANN401
    if value not in choices:
        hint = did_you_mean(str(value), choices)
        raise NetworkFileError(f"{where} must be one of {', '.join(choices)}, got {value!r}{hint}")
    return value


def _words(choices: tuple[str, ...]) -> Any:  # noqa: ANN401
    return lambda where, value: {
        str(key): _word(f"{where}.{key}", word, choices) for key, word in _table(where, value).items()
    }


def _columns(where: str, value: Any) -> dict[str, str]:  # noqa: ANN401
    for key, column in _table(where, value).items():
        _word(f"a key of {where}", key, ROLES)
        if not isinstance(column, str):
            raise NetworkFileError(f"{where}.{key} must name a column, got {column!r}")
    return dict(value)


def _number(where: str, value: Any, low: float, high: float) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value < high:
        raise NetworkFileError(f"{where} must be a number from {low:g} to less than {high:g}, got {value!r}")
    return float(value)


def _speeds(where: str, value: Any) -> dict[str, float]:  # noqa: ANN401
    return {key: _number(f"{where}.{key}", speed, 0.1, 1000) for key, speed in _table(where, value).items()}


def _gauges(where: str, value: Any) -> tuple[int, ...]:  # noqa: ANN401
    gauges = value if isinstance(value, list) else [value]
    for gauge in gauges:
        if isinstance(gauge, bool) or not isinstance(gauge, int) or not 100 <= gauge <= 10_000:  # noqa: PLR2004 - millimetres
            raise NetworkFileError(f"{where} must be millimetres such as 1435 or [1435, 1520], got {value!r}")
    return tuple(gauges)


def _flag(where: str, value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, bool):
        raise NetworkFileError(f"{where} must be true or false, got {value!r}")
    return value


_CHECKS: Final[dict[str, Any]] = {
    "columns": _columns,
    "modes": _words(MODES),
    "statuses": _words(STATUSES),
    "speeds": _speeds,
    "mode": lambda where, value: _word(where, value, MODES),
    "gauges_mm": _gauges,
    "status": lambda where, value: _word(where, value, STATUSES),
    "geometry_method": lambda where, value: _word(where, value, GEOMETRY_METHODS),
    "length_unit": lambda where, value: _word(where, value, ("m", "km")),
    "length_error": lambda where, value: _number(where, value, 0, 1),
    "snap_m": lambda where, value: _number(where, value, 0, 10_000),
    "join": lambda where, value: _word(where, value, JOINS),
    "join_modes": _flag,
}
