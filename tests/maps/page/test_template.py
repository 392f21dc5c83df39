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


@pytest.mark.parametrize("file", FILES, ids=[file["path"] for file in FILES])
def test_vendored_file_is_the_pinned_one(file):
    assert hashlib.sha256((HERE / "vendor" / file["path"]).read_bytes()).hexdigest() == file["sha256"]


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


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_our_scripts_never_set_markup(module):
    text = module.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|divIcon|setAttribute\('style",
        text,
    )


@pytest.mark.parametrize("module", [path for path in MODULES if path.stem != "lonlat"], ids=lambda path: path.stem)
def test_only_one_module_flips_to_latitude_first(module):
    assert not re.search(r"L\.latLng\b|L\.latLngBounds\b|\.lat\b|\.lng\b", module.read_text(encoding="utf-8"))


def test_stylesheets_fetch_nothing():
    css = asset.map_css(maps.style_book()) + asset.index_css(maps.style_book())
    assert not re.search(r"url\(|@import|@font-face", css)
