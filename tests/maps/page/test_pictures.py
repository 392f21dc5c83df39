"""Pictures in popups: only those beside the file, encoded again, with descriptions."""

import base64
import io
import logging

import pytest
from PIL import Image

import maps
from maps.cli import main
from maps.errors import ThemeError
from maps.page import pictures
from maps.page.pictures import pictures_of
from tests.maps.hostile import EVERYTHING
from tests.maps.parsed import Parsed

SECRET = b"do not carry me"


@pytest.fixture
def folder(tmp_path):
    below = tmp_path / "work" / "photos"
    below.mkdir(parents=True)
    Image.new("RGB", (1600, 400), "teal").save(below / "wide.jpg", exif=_exif())
    Image.new("RGBA", (20, 10), (0, 0, 0, 0)).save(below / "clear.png")
    Image.new("RGB", (30, 30), "red").save(below / "small.webp")
    Image.new("RGB", (8, 8), "red").save(tmp_path / "outside.png")
    return tmp_path / "work"


def _exif():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # turned by 90 degrees
    return exif


def test_a_page_carries_pixels_and_nothing_else(folder):
    found = pictures_of(["photos/wide.jpg", "photos/clear.png", "photos/small.webp", None, 7, " "], folder, "finds")
    assert [(each.type, each.width, each.height) for each in found.values()] == [
        ("image/jpeg", 180, 720),
        ("image/png", 20, 10),
        ("image/jpeg", 30, 30),
    ]
    for each in found.values():
        raw = base64.b64decode(each.text)
        assert SECRET not in raw
        assert not Image.open(io.BytesIO(raw)).getexif()


HOSTILE = {
    "../outside.png": "leaves the folder",
    "photos/../../outside.png": "leaves the folder",
    "link.png": "leaves the folder",
    "/etc/passwd": "leaves the folder",
    "~/secret.png": "no such file",
    "photos": "no such file",
    "photos\\wide.jpg": "a relative path with /",
    "photos/wide.jpg\0.png": "a relative path with /",
    "x" * 5000: "cannot be followed|no such file",
    "https://example.org/a.png": "an address is not fetched",
    "data:image/png;base64,AAAA": "an address is not fetched",
    "file:///etc/passwd": "an address is not fetched",
    "drawing.svg": "no PNG, JPEG or WebP",
    "named.png": "no PNG, JPEG or WebP",
    "cut.jpg": "damaged",
    "bomb.png": "more than 80,000,000 pixels",
    "animal.gif": "no PNG, JPEG or WebP",
    EVERYTHING: "a relative path with /|an address|no such file",
}


def test_hostile_paths_and_files_stay_out(folder, caplog):
    (folder / "link.png").symlink_to(folder.parent / "outside.png")
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    (folder / "named.png").write_bytes(SECRET * 100)
    (folder / "cut.jpg").write_bytes((folder / "photos" / "wide.jpg").read_bytes()[:900])
    Image.new("1", (10_000, 9_000)).save(folder / "bomb.png")
    Image.new("P", (5, 5)).save(folder / "animal.gif")
    for path, reason in HOSTILE.items():
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert pictures_of([path], folder, "finds") == {}
        (message,) = caplog.messages
        assert any(part in message for part in reason.split("|")), (path[:40], message)


def test_without_a_folder_and_beyond_the_limits_nothing_is_carried(folder, caplog, monkeypatch):
    assert pictures_of(["photos/clear.png"], None, "finds") == {}
    assert "there is none" in caplog.text
    monkeypatch.setattr(pictures, "LARGEST_FILE", 10)
    assert pictures_of(["photos/clear.png"], folder, "finds") == {}
    monkeypatch.undo()
    monkeypatch.setattr(pictures, "MOST_BYTES", 10)
    with pytest.raises(maps.FeatureError, match="take more than 10 bytes"):
        pictures_of(["photos/clear.png"], folder, "finds")


def test_the_theme_says_what_a_picture_shows(folder):
    (folder / "finds.csv").write_text("name,lon,lat,photo\nA,130.5,42.4,photos/clear.png\n", encoding="utf-8")
    text = 'title = "Finds"\nextent = [130, 42, 131, 43]\n[[layer]]\nsource = "finds.csv"\n'
    theme = folder / "finds.toml"
    theme.write_text(text + 'popup = [{ column = "photo", format = "picture" }]\n', encoding="utf-8")
    with pytest.raises(ThemeError, match="names the column that says what it shows"):
        maps.theme(theme)
    theme.write_text(text + 'popup = [{ column = "photo", format = "picture", alt = "nome" }]\n', encoding="utf-8")
    with pytest.raises(maps.FeatureError, match="no column 'nome', which popup asks for; did you mean 'name'"):
        maps.MapBuilder(maps.theme(theme)).render()


def test_one_command_draws_them_and_its_theme_does_too(folder, capsys):
    (folder / "finds.csv").write_text(
        "name,lon,lat,photo,caption\nA,130.5,42.4,photos/clear.png,Nothing\nB,130.5,42.4,photos/clear.png,Again\n",
        encoding="utf-8",
    )
    page, theme = folder / "finds.html", folder / "finds.toml"
    command = [
        "map",
        str(folder / "finds.csv"),
        "--picture",
        "photo,caption",
        "-o",
        str(page),
        "--save-theme",
        str(theme),
    ]
    assert main(command) == 0
    html = page.read_text(encoding="utf-8")
    own = Parsed(html).blocks["tumen-layer-0"]["own"]
    (picture,) = own["pictures"].values()
    assert html.count(f'id="{picture["id"]}"') == 1  # it stands on the page once
    assert "img-src data:;" in html
    again = maps.MapBuilder(maps.theme(theme), langs="en").render().html
    assert picture["id"] in again
    assert main(["map", str(folder / "finds.csv"), "--picture", "photo"]) == 2
    assert "two columns" in capsys.readouterr().err
