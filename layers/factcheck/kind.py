"""The kinds of checks, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from .claim import Finding

    Kind: TypeAlias = Callable[..., Finding]

KINDS: dict[str, Kind] = {}


def kind(function: Kind) -> Kind:
    """Register a function as the kind of check of its name; its keyword-only parameters are those of the check."""
    KINDS[function.__name__] = function
    return function
