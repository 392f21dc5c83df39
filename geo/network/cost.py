"""What a way costs: metres, hours, or both in one figure."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from geo.errors import InvalidQuantityError

if TYPE_CHECKING:
    from .edge import Mode

CostName: TypeAlias = Literal["distance", "time", "generalized"]

COSTS: Final[tuple[CostName, ...]] = get_args(CostName)


@dataclass(frozen=True, slots=True)
class Speeds:
    """Kilometres an hour of each mode, where an edge states no hours of its own.

    Parameters
    ----------
    rail, road, sea, ferry
        km/h, greater than 0. The defaults are assumptions: a goods train with its stops, a
        lorry on a gravel road, a ship at 12 knots, a ferry at 15.

    Raises
    ------
    InvalidQuantityError
        If one is not a finite number above 0.

    Examples
    --------
    >>> Speeds().hours("rail", 70_000.0)
    2.0
    >>> Speeds(sea=0)
    Traceback (most recent call last):
        ...
    geo.errors.InvalidQuantityError: sea must be a finite number > 0, got 0 (Speeds)
    """

    rail: float = 35.0
    road: float = 45.0
    sea: float = 22.0
    ferry: float = 28.0

    def __post_init__(self) -> None:
        """Refuse to stand still."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value > 0):
                message = f"{field.name} must be a finite number > 0, got {value!r} (Speeds)"
                raise InvalidQuantityError(message, value=value)

    def hours(self, mode: Mode, length_m: float) -> float:
        """Return the hours that a length takes."""
        speed: float = getattr(self, mode)
        return length_m / 1000.0 / speed


@dataclass(frozen=True, slots=True)
class CostModel:
    """One figure of length and hours: kilometres of railway that would cost as much.

    Parameters
    ----------
    rail, road, sea, ferry
        What a kilometre costs, in kilometres of railway; 0 or more.
    per_hour
        What an hour of a transfer costs, in kilometres of railway.

    Raises
    ------
    InvalidQuantityError
        If one is negative or not finite.

    Notes
    -----
    The defaults are assumptions for bulk goods, no tariff: a lorry dearer than a train, a
    ship cheaper, an hour of handling as dear as ten kilometres of railway. Give your own.

    Examples
    --------
    >>> CostModel().rate("road"), CostModel(per_hour=0).per_hour
    (2.5, 0)
    """

    rail: float = 1.0
    road: float = 2.5
    sea: float = 0.2
    ferry: float = 0.4
    per_hour: float = 10.0

    def __post_init__(self) -> None:
        """Refuse ways that pay for themselves."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value >= 0):
                message = f"{field.name} must be a finite number >= 0, got {value!r} (CostModel)"
                raise InvalidQuantityError(message, value=value)

    def rate(self, mode: Mode) -> float:
        """Return what a kilometre of a mode costs."""
        value: float = getattr(self, mode)
        return value
