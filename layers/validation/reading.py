"""Reads untrusted files."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from .report import WARNING, Issue

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_INPUT = "-"
RECORD_SEPARATOR = "\x1e"
LARGEST_BYTES = 500_000_000
EXPORT_AGAIN = "export it again as GeoJSON (RFC 7946)"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class _RefusedError(ValueError):
    """A file that cannot be read: the problem, and the fix."""

    def __init__(self, problem: str, fix: str = EXPORT_AGAIN) -> None:
        self.problem, self.fix = problem, fix
        super().__init__(problem)


def read_documents(path: Path, name: str) -> tuple[list[Any], list[Issue]]:
    """Read a GeoJSON file: one JSON text, or a sequence of them, one a line or after RFC 8142.

    Parameters
    ----------
    path
        The file; ``-`` is standard input.
    name
        What it is called in a problem.

    Returns
    -------
    tuple
        The JSON values of the outermost level, of any shape still, and the problems; where the file cannot be read, one problem
        and no value.
    """
    issues: list[Issue] = []
    try:
        text = _text(path)
        if text.startswith("\ufeff"):
            fix = "save it as UTF-8 without BOM"
            issues.append(Issue(name, "", "", "it begins with a byte order mark", fix, WARNING))
            text = text[1:]
        if _is_sequence(text):
            values, problems = _read_sequence(text, name)
        else:
            values, problems = _read_one(text, name)
        return values, issues + problems
    except _RefusedError as error:
        return [], [*issues, Issue(name, "", "", error.problem, error.fix)]


def _read_one(text: str, name: str, record: str = "") -> tuple[list[Any], list[Issue]]:
    twice: list[str] = []
    value = _parse(text, twice)
    problem = "the member stands twice in one object; readers take the last, or fail"
    issues = [Issue(name, record, member, problem, "remove one", WARNING) for member in dict.fromkeys(twice)]
    return [value], issues


def _text(path: Path) -> str:
    try:
        content = _bytes(path)
        if len(content) > LARGEST_BYTES:
            raise _RefusedError(f"it has more than {LARGEST_BYTES:,} bytes, which is all that is read", "split it")
        return content.decode("utf-8")
    except OSError as error:
        raise _RefusedError(f"it cannot be read: {error.strerror}", "check the path and its permissions") from None
    except UnicodeDecodeError as error:
        raise _RefusedError(f"it is not UTF-8 (byte {error.start})", "save it as UTF-8") from None


def _bytes(path: Path) -> bytes:
    """Content of the file, up to one byte beyond the size limit."""
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST_BYTES + 1)
    with path.open("rb") as file:
        return file.read(LARGEST_BYTES + 1)


def _parse(text: str, twice: list[str]) -> Any:  # noqa: ANN401 - any JSON
    try:
        content = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, twice), parse_constant=_constant)
        if _SURROGATE.search(text):
            json.dumps(content, ensure_ascii=False).encode()
    except _RefusedError:
        raise
    except json.JSONDecodeError as error:
        raise _RefusedError(f"it is not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from None
    except UnicodeEncodeError:
        raise _RefusedError(
            "it holds one half of a character (a lone surrogate)", "write the whole character"
        ) from None
    except ValueError as error:  # such as an integer of thousands of digits
        raise _RefusedError(f"it is not JSON that can be read: {error}") from None
    except RecursionError:
        raise _RefusedError("its JSON is nested too deeply") from None
    return content


def _is_sequence(text: str) -> bool:
    """Tell whether the text is a sequence: its first line is JSON by itself, and another follows."""
    if text.startswith(RECORD_SEPARATOR):
        return True
    first, _, following = text.strip().partition("\n")
    if not following.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _read_sequence(text: str, name: str) -> tuple[list[Any], list[Issue]]:
    """Values of a sequence; a record that cannot be read is a problem, and the others are read all the same."""
    records = text.split(RECORD_SEPARATOR)[1:] if text.startswith(RECORD_SEPARATOR) else text.split("\n")
    values: list[Any] = []
    issues: list[Issue] = []
    for number, record in enumerate(records, 1):
        if not record.strip():
            continue
        try:
            contents, problems = _read_one(record, name, f"record {number}")
        except _RefusedError as error:
            issues.append(Issue(name, f"record {number}", "", error.problem, error.fix))
        else:
            values += contents
            issues += problems
    return values, issues


def _object(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        twice += [key for key in members if keys.count(key) > 1]
    return members


def _constant(text: str) -> None:
    raise _RefusedError(f"{text} is not a JSON number")
