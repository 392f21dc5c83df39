"""Shares the pages of a build among processes: workers start at the first page, this process at the last.

Each worker reads the data itself, so that nothing large is sent between processes; every process makes the same pages.
Where a worker fails, the page is made again here, so that the error is the same with any number of processes.
"""

from __future__ import annotations

import atexit
import gc
import pickle
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

PageT = TypeVar("PageT")
MadeT = TypeVar("MadeT")

_ALLOCATIONS = 200_000


class Maker(Protocol[PageT, MadeT]):  # type: ignore[misc]  # it is invariant
    """Makes a page; must be picklable."""

    def make(self, page: PageT) -> MadeT:
        """Write a page and describe the result."""


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for unused cycles of objects seldom: a build makes millions of objects that stay until its end, and few cycles.

    At Python's own threshold the search takes a sixth of the time of a build, for 15 MB of 230 that it frees.
    """
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Workers:
    """Processes that make pages; a context manager, which ends them.

    Parameters
    ----------
    prepare
        What each does first; must be picklable.
    """

    def __init__(self, prepare: Callable[[], object]) -> None:
        self.prepare = prepare
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def start(self, count: int) -> None:
        """Start so many, unless some are running."""
        if count < 1 or self._pool is not None:
            return
        context = get_context("spawn")  # a copy of a process with threads may hang
        self._pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin)
        for _ in range(count):
            self._pool.submit(self.prepare)

    def make(
        self, maker: Maker[PageT, MadeT], pages: Sequence[PageT], *, here: Sequence[PageT] = ()
    ) -> Iterator[tuple[PageT, MadeT]]:
        """Make pages: those that no worker has started here, from the last backwards.

        Parameters
        ----------
        maker
            Makes a page.
        pages
            All of them.
        here
            Pages that this process must make itself.
        """
        futures = self._submit(maker, pages, here)
        order = range(len(pages))
        for at in reversed(order) if futures else order:
            future = futures.get(at)
            if future is None or future.cancel():
                futures.pop(at, None)
                yield pages[at], maker.make(pages[at])
        for at, future in futures.items():
            # A worker has failed, or the system has ended it, for want of memory perhaps.
            again = future.exception() is not None
            yield pages[at], maker.make(pages[at]) if again else future.result()

    def _submit(
        self, maker: Maker[PageT, MadeT], pages: Sequence[PageT], here: Sequence[PageT]
    ) -> dict[int, Future[MadeT]]:
        """Give pages to the workers; the futures by the place of the page."""
        futures: dict[int, Future[MadeT]] = {}
        if self._pool is None:
            return futures
        packed = pickle.dumps(maker)  # now: later it holds what this process has read
        with suppress(BrokenExecutor):  # they could not start: this process makes the pages
            for at, page in enumerate(pages):
                if page not in here:
                    futures[at] = cast("Future[MadeT]", self._pool.submit(_make, packed, page))
        return futures


def _begin() -> None:
    gc.set_threshold(_ALLOCATIONS, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)  # at the end nothing is worth a search


def _make(packed: bytes, page: object) -> object:
    return _maker(packed).make(page)


@lru_cache(maxsize=1)
def _maker(packed: bytes) -> Maker[object, object]:
    return cast("Maker[object, object]", pickle.loads(packed))  # noqa: S301 - from the process that started this one
