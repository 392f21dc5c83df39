"""Ids of features: those of the source, made unique."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.features.notice import Notices


def identities(ids: Sequence[object], own: Sequence[object], notices: Notices) -> list[str | None]:
    """Id of each feature: its own, else its property ``id``; None where it has neither.

    Parameters
    ----------
    ids
        Ids beside the properties.
    own
        The property ``id``; empty when there is none.
    notices
        Takes note of ids that several features have: the second one gets ``~2`` behind it.
    """
    texts = [_text(beside if beside is not None else own[row] if own else None) for row, beside in enumerate(ids)]
    taken = {text for text in texts if text is not None}
    if len(taken) == sum(text is not None for text in texts):
        return texts
    seen: dict[str, int] = {}
    doubles: list[str] = []
    for row, text in enumerate(texts):
        if text is None:
            continue
        count = seen.get(text, 0) + 1
        if count > 1:
            doubles.append(text)
            while f"{text}~{count}" in taken:
                count += 1
            texts[row] = f"{text}~{count}"
            taken.add(f"{text}~{count}")
        seen[text] = count
    notices.add("same id", len(doubles), *(repr(text) for text in dict.fromkeys(doubles)))
    return texts


def _text(value: object) -> str | None:
    """Id as text; numbers, including 0, are ids, an empty text is not.

    Examples
    --------
    >>> _text(0), _text(7.0), _text(""), _text({"a": 1})
    ('0', '7', None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return value or None if isinstance(value, str) else None
