"""Sources cited by a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def cited_in(value: object) -> Iterator[str]:
    """Ids of the sources under every key ``source`` and ``sources`` of plain JSON or TOML values, however deep.

    Examples
    --------
    >>> list(cited_in({"figures": [{"source": "a"}], "history": [{"sources": ["b", "c"]}], "name": "source"}))
    ['a', 'b', 'c']
    >>> list(cited_in(None))
    []
    """
    if isinstance(value, list):
        for item in value:
            yield from cited_in(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "source" and isinstance(item, str):
                yield item
            elif key == "sources" and isinstance(item, list):
                yield from (source for source in item if isinstance(source, str))
            else:
                yield from cited_in(item)
