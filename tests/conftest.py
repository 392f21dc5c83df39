"""Which tests run where: those marked `slow` under CI=true alone, and how many examples property tests take."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

IN_CI = os.environ.get("CI") == "true"
BROWSER = Path(__file__).parent / "maps" / "browser"

settings.register_profile("fast", max_examples=20, deadline=None)
settings.register_profile("full", deadline=None)
settings.load_profile("fast" if os.environ.get("TUMEN_TESTS") == "fast" else "full")


def pytest_collection_modifyitems(items):
    left_out = pytest.mark.skip(reason="slow: runs under CI=true")
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("slow") and not IN_CI:
            item.add_marker(left_out)
