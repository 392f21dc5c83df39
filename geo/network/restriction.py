"""A rule of law that holds on edges or transfers: a sanction, a permission, an exemption."""

from __future__ import annotations

from dataclasses import dataclass

from geo.date import parse_date
from geo.errors import InvalidNetworkError


@dataclass(frozen=True, slots=True)
class Label:
    """A rule of a legal regime on an edge or a transfer; routing does not close the edge for it.

    Parameters
    ----------
    regime
        Who says it, and in which act: ``"UNSCR 2375"``.
    from_date
        ISO 8601 date from which it holds.
    to_date
        The last day; None while it holds.
    note
        What it says, in a sentence.
    sources
        Ids of the sources.

    Raises
    ------
    InvalidNetworkError
        If the regime is empty, or the last day lies before the first.
    InvalidDateError
        If a date is none.

    Examples
    --------
    >>> label = Label("UNSCR 2375", "2017-09-11", None, "Rajin-Khasan coal is exempt", ("un",))
    >>> print(label)
    UNSCR 2375 (since 2017-09-11): Rajin-Khasan coal is exempt [un]
    >>> Label("UNSCR 2375", "2017-09-11", "2016")
    Traceback (most recent call last):
        ...
    geo.errors.InvalidNetworkError: a label must end after it begins, got '2017-09-11' to '2016' (UNSCR 2375)
    """

    regime: str
    from_date: str
    to_date: str | None = None
    note: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a label without a regime or without a day on which it holds."""
        if not self.regime:
            raise InvalidNetworkError("a label needs a regime, got ''")
        first = parse_date(self.from_date).earliest
        if self.to_date is not None and parse_date(self.to_date).latest < first:
            raise InvalidNetworkError(
                f"a label must end after it begins, got {self.from_date!r} to {self.to_date!r} ({self.regime})"
            )

    def __str__(self) -> str:
        """Return it in one line."""
        span = f"{self.from_date} to {self.to_date}" if self.to_date else f"since {self.from_date}"
        note = f": {self.note}" if self.note else ""
        sources = f" [{', '.join(self.sources)}]" if self.sources else ""
        return f"{self.regime} ({span}){note}{sources}"

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON-ready values."""
        return {
            "regime": self.regime,
            "from_date": self.from_date,
            "to_date": self.to_date,
            "note": self.note,
            "sources": list(self.sources),
        }
