"""Units of length: metres inside, any of five at the edge."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from .errors import UnitError
from .spelling import close

if TYPE_CHECKING:
    from collections.abc import Mapping

UNITS: Final[Mapping[str, float]] = MappingProxyType(
    {"m": 1.0, "km": 1000.0, "mi": 1609.344, "nmi": 1852.0, "verst": 1066.8}
)
"""Metres in one of each unit."""

_SPELLINGS = {
    "meter": "m",
    "metre": "m",
    "kilometer": "km",
    "kilometre": "km",
    "kms": "km",
    "mile": "mi",
    "statute mile": "mi",
    "nautical mile": "nmi",
    "nm": "nmi",
    "versta": "verst",
    "верста": "verst",
}


def to_unit(metres: float, unit: str) -> float:
    """Return a length in another unit.

    Parameters
    ----------
    metres
        The length.
    unit
        ``"m"``, ``"km"``, ``"mi"`` (statute), ``"nmi"`` (nautical) or ``"verst"``.

    Returns
    -------
    float
        The same length in that unit.

    Raises
    ------
    UnitError
        If the unit is unknown; the message names the nearest spelling.

    Notes
    -----
    1 mi = 1609.344 m and 1 nmi = 1852 m exactly; 1 verst = 500 sazhen = 1066.8 m.

    Examples
    --------
    >>> round(to_unit(17_300, "mi"), 2)
    10.75
    >>> to_unit(17_300, "miles")
    Traceback (most recent call last):
        ...
    geo.errors.UnitError: a unit of length is one of m, km, mi, nmi, verst, \
got 'miles'; did you mean 'mi'?
    """
    return metres / metres_per(unit)


def from_unit(value: float, unit: str) -> float:
    """Return in metres a length given in another unit.

    Parameters
    ----------
    value
        The length in ``unit``.
    unit
        As in `to_unit`.

    Returns
    -------
    float
        Metres.

    Raises
    ------
    UnitError
        If the unit is unknown.

    Examples
    --------
    >>> from_unit(12, "nmi")
    22224.0
    >>> round(from_unit(18, "mi"))
    28968
    """
    return value * metres_per(unit)


def metres_per(unit: str) -> float:
    """Return how many metres one of the unit has.

    Parameters
    ----------
    unit
        As in `to_unit`.

    Returns
    -------
    float
        Metres.

    Raises
    ------
    UnitError
        If the unit is unknown.

    Examples
    --------
    >>> metres_per("nmi")
    1852.0
    """
    try:
        return UNITS[unit]
    except (KeyError, TypeError):
        raise _unknown(unit) from None


def _unknown(unit: str) -> UnitError:
    names = {name: name for name in UNITS} | _SPELLINGS
    near = close(str(unit).casefold(), names)
    hint = f"; did you mean {names[near[0]]!r}?" if near else ""
    message = f"a unit of length is one of {', '.join(UNITS)}, got {unit!r}{hint}"
    return UnitError(message, unit=str(unit))
