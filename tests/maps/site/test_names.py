"""Names of pages: one file each, and working links."""

from urllib.parse import unquote

import pytest

import maps
from maps.site.build import build_all
from tests.maps.parsed import Parsed

THEME = 'title = "X"\nextent = [130, 42, 131, 43]\nbasemap = []\n'


def theme(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(THEME, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a/map.toml", "b/map.toml"], r"its page would be map\.html, as that of .*a/map\.toml"),
        (["a/map.toml", "b/MAP.toml"], r"its page would be MAP\.html, as that of .*a/map\.toml"),
        (["index.toml"], r"its page would be index\.html, which lists the maps"),
    ],
)
def test_two_pages_of_one_name(tmp_path, source, names, message):
    themes = [str(theme(tmp_path / name)) for name in names]
    with pytest.raises(maps.ThemeError, match=message):
        build_all(tmp_path / "site", names=themes, langs="en", source=source)
    assert not (tmp_path / "site").exists()


def test_a_link_to_a_page_of_any_name(tmp_path, source):
    path = theme(tmp_path / "나의 지도 #1 100%.toml")
    build_all(tmp_path / "site", names=[str(path)], langs="en", source=source)
    listing = Parsed((tmp_path / "site" / "index.html").read_text(encoding="utf-8"))
    (address,) = [attrs["href"] for _, attrs in listing.all("a") if "data-own" in attrs]
    assert "#" not in address
    assert (tmp_path / "site" / unquote(address)).is_file()
