"""``tumen map``: draw a user's files on a page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from maps.errors import FeatureError

from .build import LANGUAGES, progress
from .output import add_basemap, basemap_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.explorer import Drawing
    from maps.features.bulk import BulkData
    from maps.features.geojson import LayerData
    from maps.themes.model import ThemeLayer

DESCRIPTION = """\
Draws your own files on one HTML page that opens by double-click, without a network.

FILE is GeoJSON, TopoJSON, GeoPackage (FILE#table), FlatGeobuf, GeoParquet, Shapefile (also zipped), KML, KMZ, GPX, or CSV, TSV or
Parquet with columns of longitude and latitude or of WKT; each may be compressed with gzip; - reads standard input. Coordinates
are transformed to WGS 84. Repairs and omitted features are reported.
"""
EPILOG = """\
examples:
  tumen map wells.csv --column depth_m --open
  tumen map districts.gpkg#admin --column pop --scheme natural-breaks --palette YlOrRd -o pop.html
  tumen map finds.geojson --on corridor --time found --save-theme finds.toml
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "map",
        help="draw your own files on a page",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="file to draw; - reads standard input")
    parser.add_argument(
        "-o", "--output", metavar="PAGE", help="page to write (default: name of the first file, with .html)"
    )
    parser.add_argument("--title", default="", help="title of the map (default: names of the files)")
    _add_symbology(parser)
    _add_content(parser)
    parser.add_argument(
        "--order",
        default="",
        metavar="C",
        help="numeric column: where features are too many to draw, those with greater values come first",
    )
    parser.add_argument(
        "--crs",
        default="",
        metavar="CRS",
        help="coordinate reference system of files that state none, such as EPSG:32652",
    )
    parser.add_argument("--on", default="", metavar="THEME", help="draw on top of a built-in theme, such as corridor")
    parser.add_argument(
        "--lang", action="append", choices=LANGUAGES, help="language of the page; may be repeated (default: en)"
    )
    add_basemap(parser)
    parser.add_argument(
        "--split",
        action="store_true",
        help="write the features of large layers into PAGE.parts/ beside the page, in files that it reads as they are needed; "
        "for millions of features",
    )
    parser.add_argument("--save-theme", metavar="TOML", help="also write a theme file, for `tumen build`")
    parser.add_argument("--quiet", action="store_true", help="print no progress")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.set_defaults(run=run)


def _add_symbology(parser: argparse.ArgumentParser) -> None:
    symbology = parser.add_argument_group("symbology")
    symbology.add_argument("--column", default="", metavar="C", help="column that sets the colour")
    symbology.add_argument(
        "--scheme",
        default="",
        metavar="S",
        help="classes: quantiles, natural-breaks, equal, std, log or categories (default: quantiles if numeric, else categories)",
    )
    symbology.add_argument("--k", type=int, default=5, metavar="N", help="number of classes, 2 to 12 (default: 5)")
    symbology.add_argument(
        "--palette",
        default="",
        metavar="P",
        help="colour palette, such as YlGnBu, vik or Dark2, or a list of colours: #fee,#f66,#900",
    )
    symbology.add_argument("--size", default="", metavar="C", help="numeric column that sets sizes and widths")
    symbology.add_argument("--label", default="", metavar="C", help="column that labels the features")


def _add_content(parser: argparse.ArgumentParser) -> None:
    content = parser.add_argument_group("content")
    content.add_argument("--popup", default="", metavar="A,B,C", help="columns in the popup (default: all)")
    content.add_argument(
        "--picture",
        default="",
        metavar="C,ALT",
        help="column of pictures (PNG, JPEG, WebP) in the folder of the file or below, shown in the popup, and the column that "
        "says what they show",
    )
    content.add_argument("--tooltip", default="", metavar="A,B", help="columns in the tooltip (default: the name)")
    content.add_argument(
        "--time",
        default="",
        metavar="C[,C2]",
        help="columns of the first and last day of a feature, for the time slider",
    )
    content.add_argument(
        "--filter",
        default="",
        metavar="EXPR",
        help="draw only matching features, such as \"pop > 100 and kind == 'well'\"",
    )


