"""Claims, their checks and results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Verdict: TypeAlias = Literal["confirmed", "contradicted", "partly", "untested"]
Basis: TypeAlias = Literal["computed", "source", "none"]
Value: TypeAlias = "float | int | str | tuple[str, ...]"

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a claim: its kind and parameters."""

    kind: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """What an article says, in our words.

    Attributes
    ----------
    id
        ``S0-08``: the article, then a number.
    seed
        Id of the article in `layers.sources`.
    said, said_ko, said_ru, said_zh
        The statement, one sentence in English, Korean, Russian and Chinese; empty where your own data directory has none.
    as_of
        The day, month or year that it is said of, ISO 8601.
    checks
        How it is checked; no verdict is stored.
    features
        Ids of the features that it speaks of.
    quantity, date, place
        As the article has them; empty when it names none.
    note
        How we read it, where that is open.
    """

    id: str
    seed: str
    said: str
    as_of: str
    checks: tuple[Check, ...]
    features: tuple[str, ...] = ()
    quantity: str = ""
    date: str = ""
    place: str = ""
    note: str = ""
    said_ko: str = ""
    said_ru: str = ""
    said_zh: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    verdict
        Whether the statement holds, as far as this check goes.
    says
        What was compared, in one sentence.
    basis
        ``computed`` from the data at run time, ``source`` where a cited second source was compared, ``none`` where nothing
        decides.
    kind
        The kind of the check.
    values
        The numbers and words that were compared, by name.
    features, sources
        Ids of the features used.
    """

    verdict: Verdict
    says: str
    basis: Basis = "computed"
    kind: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    features: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim with what its checks found.

    Attributes
    ----------
    claim
        The claim.
    parts
        One finding a check.
    verdict
        ``confirmed`` or ``contradicted`` when all parts are, ``untested`` when none could be decided, else ``partly``.
    basis
        ``source`` as soon as a part rests on a second source, else ``computed``; ``none`` when all parts are untested.
    says
        What the parts found.
    features, sources
        Ids, of the claim and of every part.
    """

    claim: Claim
    parts: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Verdict on the whole."""
        return together(part.verdict for part in self.parts)

    @property
    def basis(self) -> Basis:
        """What the verdict rests on."""
        bases = {part.basis for part in self.parts}
        return "source" if "source" in bases else "computed" if "computed" in bases else "none"

    @property
    def says(self) -> str:
        """What the parts found, one sentence each."""
        return " ".join(part.says for part in self.parts)

    @property
    def features(self) -> tuple[str, ...]:
        """Ids of the features of the claim and of its parts."""
        return tuple(
            dict.fromkeys((*self.claim.features, *(feature for part in self.parts for feature in part.features)))
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that were used."""
        return tuple(dict.fromkeys(source for part in self.parts for source in part.sources))

    def to_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON."""
        claim = self.claim
        return {
            "id": claim.id,
            "seed": claim.seed,
            "said": claim.said,
            "said_ko": claim.said_ko,
            "said_ru": claim.said_ru,
            "said_zh": claim.said_zh,
            "quantity": claim.quantity,
            "date": claim.date,
            "place": claim.place,
            "as_of": claim.as_of,
            "verdict": self.verdict,
            "basis": self.basis,
            "says": self.says,
            "features": list(self.features),
            "sources": list(self.sources),
            "note": claim.note,
            "parts": [_plain(part) for part in self.parts],
        }


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Verdict on the whole from those on its parts.

    Examples
    --------
    >>> together(["confirmed", "confirmed"]), together(["confirmed", "untested"])
    ('confirmed', 'partly')
    >>> together([])
    'untested'
    """
    distinct = set(verdicts)
    if not distinct:
        return "untested"
    return distinct.pop() if len(distinct) == 1 else "partly"


def _plain(part: Finding) -> dict[str, object]:
    return {
        "kind": part.kind,
        "verdict": part.verdict,
        "basis": part.basis,
        "says": part.says,
        "values": {key: list(value) if isinstance(value, tuple) else value for key, value in part.values.items()},
        "features": list(part.features),
        "sources": list(part.sources),
    }


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote of an article.

    Attributes
    ----------
    seed, number
        Which one.
    dated
        The day that it names, ISO 8601.
    url
        What it refers to.
    about
        What it is cited for, in our words.
    events
        Ids of the events that it is cited for.
    """

    seed: str
    number: int
    dated: str
    url: str
    about: str
    events: tuple[str, ...] = ()
