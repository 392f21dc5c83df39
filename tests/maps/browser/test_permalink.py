"""The address of a page holds its view; invalid addresses are ignored."""

from itertools import zip_longest

import pytest

from .conftest import DESKTOP, Bookmark, Sheet

VIEW = "document.getElementById('scale').textContent + document.querySelector('.leaflet-map-pane').style.transform"
OPEN = "document.querySelector('.leaflet-popup h2')?.textContent ?? null"
HASH = "location.hash"
BRIDGE = "crossing/friendship-bridge"

HOSTILE = [
    "#<img src=x onerror=document.documentElement.dataset.hacked=1>",
    "#feature=<img src=x onerror=document.documentElement.dataset.hacked=1>",
    "#feature=%3Cimg%20src%3Dx%20onerror%3Ddocument.documentElement.dataset.hacked%3D1%3E",
    "#feature=__proto__&layers=__proto__",
    "#lang=%3Cimg%20src%3Dx%20onerror%3Ddocument.documentElement.dataset.hacked%3D1%3E",
    "#lang=__proto__",
    "#lang=constructor",
    "#lang=KO",
    "#lang=",
    "#__proto__=1&constructor=1&__proto__[hacked]=1",
    "#layers=constructor,toString",
    "#filter=%3Cimg%20src%3Dx%20onerror%3Ddocument.documentElement.dataset.hacked%3D1%3E",
    "#filter=kind:nothing",
    "#filter=__proto__:__proto__",
    "#filter=status:planned,status:nothing",
    "#filter=:,",
    "#ruler=<img src=x onerror=document.documentElement.dataset.hacked=1>",
    "#ruler=NaN,NaN",
    "#ruler=130.6",
    "#ruler=130.6,42.4;",
    "#ruler=190,42.4",
    "#ruler=130.6,86",
    "#ruler=1e1,42",
    "#ruler=" + ";".join(["130.6,42.4"] * 61),
    "#table=<img src=x onerror=document.documentElement.dataset.hacked=1>",
    "#table=true&graticule=true&uncertainty=false",
    "#table=&graticule=&uncertainty=&scheme=&ruler=&filter=",
    "#graticule=__proto__",
    "#uncertainty=constructor",
    "#scheme=%22%3E%3Cimg%20src%3Dx%3E",
    "#scheme=constructor",
    "#day=<img src=x onerror=document.documentElement.dataset.hacked=1>",
    "#day=2014-13-40",
    "#view=NaN/NaN/NaN",
    "#view=Infinity/130/42",
    "#view=1e3/130.6/42.4",
    "#view=99/130.6/42.4",
    "#view=10/999/42.4",
    "#view=10/130.6/99",
    "#view=10/1" + "0" * 500 + "/42",
    "#view=10/130.6",
    "#view=10/130.6/42.4/1",
    "#view=-5/130.6/42.4",
    "#view=%E0%A4%A",
    "#feature=%E0%A4%A&layers=%",
    "#feature=%00&layers=%00",
    "#" + "a=b&" * 5000,
    "#feature=" + "x" * 100_000,
    "#javascript:document.documentElement.dataset.hacked=1",
    "#&&&===",
]


def opened_at(sheet, path, fragment, **options):
    """Open a page with a fragment, as from a bookmark."""
    return sheet(Bookmark(path, fragment), **options)


STATE = f"[{VIEW}, {OPEN}, document.body.innerText, document.documentElement.outerHTML.replace(/<script.*?<.script>/gs, '')]"


@pytest.fixture(scope="module")
def plain(chromium, site):
    """What the page shows without a fragment."""
    with chromium.new_context(viewport=DESKTOP, color_scheme="light", offline=True, reduced_motion="reduce") as context:
        return Sheet(context.new_page()).open(site / "corridor.html").page.evaluate(STATE)


def first_difference(got, plain):
    """Where two states part, in a few words: the whole of a page is no message."""
    for one, other in zip(got, plain, strict=True):
        for tags in zip_longest((one or "").split("<"), (other or "").split("<")):
            if tags[0] != tags[1]:
                return [str(tag)[:300] for tag in tags]
    return None


def harmless(opened):
    assert opened.page.evaluate("document.querySelectorAll('img').length") == 0
    assert opened.page.evaluate("({}).hacked ?? null") is None
    assert opened.hacked is None
    assert opened.messages == []


def test_hostile_fragments_do_nothing(sheet, site, plain):
    opened = sheet(site / "corridor.html")
    moved = []
    for fragment in HOSTILE:
        opened.follow(fragment)
        if difference := first_difference(opened.page.evaluate(STATE), plain):
            moved.append((fragment[:60], difference))
    assert moved == []
    harmless(opened)


def test_page_opened_at_a_hostile_fragment_is_the_plain_one(sheet, site, plain):
    """One with something wrong in every part, one that cannot be decoded, one that is cut up, one that is too long."""
    each = {}
    for fragment in HOSTILE:
        name, _, value = fragment.removeprefix("#").partition("=")
        if value and "&" not in value and len(value) < 100:
            each.setdefault(name, value)
    assert {"feature", "lang", "layers", "filter", "ruler", "table", "scheme", "day", "view"} <= set(each)
    every = "#" + "&".join(f"{name}={value}" for name, value in each.items())
    opening = [every, "#view=%E0%A4%A&feature=%E0%A4%A&layers=%&lang=%", HOSTILE[-1], HOSTILE[-3]]
    for fragment in opening:
        opened = opened_at(sheet, site / "corridor.html", fragment)
        assert first_difference(opened.page.evaluate(STATE), plain) is None, fragment[:60]
        harmless(opened)


