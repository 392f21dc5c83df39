import hashlib
import json
import re
from pathlib import Path

import pytest

import maps
from maps.page import template as asset

HERE = Path(maps.__file__).parent
LIBRARIES = json.loads((HERE / "vendor" / "vendor.json").read_text())["libraries"]
MODULES = sorted((HERE / "assets" / "js").resolve().rglob("*.js"))
FILES = [file for library in LIBRARIES for file in library["files"]]


def test_vendored_files_are_the_pinned_ones():
    pinned = {file["path"]: file["sha256"] for file in FILES}
    assert {path: hashlib.sha256((HERE / "vendor" / path).read_bytes()).hexdigest() for path in pinned} == pinned


def test_every_vendored_file_is_pinned():
    present = {path.relative_to(HERE / "vendor").as_posix() for path in (HERE / "vendor").rglob("*") if path.is_file()}
    assert present == {file["path"] for file in FILES} | {"vendor.json"}


def test_changed_vendored_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "leaflet").mkdir()
    (tmp_path / "leaflet" / "leaflet.js").write_text("changed")
    (tmp_path / "vendor.json").write_text((HERE / "vendor" / "vendor.json").read_text())
    monkeypatch.setattr(asset, "_VENDOR", tmp_path)
    asset.vendored.cache_clear()
    try:
        with pytest.raises(maps.VendorError, match=r"leaflet\.js: expected sha256 db49d0"):
            asset.vendored("leaflet/leaflet.js")
    finally:
        asset.vendored.cache_clear()


def imported(path):
    """A module and all that it imports."""
    found, waiting = set(), [path]
    while waiting:
        module = waiting.pop()
        if module not in found and module.suffix == ".js":
            found.add(module)
            names = re.findall(
                r"^(?:import|export) .*? from '(\.[^']+)';", module.read_text(encoding="utf-8"), re.MULTILINE
            )
            waiting += [(module.parent / name).resolve() for name in names]
    return found


def test_every_script_of_ours_is_bundled():
    scripts = (HERE / "assets" / "js").resolve()
    assert {*MODULES} == imported(scripts / "main.js") | imported(scripts / "index.js")


def test_our_scripts_never_set_markup():
    markup = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|divIcon|setAttribute\('style"
    )
    assert [path.name for path in MODULES if re.search(markup, path.read_text(encoding="utf-8"))] == []


def test_only_one_module_flips_to_latitude_first():
    flip = r"L\.latLng\b|L\.latLngBounds\b|\.lat\b|\.lng\b"
    assert [path.stem for path in MODULES if re.search(flip, path.read_text(encoding="utf-8"))] == ["lonlat"]


def test_stylesheets_fetch_nothing():
    css = asset.map_css(maps.style_book()) + asset.index_css(maps.style_book())
    assert not re.search(r"url\(|@import|@font-face", css)
