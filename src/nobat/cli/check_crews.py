"""`nobat check` of a crews scenario: what is in it, and where its numbers come from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nobat.cli.output import DONE, emit, show

if TYPE_CHECKING:
    from nobat import Crews


def check_crews(scenario: Crews, sources: bool, json: bool) -> int:
    """Say what is in a crews scenario; with `sources` every number with its source."""
    from nobat.scenario import quantities

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
    from rich.table import Table
    from rich.text import Text

    bases = ", ".join(f"{count} {basis}" for basis, count in answer["numbers"]["by_basis"].items())
    crews = ", ".join(f"{one['count']} {one['title'].lower()}" for one in answer["crews"])
    posts = ", ".join(
        f"{one['name']}{' (surge)' if one['surge'] else ''}" for one in answer["posts"]
    )
    known = answer["numbers"]["with_source"]
    first, last = answer["days"]
    grid = Table.grid(padding=(0, 2))
    for name, text in (
        ("crews", crews),
        ("posts", posts),
        ("days", f"{first} to {last - 1}"),
        ("numbers", f"{answer['numbers']['all']}: {bases}; {known} with a source"),
    ):
        grid.add_row(Text(name, style="dim"), Text(text))
    below = Text(f"{scenario.name}: nothing wrong with it", style="dim")
    show(Text(scenario.title, style="bold"), below, grid)
    if sources:
        from nobat.show.sources import Numbers, origins

        show("", Numbers(scenario), origins(scenario))
