"""`nobat check` of a crews scenario: what is in it, and where its numbers come from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nobat.cli.output import DONE, emit, show
from nobat.show.language import _, joined, latin, named

if TYPE_CHECKING:
    from nobat import Crews


def check_crews(scenario: Crews, sources: bool, json: bool) -> int:
    """Say what is in a crews scenario; with `sources` every number with its source."""
    from nobat.scenario import quantities
    from nobat.show.choices import choices

    numbers = [quantity for _, quantity, _ in quantities(scenario)]
    answer: dict[str, Any] = {
        "scenario": scenario.name,
        "kind": scenario.kind,
        "title": scenario.title,
        "crews": [
            {"name": name, "title": crew.title, "count": crew.count.value}
            for name, crew in scenario.crews.items()
        ],
        "posts": [
            {"name": name, "title": post.title, "crews": list(post.crews), "surge": post.surge}
            for name, post in scenario.posts.items()
        ],
        "days": [scenario.run.from_d, scenario.run.horizon_d],
        "numbers": {
            "all": len(numbers),
            "with_source": sum(bool(quantity.source) for quantity in numbers),
            "by_basis": dict(Counter(quantity.basis for quantity in numbers)),
        },
    }
    if sources:
        answer["quantities"] = [
            {"path": path} | quantity.plain() for path, quantity, _ in quantities(scenario)
        ]
        answer["choices"] = [one.to_json() for one in choices(scenario)]
        answer["sources"] = {
            name: one.model_dump(mode="json") for name, one in scenario.sources.items()
        }
    if json:
        emit(answer)
        return DONE
    _print(scenario, answer, sources)
    return DONE


def _print(scenario: Crews, answer: dict[str, Any], sources: bool) -> None:
    """The summary as a few lines for people."""
    from rich.text import Text

    from nobat.show.layout import Grid

    numbers = answer["numbers"]
    bases = joined(f"{count} {_(basis)}" for basis, count in numbers["by_basis"].items())
    crews = joined(f"{one['count']} {_kind(one['title'])}" for one in answer["crews"])
    surge = _("{post} (surge)")
    posts = joined(
        surge.format(post=latin(one["name"])) if one["surge"] else latin(one["name"])
        for one in answer["posts"]
    )
    known = _("{all}: {bases}; {n} with a source")
    known = known.format(all=numbers["all"], bases=bases, n=numbers["with_source"])
    first, last = answer["days"]
    grid = Grid.grid(padding=(0, 2))
    for name, text in (
        (_("crews"), crews),
        (_("posts"), posts),
        (_("days"), _("{first} to {last}").format(first=first, last=last - 1)),
        (_("numbers"), known),
    ):
        grid.add_row(Text(name, style="dim"), Text(text))
    below = _("{name}: nothing wrong with it").format(name=latin(scenario.name))
    show(Text(named(scenario.title), style="bold"), Text(below, style="dim"), grid)
    if sources:
        from nobat.show.sources import Numbers, origins

        show("", Numbers(scenario), origins(scenario))


def _kind(title: str) -> str:
    """What crews are, inside a sentence."""
    found = named(title)
    return found.lower() if _(title) == title else found
