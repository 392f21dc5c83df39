import os

import pytest

import maps
from geo import BBox
from maps.features.source import features
from maps.i18n.text import LANGUAGES
from maps.page.drawn import draw
from maps.themes.model import REFERENCE_LAYERS
from maps.themes.reader import default_layer
from tests.maps.parsed import Parsed


@pytest.mark.parametrize("name", maps.theme_names())
def test_built_in_theme_speaks_four_languages(name):
    theme = maps.theme(name)
    texts = [theme.title, theme.intro, *(view.title for view in theme.views), *theme.groups.values()]
    for layer in theme.layers:
        texts += [layer.title, *(symbol.label for symbol in layer.symbols)]
    for text in texts:
        words = [getattr(text, lang) for lang in LANGUAGES]
        assert all(words)
        # a Korean text that holds no Hangul was not translated
        assert any("\uac00" <= char <= "\ud7a3" for char in text.ko) or text.ko == text.en
        assert any("\u0400" <= char <= "\u04ff" for char in text.ru)


@pytest.mark.parametrize("name", maps.theme_names())
def test_built_in_theme_shows_only_known_layers_in_groups(name):
    theme = maps.theme(name)
    assert theme.layers
    for layer in theme.layers:
        assert default_layer(layer.source) is not None
        assert layer.group in theme.groups


def test_built_in_themes_are_these():
    assert maps.theme_names() == (
        "overview",
        "border",
        "claims",
        "continental",
        "corridor",
        "crossings",
        "minerals",
        "power",
        "routes",
        "trade",
        "zones",
    )


def test_basemap_is_every_reference_layer_by_default():
    assert maps.theme("corridor").basemap == REFERENCE_LAYERS


def test_extents_of_the_story():
    assert maps.theme("overview").extent == BBox(129.9, 42.0, 131.2, 42.95)
    assert maps.theme("power").views[0].extent == BBox(129.9, 42.0, 131.2, 42.95)


def test_unknown_name_hints_at_the_nearest():
    with pytest.raises(maps.ThemeError, match="did you mean 'corridor'"):
        maps.theme("coridor")


def test_shared_files_are_no_themes():
    with pytest.raises(maps.ThemeError, match="no built-in theme"):
        maps.theme("styles")


def test_missing_file_is_named(tmp_path):
    with pytest.raises(maps.ThemeError, match="cannot be read: No such file"):
        maps.theme(tmp_path / "none.toml")


def test_broken_toml_says_where(theme_file):
    with pytest.raises(maps.ThemeError, match=r"is not valid TOML: .*line 4"):
        maps.theme(theme_file("basemap = [\n]]\n"))


def test_every_problem_is_told_at_once(theme_file):
    path = theme_file(
        """
        colour = "red"
        basemap = ["land", "laks"]
        [[layer]]
        source = "raillways"
        [[layer]]
        source = "railways"
        titel = "Rails"
        min_zoom = 40
        visible = "yes"
        group = "transprot"
        filter = { status = "planed" }
        symbols = [{ style = "rail-1425", colour = "red" }]
        """
    )
    with pytest.raises(maps.ThemeError) as caught:
        maps.theme(path)
    problems = "\n".join(caught.value.problems)
    assert caught.value.file == str(path)
    for expected in (
        "colour: unknown key",
        "basemap: unknown reference layer 'laks'; did you mean 'lakes'?",
        "layer[0].source: unknown layer 'raillways'; did you mean 'railways'?",
        "layer[1].titel: unknown key; did you mean 'title'?",
        "layer[1].min_zoom: expected a number in [0, 22], got 40",
        "layer[1].visible: expected true or false, got 'yes'",
        "layer[1].group: unknown group 'transprot'; did you mean 'transport'?",
        "layer[1].filter.status: unknown value 'planed'; did you mean 'planned'?",
        "layer[1].symbols[0].style: unknown value 'rail-1425'; did you mean 'rail-1435'?",
        "layer[1].symbols[0].colour: unknown key",
    ):
        assert expected in problems
    assert "problems" in str(caught.value)


