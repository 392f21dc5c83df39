"""A feature can be cited."""

import re

BRIDGE = "crossing/friendship-bridge"


def opened_cite(sheet, path):
    opened = sheet(path)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.enter(BRIDGE)
    opened.page.locator(".cite summary").focus()
    opened.page.keyboard.press("Enter")
    return opened


def test_citation_in_words_and_as_bibtex_is_copied(sheet, site):
    opened = opened_cite(sheet, site / "corridor.html")
    plain, bibtex = opened.page.locator(".citation pre").all_text_contents()
    day = opened.page.locator(".as-of time").text_content()
    for part in ("The tumen contributors", "Friendship Bridge", BRIDGE, day, "ODbL-1.0", "OpenStreetMap"):
        assert part in plain
    assert re.match(r"@misc\{tumen-crossing-friendship-bridge,\n  author = \{\{The tumen contributors\}\},\n", bibtex)
    assert bibtex.endswith("}\n}")
    assert f"  year = {{{day[:4]}}}" in bibtex
    assert bibtex.count("{") == bibtex.count("}")
    is_copied(opened)


def is_copied(opened):
    for number in range(2):
        block = opened.page.locator(".citation").nth(number)
        block.locator("button").click()
        opened.until(
            f"document.querySelectorAll('.citation button span:first-child')[{number}].textContent === 'Copied'"
        )
        assert opened.page.evaluate("navigator.clipboard.readText()") == block.locator("pre").text_content()
