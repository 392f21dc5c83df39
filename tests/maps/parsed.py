"""A page taken apart by an HTML parser, as a browser would."""

import json
from html.parser import HTMLParser

RAW = {"script", "style"}


class Parsed(HTMLParser):
    """Elements as (tag, attributes, text of its own), in document order."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.open = []
        self.whole = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in {"meta", "link", "input", "br", "img", "hr"}:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open:
            self.open[-1][2].append(data)
        for element in self.open:
            self.whole.setdefault(id(element), []).append(data)

    def all(self, tag, **attributes):
        return [
            ("".join(text), attrs)
            for name, attrs, text in self.elements
            if name == tag and all(attrs.get(key) == value for key, value in attributes.items())
        ]

    def text(self, tag, **attributes):
        ((text, _),) = self.all(tag, **attributes)
        return text

    def text_content(self, tag, **attributes):
        """Text of an element and of all that is in it."""
        (found,) = (
            element
            for element in self.elements
            if element[0] == tag and all(element[1].get(key) == value for key, value in attributes.items())
        )
        return "".join(self.whole.get(id(found), []))

    @property
    def policy(self):
        ((_, attrs),) = self.all("meta", **{"http-equiv": "Content-Security-Policy"})
        rules = (rule.split(" ", 1) for rule in attrs["content"].split("; "))
        return dict(rules)

    @property
    def scripts(self):
        """Executable scripts."""
        return [text for text, attrs in self.all("script") if "type" not in attrs]

    @property
    def blocks(self):
        """JSON blocks by id."""
        return {attrs["id"]: json.loads(text) for text, attrs in self.all("script", type="application/json")}


def features_of(block):
    """Features of a packed layer block, each with its own properties."""
    return [
        feature | {"properties": _properties(block["columns"], row)} for row, feature in enumerate(block["features"])
    ]


def _properties(columns, row):
    return {name: column["values"][column["rows"][row]] for name, column in columns.items() if column["rows"][row] >= 0}
