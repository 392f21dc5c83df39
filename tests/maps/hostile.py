"""Values that would run or break out wherever data is treated as markup or code."""

IMG = "<img src=x onerror=\"document.documentElement.dataset.hacked='img'\">"
SCRIPT = "</script><script>document.documentElement.dataset.hacked='script'</script>"
TEMPLATE = "${document.documentElement.dataset.hacked='template'}"
BACKTICK = "`;document.documentElement.dataset.hacked='backtick';`"
JINJA = "{{ 6*7 }}{% raw %}"
SEPARATOR = "line\u2028separator\u2029here"
QUOTES = "\" onmouseover=\"document.documentElement.dataset.hacked='quote'\" x='"
ADDRESS = "javascript:document.documentElement.dataset.hacked='address'"
VALUES = (IMG, SCRIPT, TEMPLATE, BACKTICK, JINJA, SEPARATOR, QUOTES, ADDRESS)
EVERYTHING = " ".join(VALUES)
# The same as a string of TOML in a theme: a brace is written double there, for a single one begins a field.
IN_THEME = EVERYTHING.replace("{", "{{").replace("}", "}}").replace("\\", "\\\\").replace('"', '\\"')


def feature(number, value, geometry):
    """A feature that says `value` wherever it can."""
    return {
        "type": "Feature",
        "id": f"hostile/{number}{value}",
        "geometry": geometry,
        "properties": {
            "name": value,
            "name_ko": value,
            "name_ru": value,
            "name_zh": value,
            "kind": value,
            "status": value,
            "note": value,
            "aliases": [value],
            "countries": [value],
            "operator": value,
            value: value,
            "accuracy_m": 400,
            "geometry_method": value,
            "history": [{"date": value, "status": value, "sources": ["evil"], "note": value}],
            "figures": [
                {"attribute": value, "value": value, "unit": value, "source": "evil", "used": True, "note": value}
            ],
            "sources": ["evil", value],
        },
    }


def collection():
    """One point for each value, and a line and an area with all of them."""
    points = [
        feature(n, value, {"type": "Point", "coordinates": [130.2 + 0.07 * n, 42.3 + 0.03 * n]})
        for n, value in enumerate(VALUES)
    ]
    line = feature(90, EVERYTHING, {"type": "LineString", "coordinates": [[130.2, 42.5], [130.7, 42.52]]})
    ring = [[130.4, 42.2], [130.6, 42.2], [130.6, 42.26], [130.4, 42.26], [130.4, 42.2]]
    area = feature(91, EVERYTHING, {"type": "Polygon", "coordinates": [ring]})
    return {
        "type": "FeatureCollection",
        "title": EVERYTHING,
        "licence": EVERYTHING,
        "attribution": EVERYTHING,
        "features": [*points, line, area],
    }


def sources():
    """A source that is hostile throughout, its address too."""
    return {
        "evil": {
            "title": EVERYTHING,
            "publisher": EVERYTHING,
            "date": EVERYTHING,
            "url": ADDRESS,
            "kind": IMG,
            "note": IMG,
        }
    }
