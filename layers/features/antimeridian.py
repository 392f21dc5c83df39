"""Cuts shapes at the 180th meridian, as RFC 7946 (3.1.9) requires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"

_MAX_LON, _TURN = 180.0, 360.0


@dataclass(frozen=True, slots=True)
class Cut:
    """What became of a shape.

    Attributes
    ----------
    shape
        The shape in longitudes of -180 to 180 degrees, no step of it longer than half a turn; the same object where it was so.
    change
        ``crossing`` when it was cut, ``turned`` when it was only moved by whole turns, else empty.
    is_wide
        Whether an area is wider than half the Earth by the direction of its ring, counterclockwise, and was left so.
    """

    shape: Any
    change: str = ""
    is_wide: bool = False


def cut_at_antimeridian(shape: Any) -> Cut:  # noqa: ANN401 - shapely is untyped
    """Cut a line or area that crosses the 180th meridian, and fold back the part beyond 180 degrees.

    A step of more than 180 degrees of longitude is taken to go the other way around. An outer ring with such a step whose
    orientation is correct, and would be wrong the other way around, is left alone.

    Parameters
    ----------
    shape
        A point, line or area of longitude and latitude, single or multi.

    Examples
    --------
    >>> import shapely
    >>> cut_at_antimeridian(shapely.LineString([(179, 0), (-179, 2)])).shape.wkt
    'MULTILINESTRING ((179 0, 180 1), (-180 1, -179 2))'
    >>> cut_at_antimeridian(shapely.Point(185, 1)).shape.wkt
    'POINT (-175 1)'
    >>> cut_at_antimeridian(shapely.box(-100, 0, 100, 9)).is_wide
    True
    """
    import shapely

    parts = shapely.get_parts(np.array([shape], dtype=object))
    west, _, east, _ = shapely.bounds(parts).T
    beyond = (west < -_MAX_LON) | (east > _MAX_LON)
    suspects = np.flatnonzero((east - west > _MAX_LON) | beyond)  # of a hundred thousand islands, a few
    unrolled_parts = {at: unrolled(parts[at]) for at in suspects.tolist()}
    if all(new is parts[at] for at, new in unrolled_parts.items()) and not beyond.any():
        return Cut(shape, is_wide=any(map(is_wide, parts[suspects])))
    pieces = [
        piece
        for at, part in enumerate(parts)
        for piece in (_folded(unrolled_parts[at]) if at in unrolled_parts else [part])
    ]
    change = "crossing" if len(pieces) > len(parts) else "turned"
    if len(pieces) == 1:
        return Cut(pieces[0], change)
    makers = {0: shapely.MultiPoint, 1: shapely.MultiLineString, 2: shapely.MultiPolygon}
    return Cut(makers[int(shapely.get_dimensions(pieces[0]))](pieces), change)


def unrolled(part: Any) -> Any:  # noqa: ANN401
    """Unwrap a line or area so that each step goes the shorter way around the globe; unchanged where each does."""
    import shapely

    dimension = shapely.get_dimensions(part)
    if dimension == 0 or not _spans(part):
        return part
    if dimension == 1:
        xy = shapely.get_coordinates(part)
        new = _stepwise(xy)
        return part if np.array_equal(new, xy) else shapely.LineString(new)
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)]
    shell = _stepwise(rings[0])
    if np.array_equal(shell, rings[0]) or (shell[0] != shell[-1]).any() or _area(rings[0]) > 0 > _area(shell):
        return part  # no jump, around a pole, or already correct
    middle = shell[:, 0].mean()
    return shapely.Polygon(shell, [_beside(_stepwise(ring), middle) for ring in rings[1:]])


def is_wide(part: Any) -> bool:  # noqa: ANN401
    """Tell whether an area has a step of more than half a turn that was left as it is."""
    import shapely

    if shapely.get_dimensions(part) != 2 or not _spans(part):  # noqa: PLR2004 - an area
        return False
    shell = shapely.get_coordinates(shapely.get_exterior_ring(part))
    return not np.array_equal(_stepwise(shell), shell)


def _spans(part: Any) -> bool:  # noqa: ANN401
    """Tell whether a line or area is wide enough for a step of more than half a turn; an empty one is not."""
    west, _, east, _ = part.bounds
    return bool(east - west > _MAX_LON)


def _stepwise(xy: Floats) -> Floats:
    """Positions moved by whole turns so that none is more than half a turn from the one before.

    Examples
    --------
    >>> _stepwise(np.array([[175.0, 0.0], [-175.0, 1.0]])).tolist()
    [[175.0, 0.0], [185.0, 1.0]]
    >>> _stepwise(np.array([[-180.0, 0.0], [180.0, 0.0]])).tolist()
    [[-180.0, 0.0], [180.0, 0.0]]
    """
    steps = np.diff(xy[:, 0])
    turns = np.where((np.abs(steps) > _MAX_LON) & (np.abs(steps) < _TURN), -np.sign(steps) * _TURN, 0.0)
    moved = xy.copy()
    moved[1:, 0] += np.cumsum(turns)
    return moved


def _beside(ring: Floats, middle: float) -> Floats:
    """Move a hole by whole turns to its area after unrolling."""
    moved = ring.copy()
    moved[:, 0] += _TURN * np.round((middle - ring[:, 0].mean()) / _TURN)
    return moved


def _area(ring: Floats) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def _folded(part: Any) -> list[Any]:  # noqa: ANN401
    """Pieces of an unrolled shape, each between -180 and 180 degrees."""
    import shapely

    west, south, east, north = shapely.bounds(part).tolist()
    first, last = (
        int(np.floor((edge + _MAX_LON) / _TURN)) for edge in (west, np.nextafter(east, west) if east > west else east)
    )
    if first == last == 0:
        return [part]
    if not shapely.is_valid(part) and shapely.get_dimensions(part) == 2:  # noqa: PLR2004 - an area
        part = shapely.make_valid(part)
    pieces: list[Any] = []
    for turn in range(first, last + 1):
        west_edge = turn * _TURN - _MAX_LON
        window = shapely.box(west_edge, south - 1, west_edge + _TURN, north + 1)
        cut = shapely.intersection(part, window)
        moved = shapely.transform(cut, lambda xy, turn=turn: xy - [turn * _TURN, 0])
        pieces += [
            piece
            for piece in shapely.get_parts(shapely.get_parts(np.array([moved], dtype=object)))
            if shapely.get_dimensions(piece) == shapely.get_dimensions(part) and not shapely.is_empty(piece)
        ]
    return pieces
