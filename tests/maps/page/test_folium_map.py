"""A live folium map: the same layers and styles, and escaped text."""

import re

import folium
import pytest
import shapely
from folium.plugins import Fullscreen

import maps

HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}`${document.title}\\'\""


def content(count=2):
    rows = [
        {
            "type": "Feature",
            "properties": {"name": f"Well {n}", "depth": n, "note": HOSTILE, HOSTILE: n},
            "geometry": shapely.Point(130 + n / 10, 42).__geo_interface__,
        }
        for n in range(count)
    ]
    return {"type": "FeatureCollection", "features": rows}


def html_of(chart):
    return chart.get_root().render()


def test_layers_looks_and_control():
    builder = maps.explore(content(), column="depth", title="Wells").builder.add(
        {"type": "LineString", "coordinates": [[130, 42], [131, 43]]}, title="Way"
    )
    chart = builder.to_folium()
    assert isinstance(chart, folium.Map)
    Fullscreen().add_to(chart)
    html = html_of(chart)
    groups = [child for child in chart._children.values() if isinstance(child, folium.FeatureGroup)]
    assert [group.layer_name for group in groups] == ["Way", "Wells"]  # the last is drawn on top
    drawn = [symbol.style for layer in builder.layers() for symbol in layer.layer.symbols]
    assert sum(isinstance(child, folium.GeoJson) for group in groups for child in group._children.values()) == len(
        drawn
    )
    assert '"color": "#' in html or '"fillColor": "#' in html
    assert "layer_control" in html


def test_text_from_the_data_stays_text():
    chart = maps.explore(content(), title=HOSTILE).builder.to_folium()
    html = html_of(chart)
    assert "<img" not in html
    assert "49" not in re.findall(r"Well 0.{0,400}", html, flags=re.DOTALL)[0]
    assert "&lt;img src=x" in html or "\\u0026lt;img src=x" in html


def test_our_layers_go_along(source):
    html = html_of(maps.MapBuilder("border", source=source, langs="ko").to_folium())
    assert "국경" in html or "\\uad6d\\uacbd" in html


def test_too_many_features(monkeypatch):
    monkeypatch.setattr("maps.features.reading.intake.MAX_ELEMENTS", 1)
    with pytest.raises(maps.FeatureError, match="2 features, more than folium draws"):
        maps.explore(content()).builder.to_folium()
