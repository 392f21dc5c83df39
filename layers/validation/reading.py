"""Reading a file that may be anything."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from .report import Issue

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_INPUT = "-"
RECORD_SEPARATOR = "\x1e"
LARGEST_BYTES = 500_000_000
EXPORT_AGAIN = "export it again as GeoJSON (RFC 7946)"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class _RefusedError(ValueError):
    """A file that is not to be read: the problem, and the fix."""

    def __init__(self, problem: str, fix: str = EXPORT_AGAIN) -> None:
        self.problem, self.fix = problem, fix
        super().__init__(problem)


def read_collection(path: Path, name: str) -> tuple[list[Any], dict[str, Any], list[Issue]]:
    """Read a GeoJSON file: a collection, a feature, or a sequence of features, one a line or after RFC 8142.

    Parameters
    ----------
    path
        The file; ``-`` is standard input.
    name
        What it is called in a problem.

    Returns
    -------
    tuple
        Features (of any shape still), the members of the collection beside them, and the problems; where the file cannot be
        read, one problem and no feature.
    """
    try:
        text = _text(path)
        return _read_sequence(text, name) if _is_sequence(text) else _unwrap(_parse(text), name)
    except _RefusedError as error:
        return [], {}, [Issue(name, "", "", error.problem, error.fix)]


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
    """Content of the file, and no more than one byte over what is read."""
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST_BYTES + 1)
    with path.open("rb") as file:
        return file.read(LARGEST_BYTES + 1)


def _parse(text: str) -> Any:  # noqa: ANN401 - any JSON
    if text.startswith("\ufeff"):
        raise _RefusedError("it begins with a byte order mark", "save it as UTF-8 without BOM")
    try:
        content = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
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
    first, _, rest = text.strip().partition("\n")
    if not rest.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _read_sequence(text: str, name: str) -> tuple[list[Any], dict[str, Any], list[Issue]]:
    """Features of a sequence; a record that cannot be read is a problem, and the others are read all the same."""
    records = text.split(RECORD_SEPARATOR)[1:] if text.startswith(RECORD_SEPARATOR) else text.split("\n")
    features: list[Any] = []
    issues: list[Issue] = []
    for number, record in enumerate(records, 1):
        if not record.strip():
            continue
        try:
            content = _parse(record)
        except _RefusedError as error:
            issues.append(Issue(name, f"record {number}", "", error.problem, error.fix))
        else:
            found, _, problems = _unwrap(content, name)
            features += found
            issues += problems
    return features, {}, issues


def _unwrap(content: Any, name: str) -> tuple[list[Any], dict[str, Any], list[Issue]]:  # noqa: ANN401 - any JSON
    kind = content.get("type") if isinstance(content, dict) else None
    if kind == "Feature":
        return [content], {}, []
    if kind == "FeatureCollection" and isinstance(content.get("features"), list):
        return content["features"], {key: value for key, value in content.items() if key != "features"}, []
    came = f"a {kind!r}" if kind else f"a JSON {type(content).__name__}"
    return [], {}, [Issue(name, "", "type", f"expected a FeatureCollection with features, got {came}", EXPORT_AGAIN)]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedError(f"the member {twice!r} stands twice in one object")
    return found


def _constant(text: str) -> None:
    raise _RefusedError(f"{text} is not a JSON number")
