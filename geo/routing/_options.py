"""Options of a routing request: one set for routes, matrices and isochrones."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, TypedDict, Unpack, get_args

from geo.errors import InvalidOptionError, InvalidQuantityError
from geo.network.cost import COSTS, CostModel
from geo.network.edge import LOADS, MODES
from geo.quantity import check_metres
from geo.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.network.cost import CostName
    from geo.network.edge import Load

    Cost: TypeAlias = CostName | CostModel

Measure: TypeAlias = Literal["cost", "length", "hours"]

MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
MAX_CONNECTOR_M: Final = 50_000.0


class WeightKey(NamedTuple):
    """The part of the options that changes the weights of a network; equal keys share one set of weights."""

    cost: Cost
    modes: tuple[str, ...] | None
    bogie_change: bool
    avoid: tuple[str, ...]
    load: Load
    draught_m: float | None


class RouteChanges(TypedDict, total=False):
    """Fields of `RouteOptions` as keyword arguments; a test holds the two together."""

    cost: Cost
    modes: Iterable[str] | None
    gauge_mm: int | None
    bogie_change: bool
    avoid: Iterable[str]
    load: Load
    draught_m: float | None
    max_connector_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOptions:
    """What `geo.route`, `routes`, `matrix` and `reachable` take alike.

    Parameters
    ----------
    cost
        The objective: ``"generalized"``, length, dwell times and fees in kilometres of railway, by
        the cost model of the network for the load; ``"distance"``, metres, of equal routes the
        quicker; ``"time"``, hours with those of transfers; or your own `CostModel`.
    modes
        Modes to use; None for all.
    gauge_mm
        Gauge in millimetres of the wagon in which the route begins, where there are rails; after a
        change of bogies, a lorry or a ship it may go on in another. None for any.
    bogie_change
        Whether a load may change from one gauge to another on rails, by new bogies or by
        transshipment from wagon to wagon.
    avoid
        What not to use: countries, ids of edges, nodes and transfers, names of lines, modes,
        kinds of transfers, statuses, geometry methods.
    load
        A word of `LOADS`. What does not take it is closed.
    draught_m
        Draught of the ship in metres; shallower ports are closed. None for a ship that fits.
    max_connector_m
        Metres: a place farther than this from the network is refused.

    Raises
    ------
    InvalidOptionError
        If a word is unknown, or no mode is left.
    InvalidQuantityError
        If a gauge, draught or length is out of range.

    Examples
    --------
    >>> RouteOptions(modes=["sea", "rail"], cost="time").modes
    ('rail', 'sea')
    >>> RouteOptions(load="cole")
    Traceback (most recent call last):
        ...
    geo.errors.InvalidOptionError: load must be of general, coal, containers, oil, passengers, got 'cole'; did you mean 'coal'?
    """

    cost: Cost = "generalized"
    modes: tuple[str, ...] | None = None
    gauge_mm: int | None = None
    bogie_change: bool = True
    avoid: tuple[str, ...] = ()
    load: Load = "general"
    draught_m: float | None = None
    max_connector_m: float = MAX_CONNECTOR_M
    weight_key: WeightKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the words and refuse unknown ones."""
        if not isinstance(self.cost, CostModel):
            check_option("cost", self.cost, COSTS)
        check_option("load", self.load, LOADS)
        check_metres("max_connector_m", self.max_connector_m)
        for name in ("gauge_mm", "draught_m"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise InvalidQuantityError(f"{name} must be greater than 0, got {value!r}", value=value)
        modes, avoid = _words("modes", self.modes), _words("avoid", self.avoid) or ()
        object.__setattr__(self, "modes", modes)
        object.__setattr__(self, "avoid", avoid)
        key = WeightKey(self.cost, modes, self.bogie_change, avoid, self.load, self.draught_m)
        object.__setattr__(self, "weight_key", key)

    def changed(self, **changes: Unpack[RouteChanges]) -> RouteOptions:
        """Return the options with some changes.

        Parameters
        ----------
        **changes
            Fields of it.

        Raises
        ------
        InvalidOptionError
            If a name is none of them; the message names the nearest spelling.
        InvalidQuantityError
            As on construction.

        Examples
        --------
        >>> RouteOptions(load="coal").changed(cost="time").load
        'coal'
        """
        return changed(self, changes)


def changed(options: RouteOptions | None, changes: Mapping[str, object] | RouteChanges) -> RouteOptions:
    """Return the options with some changes.

    Raises
    ------
    InvalidOptionError
        If a name is none of `RouteOptions`; the message names the nearest spelling.
    InvalidQuantityError
        As `RouteOptions`.
    """
    options = options or DEFAULT
    if not changes:
        return options
    for name in changes:
        if name not in _NAMES:
            names = ", ".join(_NAMES)
            raise InvalidOptionError(f"an option is one of {names}, got {name!r}{did_you_mean(name, _NAMES)}")
    return replace(options, **changes)  # type: ignore[arg-type]  # checked on construction


def _words(name: str, values: Iterable[str] | None) -> tuple[str, ...] | None:
    if values is None:
        return None
    if isinstance(values, str):
        raise InvalidOptionError(f"{name} takes several words, got the text {values!r}; write [{values!r}]")
    words = tuple(sorted(set(values)))
    if name == "modes":
        if not words:
            raise InvalidOptionError("modes must name at least one mode, got none; leave it out to allow all")
        for word in words:
            check_option("modes", word, MODES)
    return words


def check_option(name: str, word: str, choices: tuple[str, ...]) -> None:
    """Raise `InvalidOptionError` unless a word of an option is known; the message names the nearest."""
    if word not in choices:
        message = f"{name} must be of {', '.join(choices)}, got {word!r}{did_you_mean(str(word), choices)}"
        raise InvalidOptionError(message)


DEFAULT: Final = RouteOptions()
_NAMES: Final = tuple(option.name for option in fields(RouteOptions) if option.init)
