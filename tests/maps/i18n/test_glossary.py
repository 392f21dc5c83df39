"""The glossary has the words of the pages, and a source for each."""

import re
from pathlib import Path

from maps.i18n.text import LANGUAGES, strings

GLOSSARY = Path(__file__).parents[3] / "docs" / "glossary.md"
LINK = re.compile(r"\[[^\]]+\]\(https?://\S+\)$")


def rows():
    text = GLOSSARY.read_text(encoding="utf-8")
    table = text[text.index("| word of the pages |") :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_words_of_the_glossary_are_those_of_the_pages():
    keyed = [cells for cells in rows() if cells[0].startswith("`")]
    assert len(keyed) > 50
    for cells in keyed:
        section, _, key = cells[0].strip("`").rpartition(".")
        words = [cell.partition("<br>")[0] for cell in cells[1:]]
        assert words == [strings(lang)[section][key] for lang in LANGUAGES], key


def test_every_word_says_where_it_was_met_or_that_it_was_not_found():
    for cells in rows():
        assert len(cells) == 1 + len(LANGUAGES), cells[0]
        for cell in cells[1:]:
            assert cell.endswith(("not found", "28 December 1991")) or LINK.search(cell), cell
