"""Exceptions from a check, recorded in the data with their reason, never in the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def excepted(properties: Mapping[str, Any], check: str, concerns: str = "") -> bool:
    """Tell whether a feature states an exception from a check.

    Parameters
    ----------
    properties
        Those of the feature.
    check
        Such as ``crossing``.
    concerns
        The other feature that it is about; empty when it is about none.

    Examples
    --------
    >>> gone = {"exceptions": [{"check": "crossing", "reason": "The track is torn up."}]}
    >>> excepted(gone, "crossing"), excepted(gone, "joint"), excepted({}, "crossing")
    (True, False, False)
    """
    return any(
        entry["check"] == check and entry.get("concerns", "") in {"", concerns}
        for entry in properties.get("exceptions", ())
    )
