"""The package as a whole: its exports, and the modules it does not import at start."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import geo

HEAVY = ("numpy", "pyproj", "pyroutingkit", "rustworkx", "shapely", "networkx", "scipy", "pandas")
ROOT = str(Path(geo.__file__).parents[1])


def loaded_after(code: str) -> set[str]:
    program = f"import sys; sys.path.insert(0, {ROOT!r})\n{code}\nprint(*[m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import geo; geo.distance((130.6,42.4),(130.3,42.25))",
        "import geo; geo.line_length([(130.6,42.4),(130.3,42.25)]); geo.area([[(0,0),(1,0),(0,1)]])",
        "import geo; geo.Network([geo.Node('a', geo.LonLat(1, 2))], []).nearest((1, 1))",
        "from tests.geo.peninsula import network; import geo; geo.route(network(), 'ussuri', 'daegu').explain()",
        "from tests.geo.peninsula import network; import geo; geo.routes(network(), 'ussuri', 'daegu', cost='time')",
        "import geo; geo.separation((1,2), (3,4), accuracy_a_m=1, accuracy_b_m=1).text('nmi')",
    ],
)
def test_one_position_starts_without_heavy_libraries(code):
    assert loaded_after(code) == set()


def test_arrays_bring_numpy_and_the_test_can_see_it():
    code = "import geo, numpy; geo.distance(numpy.zeros((2, 2)), (1, 1))"
    assert {"numpy", "pyproj"} <= loaded_after(code)


def test_all_lists_existing_names_once():
    assert len(set(geo.__all__)) == len(geo.__all__)
    assert all(hasattr(geo, name) for name in geo.__all__)


def test_all_names_are_offered_for_completion_and_a_misspelt_one_is_an_error():
    assert set(geo.__all__) <= set(dir(geo))
    with pytest.raises(AttributeError, match="rute"):
        _ = geo.rute


def test_every_error_has_the_root_and_a_builtin():
    leaves = {getattr(geo, name) for name in geo.__all__ if name.endswith("Error")} - {geo.GeoError}
    assert len(leaves) == 10
    assert all(issubclass(leaf, geo.GeoError) and issubclass(leaf, ValueError | LookupError) for leaf in leaves)
    assert all(leaf.__name__ in geo.GeoError.__doc__ for leaf in leaves)


def test_every_public_name_is_documented():
    named = [getattr(geo, name) for name in geo.__all__]
    things = [thing for thing in named if inspect.isclass(thing) or inspect.isfunction(thing)]
    assert len(things) > 30
    assert all(inspect.getdoc(thing) for thing in things)
