"""Where every number comes from: its basis, its range, its sources; and what is contested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from nobat.scenario import Quantity, Scenario, quantities
from nobat.scenario.record import Contested
from nobat.show.choices import CHOSEN, Choice, basis, choices
from nobat.show.language import _, joined, latin, named, parts
from nobat.show.numbers import number, percent
from nobat.show.report.blocks import Block, Cell, Column, Folded, Listed, Section, Table, Words
from nobat.show.report.material import Material


def sources(material: Material) -> Section:
    """All numbers with their pedigree, the sources, the contested matters."""
    scenario = material.scenario
    blocks: list[Block] = [Words([_bases(scenario)]), _numbers(scenario)]
    if scenario.sources:
        listed = Listed(list(_origins(scenario)), "list")
        blocks.append(Folded(_sources_title(scenario), [listed], printed=True))
    if scenario.contested:
        title = _("Where the account and the record differ ({n})")
        entries = [(one.id, named(one.matter), list(_matter(one))) for one in scenario.contested]
        folded = Folded(title.format(n=len(entries)), [Listed(entries, "list")], printed=True)
        blocks.append(folded)
    about = _("Every number of the scenario as it was run, with its range, its basis and why.")
    return Section("sources", _("Sources"), blocks, about)


def basis_words() -> dict[str, str]:
    """The bases of numbers as people read them."""
    return {
        "account": _("the told account"),
        "record": _("the public record"),
        "published": _("publications"),
        "derived": _("derived"),
        "assumed": _("assumed"),
    }


def _bases(scenario: Scenario) -> str:
    """How many numbers rest on what."""
    found = Counter(one.basis for _path, one, _kind in quantities(scenario))
    total, words = sum(found.values()), basis_words()
    each = joined(
        _("{basis} {n} ({share})").format(
            basis=words[basis], n=number(n, 0), share=percent(n / total)
        )
        for basis, n in found.most_common()
    )
    return _("Of {total} numbers: {parts}.").format(total=number(total, 0), parts=each)


def _numbers(scenario: Scenario) -> Table:
    """The table of all numbers."""
    heads = [
        Column("number", _("number"), numeric=False, path=True),
        Column("value", _("value")),
        Column("unit", _("unit"), numeric=False),
        Column("low", _("from")),
        Column("high", _("to")),
        Column("basis", _("basis"), numeric=False),
        Column("source", _("sources, and why"), numeric=False),
    ]
    words = basis_words()
    rows = [_row(path, one, words) for path, one, _kind in quantities(scenario)]
    rows += map(_chosen, choices(scenario))
    return Table(
        "numbers", _("Every number"), heads, rows, filter=_("Show only those with"), tall=True
    )


def _row(path: str, one: Quantity, words: dict[str, str]) -> list[Cell]:
    why = parts(filter(None, (joined(map(latin, one.source)), named(one.note))))
    given = "; ".join(filter(None, (", ".join(one.source), one.note)))
    return [
        Cell(latin(path), path),
        Cell(_plain(one.value), one.value),
        Cell(_(one.unit or ""), one.unit or ""),
        Cell(_plain(one.low), one.low),
        Cell(_plain(one.high), one.high),
        Cell(words[one.basis], one.basis),
        Cell(why, given),
    ]


def _chosen(one: Choice) -> list[Cell]:
    """A choice of the study among the numbers."""
    return [
        Cell(latin(one.path), one.path),
        Cell(_plain(one.value), one.value),
        Cell(_(one.unit), one.unit),
        Cell("", None),
        Cell("", None),
        Cell(basis(), CHOSEN),
        Cell(_(one.why), one.why),
    ]


def _plain(value: float | None) -> str:
    """A number as short as it can be written."""
    return "" if value is None else f"{value:,.10g}"


def _sources_title(scenario: Scenario) -> str:
    return _("Sources ({n})").format(n=len(scenario.sources))


def _origins(scenario: Scenario) -> Iterator[tuple[str, str, list[str]]]:
    """Every source: id, title, who speaks and where, what of it could be read."""
    for name, source in scenario.sources.items():
        yield (
            name,
            named(source.title),
            [*filter(None, (named(source.stance), latin(source.where), named(source.note)))],
        )


def _matter(one: Contested) -> Iterator[str]:
    """What both sides say of a contested matter, and what can be said."""
    parts = (
        (_("Account: {text}"), _(one.account)),
        (_("Record: {text}"), _(one.record)),
        (_("Finding: {text}"), _(one.finding)),
        (_("Sources: {text}"), joined(map(latin, one.sources))),
        (_("Bears on: {text}"), joined(f"`{path}`" for path in one.bears_on)),
    )
    for form, text in parts:
        if text:
            yield form.format(text=text)
