"""Text as the formats can hold it."""

from __future__ import annotations

import json
import re

# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(value: object) -> str:
    """JSON on one line, in Unicode.

    Examples
    --------
    >>> as_json([1435, 1520]), as_json(["라선"])
    ('[1435, 1520]', '["라선"]')
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def plain_text(text: str) -> str:
    r"""Text without the one character that ends it early in a C library.

    Examples
    --------
    >>> plain_text("a\0b")
    'a\ufffdb'
    """
    return text.replace("\0", "\ufffd")


def xml_text(text: str) -> str:
    r"""Text with U+FFFD for each character that XML cannot hold.

    Examples
    --------
    >>> xml_text("a\x08b]]>"), xml_text("")
    ('a\ufffdb]]>', '')
    """
    return _NOT_XML.sub("\ufffd", text)
