"""The sections of the report in their order; one that has nothing to say is left out."""

from __future__ import annotations

from collections.abc import Callable

from nobat.show.report.blocks import Section
from nobat.show.report.material import Material
from nobat.show.report.sections.account import account
from nobat.show.report.sections.after import after
from nobat.show.report.sections.cost import cost
from nobat.show.report.sections.days import days
from nobat.show.report.sections.doctrines import doctrines
from nobat.show.report.sections.made import made
from nobat.show.report.sections.player import player
from nobat.show.report.sections.sides import sides
from nobat.show.report.sections.sources import sources
from nobat.show.report.sections.studies import why
from nobat.show.report.sections.theatre import theatre
from nobat.show.report.sections.verdict import verdict

#: Each makes its section of the material, or None where there is nothing to show.
SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    verdict,
    doctrines,
    why,
    theatre,
    days,
    player,
    sides,
    cost,
    after,
    account,
    sources,
    made,
)


#: Those that need the days, which take the longest to compute: they are made last.
_LATE = (days, sides)


def sections_of(material: Material) -> list[Section]:
    """The sections that have something to show."""
    made = {make: make(material) for make in sorted(SECTIONS, key=_LATE.__contains__)}
    return [section for make in SECTIONS if (section := made[make]) is not None]
