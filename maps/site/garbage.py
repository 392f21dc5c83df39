"""How often Python searches for unused cycles of objects.

A command or a build makes many objects that live until its end, and few cycles. At Python's own threshold, 700 new objects, the
search takes a sixth of the time of a build, and once more a tenth as the process ends.
"""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEW_OBJECTS = 500_000


@contextmanager
def few_collections() -> Iterator[None]:
    """Search seldom until the end of the block."""
    before = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def few_collections_to_the_end() -> None:
    """Search seldom as long as the process runs, and not as it ends."""
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