@pytest.mark.parametrize("touch", [False, True], ids=["desktop", "phone"])
def test_view_layers_and_selection_come_back(sheet, site, touch):
    options = {"viewport": {"width": 390, "height": 844}, "touch": True} if touch else {}
    opened = sheet(site / "corridor.html", **options)
    page = opened.page
    length = page.evaluate("history.length")
    page.locator("#zoom button").first.click()
    page.locator("#zoom button").first.click()
    if touch and page.locator("#panel-toggle").is_visible():
        page.locator("#panel-toggle").click()
    page.locator("#legend input[data-layer=stations]").uncheck()
    if touch and page.locator("#panel-toggle").is_visible():
        page.locator("#panel-toggle").click()
    opened.enter(BRIDGE)
    opened.until(f"{HASH}.includes('view=') && {HASH}.includes('feature={BRIDGE}')")
    page.wait_for_timeout(400)
    fragment = page.evaluate(HASH)
    assert "stations" not in fragment.split("layers=")[1]
    assert page.evaluate("history.length") == length
    again = opened_at(sheet, site / "corridor.html", fragment, **options)
    assert again.page.evaluate(OPEN) == page.evaluate(OPEN)
    assert not again.page.locator("#legend input[data-layer=stations]").is_checked()
    assert again.page.locator("#scale").text_content() == page.locator("#scale").text_content()
    again.page.wait_for_timeout(400)
    assert again.page.evaluate(HASH) == fragment


EVERYTHING = (
    "filter=status:planned,kind:station&table=1&ruler=130.50000,42.30000;130.70000,42.50000"
    "&graticule=1&scheme=dark&uncertainty=0&day=2014-11-24&lang=ru&view=11/130.60000/42.40000"
    f"&layers=railways,stations,crossings&feature={BRIDGE}"
)


def parts(fragment):
    return dict(part.split("=", 1) for part in fragment.removeprefix("#").split("&"))


def test_everything_comes_back(sheet, site):
    opened = opened_at(sheet, site / "corridor.html", "#" + EVERYTHING)
    page = opened.page
    unchecked = "[...document.querySelectorAll('[data-filter]:not(:checked)')].map((box) => box.value).sort()"
    assert page.evaluate(unchecked) == ["planned", "station"]
    assert page.locator("#table tbody tr").count() > 0
    assert page.locator("#measure").is_visible()
    assert page.locator(".leaflet-tumen-measure-pane path").count() == 4
    assert page.locator(".graticule path").count() > 4
    assert page.locator("html").get_attribute("data-scheme") == "dark"
    assert not page.locator("[data-uncertainty]").is_checked()
    assert page.locator("#time-day").input_value() == "2014-11-24"
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.evaluate(OPEN) == "Мост Дружбы"
    # The popup may have moved the map to be seen in full; the rest is as it was.
    page.locator("#map").focus()
    page.keyboard.press("ArrowLeft")
    opened.until(f"{HASH}.includes('ruler=') && {HASH}.includes('feature=')")
    expected, got = parts(EVERYTHING), parts(page.evaluate(HASH))
    assert got.keys() == expected.keys()
    assert set(got.pop("layers").split(",")) == set(expected.pop("layers").split(","))
    assert got.pop("view").startswith("11/")
    expected.pop("view")
    assert got == expected
    assert opened.messages == []


def test_what_changes_writes_the_address_and_takes_it_back(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    page.wait_for_timeout(500)  # longer than the address waits
    assert page.evaluate(HASH) == ""
    page.locator(".filter summary").click()
    page.locator("[data-filter=kind][value=station]").uncheck()
    opened.until(f"{HASH} === '#filter=kind:station'")
    page.locator("[data-filter=kind][value=station]").check()
    opened.until(f"{HASH} === ''")
    for tool, part in (("table", "table=1"), ("graticule", "graticule=1")):
        page.locator(f"[data-tool={tool}]").click()
        opened.until(f"{HASH} === '#{part}'")
        page.locator(f"[data-tool={tool}]").click()
        opened.until(f"{HASH} === ''")
    page.locator("[data-uncertainty]").uncheck()
    opened.until(f"{HASH} === '#uncertainty=0'")
    page.locator("[data-uncertainty]").check()
    opened.until(f"{HASH} === ''")
    page.locator("[data-tool=measure]").click()
    page.mouse.click(700, 300)
    page.mouse.click(900, 400)
    opened.until(f"/^#ruler=[0-9.]+,[0-9.]+;[0-9.]+,[0-9.]+$/.test({HASH})")
    page.keyboard.press("Escape")
    opened.until(f"{HASH} === ''")
    opened.enter(BRIDGE)
    opened.until(f"{HASH}.includes('feature=')")
    page.keyboard.press("Escape")
    page.locator("#legend input[data-layer=stations]").uncheck()
    opened.until(f"{HASH}.includes('layers=')")
    page.locator("#legend input[data-layer=stations]").check()
    opened.until(f"!{HASH}.includes('feature=') && !{HASH}.includes('layers=')")
    opened.follow(f"#feature={BRIDGE}")
    opened.until(f"({OPEN}) !== null")
    page.keyboard.press("Escape")
    page.locator("[data-tool=scheme]").click()
    opened.until(f"{HASH}.includes('scheme=dark')")
