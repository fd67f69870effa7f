"""A scenario's claims, and which of its numbers nobody vouches for, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from nobat.scenario import Crews, Scenario, quantities
from nobat.show.audit_record import asked_text
from nobat.show.language import _, joined, latin, named
from nobat.show.layout import Grid, indented


def unsourced(scenario: Scenario | Crews) -> list[str]:
    """The paths of the numbers without a source, in order."""
    return [path for path, one, _kind in quantities(scenario) if not one.source]


def told_only(scenario: Scenario | Crews) -> list[str]:
    """The paths of the numbers that only the told account gives, in order."""
    return [path for path, one, _kind in quantities(scenario) if one.basis == "account"]


def vouched(scenario: Scenario | Crews) -> RenderableType:
    """The numbers without a source, and those that only the account gives."""
    parts: list[RenderableType] = [Text(bases_text(), style="dim"), Text()]
    for paths, title in (
        (told_only(scenario), _("Numbers that only the account gives ({n})")),
        (unsourced(scenario), _("Numbers without a source ({n})")),
    ):
        heading = Text(title.format(n=len(paths)), style="bold")
        parts += [heading, _grouped(paths), Text()]
    return Group(*parts)


def bases_text() -> str:
    """What the words for the basis of a number mean."""
    return _(
        "Basis: account, only the told account has it; record, the public record; published, "
        "research; derived, worked out from others; assumed, nobody has it, and a source that "
        "stands beside it says only what it was held against; choice of the study, what whoever "
        "asks has to set."
    )


def _grouped(paths: Iterable[str]) -> RenderableType:
    """Paths, those of one part on one line."""
    parts: dict[str, list[str]] = {}
    for path in paths:
        above, _dot, name = path.rpartition(".")
        parts.setdefault(above, []).append(name)
    if not parts:
        return indented(Text(_("none"), style="dim"), 2)
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for above, names in parts.items():
        grid.add_row(Text(latin(above)), Text(joined(map(latin, names))))
    return indented(grid, 2)


def claims(scenario: Scenario) -> RenderableType:
    """The claims, each with what is asked of the model, and the record; nothing without claims."""
    if not scenario.claims:
        return Group()
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for one in scenario.claims:
        tested = _("Tested: {test}").format(test=named(one.test.says))
        text = Text(f"{named(one.told)} ").append(tested, style="dim")
        grid.add_row(Text(latin(one.id), style="dim"), text)
    title = Text(_("Claims (`nobat audit` puts them to the model)"), style="bold")
    return Group(Text(), title, indented(grid, 2), *_dated(scenario))


def _dated(scenario: Scenario) -> Iterator[RenderableType]:
    """The dated record: what it has, what is asked for that, and what stands for what was done."""
    if scenario.record is None:
        return
    record = scenario.record
    yield Text()
    yield Text(_("The dated record (`nobat audit` weighs claims by it)"), style="bold")
    for way in record.stand_ins:
        says = _("{id}: {says}").format(id=latin(way.id), says=named(way.says))
        yield indented(Text(says, style="dim"), 2)
    for target in record.targets:
        asked = _("{id}: {what} Asked: {asked}. {sources}").format(
            id=latin(target.id),
            what=named(target.what),
            asked=asked_text(target),
            sources=joined(map(latin, target.source)),
        )
        yield indented(Text(asked.rstrip()), 2)
    if record.note:
        yield indented(Text(named(record.note), style="dim"), 2)


def to_json(scenario: Scenario) -> dict[str, Any]:
    """What `nobat check --sources --json` says of this."""
    from nobat.account.measure import gaps

    return {
        "without_source": unsourced(scenario),
        "account_only": told_only(scenario),
        "told_distances": [gap.to_json() for gap in gaps(scenario)],
        "claims": [claim.model_dump(mode="json") for claim in scenario.claims],
        "record": None if scenario.record is None else scenario.record.model_dump(mode="json"),
    }
