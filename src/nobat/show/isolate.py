"""What isolates a city, as text: the cheapest set, the plan, the budget, all sets near it."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nobat.scenario.theatre import POST_PERSONS
from nobat.show.numbers import number, percent
from nobat.show.tables import WIDTH
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table as RichTable
    from rich.text import Text

    from nobat.study.isolation import Isolation, Left, Set

_LABEL = 8
#: Below so many columns the sets are a list.
_NARROW = 72
#: What may be picked, in words.
_PICKED = {"both": "places and routes", "places": "places", "routes": "routes"}


def sentence(answer: Isolation) -> str:
    """The cheapest set and what it takes."""
    city, rear = _city(answer), answer.titles[answer.rear]
    best = answer.cheapest
    if answer.isolated:
        return f"{city} is isolated from {rear} from the start: no way that the defender can use."
    if best is None:
        way = _listed(answer.titles[name] for name in answer.now.over)
        return (
            f"No set of {_PICKED[answer.by]} isolates {city} from {rear}: a way over {way} has "
            "nothing that can be picked."
        )
    return (
        f"The cheapest way to isolate {city} from {rear} is to {_orders(answer, best)}: "
        f"{_persons(best.persons)}.{_practical(answer, best)}"
    )


def _practical(answer: Isolation, best: Set) -> str:
    """Where the cheapest set is beyond the attacker's reach: the cheapest that is not."""
    if not best.beyond_reach:
        return ""
    far = _listed(answer.titles[name] for name in best.beyond_reach)
    text = f" The attacker can get to {far} only through the city, or not at all"
    near = next((one for one in answer.sets if not one.beyond_reach), None)
    if near is None:
        return f"{text}, and no set listed here is within his reach."
    orders = _orders(answer, near)
    return f"{text}; the cheapest set within his reach is to {orders}: {_persons(near.persons)}."


def _orders(answer: Isolation, picked: Set | Left) -> str:
    """`hold A and B and cut C`, by their titles."""
    hold = _listed(answer.titles[name] for name in picked.places)
    cut = _listed(answer.titles[f"route {name}"] for name in picked.routes)
    return " and ".join(f"{verb} {them}" for verb, them in (("hold", hold), ("cut", cut)) if them)


def _city(answer: Isolation) -> str:
    return _listed(answer.titles[name] for name in answer.city)


def _listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = tuple(names) or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def _persons(count: int) -> str:
    return "1 person" if count == 1 else f"{number(count, 0)} persons"


def _ways(left: Left) -> str:
    """How many ways are left, and the shortest of them."""
    if left.km is None:
        return "no way"
    ways = "1 way" if left.ways == 1 else f"{number(left.ways, 0)} ways that share no route"
    return f"{ways}; the shortest is {number(left.km, 0)} km, {' - '.join(left.over)}"


