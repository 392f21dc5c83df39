"""Smooth bends for courses that are not published: the line still passes its nodes, but without corners.

Between two nodes runs a cubic whose tangents halve the angle at each of them. Stretches that are known, such as a published track
or a bridge, stay straight, and their neighbours leave them in their direction.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geo import BBox, distance

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from numpy.typing import NDArray

    Pair = tuple[float, float]
    Vector = NDArray[np.float64]

# Where maps are looked at closely; elsewhere a chord stays a chord.
REGION = BBox(129.2, 41.6, 131.8, 43.6)
# Shorter stretches are bridges and vertices that were typed in: they stay as they are.
SHORT_M = 700.0
# A vertex about this often along a bend, and at most so many between two nodes.
STEP_M, MOST = 700.0, 7


def bent(pairs: Sequence[Pair], within_m: float, fixed: Container[tuple[Pair, Pair]] = ()) -> tuple[Pair, ...]:
    """Draw a line through its vertices without corners.

    Parameters
    ----------
    pairs
        Longitude and latitude of the vertices.
    within_m
        How far the bends may leave the chords, about.
    fixed
        Stretches that stay straight, however long.

    Examples
    --------
    >>> line = bent([(130.0, 42.0), (130.1, 42.0), (130.1, 42.1)], within_m=300)
    >>> line[0], line[-1], (130.1, 42.0) in line, len(line) > 3
    ((130.0, 42.0), (130.1, 42.1), True, True)
    >>> bent([(100.0, 42.0), (100.1, 42.0), (100.1, 42.1)], within_m=300)
    ((100.0, 42.0), (100.1, 42.0), (100.1, 42.1))
    """
    west, south, east, north = REGION
    if len(pairs) < 3 or not all(west < lon < east and south < lat < north for lon, lat in pairs):  # noqa: PLR2004
        return tuple(pairs)
    scale = np.array([np.cos(np.radians(pairs[0][1])), 1.0])
    lengths = [distance(start, end) for start, end in pairwise(pairs)]
    straight = [length < SHORT_M or ends in fixed for length, ends in zip(lengths, pairwise(pairs), strict=True)]
    plane = np.array(pairs) * scale
    tangents = _tangents(plane, straight)
    line = [pairs[0]]
    for index, length_m in enumerate(lengths):
        if not straight[index]:
            ends = (plane[index], plane[index + 1])
            points = _cubic(ends, (tangents[index], tangents[index + 1]), length_m, within_m)
            line += [(round(float(lon), 6), round(float(lat), 6)) for lon, lat in points / scale]
        line.append(pairs[index + 1])
    return tuple(line)


def _tangents(plane: Vector, straight: Sequence[bool]) -> Vector:
    """Directions in which the line passes its vertices, of length one."""
    chords = np.diff(plane, axis=0)
    chords /= np.maximum(np.hypot(*chords.T), 1e-12)[:, None]
    before, after = np.vstack([chords[:1], chords]), np.vstack([chords, chords[-1:]])
    fixed_before, fixed_after = np.array([straight[0], *straight]), np.array([*straight, straight[-1]])
    halved = before + after
    # No bend between two fixed sides, nor where the line turns right back.
    halved[np.hypot(*halved.T) < 0.2] = 0.0  # noqa: PLR2004 - a turn by more than 168 degrees
    tangents = np.where((fixed_before & ~fixed_after)[:, None], before, halved)
    tangents = np.where((fixed_after & ~fixed_before)[:, None], after, tangents)
    return np.asarray(tangents / np.maximum(np.hypot(*tangents.T), 1e-12)[:, None])


def _cubic(ends: tuple[Vector, Vector], tangents: tuple[Vector, Vector], length_m: float, within_m: float) -> Vector:
    """Vertices between two nodes; the more the tangents leave the chord, the shorter they are taken."""
    chord = ends[1] - ends[0]
    length = float(np.hypot(*chord))
    across = [abs(float(chord[0] * tangent[1] - chord[1] * tangent[0])) / length for tangent in tangents]
    # A cubic leaves its chord by 4/27 at most of what of its tangents is across it.
    reach = min(1.0, 27 / 4 * within_m / length_m / max(sum(across), 1e-9)) * length
    count = int(np.clip(round(length_m / STEP_M), 2, MOST))
    t = np.linspace(0, 1, count + 2)[1:-1, None]
    return np.asarray(
        (2 * t**3 - 3 * t**2 + 1) * ends[0]
        + (t**3 - 2 * t**2 + t) * reach * tangents[0]
        + (3 * t**2 - 2 * t**3) * ends[1]
        + (t**3 - t**2) * reach * tangents[1]
    )
