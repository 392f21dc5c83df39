"""manifest.json: content, reproducibility, and checks when it is read."""

import hashlib
import json
import shutil
import subprocess
import sys

import pytest

import maps
from maps.cli import main
from maps.site.manifest import NAME, is_safe
from tests.maps.conftest import AS_OF, FOLDER

pytestmark = pytest.mark.long

SHA256 = "0" * 64


@pytest.fixture(scope="module")
def built(tmp_path_factory, source):
    folder = tmp_path_factory.mktemp("built")
    maps.build_all(folder, names=["border", "power"], langs=["en", "ko"], source=source)
    return folder


@pytest.fixture
def site(built, tmp_path):
    return shutil.copytree(built, tmp_path / "site")


def content(site):
    return json.loads((site / NAME).read_bytes())


def rewrite(site, change):
    value = content(site)
    change(value)
    (site / NAME).write_text(json.dumps(value), encoding="utf-8")


def test_every_file_has_its_hash_and_size(site):
    manifest = maps.read_manifest(site)
    assert set(manifest.files) == {path.name for path in site.iterdir()} - {NAME}
    for name, entry in manifest.files.items():
        data = (site / name).read_bytes()
        assert (entry.sha256, entry.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert manifest.as_of == AS_OF


def test_inputs_are_the_files_that_were_read(site):
    inputs = maps.read_manifest(site).files["power.html"].inputs
    theme = maps.theme("power")
    wanted = {f"{layer.source}.geojson" for layer in theme.layers} | {f"{name}.geojson" for name in theme.basemap}
    there = {f"layers/{name}" for name in wanted if (FOLDER / name).is_file()}
    assert there
    assert set(inputs) == there | {"layers/sources.json", "themes/power.toml", "tumen/page"}
    for name in there:
        assert inputs[name] == hashlib.sha256((FOLDER / name.removeprefix("layers/")).read_bytes()).hexdigest()


def test_options_that_matter(site):
    files = maps.read_manifest(site).files
    assert dict(files["border.html"].options) == {"as_of": AS_OF, "langs": "en ko", "theme": "border"}


def test_built_again_in_another_process_it_has_the_same_bytes(tmp_path):
    texts = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        program = f"import maps; maps.build_all({str(folder)!r}, names=['power'], keep=False)"
        subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONHASHSEED": seed})
        texts.append((folder / NAME).read_bytes())
    assert texts[0] == texts[1]
    assert str(tmp_path).encode() not in texts[0]


def test_files_of_the_user_stand_under_their_own_names(tmp_path, source):
    folder = tmp_path / "own"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "finds.geojson").write_text('{"type": "Point", "coordinates": [130.5, 42.4]}', encoding="utf-8")
    theme = folder / "mine.toml"
    theme.write_text(
        'title = "A"\nextent = [130, 42, 131, 43]\n[[layer]]\nsource = "deep/finds.geojson"\ntitle = "Finds"\n',
        encoding="utf-8",
    )
    maps.build_all(tmp_path / "site", names=[theme], source=source)
    inputs = maps.read_manifest(tmp_path / "site").files["mine.html"].inputs
    assert {name for name in inputs if name.startswith("files/")} == {"files/deep/finds.geojson", "files/mine.toml"}
    assert str(tmp_path) not in (tmp_path / "site" / NAME).read_text(encoding="utf-8")


def test_a_folder_as_built_is_well(site):
    found = maps.verify(site)
    assert found.ok
    assert found.checked == 3


