"""The glossary has the words of the pages."""

from pathlib import Path

from maps.i18n.text import LANGUAGES, strings

GLOSSARY = Path(__file__).parents[3] / "docs" / "glossary.md"


def test_words_of_the_glossary_are_those_of_the_pages():
    rows = [
        line.strip("|").split("|")
        for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert len(rows) > 20
    for cells in rows:
        section, _, key = cells[0].strip(" `").rpartition(".")
        assert [cell.strip() for cell in cells[1:5]] == [strings(lang)[section][key] for lang in LANGUAGES], key
