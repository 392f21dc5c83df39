"""Unpacking restores what was packed."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maps.page.encode import STEPS_PER_DEGREE, pack_geometry, pack_line, pack_lines, pack_properties

STEP = 1 / STEPS_PER_DEGREE
PAIRS = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=30)
VALUES = st.none() | st.integers() | st.text(max_size=4) | st.lists(st.integers(), max_size=2) | st.booleans()


def unpack_line(text):
    """The published algorithm, written plainly."""
    numbers, value, shift = [], 0, 0
    for character in text:
        chunk = ord(character) - 63
        value |= (chunk & 0x1F) << shift
        shift += 5
        if chunk < 0x20:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lon = lat = 0
    pairs = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        lon, lat = lon + dx, lat + dy
        pairs.append((lon / STEPS_PER_DEGREE, lat / STEPS_PER_DEGREE))
    return pairs


@given(st.lists(PAIRS, max_size=4))
def test_lines_are_packed_each_as_it_is_alone(lines):
    assert pack_lines(lines) == [pack_line(line) for line in lines]


@given(PAIRS)
def test_line_comes_out_to_half_a_step(pairs):
    unpacked = unpack_line(pack_line(pairs))
    assert len(unpacked) == len(pairs)
    for one, other in zip(unpacked, pairs, strict=True):
        assert one == pytest.approx(other, abs=STEP / 2 + 1e-9)


@given(PAIRS)
def test_packed_line_is_safe_in_a_page(pairs):
    assert not set(pack_line(pairs)) & set("<>&'\"")


def test_depth_of_each_geometry():
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    line = pack_line(ring)
    assert pack_geometry({"type": "LineString", "coordinates": ring})["packed"] == line
    assert pack_geometry({"type": "Polygon", "coordinates": [ring]})["packed"] == [line]
    assert pack_geometry({"type": "MultiPolygon", "coordinates": [[ring]]})["packed"] == [[line]]
    assert pack_geometry({"type": "Point", "coordinates": [1, 2]}) == {"type": "Point", "coordinates": [1, 2]}


def exact(value):
    """A value as a script holds it: beyond 2**53, where doubles leave integers out, an integer travels as text."""
    if isinstance(value, list):
        return [exact(item) for item in value]
    return str(value) if isinstance(value, int) and abs(value) > 2**53 else value


@example([{"a": [2**53 + 1], "b": 2**53}, {"a": [2**53], "b": -(2**53) - 1}])
@given(st.lists(st.dictionaries(st.sampled_from("abc"), VALUES)))
def test_columns_hold_every_filled_value_once(rows):
    columns = pack_properties([{"properties": row} for row in rows], frozenset({"c"}))
    assert "c" not in columns
    for name, column in columns.items():
        values = [json.dumps(value) for value in column["values"]]
        assert len(set(values)) == len(values)
        for row, index in zip(rows, column["rows"], strict=True):
            value = row.get(name)
            filled = value not in (None, "", [], {})
            assert (index >= 0) == filled
            assert not filled or json.dumps(column["values"][index]) == json.dumps(exact(value))
