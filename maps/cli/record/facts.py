"""``tumen layers facts``: facts on record other than features."""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from maps.cli.output import add_as_of, add_output, table, to_json, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layers import Event, Organisation, Series, Service, Source, Voyages
    from layers.record.store import DataPath

DESCRIPTION = """\
Lists facts on record other than features: passenger trains (services), ships from Rajin (voyages), dated events, organisations
with their relations, and series of published figures. With an ID, prints everything on record about one, with its sources.
Without a KIND, lists the kinds.
"""
EPILOG = """\
examples:
  tumen layers facts services --as-of 2025-06       passenger trains that ran in June 2025
  tumen layers facts events --as-of 2014
  tumen layers facts voyages voyage/maia-1
  tumen layers facts series trade-far-east --json
"""
_DATED = ("services", "voyages", "events")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of facts: its reader, and the columns of its table."""

    words: str
    read: Callable[[str | None, DataPath], Sequence[Any]]
    head: tuple[str, ...]
    row: Callable[[Any], list[str]]
    right: frozenset[int] = frozenset()


def add_to(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = parts.add_parser(
        "facts",
        help="list trains, voyages, events, organisations and series of figures",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "kind", metavar="KIND", nargs="?", choices=(*KINDS, None), help=f"{', '.join(KINDS)} (default: list the kinds)"
    )
    parser.add_argument("id", metavar="ID", nargs="?", help="show only this one, in full")
    add_as_of(parser)
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the kinds, the facts of one kind, or one fact."""
    import layers

    if options.as_of and options.kind not in _DATED:
        raise layers.FactError(f"--as-of selects {', '.join(_DATED)}; leave it out, or name one of these")
    if options.kind is None:
        counts = {name: len(kind.read(None, options.data)) for name, kind in KINDS.items()}
        rows = [[name, str(counts[name]), KINDS[name].words] for name in KINDS]
        as_table = table(["kind", "number", "what"], rows, right=frozenset({1}))
        write(to_json(counts) if options.format == "json" else as_table, options.output)
        return 0
    kind = KINDS[options.kind]
    facts = kind.read(options.as_of, options.data)
    if options.id is not None:
        facts = [_named(options, facts)]
    if options.format == "json":
        write(to_json([asdict(fact) for fact in facts]), options.output)
    elif options.id is not None:
        write(_describe(facts[0], layers.sources(data=options.data)), options.output)
    else:
        write(table(kind.head, [kind.row(fact) for fact in facts], right=kind.right), options.output)
    return 0


def _named(options: argparse.Namespace, facts: Sequence[Any]) -> Any:  # noqa: ANN401 - one of five kinds
    import layers
    from geo.spelling import nearest

    by_id = {_id(fact): fact for fact in facts}
    if options.id not in by_id:
        day = f" as of {options.as_of}" if options.as_of else ""
        hint = nearest(options.id, by_id, otherwise=f"see `tumen layers facts {options.kind}`")
        raise layers.FactError(f"no {options.kind} on record{day} have the id {options.id!r}; {hint}")
    return by_id[options.id]


def _id(fact: Any) -> str:  # noqa: ANN401
    return str(getattr(fact, "id", None) or fact.name)


def _describe(fact: Any, sources: Mapping[str, Source]) -> str:  # noqa: ANN401
    """Everything on record about a fact, one property a line, then its values or relations, then its sources."""
    properties = _stated(asdict(fact))
    cited = list(properties.pop("sources", ()))
    lines = [f"{properties.pop('title', '') or properties.pop('name', '') or properties.get('ship') or _id(fact)}"]
    nested = {key: properties.pop(key) for key in ("values", "relations", "dates") if key in properties}
    lines += [f"{key}: {_value(value)}" for key, value in properties.items()]
    for key, entries in nested.items():
        shown = [{name: value for name, value in entry.items() if value != properties.get(name)} for entry in entries]
        lines += ["", key.capitalize(), *(f"  {_entry(entry)}" for entry in shown)]
        cited += [source for entry in entries for source in (*entry.get("sources", ()), entry.get("source")) if source]
    listed = [source for source in dict.fromkeys(cited) if source in sources]
    return "\n".join([*lines, "", "Sources", *(f"  [{source}] {sources[source].cite()}" for source in listed)])


def _stated(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties with a value; 0 is one."""
    empty: tuple[object, ...] = ("", None, (), {})
    return {key: value for key, value in properties.items() if value is not False and value not in empty}


def _entry(entry: dict[str, Any]) -> str:
    shown = _stated(entry)
    cited = [*shown.pop("sources", ()), *filter(None, [shown.pop("source", None)])]
    used = ", used" if shown.pop("used", False) else ""
    return f"{', '.join(f'{key} {_value(value)}' for key, value in shown.items())}{used} [{', '.join(cited)}]"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {entry}" for key, entry in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _period(since: str, until: str) -> list[str]:
    return [since, until or "…"]


def _services(as_of: str | None, data: DataPath) -> list[Service]:
    import layers

    return [train for train in layers.services(data=data) if as_of is None or train.holds(as_of)]


def _service_row(train: Service) -> list[str]:
    return [*_period(train.since, train.until), train.runs, train.id, train.name, train.days]


def _voyages(as_of: str | None, data: DataPath) -> list[Voyages]:
    import layers

    return [ship for ship in layers.voyages(data=data) if as_of is None or ship.holds(as_of)]


def _voyage_row(ship: Voyages) -> list[str]:
    counts = [f"{number:,}" if number is not None else "" for number in (ship.count, ship.containers)]
    return [*_period(ship.since, ship.until), *counts, ship.id, ship.ship, ship.where or ship.destination]


def _events(as_of: str | None, data: DataPath) -> Sequence[Event]:
    import layers

    return layers.events(as_of=as_of, data=data)


def _organisations(_: str | None, data: DataPath) -> Sequence[Organisation]:
    import layers

    return layers.organisations(data=data)


def _series(_: str | None, data: DataPath) -> list[Series]:
    import layers

    return [layers.series(name, data=data) for name in layers.series_names(data=data)]


def _series_row(series: Series) -> list[str]:
    periods = [min(series, key=lambda value: value.begin).period, max(series, key=lambda value: value.end).period]
    first, last = periods[0].partition("/")[0], periods[1].rpartition("/")[2]
    return [series.name, str(len(series)), f"{first} – {last}", series.unit, series.title]


KINDS: Mapping[str, Kind] = {
    "services": Kind(
        "passenger trains across the borders",
        _services,
        ("since", "until", "runs", "id", "train", "days"),
        _service_row,
    ),
    "voyages": Kind(
        "ships from Rajin since August 2023",
        _voyages,
        ("since", "until", "voyages", "containers", "id", "ship", "to"),
        _voyage_row,
        frozenset({2, 3}),
    ),
    "events": Kind(
        "visits, summits, agreements, openings, shipments and others, dated",
        _events,
        ("date", "kind", "id", "event"),
        lambda event: [event.when, event.kind, event.id, event.title],
    ),
    "organisations": Kind(
        "companies, agencies and others, with their relations",
        _organisations,
        ("id", "kind", "country", "name"),
        lambda row: [row.id, cast("str", row.kind).replace("_", " "), row.country, row.name],
    ),
    "series": Kind(
        "published figures over time: trade, debt, traffic, cargoes and others",
        _series,
        ("id", "values", "period", "unit", "title"),
        _series_row,
        frozenset({1}),
    ),
}
