"""The reader chooses the point of view for names of seas and disputed places."""

from maps.i18n.text import LANGUAGES
from maps.page.lettering import points_of_view

from .conftest import Bookmark

LABELS = """[...document.querySelectorAll('text.label')]
    .map((text) => [...text.children].map((line) => line.textContent).join(' '))"""
SEA = "view=8.5/130.90000/42.20000"


def test_sea_bears_the_name_that_is_chosen(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", f"#{SEA}&names=<b>"))
    assert "Sea of Japan (East Sea)" in opened.page.evaluate(LABELS)
    assert opened.page.locator("#point-of-view").input_value() == "usual"
    for names, lang, sea in (
        ("usual", "ko", "동해"),
        ("usual", "ru", "Японское море"),
        ("usual", "en", "Sea of Japan (East Sea)"),
        ("rok", "en", "East Sea"),
        ("dprk", "ko", "조선동해"),
        ("japan", "zh", "日本海"),
    ):
        opened.follow(f"#{SEA}&lang={lang}&names={names}")
        assert sea in opened.page.evaluate(LABELS), (names, lang)
        assert opened.page.locator("#point-of-view").input_value() == names
    opened = sheet(Bookmark(site / "corridor.html", f"#{SEA}&lang=ko&names=dprk"))
    assert "조선동해" in opened.page.evaluate(LABELS)


def test_choice_is_a_switch_and_stands_in_the_address(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#view=11/130.70000/42.37000"))
    page = opened.page
    assert not any(label.startswith("Noktundo") for label in page.evaluate(LABELS))
    page.locator("#point-of-view").select_option("rok")
    assert any(label.startswith("Noktundo") for label in page.evaluate(LABELS))
    opened.until("location.hash.includes('names=rok')")
    page.locator("#point-of-view").select_option("dprk")
    assert not any(label.startswith("Noktundo") for label in page.evaluate(LABELS))
    page.locator("#point-of-view").select_option("usual")
    opened.until("!location.hash.includes('names=')")
    options = page.locator("#point-of-view option").all_inner_texts()
    assert options == [view["title"]["en"] for view in points_of_view(LANGUAGES)]
