"""Own losses against harm: what sparing residents costs, doctrine by doctrine."""

from __future__ import annotations

from nobat.show.charts import intervals
from nobat.show.harm_chart import harm_chart
from nobat.show.language import _
from nobat.show.report.blocks import Block, Figure, Figures, Section
from nobat.show.report.material import Material
from nobat.study.names import outcome_named


def cost(material: Material) -> Section:
    """Losses of both sides, and harm where fire can be mistaken."""
    comparison = material.comparison
    losses = Figures(
        [
            Figure("attacker_losses", intervals(comparison, outcome_named("attacker_losses"))),
            Figure("defender_losses", intervals(comparison, outcome_named("defender_losses"))),
        ]
    )
    if material.scenario.fire is None:
        return Section("cost", _("Losses"), [losses])
    blocks: list[Block] = [Figure("harm", harm_chart(comparison)), losses]
    return Section("cost", _("Own losses against harm"), blocks)
