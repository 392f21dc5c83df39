"""GeoJSON text sequences: one feature a line, RFC 8142 when each begins with a record separator."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from layers.record.store import JsonObject

    from .content import LayerState

RECORD_SEPARATOR = "\x1e"


def lines(features: Iterable[JsonObject], *, record_separator: bool = False) -> Iterator[str]:
    r"""Yield one line of text for each feature, with its end.

    Parameters
    ----------
    features
        GeoJSON features.
    record_separator
        Begin each with U+001E, as RFC 8142 has it; without, any reader of lines can do.

    Examples
    --------
    >>> list(lines([{"type": "Feature", "geometry": None, "properties": {"name": "라진"}}]))
    ['{"type":"Feature","geometry":null,"properties":{"name":"라진"}}\n']
    >>> list(lines([], record_separator=True))
    []
    """
    head = RECORD_SEPARATOR if record_separator else ""
    for feature in features:
        text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        yield f"{head}{text}\n"


def write(state: LayerState, path: Path, *, record_separator: bool = False) -> None:
    """Write a layer to a new file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines(state.features, record_separator=record_separator))
