"""Distance between two positions with known accuracy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.errors import InvalidQuantityError
from geo.quantity import Distance, check_metres

from .measure import distance

if TYPE_CHECKING:
    from geo.lonlat import Position


def separation(
    a: Position,
    b: Position,
    *,
    accuracy_a_m: float | None = None,
    accuracy_b_m: float | None = None,
) -> Distance:
    """Return the distance between two positions of known accuracy.

    Parameters
    ----------
    a, b
        One position each.
    accuracy_a_m, accuracy_b_m
        Radius in metres that holds the true position with 95 % confidence; None takes
        the attribute ``accuracy_m`` of the position.

    Returns
    -------
    Distance
        The geodesic, and the root of the sum of the squared accuracies.

    Raises
    ------
    InvalidCoordinateError
        If a position is out of range.
    InvalidQuantityError
        If an accuracy is missing, negative or not finite.

    Notes
    -----
    The errors of the two positions are taken as independent. A radius of 95 % is wider
    than the 95 % error along one line (by 1.25 for a round normal error), so the result
    errs to the safe side. When the distance is not larger than its uncertainty, the two
    may be one place, and the distance of the measured positions is on average too long:
    `Distance.is_resolved` is False then, and the text says so.

    Examples
    --------
    >>> khasan, rajin = (130.644917, 42.430056), (130.28917, 42.24972)
    >>> print(separation(khasan, rajin, accuracy_a_m=20, accuracy_b_m=100))
    35.5 km ± 0.1 km
    >>> print(separation(rajin, (130.2900, 42.2497), accuracy_a_m=100, accuracy_b_m=50))
    100 m ± 100 m (not distinguishable from 0)
    """
    accuracy_a = _accuracy("accuracy_a_m", a, accuracy_a_m)
    accuracy_b = _accuracy("accuracy_b_m", b, accuracy_b_m)
    return Distance(distance(a, b), math.hypot(accuracy_a, accuracy_b))


def _accuracy(name: str, position: Position, override_m: float | None) -> float:
    value = getattr(position, "accuracy_m", None) if override_m is None else override_m
    if value is None:
        message = f"{name} is needed for a position without accuracy_m, got {position!r}"
        raise InvalidQuantityError(message)
    check_metres(name, value)
    return float(value)
