"""Fixtures of the map tests: a small realistic folder of layers, and a hostile one."""

from pathlib import Path

import pytest

import maps

collect_ignore = ["gis/qgis_probe.py", "gis/project_probe.py"]  # programs for QGIS's own Python

FOLDER = Path(__file__).parent / "fixtures" / "data"
AS_OF = "2026-11-01"


@pytest.fixture(scope="session")
def source():
    return maps.GeoJsonFolder(FOLDER, AS_OF)


@pytest.fixture(scope="session")
def pages(source):
    """Every built-in theme, rendered in English."""
    return {name: maps.MapBuilder(name, source=source).render() for name in maps.theme_names()}


@pytest.fixture
def theme_file(tmp_path):
    """Write a theme file around some lines of TOML, below a theme that is right."""

    def write(text, head='title = "A map"\nextent = [130, 42, 131, 43]\n'):
        path = tmp_path / "mine.toml"
        path.write_text(head + text, encoding="utf-8")
        return path

    return write
