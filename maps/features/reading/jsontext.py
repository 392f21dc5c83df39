"""JSON of any size, value by value: a document is never in memory as a whole."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.errors import FeatureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

CHUNK_BYTES = 1 << 20
MAX_VALUE = 1 << 30  # characters of one value
RECORD_SEPARATOR = "\x1e"
_SPACE = re.compile(r"[ \t\n\r\x1e]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# For each character: its effect on the depth of lists, and whether it cannot appear in lists of numbers.
_STEPS = np.array([{"[": 1, "]": -1}.get(chr(code), 0) for code in range(256)], dtype=np.int8)
_IS_ODD = np.array([chr(code) not in "[],+-.0123456789eE \t\n\r" for code in range(256)], dtype=bool)
_LONG = 1 << 19  # characters from which a value is taken apart instead of being read as a whole
_TAIL = 16  # characters at the end of the buffer that may begin a token


class JsonText:
    """Text of a JSON document, read only as far as needed.

    Parameters
    ----------
    file
        Bytes in UTF-8, with or without a byte order mark.
    name
        Name of the document in messages.
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
        """Return the next character that is no space; empty at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # it matches nothing too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def skip(self, characters: int) -> None:
        """Step over text that `span` gave."""
        self._at += characters

    def take(self, character: str) -> bool:
        """Skip a character if it comes next."""
        if self.peek() != character:
            return False
        self._at += 1
        return True

    def expect(self, character: str) -> None:
        """Skip a character that must come next.

        Raises
        ------
        FeatureError
            When another one does.
        """
        if not self.take(character):
            raise self.wrong(f"expected {character!r}, got {self.peek() or 'the end'!r}")

    def value(self, long: Callable[[], Any] | None = None) -> Any:  # noqa: ANN401 - any JSON
        """Return the next value.

        Parameters
        ----------
        long
            Reads a value that is longer than the buffer; by default it is read as a whole.

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
                if self._may_go_on(error):
                    if long is not None and len(self._text) - self._at >= _LONG:
                        return long()
                    if self._fill():
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
        """Yield the name of each member of the object that comes next; the caller reads the value of each.

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

    def span(self) -> str:
        """Return the text of the list that comes next, if it holds only lists and numbers, without skipping it.

        Only its brackets are checked: its reader checks whether it is JSON.
        """
        self.peek()
        depth, seen = 0, 0
        while True:
            piece = self._text[self._at + seen : self._at + seen + _LONG]
            if not piece:
                if not self._fill():
                    return ""
                continue
            marks = np.frombuffer(piece.encode("latin-1", "replace"), dtype=np.uint8)
            depths = depth + np.cumsum(_STEPS[marks], dtype=np.int64)
            ended = bool((depths <= 0).any())
            if ended:
                marks = marks[: int((depths <= 0).argmax()) + 1]
            if _IS_ODD[marks].any():
                return ""
            depth, seen = int(depths[-1]), seen + len(marks)
            if ended:
                return self._text[self._at : self._at + seen]

    def elements(self, long: Callable[[], Any] | None = None) -> Iterator[Any]:
        """Yield each element of the list that comes next; `long` as in `value`.

        Raises
        ------
        FeatureError
            When the text is no list.
        """
        self.expect("[")
        while not self.take("]"):
            yield self.value(long)
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
        """Tell whether an error may be due to the buffer ending too early."""
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
            text = self._bytes.decode(chunk, final=self._ended)
        except UnicodeDecodeError as error:
            raise FeatureError(
                f"{self._name!r} is not valid JSON in UTF-8: {error.reason}; save it as UTF-8", source=self._name
            ) from None
        except (OSError, EOFError) as error:
            raise FeatureError(f"{self._name!r} cannot be read: {error}", source=self._name) from None
        self._before += self._at
        self._text, self._at = self._text[self._at :] + text, 0
        return bool(text) or not self._ended
