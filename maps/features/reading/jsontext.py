"""JSON of any size, value by value: a document is never in memory as a whole."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

from maps.errors import FeatureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

CHUNK_BYTES = 1 << 22
MAX_VALUE = 1 << 30  # characters of one value
RECORD_SEPARATOR = "\x1e"
_SPACE = re.compile(r"[ \t\n\r\x1e]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_TAIL = 16  # characters at the end of what is in memory that may be the beginning of a token


class JsonText:
    """Text of a JSON document, read as far as it is asked for.

    Parameters
    ----------
    file
        Bytes in UTF-8, with or without a byte order mark.
    name
        What the document is called in messages.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._bytes = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._before = 0  # characters that were dropped
        self._ended = False
        self._decode = json.JSONDecoder().raw_decode

    @property
    def read(self) -> int:
        """How many characters have been taken."""
        return self._before + self._at

    def peek(self) -> str:
        """Give the next character that is no space; empty at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # it matches nothing too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def take(self, character: str) -> bool:
        """Step over a character if it comes next."""
        if self.peek() != character:
            return False
        self._at += 1
        return True

    def expect(self, character: str) -> None:
        """Step over a character that must come next.

        Raises
        ------
        FeatureError
            When another one does.
        """
        if not self.take(character):
            raise self.wrong(f"expected {character!r}, got {self.peek() or 'the end'!r}")

    def value(self) -> Any:  # noqa: ANN401 - any JSON
        """Give the next value.

        Raises
        ------
        FeatureError
            When the text is not JSON.
        """
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._may_go_on(error) and self._fill():
                    continue
                raise self.wrong(error.msg, error.pos) from None
            except RecursionError:
                raise FeatureError(f"{self._name!r} is nested too deeply to be read", source=self._name) from None
            except ValueError as error:  # an integer of thousands of digits
                raise self.wrong(str(error)) from None
            if end == len(self._text) and self._fill():  # a number may go on
                continue
            self._check_characters(value, end)
            self._at = end
            return value

    def members(self) -> Iterator[str]:
        """Give the name of each member of the object that comes next; the caller takes the value of each.

        Raises
        ------
        FeatureError
            When the text is no object.
        """
        self.expect("{")
        while not self.take("}"):
            if self.peek() != '"':
                raise self.wrong("expected the name of a member in quotes")
            key = self.value()
            self.expect(":")
            yield str(key)
            if not self.take(","):
                self.expect("}")
                return

    def elements(self) -> Iterator[Any]:
        """Give each element of the list that comes next.

        Raises
        ------
        FeatureError
            When the text is no list.
        """
        self.expect("[")
        while not self.take("]"):
            yield self.value()
            if not self.take(","):
                self.expect("]")
                return

    def wrong(self, message: str, at: int | None = None) -> FeatureError:
        """Make the error about a place in the text."""
        place = self._before + (self._at if at is None else at)
        return FeatureError(
            f"{self._name!r} is not valid JSON in UTF-8: {message} (character {place + 1:,})", source=self._name
        )

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Tell whether an error may come of the text in memory ending too early."""
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._text) - _TAIL

    def _check_characters(self, value: object, end: int) -> None:
        if _SURROGATE.search(self._text, self._at, end):
            try:
                json.dumps(value, ensure_ascii=False).encode()
            except UnicodeEncodeError:
                raise self.wrong("it holds one half of a character (a lone surrogate)") from None

    def _fill(self) -> bool:
        """Read on; False at the end."""
        if self._ended:
            return False
        if len(self._text) - self._at > MAX_VALUE:
            raise self.wrong(f"one value has more than {MAX_VALUE:,} characters")
        try:
            chunk = self._file.read(
                max(CHUNK_BYTES, len(self._text) - self._at)
            )  # twice as much each time: in linear time
            self._ended = not chunk
            more = self._bytes.decode(chunk, final=self._ended)
        except UnicodeDecodeError as error:
            raise FeatureError(
                f"{self._name!r} is not valid JSON in UTF-8: {error.reason}; save it as UTF-8", source=self._name
            ) from None
        except (OSError, EOFError) as error:
            raise FeatureError(f"{self._name!r} cannot be read: {error}", source=self._name) from None
        self._before += self._at
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more) or not self._ended
