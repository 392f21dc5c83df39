"""Raster tiles: allowed providers, and the requests that a page may then make."""

import pytest
import xyzservices.providers

import maps
from maps.cli import main
from maps.site.manifest import read_manifest
from tests.maps.parsed import Parsed

MAPNIK = "OpenStreetMap.Mapnik"
KNOWN = xyzservices.providers.flatten()
KEYED = sorted(name for name, provider in KNOWN.items() if provider.requires_token())
BROKEN = sorted(name for name, provider in KNOWN.items() if provider.get("status") == "broken")
OTHER_GRIDS = sorted(name for name, provider in KNOWN.items() if provider.get("crs", "EPSG:3857") != "EPSG:3857")
PLAIN = sorted(
    name
    for name, provider in KNOWN.items()
    if provider.url.startswith("http://") and name not in {*BROKEN, *OTHER_GRIDS}
)


@pytest.fixture(scope="module")
def tiled(source):
    options = maps.PageOptions(tiles=maps.tiles("OpenTopoMap"))
    return maps.MapBuilder("border", source=source, options=options).render()


def test_hosts_are_those_of_every_subdomain():
    found = maps.tiles("OpenTopoMap")
    pattern = KNOWN["OpenTopoMap"].url.split("/")[2]
    assert found.hosts == tuple(pattern.replace("{s}", letter) for letter in "abc")
    assert maps.tiles(MAPNIK).hosts == (KNOWN[MAPNIK].url.split("/")[2],)


@pytest.mark.parametrize("name", sorted(set(KNOWN) - set(KEYED))[::25])
def test_every_offered_provider_is_complete(name):
    try:
        found = maps.tiles(name)
    except maps.TileError:
        return
    assert found.attribution
    assert "<" not in found.attribution
    assert all(origin == f"https://{host}" for origin, host in zip(found.origins, found.hosts, strict=True))
    assert all(not set(origin) & set(" ;,'\"*{}") for origin in found.origins)
    assert all(part in found.url for part in ("{z}", "{x}", "{y}"))


@pytest.mark.parametrize("name", [*KEYED[::20], "CartoDB.Positron"])
def test_a_key_is_refused_with_the_reason(name):
    if name not in KEYED:
        pytest.skip("this xyzservices has it without a key")
    with pytest.raises(maps.TileError, match="wants a key"):
        maps.tiles(name)


@pytest.mark.parametrize("name", BROKEN[::5])
def test_broken_ones_are_refused(name):
    with pytest.raises(maps.TileError, match=r"broken|key"):
        maps.tiles(name)


@pytest.mark.parametrize("name", OTHER_GRIDS[::4])
def test_other_projections_are_refused(name):
    with pytest.raises(maps.TileError, match=r"Web Mercator|key"):
        maps.tiles(name)


@pytest.mark.parametrize("name", PLAIN[:3])
def test_providers_without_https_are_refused(name):
    with pytest.raises(maps.TileError, match=r"https|key"):
        maps.tiles(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("OpenStreetMap.Mapnick", "did you mean 'OpenStreetMap.Mapnik'"),
        ("openstreetmap.mapnik", "did you mean 'OpenStreetMap.Mapnik'"),
        ("", "without a key"),
        ("https://example.org/{z}/{x}/{y}.png", "no provider"),
        ("'; script-src *", "no provider"),
    ],
)
def test_unknown_names(name, said):
    with pytest.raises(maps.TileError) as caught:
        maps.tiles(name)
    assert said in str(caught.value)


def test_policy_opens_for_pictures_from_those_hosts_and_nothing_else(tiled, pages):
    policy, plain = Parsed(tiled.html).policy, Parsed(pages["border"].html).policy
    assert policy["img-src"] == " ".join(["data:", *maps.tiles("OpenTopoMap").origins])
    assert plain["img-src"] == "data:"
    assert {key: value for key, value in policy.items() if key != "img-src"} == {
        key: value for key, value in plain.items() if key != "img-src"
    }


def test_attribution_is_text_and_the_page_says_that_it_asks(tiled, pages):
    parsed = Parsed(tiled.html)
    assert maps.tiles("OpenTopoMap").attribution in parsed.text_content("p", id="attribution")
    assert "network" in parsed.text("span", **{"data-ui": "tiles_note"})
    assert ", ".join(maps.tiles("OpenTopoMap").hosts) in tiled.html
    assert not Parsed(pages["border"].html).all("p", **{"class": "needs-network"})


def test_without_tiles_no_page_names_a_host_of_tiles(pages):
    hosts = {*maps.tiles(MAPNIK).hosts, *maps.tiles("OpenTopoMap").hosts}
    assert not [name for name, page in pages.items() if any(host in page.html for host in hosts)]


def test_command_tells_the_hosts_and_the_manifest_has_the_provider(tmp_path, capsys):
    assert main(["build", "zones", "--lang", "en", "--out", str(tmp_path), "--tiles", MAPNIK, "--quiet"]) == 0
    assert f"these maps request tiles from: {', '.join(maps.tiles(MAPNIK).hosts)}" in capsys.readouterr().err
    assert read_manifest(tmp_path).files["zones.html"].options["tiles"] == MAPNIK
    assert main(["build", "zones", "--out", str(tmp_path / "x"), "--tiles", "OpenStreetMap.Mapnick"]) == 2
    assert not (tmp_path / "x").exists()
