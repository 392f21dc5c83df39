"""What a question asks of a way: its cost, its modes, what to avoid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from geo.errors import InvalidOptionError, InvalidQuantityError
from geo.network.cost import COSTS, CostModel
from geo.network.edge import MODES
from geo.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.network.cost import CostName

    Cost: TypeAlias = CostName | CostModel

GENERALIZED = CostModel()


@dataclass(frozen=True, slots=True)
class Options:
    """What changes the weights of a network; equal options share one set of weights.

    Parameters
    ----------
    cost
        A word of `COSTS`, or a model of one's own.
    modes
        Modes allowed; None for all.
    bogie_change
        Whether a load may change its gauge from rail to rail.
    avoid
        Words that no edge and no transfer may answer to, sorted.
    """

    cost: Cost = "distance"
    modes: tuple[str, ...] | None = None
    bogie_change: bool = True
    avoid: tuple[str, ...] = ()

    @property
    def model(self) -> CostModel:
        """The model of a generalized cost."""
        return self.cost if isinstance(self.cost, CostModel) else GENERALIZED


DEFAULT = Options()


def read_options(cost: Cost, modes: Iterable[str] | None, avoid: Iterable[str], *, bogie_change: bool) -> Options:
    """Return checked options.

    Raises
    ------
    InvalidOptionError
        If a cost or a mode is unknown, or no mode is left.
    """
    if cost == "distance" and modes is None and bogie_change and not avoid:
        return DEFAULT
    if not isinstance(cost, CostModel):
        _check("cost", cost, COSTS)
    return Options(cost, _words("modes", modes), bogie_change, _words("avoid", avoid) or ())


def check_gauge(gauge_mm: int | None) -> None:
    """Raise unless a gauge is None or above 0.

    Raises
    ------
    InvalidQuantityError
        If it is not.
    """
    if gauge_mm is not None and not gauge_mm > 0:
        message = f"gauge_mm must be greater than 0, got {gauge_mm!r}"
        raise InvalidQuantityError(message, value=gauge_mm)


def _words(name: str, given: Iterable[str] | None) -> tuple[str, ...] | None:
    if given is None:
        return None
    if isinstance(given, str):
        raise InvalidOptionError(f"{name} takes several words, got the text {given!r}; write [{given!r}]")
    words = tuple(sorted(set(given)))
    if name == "modes":
        if not words:
            raise InvalidOptionError("modes must name at least one mode, got none; leave it out to allow all")
        for word in words:
            _check("modes", word, MODES)
    return words


def _check(name: str, word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        message = f"{name} must be of {', '.join(known)}, got {word!r}{did_you_mean(str(word), known)}"
        raise InvalidOptionError(message)
