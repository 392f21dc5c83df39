from dataclasses import dataclass

import geopandas as gpd
import pytest
from shapely.geometry import Point

import layers
import maps
from maps.i18n.text import LANGUAGES
from maps.site.index import index_page

from .hostile import EVERYTHING, IN_THEME, VALUES, collection
from .parsed import Parsed, features_of


@dataclass(frozen=True)
class Route:
    """As `geo.Route` shows itself."""

    features: tuple

    def to_geojson(self):
        return {"type": "FeatureCollection", "features": list(self.features)}


def leg(mode, *coordinates, **properties):
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": list(coordinates)},
        "properties": {"mode": mode, **properties},
    }


ROUTE = Route(
    (
        leg("rail", [130.64, 42.43], [130.29, 42.25], from_name="Khasan", to_name="Rajin", length_m=57000),
        leg("transfer", [130.29, 42.25], [130.29, 42.25]),
        leg("sea", [130.29, 42.22], [129.4, 36.0], to_name="Pohang"),
    )
)


def added(page, number=0):
    block = Parsed(page.html).blocks[f"tumen-layer-{number}"]
    return block | {"features": features_of(block)}


@pytest.fixture
def builder(source):
    return maps.MapBuilder("border", source=source)


def test_steps_leave_the_builder_as_it_was(builder):
    more = builder.add("zones").add({"type": "Point", "coordinates": [130, 42]})
    assert builder.added == ()
    assert len(more.added) == 2
    assert builder.render().html != more.render().html


def test_add_one_of_our_layers(builder):
    block = added(builder.add("zones", title="Zones").render())
    assert block["title"]["en"] == "Zones"
    assert len(block["features"]) == 28


def test_add_a_frame(builder):
    frame = gpd.GeoDataFrame({"name": ["Here"]}, geometry=[Point(130.6, 42.4)], crs="EPSG:4326")
    block = added(builder.add(frame, title="Mine", style="zone-green").render())
    assert block["symbols"][0]["style"] == "zone-green"
    assert block["features"][0]["properties"] == {"name": "Here"}


def test_add_anything_with_a_geo_interface(builder):
    assert added(builder.add(Point(130.6, 42.4)).render())["features"][0]["geometry"]["type"] == "Point"


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (("zoness",), {}, "no layer is called 'zoness'"),
        (("zones",), {"style": "zone-gren"}, "did you mean 'zone-green'"),
        (("zones",), {"group": "econmy"}, "did you mean 'economy'"),
    ],
)
def test_adding_an_unknown_layer_is_an_error(builder, arguments, options, message):
    with pytest.raises(maps.UnknownSourceError, match=message):
        builder.add(*arguments, **options)


def test_adding_an_object_without_geometry_is_an_error(builder):
    with pytest.raises(maps.FeatureError, match="got int"):
        builder.add(3)


def test_route_has_legs_and_ends(builder):
    block = added(builder.add_route(ROUTE, title="Khasan to Pohang").render())
    kinds = [feature["properties"]["kind"] for feature in block["features"]]
    assert kinds == ["leg_rail", "leg_transfer", "leg_sea", "route_end", "route_end"]
    styles = [block["symbols"][feature["symbol"]]["style"] for feature in block["features"]]
    assert styles == ["route", "route", "route-sea", "route-end", "route-end"]
    assert [feature["properties"].get("name") for feature in block["features"][-2:]] == ["Khasan", "Pohang"]
    assert block["features"][0]["properties"]["name"] == "Khasan \u2013 Rajin"
    assert block["features"][0]["properties"]["length_m"] == 57000


@pytest.mark.parametrize("route", [3, Route(())])
def test_route_without_legs(builder, route):
    with pytest.raises(maps.FeatureError, match="route"):
        builder.add_route(route)


def test_filter_and_rules(theme_file, source):
    text = '[[layer]]\nsource = "zones"\nfilter = { zone_type = ["tourism", "green"] }\n'
    block = added(maps.MapBuilder(maps.theme(theme_file(text)), source=source).render())
    assert {feature["properties"]["zone_type"] for feature in block["features"]} == {"tourism", "green"}
    shown = {symbol["style"] for symbol in block["symbols"] if symbol["geometries"]}
    assert shown == {"zone-tourism", "zone-green"}


