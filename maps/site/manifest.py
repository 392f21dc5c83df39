"""The manifest of a folder of maps: each file with its hash, its options, and the hashes of its inputs.

``manifest.json`` holds no time and no path of a machine, so the same build writes the same bytes. It is also read again, and may
have come from anywhere by then: nothing in it is believed before it is checked.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeAlias, cast

from layers.record.atomic import write_whole
from maps.errors import ManifestError

Scalar: TypeAlias = "str | int | float | bool"

NAME = "manifest.json"
FORMAT = 1
MAX_BYTES = 16_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEYS = ("format", "tumen", "as_of", "files")
_FILE_KEYS = ("sha256", "bytes", "options", "inputs")
_MAX_PROBLEMS = 20
_MAX_NAME = 400
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a folder of maps.

    Attributes
    ----------
    sha256, bytes
        Of the file.
    options
        Options that affect it: theme, language, day, tolerance of its lines in metres.
    inputs
        SHA-256 of each file that went into it: ``layers/`` of the data directory, ``themes/`` of tumen, ``files/`` of the user,
        ``site/`` of the same folder; and of ``tumen/page``, the scripts, styles and words of the page.
    """

    sha256: str
    bytes: int
    options: Mapping[str, Scalar] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    r"""The files of a folder of maps.

    Attributes
    ----------
    tumen
        Version that wrote it.
    as_of
        The day whose state its maps show.
    files
        By path below the folder, with ``/``.

    Examples
    --------
    >>> Manifest("0.1.0", "2026", {}).text()
    '{\n "format": 1,\n "tumen": "0.1.0",\n "as_of": "2026",\n "files": {}\n}\n'
    """

    tumen: str
    as_of: str
    files: Mapping[str, FileEntry]

    def text(self) -> str:
        """JSON of the manifest; the same content gives the same text."""
        files = {name: asdict(self.files[name]) for name in sorted(self.files)}
        for row in files.values():
            row.update({key: dict(sorted(row[key].items())) for key in ("options", "inputs")})
        content = {"format": FORMAT, "tumen": self.tumen, "as_of": self.as_of, "files": files}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def save(self, folder: Path) -> Path:
        """Write ``manifest.json`` into a folder, whole or not at all."""
        return write_whole(folder / NAME, self.text().encode())


def version() -> str:
    """Version of tumen."""
    from importlib import metadata

    return metadata.version("tumen")


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal.

    Raises
    ------
    OSError
        When it cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def entry_of(path: Path, *, options: Mapping[str, Scalar], inputs: Mapping[str, str]) -> FileEntry:
    """Entry of a file that has just been written."""
    return FileEntry(file_sha256(path), path.stat().st_size, dict(options), dict(inputs))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder.

    Raises
    ------
    ManifestError
        When it is missing, or does not fit what `Manifest.save` writes; every problem is listed.
    """
    path = folder / NAME
    if not folder.is_dir():
        problem = "it is a file" if folder.exists() else "there is no such folder"
        raise ManifestError(str(folder), [f"{problem}; expected a folder that `tumen build` wrote"])
    if not path.is_file():
        raise ManifestError(str(path), ["there is no such file; `tumen build` writes it beside the maps"])
    if path.stat().st_size > MAX_BYTES:
        raise ManifestError(str(path), [f"it is larger than {MAX_BYTES:,} bytes; no manifest of ours is"])
    try:
        content = json.loads(path.read_bytes().decode("utf-8"))
    except ValueError as error:
        raise ManifestError(str(path), [f"it is not valid JSON in UTF-8: {error}"]) from None
    except RecursionError:
        raise ManifestError(str(path), ["it is nested too deeply to be read"]) from None
    problems = list(_problems(content))
    if problems:
        remainder = [f"and {len(problems) - _MAX_PROBLEMS} more"] if len(problems) > _MAX_PROBLEMS else []
        raise ManifestError(str(path), [*problems[:_MAX_PROBLEMS], *remainder])
    files = {name: FileEntry(**row) for name, row in content["files"].items()}
    return Manifest(content["tumen"], content["as_of"], files)


def is_safe(name: str) -> bool:
    r"""Tell whether a name leads to a file below the folder on every system, and to no other.

    Examples
    --------
    >>> [is_safe(name) for name in ("corridor.html", "sheets/corridor.pdf")]
    [True, True]
    >>> [is_safe(name) for name in ("../a", "/a", "a/../b", "a\\b", "C:a", "", "a\x00", "./a", "a//b", "manifest.json")]
    [False, False, False, False, False, False, False, False, False, False]
    """
    path = PurePosixPath(name)
    plain = 0 < len(name) <= _MAX_NAME and not any(ord(letter) < ord(" ") or letter in "\\:" for letter in name)
    return plain and str(path) == name and not path.is_absolute() and ".." not in path.parts and name not in {".", NAME}


def _problems(content: object) -> list[str]:
    if not isinstance(content, Mapping):
        return [f"expected a JSON object, got {type(content).__name__}"]
    if content.get("format") != FORMAT or isinstance(content.get("format"), bool):
        return [f"format: expected {FORMAT}, got {_shown(content.get('format'))}; was it written by another tumen?"]
    problems = _keys("", content, _KEYS)
    problems += [
        f"{key}: expected text, got {_shown(content.get(key))}"
        for key in ("tumen", "as_of")
        if not isinstance(content.get(key), str)
    ]
    files = content.get("files")
    if not isinstance(files, Mapping):
        return [*problems, f"files: expected an object, got {_shown(files)}"]
    for name, row in files.items():
        problems += _file_problems(cast("str", name), row)
    return problems


def _file_problems(name: str, row: object) -> list[str]:
    at = f"files[{_shown(name)}]"
    if not is_safe(name):
        return [f"{at}: expected the path of a file below the folder, as `tumen build` writes it"]
    if not isinstance(row, Mapping):
        return [f"{at}: expected an object, got {_shown(row)}"]
    problems = _keys(at + ".", row, _FILE_KEYS)
    size, options, inputs = (row.get(key) for key in ("bytes", "options", "inputs"))
    if not _is_sha256(row.get("sha256")):
        problems.append(f"{at}.sha256: expected 64 hexadecimal digits, got {_shown(row.get('sha256'))}")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        problems.append(f"{at}.bytes: expected a whole number of bytes, got {_shown(size)}")
    if not isinstance(options, Mapping) or not all(isinstance(value, str | int | float) for value in options.values()):
        problems.append(f"{at}.options: expected an object of plain values, got {_shown(options)}")
    if not isinstance(inputs, Mapping) or not all(_is_sha256(value) for value in inputs.values()):
        problems.append(f"{at}.inputs: expected an object of hashes, got {_shown(inputs)}")
    return problems


def _keys(at: str, row: Mapping[str, object], expected: tuple[str, ...]) -> list[str]:
    missing = [f"{at}{key}: missing" for key in expected if key not in row]
    return missing + [
        f"{at}{_shown(key)}: unknown key; expected {', '.join(expected)}" for key in row if key not in expected
    ]


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _shown(value: object) -> str:
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - what fits into a line