@pytest.mark.parametrize(
    ("extent", "message"),
    [
        ("[42, 130, 43, 131]", r"extent\[1\]: expected a number in \[-90, 90\], got 130; are lon and lat swapped\?"),
        ("[131, 42, 130, 43]", "a box needs west <= east"),
        ("[131, 42, 130]", r"expected \[west, south, east, north\]"),
        ('"here"', r"expected \[west, south, east, north\]"),
        ("[true, 42, 130, 43]", "expected a number in"),
    ],
)
def test_wrong_extent(theme_file, extent, message):
    with pytest.raises(maps.ThemeError, match=message):
        maps.theme(theme_file(f"extent = {extent}\n", head='title = "A map"\n'))


def test_missing_title(theme_file):
    with pytest.raises(maps.ThemeError, match="title: is missing"):
        maps.theme(theme_file("", head="extent = [130, 42, 131, 43]\n"))


def test_language_table_needs_english(theme_file):
    with pytest.raises(maps.ThemeError, match=r"title\.en: is missing"):
        maps.theme(theme_file('title = { ko = "지도", fr = "Carte" }\n', head="extent = [130, 42, 131, 43]\n"))


def test_the_same_layer_twice_needs_an_id(theme_file):
    text = '[[layer]]\nsource = "zones"\n[[layer]]\nsource = "zones"\n'
    with pytest.raises(maps.ThemeError, match=r"layer\[1\]: the id 'zones' is taken"):
        maps.theme(theme_file(text))
    assert len(maps.theme(theme_file(text + 'id = "more"\n')).layers) == 2


OWN = '[[layer]]\nsource = "{}"\ntitle = "Mine"\nsymbols = [{{ style = "plain-point" }}]\n'


def test_own_file_below_the_theme(theme_file, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    theme = maps.theme(theme_file(OWN.format("data/mine.geojson")))
    assert theme.layers[0].file == tmp_path / "data" / "mine.geojson"


@pytest.mark.parametrize("source", ["../out.geojson", "/etc/hosts.json", "data/../../out.geojson"])
def test_own_file_must_not_lead_out(theme_file, tmp_path, source):
    (tmp_path.parent / "out.geojson").write_text("{}")
    with pytest.raises(maps.ThemeError, match="leads out of the folder"):
        maps.theme(theme_file(OWN.format(source)))


def test_own_file_must_not_be_a_link_out(theme_file, tmp_path):
    secret = tmp_path.parent / "secret.geojson"
    secret.write_text("{}")
    (tmp_path / "link.geojson").symlink_to(secret)
    with pytest.raises(maps.ThemeError, match="leads out of the folder"):
        maps.theme(theme_file(OWN.format("link.geojson")))


def test_own_file_must_not_lie_in_a_linked_folder(theme_file, tmp_path):
    outside = tmp_path.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "mine.geojson").write_text("{}")
    (tmp_path / "data").symlink_to(outside)
    with pytest.raises(maps.ThemeError, match="leads out of the folder"):
        maps.theme(theme_file(OWN.format("data/mine.geojson")))


def test_own_file_must_be_a_file(theme_file, tmp_path):
    os.mkfifo(tmp_path / "pipe.geojson")  # reading it would wait for ever
    (tmp_path / "folder.geojson").mkdir()
    (tmp_path / "loop.geojson").symlink_to(tmp_path / "loop.geojson")
    for name in ("pipe", "folder", "loop"):
        with pytest.raises(maps.ThemeError):
            maps.theme(theme_file(OWN.format(f"{name}.geojson")))


@pytest.mark.parametrize(
    "name", ["nul\\u0000.geojson", "x" * 5000 + ".geojson", "~/mine.geojson", "file:///etc/hosts.geojson"]
)
def test_own_file_of_a_strange_name(theme_file, name):
    with pytest.raises(maps.ThemeError):
        maps.theme(theme_file(OWN.format(name)))


def test_own_file_must_exist(theme_file):
    with pytest.raises(maps.ThemeError, match="no such file"):
        maps.theme(theme_file(OWN.format("gone.geojson")))


