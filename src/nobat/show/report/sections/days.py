"""Day by day: how many layers were in the attacker's hands, over many campaigns."""

from __future__ import annotations

from nobat.show.days_charts import band_chart, band_note
from nobat.show.language import _
from nobat.show.report.blocks import Figure, Figures, Section, Words
from nobat.show.report.material import Material


def days(material: Material) -> Section | None:
    """The band of layers held, a small chart for each doctrine; a word where there is none."""
    if not material.days:
        text = _("The campaigns of this run cannot be computed again here: {why}.")
        words = Words([text.format(why=material.silent)], "quiet")
        return Section("days", _("Day by day"), [words]) if material.silent else None
    titles = {one.name: one.title for one in material.comparison.doctrines}
    figures = [
        Figure(f"band_{one.doctrine}", band_chart(one, titles[one.doctrine], place))
        for place, one in enumerate(material.days)
    ]
    about = _(
        "Layers in the attacker's hands as each day ends. On this page time is counted from the "
        "start: day 0 is the first, and noon of day 18 is 18.5 on an axis."
    )
    note = band_note(material.days[0])
    return Section("days", _("Day by day"), [Figures(figures, note)], about)
