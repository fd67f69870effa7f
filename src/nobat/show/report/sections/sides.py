"""Both sides' effectiveness, and supply: means over the campaigns that are still going."""

from __future__ import annotations

from nobat.show.days_charts import value_chart
from nobat.show.language import _
from nobat.show.report.blocks import Block, Figure, Figures, Part, Section
from nobat.show.report.material import Material
from nobat.study.daily import LEAST


def sides(material: Material) -> Section | None:
    """How tired both sides were and how long supply lasted; what the scenario lacks is left out."""
    if not material.days:
        return None
    blocks: list[Block] = [*_effectiveness(material), *_supply(material)]
    if not blocks:
        return None
    about = _(
        "Means over the campaigns that went on into each day, of those that were computed again. "
        "A curve ends where fewer than {least} did."
    ).format(least=LEAST)
    return Section("sides", _("Sleep and supply"), blocks, about)


def _effectiveness(material: Material) -> list[Block]:
    """What a lack of sleep leaves of both sides; nothing where nobody tires."""
    if material.scenario.sleep.model == "none":
        return []
    unit = _("effectiveness, %")
    charts = [
        value_chart(
            material.days, "attacker_effectiveness", title=_("Attackers at the posts"), unit=unit,
            note=_("Mean effectiveness of the units at the posts, by day; 100 % is fully rested."),
            as_share=True,
        ),
        value_chart(
            material.days, "defender_effectiveness", title=_("Defenders in contact"), unit=unit,
            note=_("Mean effectiveness of the layers in contact, by day; 100 % is fully rested."),
            as_share=True,
        ),
    ]  # fmt: skip
    names = ("effect_attacker", "effect_defender")
    figures = [Figure(name, chart) for name, chart in zip(names, charts, strict=True)]
    return [Part(_("Effectiveness of both sides"), [Figures(figures)])]


def _supply(material: Material) -> list[Block]:
    """The attacker's stock and what a lack of it leaves; nothing where there is always enough."""
    if material.scenario.attacker.supply is None:
        return []
    charts = [
        value_chart(
            material.days, "stock_t", title=_("Attacker's stock"), unit=_("tonnes"),
            note=_("Supplies at the front as each day ends."),
        ),
        value_chart(
            material.days, "supply_share", title=_("Supplied"), unit=_("% of full"),
            note=_("What short supplies leave of the fighting; 100 % where nothing is short."),
            as_share=True,
        ),
    ]  # fmt: skip
    figures = [
        Figure(name, chart) for name, chart in zip(("stock", "supplied"), charts, strict=True)
    ]
    return [Part(_("Supply of the attacker"), [Figures(figures)])]
