"""A layer whose texts try to break out of every format."""

from dataclasses import replace

import layers
from layers.formats import LayerState

VALUES = (
    "]]> & <![CDATA[ x",
    "bell \x07 and escape \x1b and nothing \x00 end",
    "<img src=x onerror=alert(1)>",
    "</description></Placemark>",
    "\"double\", 'single', `back`",
    "two\nlines\r\nthree",
    "=cmd()|'/C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\ttab",
    "'=already guarded",
    "'quoted",
    "라진 😀 \u2028 separator",
    '"); DROP TABLE places; --',
)


def feature(number, value):
    return {
        "type": "Feature",
        "id": f"place/{number}{value}",
        "properties": {
            "id": f"place/{number}{value}",
            "name": value,
            "name_ko": value,
            "name_ru": value,
            "name_zh": value,
            "aliases": [value, value],
            "kind": "city",
            "countries": ["KP"],
            "population": 1000 + number,
            "rank": 3,
            "accuracy_m": 500,
            "geometry_method": "published",
            "sources": [value],
            "licence": "CC-BY-4.0",
            "note": value,
        },
        "geometry": {"type": "Point", "coordinates": [130 + number / 10, 42.25]},
    }


def state():
    record = replace(layers.catalog()["places"], title=" ".join(VALUES), attribution=" ".join(VALUES))
    return LayerState(record, "2020", tuple(feature(number, value) for number, value in enumerate(VALUES)))
