"""Numbers in as few bytes as they need: seven bits a byte, the lowest first; ``assets/js/core/bytes.js`` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from .shape import Ints

_MAX_BYTES = 5  # 35 bits
_MORE = 0x80


def zigzag(values: Ints) -> Ints:
    """Fold signed numbers into unsigned ones, the small ones small.

    Examples
    --------
    >>> zigzag(np.array([0, -1, 1, -2])).tolist()
    [0, 1, 2, 3]
    """
    folded: Ints = (values << 1) ^ (values >> 63)
    return folded


def varints(values: Ints) -> tuple[npt.NDArray[np.uint8], Ints]:
    """Bytes of numbers from 0 to 2^35 - 1, and how many bytes each takes.

    Examples
    --------
    >>> packed, lengths = varints(np.array([1, 300]))
    >>> packed.tolist(), lengths.tolist()
    ([1, 172, 2], [1, 2])
    """
    lengths = np.ones(len(values), dtype=np.int64)
    for k in range(1, _MAX_BYTES):
        lengths += values >= 1 << (7 * k)
    packed = np.empty(int(lengths.sum()), dtype=np.uint8)
    begin = np.cumsum(lengths) - lengths
    remainders, counts = values, lengths
    for k in range(_MAX_BYTES):
        last = counts == k + 1
        packed[begin + k] = (remainders & 0x7F) | np.where(last, 0, 0x80)
        going = ~last
        if not going.any():
            break
        begin, remainders, counts = begin[going], remainders[going] >> 7, counts[going]
    return packed, lengths


def read_varints(packed: npt.NDArray[np.uint8]) -> Ints:
    """Numbers that `varints` wrote."""
    ends = np.flatnonzero(packed < _MORE)
    owner = np.searchsorted(ends, np.arange(len(packed)))
    begin = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    shifts = 7 * (np.arange(len(packed)) - begin[owner])
    values = np.zeros(len(ends), dtype=np.int64)
    np.add.at(values, owner, (packed & 0x7F).astype(np.int64) << shifts)
    return values
