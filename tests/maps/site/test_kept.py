"""Cached pages are found by the hash of all their inputs, and equal new ones."""

import json
import shutil

import pytest

import maps
from layers.record.store import PACKAGED
from maps.site import kept
from maps.site.kept import kept_pages


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TUMEN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pages"


def built(folder, **options):
    maps.build_all(folder, names=["minerals"], langs="en", **options)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.long
def test_a_cached_page_equals_a_new_one(tmp_path, cache):
    fresh = built(tmp_path / "fresh", keep=False)
    assert not cache.exists()
    assert built(tmp_path / "first") == fresh
    [file] = cache.iterdir()
    assert built(tmp_path / "second") == fresh
    # It is really read: what is written into it comes out, and a damaged one is made again.
    row = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**row, "html": "<!-- kept -->"}), encoding="utf-8")
    assert built(tmp_path / "third")["minerals.html"] == b"<!-- kept -->"
    file.write_text("{", encoding="utf-8")
    assert built(tmp_path / "fourth") == fresh
    assert json.loads(file.read_text(encoding="utf-8")) == row


def test_another_input_is_another_page(tmp_path, cache):
    own = tmp_path / "data"
    shutil.copytree(PACKAGED, own)
    before = kept_pages(maps.PackagedLayers(own))
    builder = maps.MapBuilder("minerals")
    same = [before.key(builder), before.key(maps.MapBuilder("minerals"))]
    others = [
        before.key(maps.MapBuilder("minerals", langs="ko")),
        before.key(maps.MapBuilder("minerals", as_of="2014")),
        before.key(maps.MapBuilder("minerals", options=maps.PageOptions(embed=True))),
        before.key(maps.MapBuilder("power")),
    ]
    with (own / "sources.json").open("a", encoding="utf-8") as file:
        file.write("\n")
    after = kept_pages(maps.PackagedLayers(own)).key(builder)
    assert len({*same, *others, after}) == 6
    assert before.key(builder.add_points([(130.5, 42.4)])) is None
    assert kept_pages(maps.GeoJsonFolder(own)) is None
    assert not cache.exists()


def test_the_least_recently_used_page_is_deleted_first(cache, monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 700)
    pages = kept_pages(maps.PackagedLayers())
    page = maps.Page("A map", "x" * 200)
    for number in range(4):
        pages.keep(f"{number:064}", page, None)
    assert 1 <= len([*cache.iterdir()]) < 4
    assert pages.find(f"{3:064}") == (page, None)
    assert pages.find(f"{0:064}") is None
