"""The report of a validation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem.

    Attributes
    ----------
    file
        The file that holds it.
    feature
        Id of the feature, or ``feature 3`` for the third one without an id; empty when it concerns the file.
    where
        The member that is wrong, such as ``history/0/date``; empty when it is the whole.
    problem
        What was expected and what came.
    fix
        What to do.
    level
        ``error`` for a breach of the rules, ``warning`` for what they allow but what causes trouble.
    """

    file: str
    feature: str
    where: str
    problem: str
    fix: str
    level: str = ERROR

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.feature, self.where) if part)
        return f"{place}: {'warning: ' * (self.level == WARNING)}{self.problem}; {self.fix}"


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Every problem of every file.

    Attributes
    ----------
    files
        The files looked at.
    features
        How many features they hold.
    issues
        The problems, in the order of files and features.
    notes
        What was not checked, and why.
    """

    files: tuple[str, ...]
    features: int
    issues: tuple[Issue, ...]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; warnings may stand."""
        return not self.errors

    @property
    def errors(self) -> tuple[Issue, ...]:
        """What breaks the rules."""
        return tuple(issue for issue in self.issues if issue.level == ERROR)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """What the rules allow, but what causes trouble."""
        return tuple(issue for issue in self.issues if issue.level == WARNING)

    def __iter__(self) -> Iterator[Issue]:
        return iter(self.issues)

    def summary(self) -> str:
        """Return the result in one line.

        Examples
        --------
        >>> ValidationReport(("a.geojson",), 3, ()).summary()
        '1 file, 3 features: no problem'
        """
        count, warned = len(self.errors), len(self.warnings)
        problems = "no problem" if not count else f"{count} problem{'s' * (count > 1)}"
        problems += f", {warned} warning{'s' * (warned > 1)}" if warned else ""
        files = len(self.files)
        return f"{files} file{'s' * (files != 1)}, {self.features} feature{'s' * (self.features != 1)}: {problems}"

    def to_dict(self) -> dict[str, Any]:
        """Report as plain JSON values."""
        return asdict(self) | {"ok": self.ok}
