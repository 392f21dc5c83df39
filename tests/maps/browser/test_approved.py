"""Every page matches its approved picture; an altered page does not, one in another font does."""

import re

import pytest

from .approved import COLOUR, FOLDER, LOOK, VIEWS, photographs, screens
from .conftest import CATALOG
from .likeness import Eye

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CATALOG.is_file(), reason="the pictures show the layers that tumen ships"),
]
ROOT_FONT = re.compile(r"--sans: [^;]*;")
BY_NAME = {view.name: view for view in VIEWS}


@pytest.fixture(scope="module")
def eye(chromium):
    page = chromium.new_page()
    yield Eye(page)
    page.close()


@pytest.fixture(scope="module")
def pages(site, many):
    """Folder of each page."""
    return lambda name: many if name == "many" else site


@pytest.fixture(scope="module")
def taken():
    """Pictures of this run that look as approved."""
    return {}


@pytest.mark.parametrize("views", screens(VIEWS), ids=lambda views: views[0].name)
def test_looks_as_approved(tabs, eye, pages, tmp_path, taken, views):
    for view, photograph in photographs(tabs, views, pages(views[0].page)):
        picture = eye.small(photograph, view.width)
        (tmp_path / view.path.name).write_bytes(picture)
        difference = eye.difference(view.path.read_bytes(), picture)
        assert view.allows(difference), (
            f"{difference.look:.2%} of {view.name} looks different and {difference.colour:.2%} has another colour (allowed: "
            f"{LOOK[view.viewport['width']]:.2%}, {COLOUR:.2%}). Compare {view.path} with {tmp_path / view.path.name}; "
            f"if the new one is right: scripts/approve {view.page}"
        )
        taken[view.name] = picture


def styled(rule):
    return lambda text: text.replace("</style>", rule + "</style>")


def recoloured(name, colour):
    return lambda text: re.sub(rf"--{name}: #\w+", f"--{name}: {colour}", text, count=1)


def moved(text):
    # A quarter of the width to the east.
    return re.sub(
        r'"extent":\[([-\d.]+),([-\d.]+),([-\d.]+),([-\d.]+)\]',
        lambda found: '"extent":[{},{},{},{}]'.format(*shifted(*map(float, found.groups()))),
        text,
        count=1,
    )


def shifted(west, south, east, north):
    step = (east - west) / 4
    return west + step, south, east + step, north


def font(family):
    return lambda text: ROOT_FONT.sub(f'--sans: "{family}";', text)


@pytest.fixture
def compared(tabs, eye, pages, taken, tmp_path):
    """Give the difference that a change of the text of a page makes to its picture."""

    def photographed(view, folder):
        ((_, photograph),) = photographs(tabs, [view], folder)
        return eye.small(photograph, view.width)

    def compare(view, change):
        text = (pages(view.page) / f"{view.page}.html").read_text(encoding="utf-8")
        altered = change(text)
        assert altered != text, "nothing was altered"
        (tmp_path / f"{view.page}.html").write_text(altered, encoding="utf-8")
        if view.name not in taken:
            taken[view.name] = photographed(view, pages(view.page))
        return eye.difference(taken[view.name], photographed(view, tmp_path))

    return compare


@pytest.mark.parametrize(
    ("name", "change"),
    [
        pytest.param("corridor-desktop-light", styled(":root{--land:#262c30}"), id="colour-of-the-land"),
        pytest.param("zones-desktop-light", styled("#legend{display:none}"), id="no-legend"),
        pytest.param("corridor-desktop-light", styled("#legend .layer:nth-of-type(2){display:none}"), id="legend-row"),
        pytest.param("corridor-desktop-light", moved, id="extent"),
        pytest.param("corridor-desktop-light", recoloured("rail-1520", "#1d4265"), id="gauge-in-another-colour"),
        pytest.param("corridor-phone-light", recoloured("rail-1520", "#c0392b"), id="gauge-on-a-phone"),
        pytest.param("many-desktop-light", recoloured("accent", "#0d7a66"), id="canvas-in-another-colour"),
    ],
)
def test_an_altered_page_is_told(compared, name, change):
    view = BY_NAME[name]
    assert not view.allows(compared(view, change))


def test_the_other_scheme_is_told(eye):
    light, dark = (BY_NAME[f"overview-desktop-{scheme}"].path.read_bytes() for scheme in ("light", "dark"))
    assert eye.difference(light, dark).look > 0.9


@pytest.mark.parametrize("name", ["corridor-desktop-light", "corridor-phone-light", "zones-desktop-light"])
def test_another_font_is_forgiven(compared, name):
    """One as wide: where words are broken elsewhere, what follows them moves."""
    view = BY_NAME[name]
    difference = compared(view, font("DejaVu Sans Condensed"))
    assert view.allows(difference), difference


def test_no_more_pictures_than_pages_and_all_of_them_small():
    kept = sorted(FOLDER.glob("*"))
    assert {path.name for path in kept} == {view.path.name for view in VIEWS}
    assert sum(path.stat().st_size for path in kept) < 1_500_000
    assert {view.viewport["width"] for view in VIEWS} == set(LOOK)
