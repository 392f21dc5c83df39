"""What README and manual show works."""

import doctest
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas
import pytest
import shapely

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ["README.md", *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))]
TUMEN = Path(sys.executable).with_name("tumen")
POINT = {"type": "Point", "coordinates": [130.5, 42.4]}


def blocks(page, language):
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def examples(language):
    return [(page, block) for page in PAGES for block in blocks(page, language)]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_python_does_what_it_shows(page):
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    test = doctest.DocTestParser().get_doctest("\n".join(blocks(page, "python")), {}, page, page, 0)
    results = doctest.DocTestRunner(optionflags=flags).run(test)
    assert results.attempted > 0
    assert results.failed == 0


COMMANDS = dict.fromkeys(
    line[2:] for _, block in examples("console") for line in block.splitlines() if line.startswith("$ tumen ")
)


WELLS = "lon,lat,depth_m\n130.5,42.4,12\n130.6,42.5,30\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with the files that the manual speaks of; what is opened in a browser is opened by nothing."""
    (tmp_path / "my-theme.toml").write_text(blocks("README.md", "toml")[0], encoding="utf-8")
    find = {"type": "Feature", "properties": {"name": "x", "found": "2019-07-14"}, "geometry": POINT}
    finds = {"type": "FeatureCollection", "features": [find]}
    (tmp_path / "finds.geojson").write_text(json.dumps(finds), encoding="utf-8")
    (tmp_path / "wells.csv").write_text(WELLS, encoding="utf-8")
    areas = [shapely.box(130 + n / 10, 42, 130.1 + n / 10, 42.1) for n in range(6)]
    districts = geopandas.GeoDataFrame({"name": list("abcdef"), "pop": [3, 5, 8, 20, 21, 60]}, geometry=areas, crs=4326)
    districts.to_file(tmp_path / "districts.gpkg", layer="admin")
    monkeypatch.setenv("BROWSER", "true")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(command, desk):
    program, *arguments = shlex.split(command)
    assert program == "tumen"
    done = subprocess.run([TUMEN, *arguments], cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_the_commands_of_the_readme_exist():
    for script in re.findall(r"^    (scripts/\w+)", README, flags=re.MULTILINE):
        assert shutil.which(ROOT / script)


def test_pictures_and_pages_are_there():
    for target in re.findall(r"\]\((docs/[^)]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_the_data_table_names_every_layer():
    import layers

    text = (ROOT / "docs" / "layers.md").read_text(encoding="utf-8")
    assert all(f"`{record.name}`" in text for record in layers.catalog())


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 110  # a screen and a half beside its picture
