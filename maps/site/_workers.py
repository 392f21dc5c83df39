"""Shares the pages of a build among processes: workers take them from the first on, this process from the last backwards.

Each takes the next when it has made one, so that all end at about the same time.
Each worker reads the data itself, so that nothing large is sent between processes; every process makes the same pages.
Where a worker fails, the page is made again here, so that the error is the same with any number of processes.
"""

from __future__ import annotations

import pickle
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar, cast

from .garbage import few_collections_to_the_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.sharedctypes import SynchronizedArray
    from types import TracebackType

PageT = TypeVar("PageT")
MadeT = TypeVar("MadeT")
PreparedT = TypeVar("PreparedT")


class Maker(Protocol[PageT, MadeT]):  # type: ignore[misc]  # it is invariant
    """Makes a page; must be picklable."""

    def make(self, page: PageT) -> MadeT:
        """Write a page and describe the result."""


class Workers(Generic[PreparedT]):
    """Processes that make pages; a context manager, which ends them.

    Parameters
    ----------
    prepare
        What each does first; must be picklable.

    Attributes
    ----------
    prepared
        What that gives, in one of them.
    """

    def __init__(self, prepare: Callable[[], PreparedT]) -> None:
        self.prepare = prepare
        self.prepared: Future[PreparedT] | None = None
        self.count = 0
        self._pool: ProcessPoolExecutor | None = None
        self._ends: SynchronizedArray[int] | None = None

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
        self.count, self._ends = count, context.Array("i", 2)
        self._pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(self._ends,))
        self.prepared, *_ = [self._pool.submit(self.prepare) for _ in range(count)]

    def make(
        self, maker: Maker[PageT, MadeT], pages: Sequence[PageT], *, here: Sequence[PageT] = ()
    ) -> Iterator[tuple[PageT, MadeT]]:
        """Make pages.

        Parameters
        ----------
        maker
            Makes a page.
        pages
            All of them.
        here
            Pages that this process must make itself.
        """
        if self._ends is None:
            yield from ((page, maker.make(page)) for page in pages)
            return
        shared = [page for page in pages if page not in here]
        jobs = self._share(maker, shared, self._ends)
        yield from ((page, maker.make(page)) for page in pages if page in here)
        while (at := _take(self._ends, last=True)) is not None:
            yield shared[at], maker.make(shared[at])
            shared.pop()
        made: dict[int, MadeT] = {}
        for job in jobs:
            if job.exception() is None:
                made |= job.result()
        for at, page in enumerate(shared):
            # A worker has failed at it, or the system has ended the worker, for want of memory perhaps.
            yield page, made[at] if at in made else maker.make(page)

    def _share(
        self, maker: Maker[PageT, MadeT], pages: Sequence[PageT], ends: SynchronizedArray[int]
    ) -> list[Future[dict[int, MadeT]]]:
        """Offer pages to the workers; each returns its results by position of the page."""
        ends[:] = [0, len(pages)]
        packed = pickle.dumps((maker, pages))  # now: later they hold what this process has read
        if self._pool is None:
            return []
        try:
            jobs = [self._pool.submit(_make, packed) for _ in range(self.count)]
        except BrokenExecutor:  # they could not start: this process makes the pages
            return []
        return cast("list[Future[dict[int, MadeT]]]", jobs)


def _take(ends: SynchronizedArray[int], *, last: bool) -> int | None:
    """Take the first or the last free page; None when there is none."""
    with ends.get_lock():
        first, end = ends[:]
        if first == end:
            return None
        ends[:] = [first, end - 1] if last else [first + 1, end]
    return end - 1 if last else first


class _Worker:
    """A worker process."""

    ends: SynchronizedArray[int]


def _begin(ends: SynchronizedArray[int]) -> None:
    _Worker.ends = ends
    few_collections_to_the_end()


def _make(packed: bytes) -> dict[int, object]:
    """Make pages as long as there are some."""
    maker, pages = cast("tuple[Maker[object, object], list[object]]", pickle.loads(packed))  # noqa: S301 - of our own
    made: dict[int, object] = {}
    while (at := _take(_Worker.ends, last=False)) is not None:
        with suppress(Exception):  # the first process makes the page again, and reports the error
            made[at] = maker.make(pages[at])
    return made
