"""The doctrines side by side: what each orders, its estimates, the differences pair by pair."""

from __future__ import annotations

from collections.abc import Sequence

from nobat.scenario.doctrine import OBSERVABLES, Doctrine
from nobat.show import aftermath, horizon, way_home
from nobat.show.charts import curves
from nobat.show.happened import CORRIDOR, POSTURE_WORDS
from nobat.show.language import _, joined, latin, named
from nobat.show.numbers import mean_text, number, places_for, share_interval
from nobat.show.report.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Folded,
    Listed,
    Section,
    Table,
    estimate_cell,
)
from nobat.show.report.figures import doctrine_table
from nobat.show.report.material import Material
from nobat.show.tables import COLUMNS
from nobat.show.tables import Table as TextTable
from nobat.show.words import as_heading, outcome_label
from nobat.study.comparison import Comparison, Difference
from nobat.study.names import plain

#: How a note of the table in a terminal begins that tells what its mark means.
_STAR = "* "


def doctrines(material: Material) -> Section:
    """What was compared, and how it came out."""
    comparison = material.comparison
    table = TextTable(comparison)
    after = (
        *horizon.notes(comparison), *way_home.notes(comparison), *aftermath.notes(comparison)
    )  # fmt: skip
    note = " ".join(_unmarked(text) for text in table.notes() if text not in after)
    blocks: list[Block] = [
        Listed([_doctrine(material, one.name) for one in comparison.doctrines]),
        *_endings(comparison),
        doctrine_table(
            comparison, COLUMNS, name="outcomes", caption=_("How soon, and at what cost")
        ),
        doctrine_table(
            comparison, table.more(), name="courses", caption=_("What happened on the way"),
            note=note,
        ),
        Figure("by_day", curves(comparison)),
    ]  # fmt: skip
    if comparison.differences:
        blocks.append(Folded(_("Differences, pair by pair"), [_differences(comparison)]))
    return Section("doctrines", _("Doctrines side by side"), blocks)


def _endings(comparison: Comparison) -> list[Block]:
    """How campaigns ended that were not secured, beside those that were; none where all were."""
    columns = horizon.columns(comparison)
    if not columns:
        return []
    note = " ".join(horizon.notes(comparison))
    caption = _("How campaigns ended")
    every = (*COLUMNS[:1], *columns)
    return [doctrine_table(comparison, every, name="endings", caption=caption, note=note)]


def _unmarked(note: str) -> str:
    """A note of the table as it stands below this one, which marks the best by bold letters."""
    marked = note.removeprefix(_STAR)
    return note if marked == note else _("In bold: {what}").format(what=marked)


def _doctrine(material: Material, name: str) -> tuple[str, str, Sequence[str]]:
    """A doctrine's name, its title, what it is and orders."""
    doctrine = material.scenario.doctrines[name]
    return name, named(doctrine.title), [*filter(None, [_(doctrine.about)]), _rules(doctrine)]


def _rules(doctrine: Doctrine) -> str:
    """What a doctrine orders, in words."""
    start = _("Begins with: {orders}.").format(orders=_(POSTURE_WORDS[doctrine.start]))
    rules = [
        _("When `{when}`: {orders}{latch}.").format(
            when=rule.when,
            orders=joined(_orders(rule.posture, rule.posts, rule.fire, rule.corridor)),
            latch=_(", and from then on") if rule.latch else "",
        )
        for rule in doctrine.rules
    ]
    rules += _observed(doctrine)
    if doctrine.corridor == "closed":
        start += " " + _("The way out is closed.")
    return " ".join([start, *rules])


def _observed(doctrine: Doctrine) -> list[str]:
    """What the names in a doctrine's rules mean."""
    read = [rule.condition().observable for rule in doctrine.rules]
    meanings = {one.name: one.meaning for one in OBSERVABLES}
    return [f"`{name}`: {_(meanings[name])}" for name in dict.fromkeys(read)]


def _orders(
    posture: str | None, posts: object, fire: str | None, corridor: str | None
) -> list[str]:
    """What a rule orders, in words."""
    found = [_(POSTURE_WORDS[posture])] if posture else []
    if posts is not None:
        value = getattr(posts, "value", 0)
        found.append(_("{n} posts").format(n=number(float(value), 0)))
    found += [_("fire {policy}").format(policy=latin(fire))] if fire else []
    found += [_(CORRIDOR[corridor])] if corridor else []
    return found


def _differences(comparison: Comparison) -> Table:
    """Every pair on every main outcome: the paired difference and its interval."""
    heads = [
        Column("a", _("doctrine"), numeric=False),
        Column("b", _("minus"), numeric=False),
        Column("outcome", _("outcome"), numeric=False),
        Column("difference", _("difference")),
    ]
    rows = [
        [Cell(d.a, d.a), Cell(d.b, d.b), Cell(_outcome(d.outcome), d.outcome),
         _difference(d)]
        for d in comparison.differences
    ]  # fmt: skip
    note = _("On the same luck, so pair by pair; 95 % intervals (Student's t). Shares: in points.")
    return Table("differences", _("Differences of doctrines"), heads, rows, note, tall=True)


def _outcome(key: str) -> str:
    """What a difference is of; where both have to have it, that too."""
    label = as_heading(outcome_label(plain(key)))
    return _("{outcome}, where both have it").format(outcome=label) if "_if_both" in key else label


def _difference(one: Difference) -> Cell:
    """A difference; of shares in percentage points."""
    found = one.estimate
    if one.outcome.startswith("p_") and found.mean is not None:
        text = _("{points} points").format(points=number(100 * found.mean, 1))
        return estimate_cell(found, f"{text}\n{share_interval(found)}")
    return estimate_cell(found, mean_text(found, places_for([found]), "\n"))
