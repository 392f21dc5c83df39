"""Licence and attribution texts of an export."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from layers.record.store import read_json

if TYPE_CHECKING:
    from .content import LayerState

PATH = Path(__file__).parent / "licences.json"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence.

    Attributes
    ----------
    id
        SPDX identifier.
    title, url
        Its name, and where its text stands.
    """

    id: str
    title: str
    url: str


@cache
def licence(spdx: str) -> Licence:
    """Return the licence of an SPDX identifier.

    Examples
    --------
    >>> licence("CC-BY-4.0").title
    'Creative Commons Attribution 4.0 International'
    >>> licence("Zlib").url
    'https://spdx.org/licenses/Zlib.html'
    """
    entry = cast("dict[str, Any]", read_json(PATH)).get(spdx)
    return Licence(spdx, **entry) if entry else Licence(spdx, spdx, f"https://spdx.org/licenses/{spdx}.html")


def notice(state: LayerState) -> str:
    """Attribution, licence, accuracy and date of a layer in one line.

    Examples
    --------
    >>> from .content import read
    >>> notice(read(["places"], "2016")[0])
    'GeoNames (CC BY 4.0). Licence: CC-BY-4.0, https://creativecommons.org/licenses/by/4.0/. Positions within 500 to 3000 m
    (95 %). As of 2016.'
    """
    record = state.record
    return (
        f"{record.attribution}. Licence: {record.licence}, {licence(record.licence).url}. "
        f"Positions within {record.accuracy.best_m:.0f} to {record.accuracy.worst_m:.0f} m (95 %). As of {state.as_of}."
    )
