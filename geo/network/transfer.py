"""Carriers of a load, and transfers between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from geo.errors import InvalidNetworkError
from geo.quantity import check_metres

from .edge import LOADS, MODES, STATUSES, check_id, check_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .edge import Mode
    from .restriction import Label

TransferKind: TypeAlias = Literal[
    "bogie_change", "transshipment", "port_handling", "border_crossing", "loading", "reversal"
]

TRANSFER_KINDS: Final[tuple[TransferKind, ...]] = get_args(TransferKind)


@dataclass(frozen=True, slots=True, order=True)
class Carrier:
    """What carries a load: a wagon of some gauge, a lorry, a ship, a ferry.

    Parameters
    ----------
    mode
        As of an edge.
    gauge_mm
        Gauge of the wagon in millimetres; 0 for other carriers, or where no gauge is known.

    Raises
    ------
    InvalidNetworkError
        If the mode is unknown, or something other than rail has a gauge.
    InvalidQuantityError
        If the gauge is negative.

    Examples
    --------
    >>> print(Carrier("rail", 1520), Carrier("sea"))
    rail:1520 sea
    >>> Carrier("road", 1520)
    Traceback (most recent call last):
        ...
    geo.errors.InvalidNetworkError: only rail has a gauge, got 1520 mm (carrier of mode 'road')
    """

    mode: Mode
    gauge_mm: int = 0

    def __post_init__(self) -> None:
        """Refuse an unknown mode, and a gauge of any mode but rail."""
        check_word("mode", self.mode, MODES, "carrier")
        if self.gauge_mm and self.mode != "rail":
            raise InvalidNetworkError(
                f"only rail has a gauge, got {self.gauge_mm!r} mm (carrier of mode {self.mode!r})"
            )
        check_metres("gauge_mm", self.gauge_mm, "carrier")

    def __str__(self) -> str:
        """Return the text form."""
        return f"{self.mode}:{self.gauge_mm}" if self.gauge_mm else self.mode

    @classmethod
    def parse(cls, text: str) -> Carrier:
        """Read the text form.

        Parameters
        ----------
        text
            ``"rail:1520"``, ``"rail"``, ``"road"``, ``"sea"`` or ``"ferry"``.

        Raises
        ------
        InvalidNetworkError
            If it is none of these.

        Examples
        --------
        >>> Carrier.parse("rail:1520").gauge_mm, Carrier.parse("road").gauge_mm
        (1520, 0)
        >>> Carrier.parse("rail:broad")
        Traceback (most recent call last):
            ...
        geo.errors.InvalidNetworkError: a carrier is a mode, or rail with its gauge such as 'rail:1520', \
