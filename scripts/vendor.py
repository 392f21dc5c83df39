"""Fetch, check or update the vendored libraries: ``vendor.py [--check | --update NAME@VERSION] [--folder FOLDER]``.

A package comes from npm by its name, is compared with its pinned hash, and each file taken out of it with its own. Nothing is
written unless everything fits; a file is replaced at once.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "maps" / "vendor"
PIN = "vendor.json"
PACKAGE = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)@(?P<version>\d+\.\d+\.\d+(?:-[a-z0-9.]+)?)")
MOST_BYTES = 5_000_000

Library = dict[str, Any]


class PinError(Exception):
    """A package or file is not what is pinned."""


def sha256(content: bytes) -> str:
    """Hash of a file as it is pinned."""
    return hashlib.sha256(content).hexdigest()


def problems(folder: Path, libraries: list[Library]) -> Iterator[str]:
    """Say where a folder differs from its pins."""
    pinned = {file["path"]: file["sha256"] for library in libraries for file in library["files"]}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {PIN}
    for name in sorted(pinned.keys() | present):
        if name not in present:
            yield f"{name}: is missing; run scripts/vendor"
        elif name not in pinned:
            yield f"{name}: is not pinned in {PIN}"
        elif (found := sha256((folder / name).read_bytes())) != pinned[name]:
            yield f"{name}: expected sha256 {pinned[name]}, got {found}; run scripts/vendor"


def fetch(name: str, version: str) -> bytes:
    """Package of a library as npm hands it out."""
    npm = shutil.which("npm")
    if npm is None:
        raise PinError("npm is not installed; `--check` works without it")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", f"{name}@{version}", "--silent", "--ignore-scripts", "--pack-destination", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)  # noqa: S603  no shell
        packages = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(packages) != 1:
            raise PinError(f"npm pack {name}@{version} failed: {done.stderr.strip() or 'no package'}")
        return packages[0].read_bytes()


def member(archive: tarfile.TarFile, name: str) -> bytes:
    """Content of one plain file of a package; nothing is ever extracted to a path that the package names."""
    try:
        info = archive.getmember(name)
    except KeyError:
        raise PinError(f"the package has no {name}") from None
    if not info.isfile() or info.size > MOST_BYTES:
        raise PinError(f"{name}: expected a plain file up to {MOST_BYTES:,} bytes, got {info.size:,} bytes")
    content = archive.extractfile(info)
    return content.read() if content else b""


def contents(package: bytes, library: Library, folder: Path) -> dict[str, bytes]:
    """Files of a library out of its package, by path."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "package.tgz"
        path.write_bytes(package)
        with tarfile.open(path, "r:gz") as archive:
            found = {file["path"]: member(archive, file["from"]) for file in library["files"]}
    for name in found:
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            raise PinError(f"{name}: lies outside of {folder}")
    return found


def compare(package: bytes, found: dict[str, bytes], library: Library) -> None:
    """Refuse whatever is not as it is pinned."""
    name = f"{library['name']}@{library['version']}"
    if sha256(package) != library["package_sha256"]:
        raise PinError(f"{name}: expected sha256 {library['package_sha256']}, got {sha256(package)}")
    for file in library["files"]:
        if sha256(found[file["path"]]) != file["sha256"]:
            raise PinError(f"{file['path']}: expected sha256 {file['sha256']}, got {sha256(found[file['path']])}")


def repin(library: Library, version: str, package: bytes, found: dict[str, bytes]) -> Library:
    """Pins of a library at another version."""
    files = [{**file, "sha256": sha256(found[file["path"]])} for file in library["files"]]
    pins = {"version": version, "package": f"npm:{library['name']}@{version}", "package_sha256": sha256(package)}
    return {**library, **pins, "files": files}


def vendor(folder: Path, update: str = "") -> None:
    """Fetch every library, or one at another version, and write it."""
    sys.path.insert(0, str(ROOT))
    from layers.record.atomic import write_whole

    pins = json.loads((folder / PIN).read_text(encoding="utf-8"))
    wanted = PACKAGE.fullmatch(update)
    if update and not wanted:
        raise PinError(f"expected NAME@VERSION such as leaflet@1.9.4, got {update!r}")
    if wanted and wanted["name"] not in (names := [library["name"] for library in pins["libraries"]]):
        raise PinError(f"{wanted['name']!r} is not vendored; there is {', '.join(names)}")
    files: dict[str, bytes] = {}
    for number, library in enumerate(pins["libraries"]):
        if wanted and library["name"] != wanted["name"]:
            continue
        version = wanted["version"] if wanted else library["version"]
        package = fetch(library["name"], version)
        found = contents(package, library, folder)
        if wanted:
            pins["libraries"][number] = repin(library, version, package, found)
        else:
            compare(package, found, library)
        files.update(found)
    for name, content in files.items():
        write_whole(folder / name, content)
    if wanted:
        write_whole(folder / PIN, (json.dumps(pins, indent=2, ensure_ascii=False) + "\n").encode())
    print(f"{len(files)} files written to {folder}")


def main(arguments: list[str] | None = None) -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(description="Fetch, check or update the vendored libraries.")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--check", action="store_true", help="compare hashes, without any network")
    group.add_argument("--update", default="", metavar="NAME@VERSION", help="pin and fetch another version")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    if options.check:
        pins = json.loads((options.folder / PIN).read_text(encoding="utf-8"))
        found = list(problems(options.folder, pins["libraries"]))
        print("\n".join(found) or "every vendored file is the pinned one", file=sys.stderr if found else sys.stdout)
        return int(bool(found))
    try:
        vendor(options.folder, options.update)
    except PinError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
