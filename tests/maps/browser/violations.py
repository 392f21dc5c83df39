"""Rules of accessibility, by axe."""

from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def violations(opened, *rules):
    """Rules of axe that the page breaks, all or of those named, with the elements."""
    if not opened.page.evaluate("typeof axe === 'object'"):
        opened.page.evaluate(AXE)
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    result = opened.page.evaluate("(options) => axe.run(document, options)", options)
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in result["violations"]]


def violations_in_both_schemes(opened):
    """Rules that the page breaks in light colours, and those of contrast that it breaks in dark ones."""
    broken = violations(opened)
    opened.page.emulate_media(color_scheme="dark")
    broken += violations(opened, "color-contrast")
    opened.page.emulate_media(color_scheme="light")
    return broken
