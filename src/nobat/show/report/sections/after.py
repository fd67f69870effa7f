"""After the battle: who is left, what they do in the year after, and the way home of residents."""

from __future__ import annotations

from nobat.show import aftermath, way_home
from nobat.show.charts import intervals
from nobat.show.language import _
from nobat.show.report.blocks import Block, Figure, Figures, Part, Section
from nobat.show.report.figures import doctrine_table
from nobat.show.report.material import Material
from nobat.study.names import outcome_named


def after(material: Material) -> Section | None:
    """What follows; None where the scenario does not look beyond the end."""
    blocks: list[Block] = [*_attacks(material), *_home(material)]
    return Section("after", _("After the battle"), blocks) if blocks else None


def _attacks(material: Material) -> list[Block]:
    """The attacks of those who are left."""
    comparison = material.comparison
    columns = aftermath.columns(comparison)
    if not columns:
        return []
    names = ("residual_force", "attacks_after")
    charts = Figures([Figure(n, intervals(comparison, outcome_named(n))) for n in names])
    table = doctrine_table(
        comparison, columns, name="attacks", caption=_("Who is left, and their attacks"),
        note=" ".join(aftermath.notes(comparison)),
    )  # fmt: skip
    return [Part(_("Those who are left"), [charts, table])]


def _home(material: Material) -> list[Block]:
    """The way home of the residents."""
    comparison = material.comparison
    columns = way_home.columns(comparison)
    if not columns:
        return []
    table = doctrine_table(
        comparison, columns, name="way_home", caption=_("The way home"),
        note=" ".join(way_home.notes(comparison)),
    )  # fmt: skip
    return [Part(_("The way home of the residents"), [table])]
