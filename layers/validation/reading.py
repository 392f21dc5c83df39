"""Reading a file that may be anything."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from .report import Issue

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 500_000_000
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
EXPORT_AGAIN = "export it again as GeoJSON (RFC 7946)"


class _RefusedError(ValueError):
    """A file that is not to be read: the problem, and the fix."""

    def __init__(self, problem: str, fix: str = EXPORT_AGAIN) -> None:
        self.problem, self.fix = problem, fix
        super().__init__(problem)


def read_collection(path: Path, name: str) -> tuple[list[Any], dict[str, Any], list[Issue]]:
    """Read a GeoJSON file.

    Returns
    -------
    tuple
        Features (of any shape still), the members of the collection beside them, and the problems; where the file cannot be
        read, one problem and no feature.
    """
    try:
        return _unwrap(_parse(_text(path)), name)
    except _RefusedError as error:
        return [], {}, [Issue(name, "", "", error.problem, error.fix)]


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise _RefusedError(f"the file has {size:,} bytes, {LARGEST_BYTES:,} at most are read", "split it")
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise _RefusedError(f"it cannot be read: {error.strerror}", "check the path and its permissions") from None
    except UnicodeDecodeError as error:
        raise _RefusedError(f"it is not UTF-8 (byte {error.start})", "save it as UTF-8") from None


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