def test_theme_with_a_layer_that_the_source_lacks(theme_file, tmp_path):
    theme = theme_file('[[layer]]\nsource = "zones"\n')
    with pytest.raises(maps.UnknownSourceError, match="zones"):
        maps.MapBuilder(theme, source=maps.GeoJsonFolder(tmp_path)).render()


def test_every_value_reaches_the_page_as_it_is(builder):
    page = builder.add(collection(), title=EVERYTHING).render()
    block = added(page)
    assert block["title"] == dict.fromkeys(LANGUAGES, EVERYTHING)
    assert [feature["properties"]["name"] for feature in block["features"]] == [*VALUES, EVERYTHING, EVERYTHING]
    parsed = Parsed(page.html)
    assert EVERYTHING in parsed.text_content("p", id="attribution")
    assert len(parsed.scripts) == 1
    assert not parsed.all("img")
    assert "42{% raw" not in page.html


def test_hostile_theme(theme_file, source):
    theme = theme_file("", head=f'title = "{IN_THEME}"\nintro = "{IN_THEME}"\nextent = [130, 42, 131, 43]\n')
    page = maps.MapBuilder(theme, source=source).render()
    parsed = Parsed(page.html)
    assert parsed.text("h1") == parsed.text("title") == EVERYTHING
    assert len(parsed.scripts) == 1
    listing = Parsed(index_page([("mine.html", maps.MapBuilder(theme, source=source))]).html)
    assert EVERYTHING in [text for text, _ in listing.all("a")]
    assert len(listing.scripts) == 1
    assert not listing.all("img")


@pytest.mark.long
def test_build_all(tmp_path, source):
    files = maps.build_all(tmp_path, langs=["ko", "en"], source=source)
    assert {file.name for file in files} == {path.name for path in tmp_path.iterdir()}
    assert [file.name for file in files] == [
        "index.html",
        *(f"{name}.html" for name in maps.theme_names()),
        "manifest.json",
    ]
    parsed = Parsed((tmp_path / "border.html").read_text())
    assert parsed.text("h1") == maps.theme("border").title.ko
    assert [attrs["lang"] for _, attrs in parsed.all("button") if "lang" in attrs] == ["ko", "en"]
    targets = {attrs["href"] for _, attrs in parsed.all("a") if not attrs["href"].startswith(("http", "#"))}
    assert targets == {"index.html"}


def test_another_language_costs_words_only(source):
    one, four = (
        len(maps.MapBuilder("border", langs=langs, source=source).render().html) for langs in ("en", LANGUAGES)
    )
    assert four - one < 60_000


def test_build_one(tmp_path, source):
    path = maps.build("border", out=tmp_path / "a" / "map.html", langs="ru", source=source)
    parsed = Parsed(path.read_text())
    assert parsed.text("h1") == "Граница на Туманной"
    assert not parsed.all("div", id="language")
    assert parsed.blocks["tumen-page"]["langs"] == ["ru"]
    assert "The border on the Tumen" not in path.read_text()


@pytest.mark.long
def test_points_of_many_kinds(source):
    builder = maps.MapBuilder("corridor", source=source)
    for points in (
        [(130.64, 42.42), (130.29, 42.23)],
        [layers.find("station/khasan"), layers.find("port/rajin")],
        {"type": "MultiPoint", "coordinates": [[130.64, 42.42], [130.29, 42.23]]},
        gpd.GeoDataFrame({"name": ["a"]}, geometry=gpd.points_from_xy([130.64], [42.42]), crs=4326),
    ):
        page = Parsed(builder.add_points(points, title="Mine").render().html)
        assert page.blocks["tumen-layer-0"]["title"]["en"] == "Mine"
        assert page.blocks["tumen-layer-0"]["features"]


def test_points_keep_the_names_of_places(source):
    builder = maps.MapBuilder("corridor", source=source).add_points([layers.find("station/khasan")])
    assert builder.added[0].data.features[0]["properties"]["name"] == "Khasan"


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([(42.42, 130.64)], r"\(point 1\); are lon and lat swapped"),
        ([(130.64, 42.42), "here"], r"\(point 2\)"),
        ({"type": "LineString", "coordinates": [[130.6, 42.4], [130.7, 42.5]]}, "expected points, got line"),
    ],
)
def test_an_invalid_point_is_an_error(source, points, message):
    with pytest.raises(maps.FeatureError, match=message):
        maps.MapBuilder("corridor", source=source).add_points(points)
