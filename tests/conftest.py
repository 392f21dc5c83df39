"""Which tests run where, and how many examples property tests take."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI") == "true"
BROWSER = Path(__file__).parent / "maps" / "browser"

QUIET = [HealthCheck.too_slow]  # says how busy the machine is, not what is wrong
settings.register_profile("fast", max_examples=20, deadline=None, suppress_health_check=QUIET)
settings.register_profile("full", deadline=None, suppress_health_check=QUIET)
settings.load_profile("fast" if os.environ.get("TUMEN_TESTS") == "fast" else "full")


# What takes longest, in this order: a file stays in one process, and none of these may be begun when the others are done.
LONGEST = (
    "maps/browser/test_every_page.py",
    "maps/browser/test_approved.py",
    "maps/browser/test_print.py",
    "layers/osm/test_refresh.py",
    "maps/browser/test_language.py",
    "maps/browser/test_bulk.py",
    "maps/browser/test_pointing.py",
    "maps/browser/test_story.py",
    "test_docs.py",
    "layers/formats/test_export.py",
    "maps/gis/test_qgis.py",
    "maps/browser/test_compare.py",
    "maps/browser/test_permalink.py",
    "maps/browser/test_callouts.py",
    "maps/browser/test_features.py",
    "maps/browser/test_table.py",
    "maps/browser/test_accessibility.py",
    "maps/browser/test_planner.py",
    "maps/browser/test_tools.py",
    "maps/browser/test_time.py",
    "maps/page/test_size.py",
)
PLACE = {Path(__file__).parent / name: at for at, name in enumerate(LONGEST)}


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: PLACE.get(item.path, len(PLACE)))
    left_out = pytest.mark.skip(reason="slow: runs under CI=true")
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Up to twice more: on a busy machine a browser now and then lets an animation frame or a click wait for seconds.
            item.add_marker(pytest.mark.flaky(reruns=2))
        if item.get_closest_marker("slow") and not IN_CI:
            item.add_marker(left_out)
