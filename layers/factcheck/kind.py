"""The kinds of checks, by name."""

from __future__ import annotations

import inspect
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeAlias

from layers.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .claim import Check, Finding
    from .evidence import Case

    Kind: TypeAlias = Callable[..., Finding]

KINDS: dict[str, Kind] = {}


def kind(function: Kind) -> Kind:
    """Register a function as the kind of check of its name; its keyword-only parameters are those of the check."""
    KINDS[function.__name__] = function
    return function


def run(check: Check, case: Case) -> Finding:
    """Run one check.

    Raises
    ------
    ClaimError
        When there is no such kind, or it does not take these parameters.

    Examples
    --------
    >>> from layers.factcheck import Case, Check, Evidence
    >>> run(Check("lenght", {}), Case(Evidence(), "", "2019"))
    Traceback (most recent call last):
    layers.errors.ClaimError: no kind of check is called 'lenght'; did you mean 'length'?
    """
    _load()
    function = KINDS.get(check.kind)
    if function is None:
        near = get_close_matches(check.kind, KINDS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(KINDS))}"
        raise ClaimError(f"no kind of check is called {check.kind!r}; {hint}")
    try:
        inspect.signature(function).bind(case, **check.params)
    except TypeError as error:
        raise ClaimError(f"check {check.kind!r} does not take these parameters: {error}") from None
    return replace(function(case, **check.params), kind=check.kind)


def _load() -> None:
    """Import the modules that register kinds; only here, so that reading the data stays quick."""
    from .checks import count, date, geometry, names, route, series, source, state  # noqa: F401 - registers
