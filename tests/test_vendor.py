"""The vendored libraries are fetched and checked as they are pinned."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "scripts" / "vendor.py"
CODE, LICENCE = b"code();\n", b"Do as you please.\n"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def package(**files):
    """A package as npm packs it; a value that is no bytes makes a link to it."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            if isinstance(content, bytes):
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
            else:
                info.type, info.linkname = tarfile.SYMTYPE, content
                archive.addfile(info)
    return target.getvalue()


WHOLE = package(js=CODE, LICENSE=LICENCE, extra=b"never looked at")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "vendor"
    folder.mkdir()
    files = [
        {"path": "lib/lib.js", "from": "package/js", "sha256": sha256(CODE)},
        {"path": "lib/LICENSE", "from": "package/LICENSE", "sha256": sha256(LICENCE)},
    ]
    library = {"name": "lib", "version": "1.0.0", "package_sha256": sha256(WHOLE), "files": files}
    (folder / "vendor.json").write_text(json.dumps({"libraries": [library]}), encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path, folder):
    """Run the script with an npm that hands out one package."""

    def run(*arguments, gives=WHOLE, npm=True):
        tools = tmp_path / "bin"
        tools.mkdir(exist_ok=True)
        (tmp_path / "given.tgz").write_bytes(gives)
        if npm:
            program = f'#!/bin/sh\necho "$@" > {tmp_path}/asked\ncp {tmp_path}/given.tgz "$6/lib.tgz"\n'
            (tools / "npm").write_text(program, encoding="utf-8")
            (tools / "npm").chmod(0o755)
        path = f"{tools}:{Path(shutil.which('sh')).parent}" if npm else str(tools)
        command = [sys.executable, str(SCRIPT), "--folder", str(folder), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": path})

    return run


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_files_in_place_are_the_pinned_ones():
    done = subprocess.run([ROOT / "scripts" / "vendor", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "every vendored file is the pinned one\n")


def test_pinned_package_is_fetched_by_name(run, folder, tmp_path):
    done = run()
    assert done.returncode == 0, done.stderr
    assert names(folder) == ["lib/LICENSE", "lib/lib.js", "vendor.json"]
    assert (folder / "lib" / "lib.js").read_bytes() == CODE
    assert (tmp_path / "asked").read_text().startswith("pack lib@1.0.0 --silent --ignore-scripts")
    assert run("--check", npm=False).returncode == 0


def test_check_names_every_difference(run, folder):
    run()
    (folder / "lib" / "lib.js").write_bytes(b"other();\n")
    (folder / "lib" / "LICENSE").unlink()
    (folder / "lib" / "more.js").write_bytes(b"")
    done = run("--check", npm=False)
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert said[0] == "lib/LICENSE: is missing; run scripts/vendor"
    assert said[1].startswith(f"lib/lib.js: expected sha256 {sha256(CODE)}, got {sha256(b'other();' + bytes([10]))}")
    assert said[2] == "lib/more.js: is not pinned in vendor.json"


@pytest.mark.parametrize(
    ("gives", "says"),
    [
        (package(js=b"evil();\n", LICENSE=LICENCE), "lib@1.0.0: expected sha256"),
        (package(LICENSE=LICENCE), "the package has no package/js"),
        (package(js="../../../etc/passwd", LICENSE=LICENCE), "package/js: expected a plain file"),
    ],
    ids=["changed", "lacking", "link"],
)
def test_other_package_is_refused_and_nothing_written(run, folder, gives, says):
    done = run(gives=gives)
    assert done.returncode == 1
    assert says in done.stderr
    assert names(folder) == ["vendor.json"]


def test_path_outside_is_refused(run, folder):
    pins = json.loads((folder / "vendor.json").read_text())
    pins["libraries"][0]["files"][0]["path"] = "../outside.js"
    (folder / "vendor.json").write_text(json.dumps(pins))
    done = run()
    assert "lies outside of" in done.stderr
    assert not (folder.parent / "outside.js").exists()


def test_update_pins_another_version(run, folder):
    newer = package(js=b"newer();\n", LICENSE=LICENCE)
    done = run("--update", "lib@1.1.0", gives=newer)
    assert done.returncode == 0, done.stderr
    (library,) = json.loads((folder / "vendor.json").read_text())["libraries"]
    assert (library["version"], library["package"]) == ("1.1.0", "npm:lib@1.1.0")
    assert library["package_sha256"] == sha256(newer)
    assert library["files"][0]["sha256"] == sha256(b"newer();\n")
    assert run("--check").returncode == 0


@pytest.mark.parametrize("name", ["lib", "lib@latest", "other@1.0.0", "--force@1.0.0", "lib@1.0.0; rm -rf ."])
def test_updating_an_invalid_package_is_an_error(run, folder, name):
    before = (folder / "vendor.json").read_bytes()
    assert run(f"--update={name}").returncode == 1
    assert (folder / "vendor.json").read_bytes() == before


def test_without_npm_it_says_so(run):
    assert "npm is not installed" in run(npm=False).stderr
