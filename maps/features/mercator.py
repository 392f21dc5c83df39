"""The Web Mercator projection (EPSG:3857) of latitudes; longitudes are proportional to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

MAX_LAT = 85.0511287798066  # where the square of the world ends


def northing(lat: ArrayLike) -> NDArray[np.float64]:
    """Return how far north latitudes lie on the map, in radii of the Earth.

    Parameters
    ----------
    lat
        Degrees, one or many; at the poles without end.

    Examples
    --------
    >>> northing([0, MAX_LAT]).round(6).tolist()
    [0.0, 3.141593]
    """
    return np.arcsinh(np.tan(np.radians(np.asarray(lat, dtype=np.float64))))


def latitude(northing: ArrayLike) -> NDArray[np.float64]:
    """Return the latitudes, in degrees, that lie so far north: the inverse of `northing`.

    Examples
    --------
    >>> latitude([0, np.pi]).round(6).tolist()
    [0.0, 85.051129]
    """
    return np.degrees(np.arctan(np.sinh(np.asarray(northing, dtype=np.float64))))
