"""Reading a file that may be anything."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from .report import Issue

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_INPUT = "-"
RECORD_SEPARATOR = "\x1e"
LARGEST_BYTES = 500_000_000
EXPORT_AGAIN = "export it again as GeoJSON (RFC 7946)"


class _RefusedError(ValueError):
    """JSON that is well formed but not to be trusted."""


def read_collection(  # noqa: PLR0911 - one return for each way to be unreadable
    path: Path, name: str
) -> tuple[list[Any], dict[str, Any], list[Issue]]:
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

    def refuse(problem: str, fix: str) -> tuple[list[Any], dict[str, Any], list[Issue]]:
        return [], {}, [Issue(name, "", "", problem, fix)]

    try:
        content = _bytes(path)
        if len(content) > LARGEST_BYTES:
            return refuse(f"it has more than {LARGEST_BYTES:,} bytes, which is all that is read", "split it")
        text = content.decode("utf-8")
        if _is_sequence(text):
            return _read_sequence(text, name)
        return _unwrap(_parse(text), name)
    except OSError as error:
        return refuse(f"it cannot be read: {error.strerror}", "check the path and its permissions")
    except UnicodeDecodeError as error:
        return refuse(f"it is not UTF-8 (byte {error.start})", "save it as UTF-8")
    except json.JSONDecodeError as error:
        if error.doc.startswith("\ufeff"):
            return refuse("it begins with a byte order mark", "save it as UTF-8 without BOM")
        return refuse(f"it is not JSON: {error.msg} in line {error.lineno}, column {error.colno}", EXPORT_AGAIN)
    except _RefusedError as error:
        return refuse(str(error), EXPORT_AGAIN)
    except RecursionError:
        return refuse("its JSON is nested too deeply", EXPORT_AGAIN)


def _bytes(path: Path) -> bytes:
    """Content of the file, and no more than one byte over what is read."""
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST_BYTES + 1)
    with path.open("rb") as file:
        return file.read(LARGEST_BYTES + 1)


def _parse(text: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)


def _is_sequence(text: str) -> bool:
    """Tell whether the text is a sequence: its first line is JSON by itself, and another follows."""
    if text.startswith(RECORD_SEPARATOR):
        return True
    first, _, rest = text.strip().partition("\n")
    if not rest.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (json.JSONDecodeError, RecursionError):
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
        except json.JSONDecodeError as error:
            issues.append(Issue(name, f"record {number}", "", f"it is not JSON: {error.msg}", EXPORT_AGAIN))
        except _RefusedError as error:
            issues.append(Issue(name, f"record {number}", "", str(error), EXPORT_AGAIN))
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
