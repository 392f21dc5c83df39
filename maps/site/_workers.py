"""Shares the pages of a build among processes: workers start at the first page, this process at the last.

Each worker reads the data itself, so that nothing large is sent between processes; every process makes the same pages.
Where a worker fails, the page is made again here, so that the error is the same with any number of processes.
"""

from __future__ import annotations

import atexit
import gc
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


class Shared(Generic[PageT, MadeT]):
    """Pages, each of which a worker may be making.

    Parameters
    ----------
    maker
        Makes the pages that no worker makes.
    pages
        All of them.
    futures
        Those given to workers, by their place in `pages`.
    """

    def __init__(self, maker: Maker[PageT, MadeT], pages: Sequence[PageT], futures: dict[int, Future[MadeT]]) -> None:
        self.maker = maker
        self.pages = pages
        self.futures = futures

    def finish(self) -> Iterator[tuple[PageT, MadeT]]:
        """Make pages that no worker has started, from the last backwards, then wait for the workers."""
        order = range(len(self.pages))
        for at in reversed(order) if self.futures else order:
            future = self.futures.get(at)
            if future is None or future.cancel():
                self.futures.pop(at, None)
                yield self.pages[at], self.maker.make(self.pages[at])
        for at, future in self.futures.items():
            # A worker has failed, or the system has ended it, for want of memory perhaps.
            again = future.exception() is not None
            yield self.pages[at], self.maker.make(self.pages[at]) if again else future.result()


@contextmanager
def shared_out(
    maker: Maker[PageT, MadeT], pages: Sequence[PageT], workers: int, *, here: Sequence[PageT] = ()
) -> Iterator[Shared[PageT, MadeT]]:
    """Start workers on pages.

    Parameters
    ----------
    maker
        Makes a page.
    pages
        All of them.
    workers
        How many processes beside this one; 0 for none.
    here
        Pages that this process must make itself.
    """
    if workers < 1:
        yield Shared(maker, pages, {})
        return
    context = get_context("spawn")  # a copy of a process with threads may hang
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(maker,))
    try:
        futures = {
            at: cast("Future[MadeT]", pool.submit(_make, page)) for at, page in enumerate(pages) if page not in here
        }
        yield Shared(maker, pages, futures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


class _Worker:
    """The maker of a worker process."""

    maker: Maker[object, object]


def _begin(maker: object) -> None:
    gc.set_threshold(_ALLOCATIONS, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)  # at the end nothing is worth a search
    _Worker.maker = cast("Maker[object, object]", maker)


def _make(page: object) -> object:
    return _Worker.maker.make(page)
