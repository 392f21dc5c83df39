"""What a route costs: metres, hours, or a generalized cost of both."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from geo.errors import InvalidQuantityError

from .transfer import TRANSFER_KINDS, dwell_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .edge import Mode
    from .transfer import Transfer

CostName: TypeAlias = Literal["distance", "time", "generalized"]

COSTS: Final[tuple[CostName, ...]] = get_args(CostName)


@dataclass(frozen=True, slots=True)
class Speeds:
    """Speed of each mode in km/h, where an edge states no hours.

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
        """Refuse a speed that is not a finite number above 0."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value > 0):
                message = f"{field.name} must be a finite number > 0, got {value!r} (Speeds)"
                raise InvalidQuantityError(message, value=value)

    def hours(self, mode: Mode, length_m: float) -> float:
        """Return the hours that a length takes."""
        speed: float = getattr(self, mode)
        return length_m / 1000.0 / speed


@dataclass(frozen=True, slots=True, kw_only=True)
class CostModel:
    """A generalized cost in kilometres of railway: lengths, dwell times and fees in one figure.

    Parameters
    ----------
    rail, road, sea, ferry
        What a kilometre costs, in kilometres of railway; 0 or more.
    per_hour
        What an hour of dwell at a transfer costs.
    wagon
        What it costs to load a wagon where the route begins, and to unload it where it ends.
    bogie_change, transshipment, port_handling, border_crossing, loading, reversal
        What a transfer of that kind costs beside its hours.

    Raises
    ------
    InvalidQuantityError
        If one is negative or not finite.

    Notes
    -----
    The defaults are assumptions and no tariff: a lorry dearer than a train, a ship cheaper, an hour
    of dwell as dear as ten kilometres of railway, no fees. A network may bring its own models,
    one for each load. Give your own where you know better.

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
    wagon: float = 0.0
    bogie_change: float = 0.0
    transshipment: float = 0.0
    port_handling: float = 0.0
    border_crossing: float = 0.0
    loading: float = 0.0
    reversal: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a cost that is negative or not finite."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value >= 0):
                message = f"{field.name} must be a finite number >= 0, got {value!r} (CostModel)"
                raise InvalidQuantityError(message, value=value)

    def rate(self, mode: Mode) -> float:
        """Return the cost of a kilometre of a mode."""
        value: float = getattr(self, mode)
        return value

    def fees(self, transfers: Sequence[Transfer], load: str = "general") -> list[float]:
        """Return what each transfer costs, its hours included."""
        fixed = {kind: getattr(self, kind) for kind in TRANSFER_KINDS}
        hours = dwell_hours(transfers, load)
        return [fixed[transfer.kind] + hour * self.per_hour for transfer, hour in zip(transfers, hours, strict=True)]
