"""Reading a file that may be anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .report import Issue

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 500_000_000
EXPORT_AGAIN = "export it again as GeoJSON (RFC 7946)"


class _RefusedError(ValueError):
    """JSON that is well formed but not to be trusted."""


def read_collection(  # noqa: PLR0911 - one return for each way to be unreadable
    path: Path, name: str
) -> tuple[list[Any], dict[str, Any], list[Issue]]:
    """Read a GeoJSON file.

    Returns
    -------
    tuple
        Features (of any shape still), the members of the collection beside them, and the problems; where the file cannot be
        read, one problem and no feature.
    """

    def refuse(problem: str, fix: str) -> tuple[list[Any], dict[str, Any], list[Issue]]:
        return [], {}, [Issue(name, "", "", problem, fix)]

    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            return refuse(f"the file has {size:,} bytes, {LARGEST_BYTES:,} at most are read", "split it")
        content = json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
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
    return _unwrap(content, name)


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
