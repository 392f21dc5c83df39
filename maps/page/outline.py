"""Lines of a reference layer that run along the rings of its areas, told by the rings: a coast travels once.

The land of a map ends at its frame, where no coast is: those edges of a ring are bare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .encode import STEPS_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    Line = Sequence[Sequence[float]]

_LEAST_SHARE = 0.5  # of the lines: below, nothing is gained


def along(rings: Sequence[Line], lines: Sequence[Line]) -> tuple[list[list[int]], list[Line]] | None:
    """Tell lines by rings.

    Parameters
    ----------
    rings, lines
        Positions, longitude first; each ring ends where it begins.

    Returns
    -------
    tuple of list, or None
        For each ring that has bare edges its number and the numbers of these; and what of the lines runs along no ring. None
        when most of the lines do not run along rings.

    Examples
    --------
    >>> square = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    >>> along([square], [square[:4]])
    ([[0, 3]], [])
    >>> along([square], [[(1, 1), (1, 0), (0, 0), (0, -5)]])
    ([[0, 2, 3]], [[(0, 0), (0, -5)]])
    >>> along([square], [[(7, 7), (8, 8)]]) is None
    True
    """
    import numpy as np  # the command line starts without it

    if not rings or not lines:
        return None
    of_rings, of_lines = _edges([*rings, *lines], len(rings))
    loose = [~marks & (edges >= 0) for edges, marks in zip(of_lines, _among(of_lines, of_rings), strict=True)]
    if sum(map(np.count_nonzero, loose)) > (1 - _LEAST_SHARE) * sum(map(len, of_lines)):
        return None
    bare = [np.flatnonzero(~marks).tolist() for marks in _among(of_rings, of_lines)]
    return (
        [[number, *edges] for number, edges in enumerate(bare) if edges],
        [part for line, marks in zip(lines, loose, strict=True) for part in _parts(line, marks)],
    )


def _edges(lines: Sequence[Line], rings: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Give a number to each edge of each line, the same for the same two places; -1 to one without length."""
    import numpy as np

    counts = [len(line) for line in lines]
    places = np.array([pair[:2] for line in lines for pair in line], dtype=np.float64)
    steps = np.round(places * STEPS_PER_DEGREE).astype(np.int64)
    _, ids = np.unique(steps, axis=0, return_inverse=True)
    ids = ids.ravel()
    low, high = np.minimum(ids[:-1], ids[1:]), np.maximum(ids[:-1], ids[1:])
    edges = np.where(low == high, -1, low * len(ids) + high)
    ends = np.cumsum(counts)
    found = [edges[end - count : end - 1] for count, end in zip(counts, ends, strict=True)]
    return found[:rings], found[rings:]


def _among(pieces: list[np.ndarray], others: list[np.ndarray]) -> list[np.ndarray]:
    """Tell of each edge of each piece whether it is one of the others; one search for all, as each sorts the others."""
    import numpy as np

    marks = np.isin(np.concatenate(pieces), np.concatenate(others))
    return np.split(marks, np.cumsum([len(piece) for piece in pieces])[:-1])


def _parts(line: Line, marks: np.ndarray) -> list[Line]:
    """Parts of a line whose edges are marked."""
    parts: list[Line] = []
    begin = None
    for number, marked in enumerate([*marks.tolist(), False]):
        if marked and begin is None:
            begin = number
        elif not marked and begin is not None:
            parts.append(line[begin : number + 1])
            begin = None
    return parts