def test_missing_changed_and_extra_files_are_named(site, capsys):
    (site / "power.html").unlink()
    text = (site / "border.html").read_bytes()
    (site / "border.html").write_bytes(text[:-1] + b"?")
    (site / "new").mkdir()
    (site / "new" / "page.html").write_text("x", encoding="utf-8")
    found = maps.verify(site)
    assert (found.missing, found.changed, found.extra) == (("power.html",), ("border.html",), ("new/page.html",))
    assert main(["verify", str(site), "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["ok"] is False
    assert printed["missing"] == ["power.html"]
    assert main(["verify", str(site)]) == 1
    assert "changed  border.html" in capsys.readouterr().out


def test_a_link_is_no_page(site, tmp_path):
    page = tmp_path / "elsewhere.html"
    shutil.move(site / "power.html", page)
    (site / "power.html").symlink_to(page)
    assert maps.verify(site).changed == ("power.html",)


def test_a_folder_in_the_place_of_a_page_is_a_change(site):
    (site / "power.html").unlink()
    (site / "power.html").mkdir()
    assert maps.verify(site).changed == ("power.html",)


def test_other_data_are_named_and_fail_only_when_asked(site, capsys):
    found = maps.verify(site)  # the fixture's layers are not those that tumen ships
    assert "layers/power.geojson" in found.stale["power.html"]
    assert main(["verify", str(site)]) == 0
    assert main(["verify", str(site), "--strict"]) == 1
    assert "built from other" in capsys.readouterr().out


def test_the_data_that_tumen_ships_are_the_same_until_they_change(tmp_path):
    maps.build_all(tmp_path, names=["border"])
    assert maps.verify(tmp_path).stale == {}
    rewrite(tmp_path, lambda value: value["files"]["border.html"]["inputs"].update({"layers/border.geojson": SHA256}))
    assert maps.verify(tmp_path).stale == {"border.html": ("layers/border.geojson",)}


def test_inputs_that_only_the_user_has_are_a_note(site):
    rewrite(
        site,
        lambda value: value["files"]["border.html"]["inputs"].update({"files/../../x": SHA256, "x\x1b[2J": SHA256}),
    )
    assert maps.verify(site).unknown == ("files/../../x", "x\x1b[2J")


def test_nothing_in_a_name_reaches_the_terminal(site, capsys):
    rewrite(site, lambda value: value["files"]["border.html"]["inputs"].update({"x\x1b[2J": SHA256}))
    main(["verify", str(site)])
    assert "\x1b" not in capsys.readouterr().out


ENTRY = {"sha256": SHA256, "bytes": 1, "options": {}, "inputs": {}}
HOSTILE = {
    "out of the folder": ({"../secret": ENTRY}, "below the folder"),
    "absolute": ({"/etc/passwd": ENTRY}, "below the folder"),
    "drive": ({"C:\\x": ENTRY}, "below the folder"),
    "itself": ({NAME: ENTRY}, "below the folder"),
    "null": ({"a\0b": ENTRY}, "below the folder"),
    "hash": ({"a": ENTRY | {"sha256": "abc"}}, "expected 64 hexadecimal digits, got 'abc'"),
    "upper case": ({"a": ENTRY | {"sha256": "A" * 64}}, "64 hexadecimal digits"),
    "size": ({"a": ENTRY | {"bytes": "1"}}, "whole number of bytes, got '1'"),
    "truth": ({"a": ENTRY | {"bytes": True}}, "whole number of bytes, got True"),
    "negative": ({"a": ENTRY | {"bytes": -1}}, "whole number of bytes, got -1"),
    "options": ({"a": ENTRY | {"options": {"x": []}}}, "plain values"),
    "inputs": ({"a": ENTRY | {"inputs": {"x": 1}}}, "hashes"),
    "lacking": ({"a": {}}, "sha256: missing"),
    "unknown": ({"a": ENTRY | {"more": 1}}, "unknown key"),
    "no object": ({"a": 3}, "expected an object, got 3"),
    "list": ([], "files: expected an object"),
}


@pytest.mark.parametrize(("files", "said"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_manifest_is_refused(tmp_path, files, said):
    manifest = {"format": 1, "tumen": "0", "as_of": "", "files": files}
    (tmp_path / NAME).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(maps.ManifestError, match="is no manifest") as caught:
        maps.verify(tmp_path)
    assert said in str(caught.value)
    assert main(["verify", str(tmp_path)]) == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 2}', '{"format": true}', "[" * 100_000, '{"format": 1}', "\udcff"],
    ids=lambda text: text[:12],
)
def test_an_invalid_manifest_is_refused(tmp_path, text):
    (tmp_path / NAME).write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(maps.ManifestError, match=NAME):
        maps.verify(tmp_path)


def test_many_problems_are_cut_short(tmp_path):
    files = {f"../{n}": ENTRY for n in range(50)}
    (tmp_path / NAME).write_text(json.dumps({"format": 1, "tumen": "0", "as_of": "", "files": files}), encoding="utf-8")
    with pytest.raises(maps.ManifestError, match="and 30 more") as caught:
        maps.verify(tmp_path)
    assert len(caught.value.problems) == 21


@pytest.mark.parametrize("where", ["", "gone"])
def test_no_manifest_at_all(tmp_path, where, capsys):
    assert main(["verify", str(tmp_path / where)]) == 1
    assert "tumen build" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a/..", "..", "a/", "x" * 500, "a\nb"])
def test_more_names_that_lead_elsewhere(name):
    assert not is_safe(name)


def test_only_some_pages_are_built_and_all_that_stand_are_listed(site, source):
    before = {path.name: path.stat().st_mtime_ns for path in site.iterdir()}
    reported = []
    maps.build_all(
        site, names=["border", "power"], only=["power"], langs=["en", "ko"], source=source, report=reported.append
    )
    after = {path.name: path.stat().st_mtime_ns for path in site.iterdir()}
    same = {name for name in after if before.get(name) == after[name]}
    assert same == {"border.html"}
    assert [file.path.name for file in reported] == ["power.html", "index.html"]
    assert [(file.number, file.count) for file in reported] == [(1, 2), (2, 2)]
    assert maps.verify(site).ok
    assert 'href="border.html"' in (site / "index.html").read_text(encoding="utf-8")


def test_only_gives_the_bytes_of_a_whole_build(built, site, source):
    maps.build_all(site, names=["border", "power"], only=["border.html"], langs=["en", "ko"], source=source)
    assert {path.name: path.read_bytes() for path in site.iterdir()} == {
        path.name: path.read_bytes() for path in built.iterdir()
    }


def test_only_lists_nothing_that_does_not_stand(tmp_path, source):
    maps.build_all(tmp_path, names=["border", "power"], only=["power"], source=source)
    assert {path.name for path in tmp_path.iterdir()} == {"power.html", "index.html", NAME}
    assert "border.html" not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_only_keeps_changed_files_marked_as_changed(site, source):
    (site / "border.html").write_text("mine", encoding="utf-8")
    maps.build_all(site, names=["border", "power"], only=["power"], langs=["en", "ko"], source=source)
    assert maps.verify(site).changed == ("border.html",)


def test_only_what_is_not_planned_names_the_nearest(tmp_path, source):
    with pytest.raises(maps.UnknownPageError, match="did you mean 'power'"):
        maps.build_all(tmp_path, names=["power"], only=["powr"], source=source)
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_fails_leaves_the_manifest_as_it_was(site):
    before = (site / NAME).read_bytes()
    with pytest.raises(maps.UnknownSourceError):
        maps.build_all(site, names=["border"], source=maps.GeoJsonFolder(site))
    assert (site / NAME).read_bytes() == before


def test_progress_can_be_silenced(tmp_path, capsys):
    assert main(["build", "power", "--lang", "en", "--out", str(tmp_path), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["build", "power", "--lang", "en", "--out", str(tmp_path)]) == 0
    assert " 1/2  power.html" in capsys.readouterr().err