got 'rail:broad'
        """
        mode, colon, gauge = text.partition(":")
        if colon and not gauge.isdecimal():
            raise InvalidNetworkError(f"a carrier is a mode, or rail with its gauge such as 'rail:1520', got {text!r}")
        return cls(mode, int(gauge or 0))  # type: ignore[arg-type]  # checked on construction


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A change of carrier at a node, or the checks at a border on an edge.

    Parameters
    ----------
    id
        Stable identifier.
    kind
        A word of `TRANSFER_KINDS`. A ``"border_crossing"`` keeps the carrier and is charged
        on passing ``edge_id``, in either direction; every other kind changes the carrier
        at ``node_id``.
    node_id, edge_id
        Where: one of the two.
    from_carrier, to_carrier
        The carriers before and after; None for a border crossing and a reversal. Where
        one of the two is None, the load begins or ends there, as on a quay.
    hours
        Dwell time; None where unknown, which counts as 0.
    load_hours
        Hours of a load that takes another time, as (word of `LOADS`, hours).
    loads
        Words of `LOADS` that it takes; none for all.
    between
        For a reversal: pairs of ids of edges between which a train cannot run on without one.
    explanation
        What is done there, in a sentence.
    status
        A word of `STATUSES`.
    sources
        Ids of the sources of the hours.
    assumption
        What the hours rest on where no source states them.
    labels
        Rules of law that hold there.
    both_ways
        Whether it works in the other direction too, in the same time.

    Raises
    ------
    InvalidNetworkError
        If an id is empty, a word unknown, the place or the carriers do not fit the kind,
        or the hours have neither a source nor a stated assumption.
    InvalidQuantityError
        If the hours are negative or not finite.

    Examples
    --------
    >>> change = Transfer(id="bogies", kind="bogie_change", node_id="tumangang", hours=6.0,
    ...                   from_carrier=Carrier("rail", 1520), to_carrier=Carrier("rail", 1435),
    ...                   assumption="as at other stations of its kind")
    >>> print(change)
    bogie change, rail:1520 → rail:1435, 6 h (assumed: as at other stations of its kind)
    >>> Transfer(id="t", kind="bogie_change", node_id="a", hours=6.0)
    Traceback (most recent call last):
        ...
    geo.errors.InvalidNetworkError: hours need a source or a stated assumption, got neither (transfer 't')
    """

    id: str
    kind: TransferKind
    node_id: str = ""
    edge_id: str = ""
    from_carrier: Carrier | None = None
    to_carrier: Carrier | None = None
    hours: float | None = None
    explanation: str = ""
    status: str = "operating"
    sources: tuple[str, ...] = ()
    assumption: str = ""
    labels: tuple[Label, ...] = ()
    both_ways: bool = True
    load_hours: tuple[tuple[str, float], ...] = ()
    loads: tuple[str, ...] = ()
    between: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse fields that do not fit the kind of the transfer."""
        check_id("a transfer", self.id)
        where = f"transfer {self.id!r}"
        check_word("kind", self.kind, TRANSFER_KINDS, where)
        check_word("status", self.status, STATUSES, where)
        if self.hours is not None:
            check_metres("hours", self.hours, where)
        for load, hours in self.load_hours:
            check_word("load_hours", load, LOADS, where)
            check_metres("load_hours", hours, where)
        for load in self.loads:
            check_word("loads", load, LOADS, where)
        if not (self.sources or self.assumption):
            raise InvalidNetworkError(f"hours need a source or a stated assumption, got neither ({where})")
        problem = self._misplaced() or self._misfit()
        if problem:
            raise InvalidNetworkError(f"{problem} ({where})")

    def __str__(self) -> str:
        """Return it in one line, with its sources or its assumption."""
        kind = self.kind.replace("_", " ")
        before, after = (str(end) if end else "quay" for end in (self.from_carrier, self.to_carrier))
        change = f", {before} → {after}" if before != after else ""
        hours = f"{self.hours:g} h" if self.hours is not None else "hours not known"
        explanation = f"; {self.explanation}" if self.explanation else ""
        evidence = f" [{', '.join(self.sources)}]" if self.sources else f" (assumed: {self.assumption})"
        return f"{kind}{change}, {hours}{explanation}{evidence}"

    def hours_of(self, load: str) -> float:
        """Return the hours that a route counts for a load; 0 where unknown."""
        return dict(self.load_hours).get(load, self.hours or 0.0)

    @property
    def quay_carrier(self) -> Carrier | None:
        """The carrier that a load comes onto, or off, where its route begins or ends; None for other transfers."""
        if self.kind in {"border_crossing", "reversal"} or (self.from_carrier and self.to_carrier):
            return None
        return self.from_carrier or self.to_carrier

    @property
    def changes_gauge(self) -> bool:
        """Whether it leads from a wagon of one gauge to one of another."""
        before, after = self.from_carrier, self.to_carrier
        return before is not None and after is not None and before.mode == after.mode == "rail"

    def _misplaced(self) -> str:
        if self.kind == "border_crossing":
            right = bool(self.edge_id) and not self.node_id
            return "" if right else "a border crossing lies on an edge: give edge_id, and no node_id"
        right = bool(self.node_id) and not self.edge_id
        return "" if right else f"a {self.kind} lies at a node: give node_id, and no edge_id"

    def _misfit(self) -> str:
        before, after = self.from_carrier, self.to_carrier
        if bool(self.between) != (self.kind == "reversal"):
            return "a reversal, and nothing else, names the edges between which a train reverses: give between"
        if self.kind in {"border_crossing", "reversal"}:
            kind = self.kind.replace("_", " ")
            return "" if before == after else f"a {kind} keeps the carrier, got {before} to {after}"
        is_quay = self.kind == "port_handling" and (before is None) != (after is None)
        if before == after or not (is_quay or (before and after)):
            return f"a {self.kind} needs two different carriers, got {before} to {after}"
        modes = {end.mode for end in (before, after) if end is not None}
        if self.kind == "bogie_change" and modes != {"rail"}:
            return f"bogies are changed between two gauges of rail, got {before} to {after}"
        if self.kind == "port_handling" and not modes & {"sea", "ferry"}:
            return f"a port handles a ship or a ferry, got {before} to {after}"
        return ""


def quay_carriers(transfers: Iterable[Transfer]) -> list[Carrier | None]:
    """Return for each transfer the carrier at its quay, as `Transfer.quay_carrier`."""
    return [transfer.quay_carrier for transfer in transfers]


def dwell_hours(transfers: Iterable[Transfer], load: str) -> list[float]:
    """Return the hours that a route counts at each transfer for a load; 0 where unknown."""
    return [transfer.hours_of(load) for transfer in transfers]
