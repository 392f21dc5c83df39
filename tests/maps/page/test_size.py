"""Pages under a size limit: the tolerance of lines, and features that are never dropped."""

import math

import numpy as np
import pyproj
import pytest
import shapely
from shapely.geometry import shape

import maps
from maps.cli import main
from maps.features.reading import features_of
from maps.page.size import byte_count, simplified, tolerances_m
from maps.site.manifest import read_manifest
from tests.maps.parsed import Parsed

pytestmark = pytest.mark.long


def wavy(lat, *, amplitude_m, count=400):
    """Give a line along a parallel that leaves it by so many metres to either side."""
    lons = np.linspace(129.0, 131.0, count)
    lats = lat + amplitude_m / 111_000 * np.sin(np.arange(count) * 0.7)
    return {"type": "LineString", "coordinates": np.column_stack([lons, lats]).tolist()}


def farthest_m(before, after):
    """How far any position of one line is from another, on the ground: in a projection around each position."""
    farthest = 0.0
    for lon, lat in before["coordinates"][::13]:
        local = pyproj.Transformer.from_crs("EPSG:4326", f"+proj=aeqd +lon_0={lon} +lat_0={lat}", always_xy=True)
        line = shapely.LineString(np.column_stack(local.transform(*np.array(after["coordinates"]).T)))
        farthest = max(farthest, line.distance(shapely.Point(0, 0)))
    return farthest


@pytest.mark.parametrize("lat", [-60.0, 0.0, 42.4, 75.0])
@pytest.mark.parametrize("tolerance_m", [20.0, 300.0, 2000.0])
def test_no_position_moves_by_more_than_the_tolerance_in_metres(lat, tolerance_m):
    geometry = wavy(lat, amplitude_m=0.9 * tolerance_m)
    data = features_of(geometry, "line")
    result = simplified(data, tolerance_m).features[0]["geometry"]
    assert len(result["coordinates"]) < 100
    # The great circle of the local projection and the straight line of the page part by metres over such a length.
    slack_m = 0.02 * tolerance_m + 2 + 0.125 * 160_000**2 / 6.4e6 * abs(math.tan(math.radians(lat)))
    assert farthest_m(geometry, result) <= tolerance_m + slack_m


def test_metres_are_those_of_the_ground_not_of_the_projection():
    """At 60 degrees a Mercator metre is half a metre: a wave of 100 m must stay at 90 m and go at 110 m."""
    coarse, fine = (
        len(simplified(features_of(wavy(60.0, amplitude_m=100), "line"), m).features[0]["geometry"]["coordinates"])
        for m in (215.0, 90.0)
    )
    assert coarse < 10
    assert fine > 60


def test_kept_positions_and_ends_are_those_of_the_data():
    geometry = wavy(42.0, amplitude_m=500)
    result = simplified(features_of(geometry, "line"), 600.0).features[0]["geometry"]["coordinates"]
    before = {(round(lon, 7), round(lat, 7)) for lon, lat in geometry["coordinates"]}
    assert {tuple(position) for position in result} <= before
    assert result[0] == [round(value, 7) for value in geometry["coordinates"][0]]
    assert result[-1] == [round(value, 7) for value in geometry["coordinates"][-1]]


def islet(lon, lat, radius_m, corners=24):
    turns = np.linspace(0, 2 * np.pi, corners + 1)
    ring = np.column_stack([lon + radius_m / 82_000 * np.cos(turns), lat + radius_m / 111_000 * np.sin(turns)])
    ring[-1] = ring[0]
    return ring.tolist()


def test_the_smallest_islets_lakes_and_lines_stay():
    islets = {"type": "MultiPolygon", "coordinates": [[islet(130 + n / 10, 42, 15)] for n in range(20)]}
    ring = islet(130, 43, 5000)
    with_lake = {"type": "Polygon", "coordinates": [ring, islet(130, 43, 20)[::-1]]}
    stub = {"type": "MultiLineString", "coordinates": [[[130, 42], [130.0001, 42.0], [130.0002, 42.0]]]}
    content = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"n": n}, "geometry": g} for n, g in enumerate((islets, with_lake, stub))
        ],
    }
    data = features_of(content, "small")
    result = simplified(data, 10_000.0)
    assert [feature["properties"] for feature in result.features] == [
        feature["properties"] for feature in data.features
    ]
    shapes = [shape(feature["geometry"]) for feature in result.features]
    assert len(shapes[0].geoms) == 20
    assert all(polygon.area > 0 and polygon.is_valid for polygon in shapes[0].geoms)
    assert len(shapes[1].interiors) == 1
    assert len(shapes[2].geoms) == 1