class Table:
    """What isolates a city: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, answer: Isolation) -> None:
        self._answer = answer

    def facts(self) -> list[tuple[str, str]]:
        """The ways now, the plan and the budget, each with its heading."""
        answer = self._answer
        facts = [("now", _ways(answer.now)), ("plan", self._plan())]
        if answer.budget is not None:
            facts += [("budget", text) for text in self._budget(answer.budget)]
        return facts

    def _plan(self) -> str:
        """Whether what the plan takes before its last stage isolates the city."""
        planned, city = self._answer.plan, _city(self._answer)
        if not planned.stages:
            return f"takes nothing before {city}"
        held = f"before {city} it takes {', '.join(planned.left.places)}"
        held += f" ({_persons(planned.left.persons)} to hold)"
        if not planned.isolates:
            return f"{held}; that does not isolate it: {_ways(planned.left)}"
        if set(planned.needed) == set(planned.left.places):
            return f"{held}; that isolates it"
        if not planned.needed:
            return f"{held}; it is isolated without that"
        return f"{held}; that isolates it, and {', '.join(planned.needed)} would be enough"

    def _budget(self, budget: int) -> list[str]:
        """What a budget is enough for, or the best that it can do."""
        answer = self._answer
        fewest, longest = answer.fewest_ways, answer.longest_way
        if fewest is None or longest is None:
            return [f"{_persons(budget)} are enough"]
        texts = [f"{_persons(budget)} are not enough"]
        if not (fewest.places or fewest.routes or longest.places or longest.routes):
            return [f"{texts[0]}, and change nothing"]
        if (fewest.ways, fewest.km) == (longest.ways, longest.km):
            both = min((fewest, longest), key=lambda one: len(one.beyond_reach))
            return [*texts, f"fewest ways left and longest detour: {self._best(both)}"]
        return [
            *texts,
            f"fewest ways left: {self._best(fewest)}",
            f"longest detour: {self._best(longest)}",
        ]

    def _best(self, left: Left) -> str:
        if not (left.places or left.routes):
            return f"as now, {_ways(left)}"
        return f"{_picked(left)} ({_persons(left.persons)}): {_ways(left)}"

    def notes(self) -> list[str]:
        """How to read the sets, a sentence each."""
        answer = self._answer
        notes = []
        if answer.sets and not answer.isolated:
            near = f"up to {percent(answer.within, 0)} above the cheapest"
            near = near if answer.within else "as cheap as the cheapest"
            some = "All sets" if answer.complete else f"The {len(answer.sets)} cheapest sets (more)"
            notes.append(f"{some} of {_PICKED[answer.by]} {near}; each needs all that it names.")
        notes.append(
            f"Where the scenario does not say, holding a place takes as many as its garrison, "
            f"{POST_PERSONS} at least, and cutting a route {POST_PERSONS}."
        )
        shown = (*answer.sets, answer.fewest_ways, answer.longest_way)
        if any(one is not None and one.beyond_reach for one in shown):
            notes.append("(!) The attacker's routes lead there only through the city, or never.")
        return notes

    def rows(self) -> list[tuple[str, str, str, str]]:
        """The sets: persons, what is held and cut, what is cut off too, the way out."""
        return [
            (
                number(one.persons, 0),
                _picked(one) or "nothing",
                ", ".join(one.with_the_city) or "-",
                f"to {', '.join(one.refuges)}" if one.refuges else "closed",
            )
            for one in self._answer.sets
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentence, the facts, the sets, the notes."""
        from rich.table import Table as RichTable
        from rich.text import Text

        answer, width = self._answer, options.max_width
        yield Text(answer.title, style="bold")
        yield Text(answer.scenario, style="dim")
        yield Text()
        yield Text(flow(sentence(answer), width))
        yield Text()
        grid = RichTable.grid(padding=(0, 2, 0, 0))
        before = ""
        for name, fact in self.facts():
            label = Text("" if name == before else name, style="dim")
            grid.add_row(label, Text(flow(fact, width - _LABEL)))
            before = name
        yield grid
        if answer.sets and not answer.isolated:
            yield Text()
            yield self._sets(width)
        yield Text()
        yield Text(flow(" ".join(self.notes()), width), style="dim")

    def _sets(self, width: int) -> RichTable | Text:
        """The sets as a table, or a list where `width` has no room for one."""
        from rich.table import Table as RichTable
        from rich.text import Text

        if width < _NARROW:
            lines = [
                flow(f"{persons} persons: {picked}; with it {cut}; way out {out}", width - 2)
                for persons, picked, cut, out in self.rows()
            ]
            return Text("\n".join(line.replace("\n", "\n  ") for line in lines))
        grid = RichTable(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
        grid.add_column("persons", header_style="dim", justify="right", no_wrap=True)
        for heading in ("set", "cut off with the city", "way out"):
            grid.add_column(heading, header_style="dim", overflow="fold")
        for row in self.rows():
            grid.add_row(*map(Text, row))
        return grid

    def __str__(self) -> str:
        """Plain text, 100 columns wide."""
        from rich.console import Console

        page = io.StringIO()
        console = Console(file=page, width=WIDTH, color_system=None, force_terminal=False)
        console.print(self)
        return "\n".join(line.rstrip() for line in page.getvalue().splitlines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The text as it stands, in letters of one width."""
        return f'<pre style="line-height:1.15">{html.escape(str(self))}</pre>'


def _picked(picked: Set | Left) -> str:
    """`hold a, b; cut c`, by their ids."""
    far = picked.beyond_reach
    hold = ", ".join(name + (" (!)" if name in far else "") for name in picked.places)
    cut = ", ".join(picked.routes)
    return "; ".join(f"{verb} {them}" for verb, them in (("hold", hold), ("cut", cut)) if them)
