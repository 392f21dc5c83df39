"""Checks a folder of maps against its manifest."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from maps.features.source import PackagedLayers

from .inputs import present_sha256
from .manifest import NAME, Manifest, file_sha256, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SITE = "site/"


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of `verify`.

    Attributes
    ----------
    checked
        How many files the manifest names.
    missing, changed, extra
        Names of files that are missing, changed, or not in the manifest.
    stale
        By file, the inputs of which this installation has another version: it was built from other data.
    unknown
        Inputs that only the user has, and that cannot be checked.
    """

    checked: int
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all files exist unchanged, and no others."""
        return not (self.missing or self.changed or self.extra)

    def to_dict(self) -> dict[str, object]:
        """Plain values, as ``--format json`` prints them."""
        return {
            "ok": self.ok,
            "checked": self.checked,
            "missing": list(self.missing),
            "changed": list(self.changed),
            "extra": list(self.extra),
            "stale": {name: list(inputs) for name, inputs in self.stale.items()},
            "unknown": list(self.unknown),
        }


def verify(folder: str | os.PathLike[str], *, data: str | os.PathLike[str] | None = None) -> Verification:
    """Check a folder that `build_all` wrote against its ``manifest.json``.

    Parameters
    ----------
    folder
        The folder.
    data
        The data directory that the inputs are compared with; as in `layers.load`.

    Returns
    -------
    Verification
        `ok` does not tell whether the data have changed since: `stale` does.

    Raises
    ------
    ManifestError
        When the manifest is missing or not one of ours.
    OSError
        When a file cannot be read.
    """
    root = Path(folder)
    manifest = read_manifest(root)
    missing, changed = [], []
    for name, entry in sorted(manifest.files.items()):
        path = root / name
        if not os.path.lexists(path):
            missing.append(name)
        elif not _is_plain(root, name) or path.stat().st_size != entry.bytes or file_sha256(path) != entry.sha256:
            changed.append(name)
    listed = {*manifest.files, NAME}
    extra = sorted(name for name in _files(root) if name not in listed)
    stale, unknown = _inputs(manifest, PackagedLayers(data))
    return Verification(len(manifest.files), tuple(missing), tuple(changed), tuple(extra), stale, unknown)


def _is_plain(root: Path, name: str) -> bool:
    """Tell whether a path is a file, and no link in it leads out of the folder."""
    path = root / name
    steps = [path, *path.parents]
    inside = steps[: steps.index(root)]
    return path.is_file() and not any(step.is_symlink() for step in inside)


def _files(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(folder) / name).relative_to(root).as_posix()


def _inputs(manifest: Manifest, source: PackagedLayers) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Find changed inputs, by file, and those that cannot be checked."""
    names = {name for entry in manifest.files.values() for name in entry.inputs}
    present = {name: present_sha256(name, source) for name in names if not name.startswith(_SITE)}
    present |= {_SITE + name: entry.sha256 for name, entry in manifest.files.items()}
    stale: dict[str, tuple[str, ...]] = {}
    for file, entry in sorted(manifest.files.items()):
        changed = sorted(name for name, sha256 in entry.inputs.items() if present.get(name) not in {None, sha256})
        if changed:
            stale[file] = tuple(changed)
    return stale, tuple(sorted(name for name in names if present.get(name) is None))
