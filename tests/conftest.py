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


def pytest_collection_modifyitems(items):
    left_out = pytest.mark.skip(reason="slow: runs under CI=true")
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Up to twice more: on a busy machine a browser now and then lets an animation frame or a click wait for seconds.
            item.add_marker(pytest.mark.flaky(reruns=2))
        if item.get_closest_marker("slow") and not IN_CI:
            item.add_marker(left_out)
