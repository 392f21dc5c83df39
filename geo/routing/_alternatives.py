"""Alternative routes: distinct, locally optimal, not much longer than the best."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ._dijkstra import trace
from ._query import handled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._dijkstra import Search
    from ._query import Handling, Journey, Sections
    from .graph.tree import Tree, Weights

_SHARED: Final = 2 / 3  # of its cost that an alternative may have in common with another
_STRETCH: Final = 3.0  # times the best cost: a dearer route is no alternative
_PLATEAU: Final = 0.2  # of the best cost: an alternative is the best route along a stretch as long
_TRIED: Final = 3000


@dataclass(slots=True)
class _Half:
    """The paths to every state of a section from the start, and from there to the end.

    `entered` and `left` hold the handling by which the load comes into a first state of the section, and
    the one by which it goes on from a last one.
    """

    ahead: Tree
    back: Tree
    weights: Weights
    entered: dict[int, Handling]
    left: dict[int, Handling]


def alternatives(search: Search, trip: Journey, best: Sections, k: int) -> list[Sections]:
    """Return up to k routes by cost, the best first.

    Each arc has one candidate: the best route that passes it. They are tried in order of cost. One is kept
    if the stretch around its arc, on which no other route is better, is long enough, if it comes
    to no place twice, and if it differs enough from each one kept.
    """
    weights = search.weights
    halves = _halves(search, trip)
    limit = _cost(search, best)
    chosen, links_of_chosen = [best], [_links(search, best)]
    tried: set[tuple[int, int]] = set()
    for count, (cost, number, arc) in enumerate(_candidates(search, halves, limit * _STRETCH)):
        if len(chosen) == k or count >= _TRIED:
            break
        if (number, arc) in tried or _plateau(search, halves[number], arc) < limit * _PLATEAU:
            continue
        sections = _by(search, halves, number, arc)
        tried.update((number, section) for section in sections[number])
        links = _links(search, sections)
        if not _is_simple(search, sections) or any(
            _edges(search, links) == _edges(search, used_links) for used_links in links_of_chosen
        ):
            continue  # one more change of carrier is not another route
        if all(
            math.fsum(weights[link] for link in links & used_links) <= cost * _SHARED for used_links in links_of_chosen
        ):
            chosen.append(sections)
            links_of_chosen.append(links)
    return sorted(chosen, key=lambda sections: _cost(search, sections))


def _halves(search: Search, trip: Journey) -> list[_Half]:
    topology = search.topology
    plan = trip.plan(topology)
    parts = [part.weights for part in plan.searches(search)]
    sources = {plan.start: 0.0} if plan.start is not None else {}
    ahead: list[Tree] = []
    entered: list[dict[int, Handling]] = [{}]
    for weights, states, handlings in zip(parts, plan.goals, plan.handlings, strict=True):
        ahead.append(topology.tree(weights, sources))
        sources = {state: ahead[-1].costs[state] for state in states if state in ahead[-1].costs}
        entered.append({})
        if handlings is not None:
            sources, entered[-1] = handled(search, handlings, sources)
    sources = {plan.goals[-1][0]: 0.0}
    back: list[Tree] = []
    left: list[dict[int, Handling]] = [{}]
    for number in reversed(range(len(parts))):
        back.insert(0, topology.tree(parts[number], sources, backward=True))
        if not number:
            break
        costs = back[0].costs
        left.insert(0, {})
        handlings = plan.handlings[number - 1]
        if handlings is not None:
            turned = [handling._replace(before=handling.after, after=handling.before) for handling in handlings]
            sources, by = handled(search, turned, costs)
            left[0] = {state: turn._replace(before=turn.after, after=turn.before) for state, turn in by.items()}
        else:
            sources = {state: costs[state] for state in plan.goals[number - 1] if state in costs}
    return [_Half(*half) for half in zip(ahead, back, parts, entered[:-1], left, strict=True)]


def _candidates(search: Search, halves: list[_Half], limit: float) -> Iterator[tuple[float, int, int]]:
    alternatives = [
        (cost, number, arc)
        for number, half in enumerate(halves)
        for cost, arc in search.topology.passing(half.ahead, half.back, half.weights, limit)
    ]
    yield from sorted(alternatives)


def _plateau(search: Search, half: _Half, arc: int) -> float:
    """Return the cost of the stretch around an arc that is the best route from the start and to the end alike."""
    arcs, weights = search.topology.arcs, search.weights
    ahead, back = half.ahead.arcs, half.back.arcs
    tail, head, link = arcs[arc]
    length = weights[link]
    if ahead.get(head) != arc or back.get(tail) != arc:
        return length
    while (step := back.get(head)) is not None and ahead.get(arcs[step].head) == step:
        length += weights[arcs[step].link]
        head = arcs[step].head
    while (step := ahead.get(tail)) is not None and back.get(arcs[step].tail) == step:
        length += weights[arcs[step].link]
        tail = arcs[step].tail
    return length


def _by(search: Search, halves: list[_Half], number: int, arc: int) -> Sections:
    """Return the best route that passes an arc in one of the sections."""
    topology = search.topology
    tail, head, _ = topology.arcs[arc]
    state, before = trace(topology, halves[number].ahead, tail)
    sections: Sections = [[*before, arc]]
    for place in reversed(range(number)):
        handling = halves[place + 1].entered.get(state)
        state, arcs = trace(topology, halves[place].ahead, state if handling is None else handling.before)
        sections.insert(0, arcs if handling is None else [*arcs, handling.arc])
    state = head
    for place, half in enumerate(halves[number:], number):
        arcs = [] if place > number else sections.pop()
        while state in half.back.arcs:
            arcs.append(half.back.arcs[state])
            state = topology.arcs[arcs[-1]].head
        if state in half.left:
            arcs.append(half.left[state].arc)
            state = half.left[state].after
        sections.append(arcs)
    return sections


def _cost(search: Search, sections: Sections) -> float:
    arcs = search.topology.arcs
    return math.fsum(search.weights[arcs[arc].link] for section in sections for arc in section)


def _links(search: Search, sections: Sections) -> set[int]:
    return {search.topology.arcs[arc].link for section in sections for arc in section}


def _edges(search: Search, links: set[int]) -> set[int]:
    return {link for link in links if link < len(search.topology.edges)}


def _is_simple(search: Search, sections: Sections) -> bool:
    nodes = search.topology.state_nodes
    for section in sections:
        arcs = [search.topology.arcs[arc] for arc in section]
        passed = [nodes[arcs[0].tail].id, *(nodes[arc.head].id for arc in arcs)] if arcs else []
        steps = [passed[0], *(b for a, b in pairwise(passed) if a != b)] if passed else []
        if len(set(steps)) != len(steps):
            return False
    return True