def run(options: argparse.Namespace) -> int:
    """Draw the files."""
    from maps.explorer import builder_of
    from maps.page.options import PageOptions

    target = Path(options.output or f"{_stem(options.files[0])}.html")
    title = options.title or ", ".join(dict.fromkeys(_stem(file) for file in options.files))
    with progress(quiet=options.quiet):
        inputs = [_read(file, options) for file in options.files]
        layers = _drawn(inputs, _drawing(options), options)
        page_options = PageOptions(**basemap_options(options), split=f"{target.stem}.parts" if options.split else "")
        builder = builder_of(layers, title=title, on=options.on, langs=options.lang or "en", options=page_options)
        page = builder.render()
    theme = _theme_text(builder.theme, [layer for layer, _ in layers], options) if options.save_theme else ""
    path = page.save(target)
    if theme:
        from layers.record.atomic import write_whole

        write_whole(Path(options.save_theme), theme.encode())
    if not options.quiet:
        for (layer, data), file in zip(layers, options.files, strict=True):
            print(f"{file}: {_summary(layer, data)}", file=sys.stderr)
        also = [f"{path.parent / page.parts.folder} ({page.parts.size / 1e6:,.1f} MB)"] if page.parts else []
        also += [options.save_theme] if theme else []
        print(", ".join([f"wrote {path} ({page.size / 1000:,.0f} kB)", *also]), file=sys.stderr)
        if options.split and not page.parts:
            print("nothing to split: no layer is large", file=sys.stderr)
    if options.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return 0


def _stem(file: str) -> str:
    from layers.vector.kind import file_and_table

    name = file_and_table(file)[0].name
    return "map" if file == "-" else name.partition(".")[0] or name


def _drawing(options: argparse.Namespace) -> Drawing:
    from maps.explorer import Drawing

    palette = tuple(options.palette.split(",")) if options.palette.startswith("#") else options.palette
    return Drawing(
        column=options.column,
        scheme=options.scheme,
        k=options.k,
        palette=palette,
        size=options.size,
        label=options.label,
        popup=_columns(options.popup),
        tooltip=_columns(options.tooltip),
        time=_columns(options.time),
        filter=options.filter,
        order=options.order,
        picture=_columns(options.picture),
    )


def _columns(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _read(file: str, options: argparse.Namespace) -> tuple[Path | None, str, LayerData | BulkData]:
    """Path, table and features of an argument."""
    from layers.vector.kind import file_and_table
    from maps.features.reading import read_file, read_standard_input

    if file == "-":
        return None, "", read_standard_input(sys.stdin.buffer, order=options.order, crs=options.crs)
    path, table = file_and_table(file)
    if not path.is_file():
        wrong = f"{path} is a folder; give a file in it" if path.is_dir() else f"no such file: {path}"
        raise FeatureError(wrong, source=str(path))
    return path, table, read_file(path.resolve(), table=table, order=options.order, crs=options.crs)


def _drawn(
    inputs: Sequence[tuple[Path | None, str, LayerData | BulkData]], drawing: Drawing, options: argparse.Namespace
) -> list[tuple[ThemeLayer, LayerData | BulkData]]:
    """Layers of the files; a column that only some of them have is looked for in those."""
    from dataclasses import replace

    from maps.page.looks import columns_of

    layers: list[tuple[ThemeLayer, LayerData | BulkData]] = []
    several = len(inputs) > 1
    for number, (path, table, data) in enumerate(inputs):
        adapted = drawing
        if several:
            columns = {*columns_of(data)}
            absent = {key: "" for key in ("column", "size", "label", "order") if getattr(adapted, key) not in columns}
            present = {
                key: tuple(name for name in getattr(adapted, key) if name in columns)
                for key in ("popup", "tooltip", "time")
            }
            adapted = replace(adapted, **cast("dict[str, Any]", absent | present))
        if adapted.picture:
            adapted = replace(
                adapted,
                popup=tuple(dict.fromkeys([adapted.picture[0], *(adapted.popup or columns_of(data))])),
            )
        title = _stem(options.files[number])
        layers.append(
            (
                adapted.layer(f"own-{number}", table or title, path.resolve() if path else None, table, options.crs),
                data,
            )
        )
    return layers


def _theme_text(theme: object, layers: Sequence[ThemeLayer], options: argparse.Namespace) -> str:
    from maps.themes.writer import theme_text

    folder = Path(options.save_theme).resolve().parent
    for layer in layers:
        if layer.file is None or not layer.file.is_relative_to(folder):
            raise FeatureError(
                f"--save-theme must be in the folder of the drawn files or in one above it; "
                f"{layer.file or 'standard input'} is elsewhere"
            )
    return theme_text(theme, layers, folder)  # type: ignore[arg-type]


def _summary(layer: ThemeLayer, data: LayerData | BulkData) -> str:
    from maps.features.geojson import LayerData as Few
    from maps.features.reading import kinds_of
    from maps.page.looks import columns_of
    from maps.page.own import title_column

    count = len(data.features) if isinstance(data, Few) else len(data)
    kinds = ", ".join(f"{kind}s" for kind in kinds_of(data)) or "nothing"
    parts = [f"{count:,} features ({kinds})"]
    if name := title_column(layer, columns_of(data)):
        parts.append(f"named by {name!r}")
    if layer.classes and layer.classes.column:
        parts.append(f"coloured by {layer.classes.column!r}")
    if layer.classes and layer.classes.size:
        parts.append(f"sized by {layer.classes.size!r}")
    return ", ".join(parts)
