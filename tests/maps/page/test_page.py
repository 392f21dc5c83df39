import re
import stat

import pytest

import maps
from maps.page.template import content_hash, json_block
from tests.maps.parsed import Parsed, features_of


@pytest.fixture(scope="module", params=maps.theme_names())
def parsed(request, pages):
    return Parsed(pages[request.param].html)


def test_policy_allows_exactly_this_script_and_style(parsed):
    (script,) = parsed.scripts
    assert parsed.policy == {
        "default-src": "'none'",
        "script-src": content_hash(script),
        "style-src": content_hash(parsed.text("style")),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_policy_stands_before_what_it_governs(parsed):
    tags = [tag for tag, _, _ in parsed.elements]
    assert tags.index("meta") < tags.index("style")


def test_no_markup_asks_for_anything(parsed):
    for tag, attrs, _ in parsed.elements:
        assert tag not in {"iframe", "object", "embed", "base", "form"}
        assert tag != "link" or (attrs["rel"] == "icon" and attrs["href"].startswith("data:image/svg+xml;base64,"))
        assert "src" not in attrs
        assert "style" not in attrs
        assert not any(name.startswith("on") for name in attrs)


def test_document_is_complete(parsed):
    ((_, html),) = parsed.all("html")
    assert html["lang"] == "en"
    assert parsed.text("title") == parsed.text("h1")
    ((_, viewport),) = parsed.all("meta", name="viewport")
    assert "user-scalable" not in viewport["content"]
    assert "maximum-scale" not in viewport["content"]
    ((_, description),) = parsed.all("meta", name="description")
    assert len(description["content"]) > 80
    for landmark in ("header", "main", "aside", "footer", "noscript"):
        assert len(parsed.all(landmark)) == 1


def test_ids_are_unique(parsed):
    ids = [attrs["id"] for _, attrs, _ in parsed.elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_layer_is_credited(parsed):
    credited = [text for text, _ in parsed.all("h2")]
    for key, block in parsed.blocks.items():
        if key.startswith("tumen-layer") and block["features"]:
            assert block["title"]["en"] in credited


def test_attribution_names_every_layer_in_use(parsed):
    assert "OpenStreetMap" in parsed.text_content("p", id="attribution")


def test_cited_sources_travel_with_the_page(parsed):
    listed = [attrs["data-cite"] for _, attrs in parsed.all("li") if "data-cite" in attrs]
    assert len(listed) == len(set(listed))
    for key, block in parsed.blocks.items():
        if not key.startswith("tumen-layer"):
            continue
        for feature in features_of(block):
            for cited in feature["properties"].get("sources", []):
                assert cited in listed


@pytest.mark.long
def test_two_renders_are_byte_identical(source, pages):
    for name, page in pages.items():
        assert maps.MapBuilder(name, source=source).render().html == page.html


@pytest.mark.parametrize("lang", ["ko", "ru", "zh"])
def test_language_of_the_page(source, lang):
    parsed = Parsed(maps.MapBuilder("border", langs=lang, source=source).render().html)
    theme = maps.theme("border")
    assert parsed.text("h1") == getattr(theme.title, lang)
    ((_, html),) = parsed.all("html")
    assert html["lang"] == {"zh": "zh-Hans"}.get(lang, lang)


def test_json_block_cannot_be_left():
    text = json_block({"a": "</script><!--&\u2028\u2029"})
    assert not re.search(r"[<>&\u2028\u2029]", text)


def test_save_replaces_at_once(tmp_path):
    target = tmp_path / "new" / "map.html"
    assert maps.Page("A", "first").save(target) == target
    assert maps.Page("A", "second").save(target).read_text() == "second"
    assert list(target.parent.iterdir()) == [target]
    assert stat.S_IMODE(target.stat().st_mode) & 0o444


def test_save_leaves_nothing_behind_when_it_fails(tmp_path):
    target = tmp_path / "taken"
    target.mkdir()
    with pytest.raises(OSError, match="taken"):
        maps.Page("A", "text").save(target)
    assert list(tmp_path.iterdir()) == [target]


def test_notebook_frame_is_sandboxed(pages):
    html = pages["border"]._repr_html_()
    ((_, frame),) = Parsed(html).all("iframe")
    assert frame["sandbox"] == "allow-scripts allow-popups"
    assert frame["srcdoc"] == pages["border"].html
    assert frame["title"] == "The border on the Tumen"
