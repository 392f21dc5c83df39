"""Examples in README and manual work."""

import contextlib
import doctest
import importlib
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from layers import compile_network
from maps.cli.main import make_parser
from tests.command import tumen
from tests.maps.osm_scene import town

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ["README.md", *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))]
POINT = (
    '{"type": "Feature", "properties": {"name": "x", "found": "2014-07"}, '
    '"geometry": {"type": "Point", "coordinates": [130.5, 42.4]}}'
)


def blocks(page, language):
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def examples(language):
    return [(page, block) for page in PAGES for block in blocks(page, language)]


@pytest.mark.long
@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_python_does_what_it_shows(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    test = doctest.DocTestParser().get_doctest("\n".join(blocks(page, "python")), {}, page, page, 0)
    results = doctest.DocTestRunner(optionflags=flags).run(test)
    assert results.attempted > 0
    assert results.failed == 0


def write_tables(folder):
    """Tables that the commands of the manual work out."""
    place = pd.DataFrame({"lon": [130.3, 131.9], "lat": [42.25, 43.12], "depth_m": [5.0, 9.0]})
    place.to_csv(folder / "wells.csv", index=False)
    gpd.GeoDataFrame(place, geometry=gpd.points_from_xy(place.lon, place.lat), crs=4326).to_file(folder / "wells.gpkg")
    pd.DataFrame({"from": ["Khasan"], "to": ["라진"]}).to_csv(folder / "trips.csv", index=False)
    pd.DataFrame({"from": ["port/rajin"], "to": ["Pohang"]}).to_csv(folder / "calls.csv", index=False)
    trips = pd.DataFrame({"from_lon": [130.64], "from_lat": [42.43], "station": ["station/rajin"]})
    trips.to_parquet(folder / "trips.parquet")
    tracks = gpd.GeoDataFrame(
        {"spur": ["1520", "1435"], "zustand": "in Betrieb", "vmax": ["60", "80"]},
        geometry=[shapely.LineString([(130, 42), (130.2, 42.1)]), shapely.LineString([(130.2, 42.1), (130.3, 41.9)])],
        crs=4326,
    )
    tracks.to_file(folder / "tracks.gpkg")
    (folder / "tracks.toml").write_text(blocks("docs/guides/own-network.md", "toml")[0], encoding="utf-8")
    spots = gpd.points_from_xy([130, 130.3, 130.2], [42, 41.9, 42.1])
    gpd.GeoDataFrame({"name": ["Alpha", "Beta", "Gamma"]}, geometry=spots, crs=4326).to_file(
        folder / "stations.geojson"
    )
    pd.DataFrame({"from": ["Alpha"], "to": ["Beta"]}).to_csv(folder / "pairs.csv", index=False)
    districts = gpd.GeoDataFrame(
        {"name": ["A", "B"], "pop": [1200, 800]},
        geometry=[shapely.box(130, 42, 130.5, 43), shapely.box(130.5, 42, 131, 43)],
    )
    districts.set_crs(4326).to_file(folder / "districts.gpkg", layer="admin")


COMMANDS = dict.fromkeys(
    line[2:] for _, block in examples("console") for line in block.splitlines() if line.startswith("$ tumen ")
)


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    """A folder with all that the commands name."""
    folder = tmp_path_factory.mktemp("things")
    (folder / "my-theme.toml").write_text(blocks("README.md", "toml")[0], encoding="utf-8")
    (folder / "finds.geojson").write_text(f'{{"type": "FeatureCollection", "features": [{POINT}]}}', encoding="utf-8")
    write_tables(folder)
    town(folder / "town.osm.pbf")
    compile_network(
        folder / "tracks.gpkg", folder / "net", folder / "tracks.toml", stations=folder / "stations.geojson"
    )
    return folder


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(command, things, tmp_path):
    shutil.copytree(
        things,
        tmp_path,
        dirs_exist_ok=True,
        ignore=None if "--network net" in command else shutil.ignore_patterns("net"),
    )
    program, *arguments = shlex.split(command)
    assert program == "tumen"
    done = tumen(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


# Blocks of these languages are looked at, not run, and why.
SEEN = {
    "sh": "needs an extract, a cluster or another program; its tumen commands are parsed below",
    "html": "a frame to paste; tests/maps/browser opens the pages themselves",
    "text": "the output of a command",
    "toml": "parsed below; tests/maps/themes reads whole themes",
}


def test_every_block_is_run_or_there_is_a_reason():
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        languages = set(re.findall(r"^```(\w*)\n.*?^```$", text, flags=re.DOTALL | re.MULTILINE))
        assert languages <= {"python", "console", *SEEN}, page
        for block in blocks(page, "toml"):
            tomllib.loads(block)


def named_commands(page):
    """What a page tells a reader to type, whole lines and words in the text, with whether it is whole."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for line in re.findall(r"^ *(?:\$ )?tumen (.*)$", text, flags=re.MULTILINE):
        yield re.split(r"\s{3,}|\s[|>#]\s", line)[0], True
    for words in re.findall(r"`tumen ([^`]+)`", text):
        yield words, False


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_named_is_understood(page, capsys):
    for words, whole in named_commands(page):
        if "…" in words:
            continue
        arguments = shlex.split(words)
        with contextlib.suppress(SystemExit):
            make_parser(arguments).parse_args(arguments)
        problem = capsys.readouterr().err
        wrong = whole or any(part in problem for part in ("is called", "invalid choice", "unexpected"))
        assert not (problem and wrong), f"tumen {words}: {problem}"


def test_the_dictionary_has_every_column_and_value(monkeypatch):
    import layers
    from layers.record import schema

    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    text = importlib.import_module("dictionary").dictionary()
    sections = dict(re.findall(r"^## `(\w+)` .*?\n(.*?)(?=^## |\Z)", text, flags=re.DOTALL | re.MULTILINE))
    assert list(sections) == [record.name for record in layers.catalog()]
    for name, section in sections.items():
        rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", section, flags=re.MULTILINE))
        assert set(rows) == set(schema.properties(name))
        assert all(row.split(" | ")[1] for row in rows.values()), "each property has a description in the schema"
    assert "`rail_bridge` (Railway bridge) 3" in sections["crossings"]


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


def test_the_licences_are_those_of_the_record():
    import layers

    rows = re.findall(
        r"^\| .*\(`(.+?)`\) \| (.*?) \|", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = {name: spdx for spdx, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert told == {record.name: record.licence for record in layers.catalog()}


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 110  # a screen and a half beside its picture
