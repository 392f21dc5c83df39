"""Writes themes as TOML, from the options of a command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .fields import PICTURE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .fields import Field
    from .model import Condition, Theme, ThemeLayer


def theme_text(theme: Theme, layers: Sequence[ThemeLayer], folder: Path) -> str:
    """Give the TOML of a theme that draws files.

    Parameters
    ----------
    theme
        Its title, extent and base map.
    layers
        Each with a file below the folder.
    folder
        Where the theme will lie.
    """
    lines = [
        f"title = {_words(theme.title.en)}",
        f"extent = [{', '.join(f'{round(edge, 5):g}' if abs(edge) < 1 else str(round(edge, 5)) for edge in theme.extent)}]",
        *([] if theme.basemap else ["basemap = []"]),
    ]
    for layer in layers:
        lines += ["", "[[layer]]", *_layer(layer, folder)]
    return "\n".join(lines) + "\n"


def _layer(layer: ThemeLayer, folder: Path) -> list[str]:
    source = layer.file.resolve().relative_to(folder.resolve()).as_posix() if layer.file else layer.source
    lines = [f"source = {_quoted(source)}", f"id = {_quoted(layer.id)}", f"title = {_words(layer.title.en)}"]
    lines += [f"{key} = {_quoted(value)}" for key in ("table", "order", "crs") if (value := getattr(layer, key))]
    if layer.filter:
        lines.append(f"filter = {{ {', '.join(map(_condition, layer.filter))} }}")
    if layer.classes:
        classes = layer.classes
        parts = [
            f"{key} = {_quoted(value)}" for key in ("column", "scheme", "size") if (value := getattr(classes, key))
        ]
        parts.append(f"k = {classes.k}")
        if classes.palette:
            parts.append(
                f"palette = {json.dumps(classes.palette if isinstance(classes.palette, str) else list(classes.palette))}"
            )
        lines.append(f"symbols = {{ {', '.join(parts)} }}")
    if layer.labels and layer.labels.property != "name":
        lines.append(f"labels = {{ property = {_quoted(layer.labels.property)}, priority = 60 }}")
    for key in ("popup", "tooltip"):
        if fields := getattr(layer, key):
            lines.append(f"{key} = [{', '.join(map(_field, fields))}]")
    if layer.time:
        lines.append(f"time = [{', '.join(map(_quoted, layer.time))}]")
    return lines


def _field(field: Field) -> str:
    column = _quoted(field.column)
    return f'{{ column = {column}, format = "{PICTURE}", alt = {_quoted(field.alt)} }}' if field.alt else column


def _condition(condition: Condition) -> str:
    ends = {"min": condition.least, "max": condition.most, "above": condition.above, "below": condition.below}
    lists = {"any": condition.any_of, "all": condition.all_of, "not": condition.none_of}
    parts = [f"{key} = {end!r}" for key, end in ends.items() if end is not None]
    parts += [f"{key} = {json.dumps(list(values), ensure_ascii=False)}" for key, values in lists.items() if values]
    return f"{_quoted(condition.property)} = {{ {', '.join(parts)} }}"


def _words(text: str) -> str:
    """Words of a theme, whose braces ask for what the record says."""
    return _quoted(text.replace("{", "{{").replace("}", "}}"))


def _quoted(text: str) -> str:
    """Text as a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