def test_points_and_lines_at_a_pole_stay_as_they_are():
    features = [
        {"type": "Point", "coordinates": [130.123456789, 42.0]},
        {"type": "LineString", "coordinates": [[0, 80], [0, 89.9], [1, 90]]},
    ]
    content = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in features],
    }
    result = simplified(features_of(content, "odd"), 1000.0)
    assert [feature["geometry"] for feature in result.features] == features


def test_without_a_limit_nothing_is_simplified():
    data = features_of(wavy(42.0, amplitude_m=50), "line")
    assert simplified(data, 0.0) is data


@pytest.fixture(scope="module")
def plain(source):
    return maps.MapBuilder("border", source=source).render()


def limited(max_bytes, source):
    return maps.MapBuilder("border", source=source, options=maps.PageOptions(max_bytes=max_bytes)).render()


STEPS_M = [0.0, *tolerances_m(maps.theme("border").extent)]


def thinned(tolerance_m, source):
    return maps.MapBuilder("border", source=source, options=maps.PageOptions(simplify_m=tolerance_m)).render()


@pytest.fixture(scope="module")
def least(source):
    """Size of the page with its lines simplified by as much as they may be."""
    return thinned(STEPS_M[-1], source).size


def test_a_page_that_fits_is_left_alone(plain, source):
    page = limited(plain.size, source)
    assert (page.html, page.simplified_m) == (plain.html, 0.0)


def test_a_page_is_brought_under_the_limit_by_the_least_that_it_takes(plain, least, source):
    limit = (plain.size + least) // 2
    page = limited(limit, source)
    assert page.size <= limit
    before = STEPS_M[STEPS_M.index(page.simplified_m) - 1]
    assert thinned(before, source).size > limit
    assert thinned(page.simplified_m, source).html == page.html
    said = Parsed(page.html).text("span", **{"data-ui": "simplified"})
    assert "largest deviation" in said
    assert _said_m(page) == pytest.approx(page.simplified_m, rel=0.01)


def _said_m(page):
    number, unit = page.html.split('data-text="simplified">')[1].split("</span>")[0].split("\u202f")
    return float(number) * {"m": 1, "km": 1000}[unit]


def test_the_least_is_reached(least, source):
    assert limited(least, source).size <= least
    with pytest.raises(
        maps.SizeError, match=f"cannot be made as small as {least - 1:,} bytes.*and {least:,} with"
    ) as caught:
        limited(least - 1, source)
    assert caught.value.least_bytes == least


@pytest.mark.parametrize("text", ["", "0", "-5", "k", "1.5.2k", "1e9", "5 G", "０"])
def test_an_invalid_size_is_refused(text):
    with pytest.raises(ValueError, match="expected a size such as"):
        byte_count(text)


def test_command_tells_the_tolerance_and_the_smallest(theme_file, tmp_path, capsys):
    theme = theme_file('basemap = ["rivers"]\n[[layer]]\nsource = "border"\n')
    out = tmp_path / "site"
    command = ["build", str(theme), "--lang", "en", "--out", str(out)]
    assert main([*command, "--max-bytes", "20k"]) == 1
    error = capsys.readouterr().err
    assert not out.exists()
    least, full = (
        int(error.split(word)[1].split(" ")[0].rstrip(",").replace(",", "")) for word in (", and ", "it has ")
    )
    assert main([*command, "--max-bytes", str((least + full) // 2)]) == 0
    assert "lines simplified by at most" in capsys.readouterr().err
    entry = read_manifest(out).files["mine.html"]
    assert entry.bytes <= entry.options["max_bytes"] == (least + full) // 2
    assert entry.options["simplified_m"] > 0
    with pytest.raises(SystemExit):
        main([*command, "--max-bytes", "many"])
    assert "such as 500k or 1.5M" in capsys.readouterr().err
