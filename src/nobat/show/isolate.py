"""What isolates a city, as text: the cheapest set, the plan, the budget, all sets near it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nobat.scenario.theatre import POST_PERSONS
from nobat.show.language import _, joined, latin, listed, many, marked, named, parts
from nobat.show.layout import Grid, Printed
from nobat.show.numbers import number, percent
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from nobat.study.isolation import Isolation, Left, Set

_LABEL = 8
#: Below so many columns the sets are a list.
_NARROW = 72
#: What may be picked, in words.
_PICKED = {
    "both": marked("places and routes"),
    "places": marked("places"),
    "routes": marked("routes"),
}


def sentence(answer: Isolation) -> str:
    """The cheapest set and what it takes."""
    best = answer.cheapest
    known = {"city": _city(answer), "rear": named(answer.titles[answer.rear])}
    if answer.isolated:
        text = _("{city} is isolated from {rear} from the start: no way that the defender can use.")
        return text.format(**known)
    if best is None:
        text = _(
            "No set of {picked} isolates {city} from {rear}: a way over {way} has nothing that can "
            "be picked."
        )
        way = _titles(answer, answer.now.over)
        return text.format(picked=_(_PICKED[answer.by]), way=way, **known)
    text = _("The cheapest way to isolate {city} from {rear} is to {orders}: {persons}.")
    text = text.format(orders=_orders(answer, best), persons=_persons(best.persons), **known)
    return text + _practical(answer, best)


def _practical(answer: Isolation, best: Set) -> str:
    """Where the cheapest set is beyond the attacker's reach: the cheapest that is not."""
    if not best.beyond_reach:
        return ""
    far = _titles(answer, best.beyond_reach)
    near = next((one for one in answer.sets if not one.beyond_reach), None)
    if near is None:
        text = _(
            "The attacker can get to {far} only through the city, or not at all, and no set listed "
            "here is within his reach."
        )
        return f" {text.format(far=far)}"
    text = _(
        "The attacker can get to {far} only through the city, or not at all; the cheapest set "
        "within his reach is to {orders}: {persons}."
    )
    orders, persons = _orders(answer, near), _persons(near.persons)
    return f" {text.format(far=far, orders=orders, persons=persons)}"


def _orders(answer: Isolation, picked: Set | Left) -> str:
    """`hold A and B and cut C`, by their titles."""
    hold = _titles(answer, picked.places)
    cut = _titles(answer, (f"route {name}" for name in picked.routes))
    text = _("hold {places} and cut {routes}")
    if not (hold and cut):
        text = _("hold {places}") if hold else _("cut {routes}")
    return text.format(places=hold, routes=cut) if hold or cut else ""


def _city(answer: Isolation) -> str:
    return _titles(answer, answer.city)


def _titles(answer: Isolation, names: Iterable[str]) -> str:
    return listed(named(answer.titles[name]) for name in names)


def _persons(count: int) -> str:
    return many(count, "{n} person", "{n} persons")


def _ways(left: Left) -> str:
    """How many ways are left, and the shortest of them."""
    if left.km is None:
        return _("no way")
    return many(
        left.ways,
        "{n} way; the shortest is {km} km, {over}",
        "{n} ways that share no route; the shortest is {km} km, {over}",
        km=number(left.km, 0),
        over=" - ".join(map(latin, left.over)),
    )


