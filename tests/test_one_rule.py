"""One rule, one place: a second copy of a rule fails here, with the name of the place to use."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def modules():
    """Syntax tree of every module of the three packages, by its path from the root."""
    paths = sorted(path for package in ("geo", "layers", "maps") for path in (ROOT / package).rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def importers(library):
    """Modules that import a library, anywhere in them."""
    found = set()
    for name, tree in modules().items():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            if any(one == library or one.startswith(f"{library}.") for one in names):
                found.add(name)
    return found


def test_the_search_for_copies_sees_what_is_there():
    assert "geo/spelling.py" in modules()
    assert len(importers("json")) > 10


def test_the_nearest_spelling_is_looked_for_in_geo_spelling():
    assert importers("difflib") == {"geo/spelling.py"}
    parsed = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("did you mean")
    }
    assert parsed <= {"geo/spelling.py", "maps/page/tiles.py"}  # tiles names a provider in its own upper and lower case


def calls():
    """Every call in the packages: its module, the name called, and how many positional and keyword arguments it has."""
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                yield name, called, len(node.args), len(node.keywords)


def test_files_are_put_in_place_by_layers_record_atomic():
    places = {
        (name, called)
        for name, called, given, named in calls()
        if called in {"mkstemp", "NamedTemporaryFile"} or (called in {"replace", "rename"} and (given, named) == (1, 0))
    }
    unpacks = ("maps/features/reading/source.py", "rename")  # within a temporary folder that nobody else reads
    assert {name for name, _ in places - {unpacks}} == {"layers/record/atomic.py"}


def numbers(low, high):
    """Modules with a number between two, as it is written in metres or in kilometres."""
    return {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and (low <= node.value <= high or (isinstance(node.value, float) and low <= node.value * 1000 <= high))
    }


def test_the_length_of_a_degree_stands_in_geo_lonlat():
    assert numbers(110_500, 111_700) == {"geo/lonlat.py"}


def test_web_mercator_stands_in_maps_features_mercator():
    used = {"asinh", "arcsinh", "atanh", "arctanh", "sinh"}
    assert {name for name, called, *_ in calls() if called in used} == {"maps/features/mercator.py"}


def test_rows_of_a_compiled_network_are_read_by_name():
    rows = {
        (name, node.slice.value)
        for name, tree in modules().items()
        if name.startswith(("layers/graph/", "maps/page/"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "row"
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, int)
    }
    assert rows == set()


def test_validity_on_a_day_is_decided_by_layers_record_history():
    def bound(node):
        """Which end of a date of lower precision is compared: ``parse_date(…).earliest`` or ``.latest``."""
        is_bound = isinstance(node, ast.Attribute) and node.attr in {"earliest", "latest"}
        return is_bound and isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "parse_date"

    comparing = {
        name
        for name, tree in modules().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and {
            side.attr
            for node in ast.walk(function)
            if isinstance(node, ast.Compare)
            for side in (node.left, *node.comparators)
            if bound(side)
        }
        == {"earliest", "latest"}
    }
    spans = {"layers/factcheck/checks/date.py"}  # whether a whole event lies between two stated dates
    assert comparing - spans == {"layers/record/history.py"}
    played = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value == "set"
    }
    shown = {"maps/cli/record/layer.py", "maps/page/drawn.py"}  # each change for itself, on no day
    assert played - shown == {"layers/record/history.py", "layers/validation/conformity.py"}


def test_boxes_are_geo_bbox():
    four = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and ast.unparse(node) == "tuple[float, float, float, float]"
        and name != "layers/formats/qgis.py"  # metres of Web Mercator
    }
    assert four == set()


def test_a_theme_file_is_checked_by_its_schema():
    grammar = {name for name, called, *_ in calls() if called == "Draft202012Validator"}
    assert grammar == {"maps/themes/structure.py", "layers/validation/conformity.py"}
    readers = {name: tree for name, tree in modules().items() if name.startswith("maps/themes/")}
    typed = {
        name
        for name, tree in readers.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("unknown key")
    }
    assert typed == {"maps/themes/structure.py"}


def test_no_record_is_made_around_its_constructor():
    made = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "__new__"
    }
    assert made == set()