def test_own_file_must_not_be_huge(theme_file, tmp_path, monkeypatch):
    (tmp_path / "big.geojson").write_text(" " * 100)
    monkeypatch.setattr("maps.themes.reader.MAX_SOURCE_BYTES", 99)
    with pytest.raises(maps.ThemeError, match="larger than 99 bytes"):
        maps.theme(theme_file(OWN.format("big.geojson")))


def test_own_layer_is_drawn_plainly_unless_told(theme_file, tmp_path):
    (tmp_path / "mine.geojson").write_text("{}")
    theme = maps.theme(theme_file('[[layer]]\nsource = "mine.geojson"\ntitle = "Mine"\n'))
    (layer,) = (layer for layer in theme.layers if layer.source == "mine.geojson")
    assert [symbol.style for symbol in layer.symbols] == ["plain-point", "plain", "plain-area"]
    assert layer.labels.property == "name"


def test_own_style(theme_file):
    text = """
    [style.bold]
    strokes = [{ colour = "accent", width = 9 }]
    [[layer]]
    source = "railways"
    symbols = [{ style = "bold" }]
    """
    theme = maps.theme(theme_file(text))
    assert theme.book.styles["bold"].strokes[0].width == 9
    assert "rail-1435" in theme.book.styles


def test_empty_labels_switch_lettering_off(theme_file):
    assert maps.theme(theme_file('[[layer]]\nsource = "zones"\n')).layers[0].labels
    assert maps.theme(theme_file('[[layer]]\nsource = "zones"\nlabels = {}\n')).layers[0].labels is None


@pytest.mark.parametrize(
    ("properties", "style"),
    [
        ({"gauge_mm": [1435, 1520], "status": "operating"}, "rail-dual"),
        ({"gauge_mm": [1520], "status": "operating"}, "rail-1520"),
        ({"gauge_mm": [1435], "status": "operating"}, "rail-1435"),
        ({"gauge_mm": [1067], "status": "operating"}, "rail-unknown"),
        ({"gauge_mm": [1435], "status": "closed"}, "rail-closed"),
        ({"gauge_mm": [1435], "status": "studied"}, "rail-planned"),
        ({"gauge_mm": [1435], "status": "studied", "geometry_method": "schematic"}, "rail-planned-schematic"),
        ({"gauge_mm": [1435], "status": "under_construction"}, "rail-construction"),
        ({"gauge_mm": [1435], "status": "suspended"}, "rail-suspended"),
        ({}, "rail-unknown"),
    ],
)
def test_railways_by_state_and_gauge(properties, style):
    layer = default_layer("railways")
    assert layer.symbols[layer.symbol_of(properties)].style == style


def test_a_box_leaves_out_what_does_not_touch_it():
    railways = features("railways")
    drawn = draw(default_layer("railways"), railways)
    shown = {feature["id"] for feature in drawn.features}
    assert "rail/khasan-tumangang/khasan-tumangang" in shown
    assert "rail/transsib-gorky/moscow-vladimir" not in shown
    assert shown < {feature["id"] for feature in railways.features}


def test_view_of_a_layer(theme_file, source):
    text = '[[layer]]\nsource = "stations"\n[[view]]\ntitle = "All"\nlayer = "stations"\n'
    page = Parsed(maps.MapBuilder(theme_file(text), source=source).render().html).blocks["tumen-page"]
    features = source.features("stations", None).features
    lons, lats = zip(*(feature["geometry"]["coordinates"] for feature in features), strict=True)
    assert page["views"][0]["extent"] == [min(lons), min(lats), max(lons), max(lats)]


def test_view_of_an_unknown_layer(theme_file):
    text = '[[layer]]\nsource = "stations"\n[[view]]\ntitle = "All"\nlayer = "station"\n'
    with pytest.raises(maps.ThemeError, match=r"view\[0\]\.layer: unknown value 'station'; did you mean 'stations'\?"):
        maps.theme(theme_file(text))