class Table(Printed):
    """What isolates a city: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, answer: Isolation) -> None:
        self._answer = answer

    def facts(self) -> list[tuple[str, str]]:
        """The ways now, the plan and the budget, each with its heading."""
        answer = self._answer
        facts = [(_("now"), _ways(answer.now)), (_("plan"), self._plan())]
        if answer.budget is not None:
            facts += [(_("budget"), text) for text in self._budget(answer.budget)]
        return facts

    def _plan(self) -> str:
        """Whether what the plan takes before its last stage isolates the city."""
        planned, city = self._answer.plan, _city(self._answer)
        if not planned.stages:
            return _("takes nothing before {city}").format(city=city)
        held = _("before {city} it takes {places} ({persons} to hold)").format(
            city=city, places=_ids(planned.left.places), persons=_persons(planned.left.persons)
        )
        if not planned.isolates:
            text = _("{held}; that does not isolate it: {ways}")
        elif set(planned.needed) == set(planned.left.places):
            text = _("{held}; that isolates it")
        elif not planned.needed:
            text = _("{held}; it is isolated without that")
        else:
            text = _("{held}; that isolates it, and {needed} would be enough")
        return text.format(held=held, ways=_ways(planned.left), needed=_ids(planned.needed))

    def _budget(self, budget: int) -> list[str]:
        """What a budget is enough for, or the best that it can do."""
        answer = self._answer
        fewest, longest = answer.fewest_ways, answer.longest_way
        if fewest is None or longest is None:
            return [_("{persons} are enough").format(persons=_persons(budget))]
        few = _("{persons} are not enough").format(persons=_persons(budget))
        if not (fewest.places or fewest.routes or longest.places or longest.routes):
            idle = _("{persons} are not enough, and change nothing")
            return [idle.format(persons=_persons(budget))]
        if (fewest.ways, fewest.km) == (longest.ways, longest.km):
            both = min((fewest, longest), key=lambda one: len(one.beyond_reach))
            text = _("fewest ways left and longest detour: {best}")
            return [few, text.format(best=self._best(both))]
        return [
            few,
            _("fewest ways left: {best}").format(best=self._best(fewest)),
            _("longest detour: {best}").format(best=self._best(longest)),
        ]

    def _best(self, left: Left) -> str:
        if not (left.places or left.routes):
            return _("as now, {ways}").format(ways=_ways(left))
        return _("{picked} ({persons}): {ways}").format(
            picked=_picked(left), persons=_persons(left.persons), ways=_ways(left)
        )

    def notes(self) -> list[str]:
        """How to read the sets, a sentence each."""
        answer = self._answer
        notes = []
        if answer.sets and not answer.isolated:
            notes.append(self._which())
        notes.append(
            _(
                "Where the scenario does not say, holding a place takes as many as its garrison, "
                "{n} at least, and cutting a route {n}."
            ).format(n=POST_PERSONS)
        )
        shown = (*answer.sets, answer.fewest_ways, answer.longest_way)
        if any(one is not None and one.beyond_reach for one in shown):
            notes.append(_("(!) The attacker's routes lead there only through the city, or never."))
        return notes

    def _which(self) -> str:
        """Which sets are listed: how near to the cheapest, and whether they are all."""
        answer = self._answer
        near = _("as cheap as the cheapest")
        if answer.within:
            share = percent(answer.within, 0)
            near = _("up to {share} above the cheapest").format(share=share)
        if answer.complete:
            text = _("All sets of {picked} {near}; each needs all that it names.")
        else:
            text = _(
                "The {n} cheapest sets (more) of {picked} {near}; each needs all that it names."
            )
        return text.format(n=len(answer.sets), picked=_(_PICKED[answer.by]), near=near)

    def rows(self) -> list[tuple[str, str, str, str]]:
        """The sets: persons, what is held and cut, what is cut off too, the way out."""
        return [
            (
                number(one.persons, 0),
                _picked(one) or _("nothing"),
                _ids(one.with_the_city) or "-",
                _("to {refuges}").format(refuges=_ids(one.refuges)) if one.refuges else _("closed"),
            )
            for one in self._answer.sets
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentence, the facts, the sets, the notes."""
        from rich.text import Text

        answer, width = self._answer, options.max_width
        yield Text(named(answer.title), style="bold")
        yield Text(latin(answer.scenario), style="dim")
        yield Text()
        yield Text(flow(sentence(answer), width))
        yield Text()
        grid = Grid.grid(padding=(0, 2, 0, 0))
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

    def _sets(self, width: int) -> Grid | Text:
        """The sets as a table, or a list where `width` has no room for one."""
        from rich.text import Text

        if width < _NARROW:
            each = _("{persons} persons: {picked}; with it {cut}; way out {out}")
            lines = [
                flow(each.format(persons=persons, picked=picked, cut=cut, out=out), width - 2)
                for persons, picked, cut, out in self.rows()
            ]
            return Text("\n".join(line.replace("\n", "\n  ") for line in lines))
        grid = Grid(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
        grid.add_column(_("persons"), header_style="dim", justify="right", no_wrap=True)
        for heading in (_("set"), _("cut off with the city"), _("way out")):
            grid.add_column(heading, header_style="dim", overflow="fold")
        for row in self.rows():
            grid.add_row(*map(Text, row))
        return grid


def _picked(picked: Set | Left) -> str:
    """`hold a, b; cut c`, by their ids."""
    far = picked.beyond_reach
    hold = joined(latin(name) + (" (!)" if name in far else "") for name in picked.places)
    cut = _ids(picked.routes)
    texts = ((_("hold {places}"), hold), (_("cut {routes}"), cut))
    return parts(text.format(places=hold, routes=cut) for text, them in texts if them)


def _ids(names: Iterable[str]) -> str:
    return joined(map(latin, names))
