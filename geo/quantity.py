"""A length with its uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import InvalidQuantityError
from .unit import to_unit

if TYPE_CHECKING:
    from collections.abc import Iterable


_KILOMETRE = 1000.0
_EXACT_DECIMALS = 3
_NEXT_DIGIT = 10.0


@dataclass(frozen=True, slots=True)
class Distance:
    """A length with its uncertainty.

    Parameters
    ----------
    metres
        The length, not negative.
    uncertainty_m
        Metres that the true length is within, with 95 % confidence; 0 when it is
        exact or nothing is known of it.

    Raises
    ------
    InvalidQuantityError
        If either is negative or not finite.

    Examples
    --------
    >>> print(Distance(35_412.3, 102.0))
    35.4 km ± 0.1 km
    >>> print(Distance(35_412.3))
    35.412 km
    >>> print(Distance(120.0, 400.0))
    100 m ± 400 m (not distinguishable from 0)
    """

    metres: float
    uncertainty_m: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a length or an uncertainty that is negative or not finite."""
        check_metres("metres", self.metres)
        check_metres("uncertainty_m", self.uncertainty_m)

    def __str__(self) -> str:
        """Write it in metres below 1 km, else in kilometres."""
        return self.text()

    @property
    def is_resolved(self) -> bool:
        """Whether the length is larger than its uncertainty."""
        return self.metres > self.uncertainty_m

    def to(self, unit: str) -> float:
        """Return the length in a unit of `geo.UNITS`.

        Raises
        ------
        UnitError
            If the unit is unknown.

        Examples
        --------
        >>> round(Distance(1852.0).to("nmi"), 6)
        1.0
        """
        return to_unit(self.metres, unit)

    def text(self, unit: str | None = None) -> str:
        """Write length and uncertainty, with no digit that the uncertainty hides.

        Parameters
        ----------
        unit
            A unit of `geo.UNITS`; None means metres below 1 km, else kilometres.

        Returns
        -------
        str
            The uncertainty to one significant digit, the length to the same decimal;
            three decimals and no ± when the uncertainty is 0.

        Raises
        ------
        UnitError
            If the unit is unknown.

        Examples
        --------
        >>> Distance(28_968, 960).text("mi")
        '18.0 mi ± 0.6 mi'
        >>> Distance(28_968, 960).text()
        '29 km ± 1 km'
        """
        size = max(self.metres, self.uncertainty_m)
        unit = unit or ("m" if size < _KILOMETRE else "km")
        value, spread = self.to(unit), to_unit(self.uncertainty_m, unit)
        if not spread:
            return f"{value:.{_EXACT_DECIMALS}f} {unit}"
        decimals = _decimals(spread)
        plain = max(decimals, 0)
        words = f"{round(value, decimals):.{plain}f} {unit}"
        words += f" ± {round(spread, decimals):.{plain}f} {unit}"
        return words if self.is_resolved else f"{words} (not distinguishable from 0)"


def sum_independent(parts: Iterable[Distance]) -> Distance:
    """Return the sum of lengths with independent errors.

    Parameters
    ----------
    parts
        Lengths, each measured by itself.

    Returns
    -------
    Distance
        Uncertainties added in quadrature.

    Examples
    --------
    >>> sum_independent([Distance(1000, 30), Distance(2000, 40)])
    Distance(metres=3000.0, uncertainty_m=50.0)
    >>> sum_independent([])
    Distance(metres=0.0, uncertainty_m=0.0)
    """
    lengths = list(parts)
    return Distance(
        math.fsum(part.metres for part in lengths),
        math.hypot(*(part.uncertainty_m for part in lengths)),
    )


def sum_systematic(parts: Iterable[Distance]) -> Distance:
    """Return the sum of lengths with a common systematic error.

    Parameters
    ----------
    parts
        Lengths with one bias, such as lines drawn from the same coarse map.

    Returns
    -------
    Distance
        Uncertainties added linearly.

    Examples
    --------
    >>> sum_systematic([Distance(1000, 30), Distance(2000, 40)])
    Distance(metres=3000.0, uncertainty_m=70.0)
    """
    lengths = list(parts)
    return Distance(
        math.fsum(part.metres for part in lengths),
        math.fsum(part.uncertainty_m for part in lengths),
    )


def check_metres(name: str, value: float, where: str = "") -> None:
    """Raise `InvalidQuantityError` unless the value is a finite number >= 0.

    Parameters
    ----------
    name
        What the value is called.
    value
        Metres.
    where
        What it belongs to, for the message.

    Raises
    ------
    InvalidQuantityError
        If it is negative, not finite, or no number.

    Examples
    --------
    >>> check_metres("length_m", -1.0, "edge 'bridge'")
    Traceback (most recent call last):
        ...
    geo.errors.InvalidQuantityError: length_m must be a finite number >= 0, got -1.0 \
(edge 'bridge')
    """
    if not (is_real(value) and math.isfinite(value) and value >= 0):
        place = f" ({where})" if where else ""
        message = f"{name} must be a finite number >= 0, got {value!r}{place}"
        raise InvalidQuantityError(message, value=value)


def _decimals(spread: float) -> int:
    """Return how many decimals leave one significant digit of the spread; may be negative."""
    decimals = -math.floor(math.log10(spread))
    # 0.96 rounds up to 1.0, which needs one decimal fewer
    return decimals - (round(spread * _NEXT_DIGIT**decimals) == _NEXT_DIGIT)


def is_real(value: object) -> bool:
    """Tell a real number, of numpy or the standard library too.

    Examples
    --------
    >>> is_real(1.5), is_real(1), is_real("1"), is_real(1j)
    (True, True, False, False)
    """
    if isinstance(value, float | int):
        return True
    from numbers import Real  # a slow test, for rare kinds

    return isinstance(value, Real)
