"""The claims of two articles with their verdicts, for all maps."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from maps.i18n.text import Text

from .points import positions_of_features

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from layers import Claim, ClaimResult
    from layers.record.store import DataPath


def verdicts(data: DataPath = None) -> tuple[ClaimResult, ...]:
    """Check every claim against a data directory, once a process.

    Parameters
    ----------
    data
        The directory, as in `layers.check_claims`.

    Examples
    --------
    >>> verdicts()[0].claim.id
    'S0-01'
    """
    from layers import data_directory

    return _verdicts(str(data_directory(data)))


def saying(claim: Claim) -> Text:
    """Return the text of a claim in the languages of the pages.

    Examples
    --------
    >>> saying(verdicts()[7].claim).into("ko")
    '국경의 길이는 18마일(약 29 km)에 불과하다.'
    """
    return Text(claim.said, claim.said_ko, claim.said_ru, claim.said_zh)


def located(result: ClaimResult, data: DataPath = None) -> tuple[str, ...]:
    """Ids of the features of a claim that have a place, those that it names itself first."""
    placed = positions_of_features(data)
    return tuple(feature for feature in result.features if feature in placed)


@contextmanager
def promised(data: DataPath, results: Future[tuple[ClaimResult, ...]] | None) -> Iterator[None]:
    """Take the verdicts from another process that computes them in the meantime, if they are needed."""
    from layers import data_directory

    directory = str(data_directory(data))
    if results is not None:
        _promised[directory] = results
    try:
        yield
    finally:
        _promised.pop(directory, None)


_promised: dict[str, Future[tuple[ClaimResult, ...]]] = {}


@lru_cache(maxsize=4)
def _verdicts(directory: str) -> tuple[ClaimResult, ...]:
    import layers

    with suppress(Exception):  # no result, or that process has failed: this process computes them and reports errors
        return _promised[directory].result()
    return layers.check_claims(data=directory)
