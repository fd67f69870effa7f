"""Told distances beside what is measured, with the explanations offered, for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from nobat.account.measure import Gap, Measured, gaps
from nobat.scenario import Scenario
from nobat.show.numbers import number

#: From this length on a distance is told in whole kilometres.
_FAR_KM = 20.0


def km(value: float, unit: str = " km") -> str:
    """A distance: whole kilometres where it is long."""
    return f"{number(value, 0 if value >= _FAR_KM else 1)}{unit}"


def measured_text(one: Measured) -> str:
    """A told distance beside what is measured, a sentence or two."""
    a, b = one.titles
    known = []
    if one.geodesic_km is not None:
        known.append(f"{km(one.geodesic_km)} apart in a straight line")
    if one.way_km is not None:
        ends = f" [{km(one.way_low_km or 0, '')}, {km(one.way_high_km or 0, '')}]"
        known.append(f"{km(one.way_km)}{ends} by the shortest way of this scenario")
    if not known:
        return f"{a} and {b} have no positions and no way between them: nothing to measure."
    doubt = f" The position of {' and '.join(one.doubtful)} is not sure." if one.doubtful else ""
    names = f"{a} and {b}"
    start = f"{names[0].upper()}{names[1:]} are {' and '.join(known)}"
    return f"{start}; told: {km(one.told_km)}, {_fit(one)}.{doubt}"


def _fit(one: Measured) -> str:
    """Whether a told distance fits, or by how much it is off."""
    if one.fits is None:
        return "which cannot be measured: a position is missing"
    return "it fits" if one.fits else f"off by a factor of {number(_off(one.factor), 1)}"


def _off(factor: float | None) -> float:
    """How far off a distance is, whichever way: 1 or more."""
    there = factor or 1.0
    return max(there, 1.0 / there)


def distances(scenario: Scenario) -> RenderableType:
    """Every told distance, measured; nothing where a scenario tells none."""
    found = gaps(scenario)
    if not found:
        return Group()
    parts: list[RenderableType] = [Text("Told distances, measured (WGS84)", style="bold")]
    for gap in found:
        parts += _gap(gap)
    return Group(*parts, Text())


def _gap(gap: Gap) -> list[RenderableType]:
    """One told distance and what explains it."""
    head = Text(f"{gap.claim}: ", style="dim").append(gap.told, style="default")
    lines = [Padding(head, (0, 0, 0, 2)), Padding(Text(measured_text(gap.measured)), (0, 0, 0, 4))]
    for one in gap.explanations:
        measured = "Not to be measured." if one.measured is None else measured_text(one.measured)
        text = Text(f"{one.says} ").append(measured, style="dim")
        lines.append(Padding(text, (0, 0, 0, 6)))
    return list(lines)
