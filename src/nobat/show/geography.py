"""Told distances beside what is measured, with the explanations offered, for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from nobat.account.measure import Gap, Measured, gaps
from nobat.scenario import Scenario
from nobat.show.language import _, latin, listed, named
from nobat.show.layout import indented
from nobat.show.numbers import number, span
from nobat.show.words import as_heading

#: From this length on a distance is told in whole kilometres.
_FAR_KM = 20.0


def km(value: float) -> str:
    """A distance in kilometres: whole ones where it is long."""
    return _("{distance} km").format(distance=_plain(value))


def _plain(value: float) -> str:
    """A distance without its unit."""
    return number(value, 0 if value >= _FAR_KM else 1)


def measured_text(one: Measured) -> str:
    """A told distance beside what is measured, a sentence or two."""
    a, b = map(named, one.titles)
    known = _known(one)
    if not known:
        text = _("{a} and {b} have no positions and no way between them: nothing to measure.")
        return text.format(a=a, b=b)
    sentence = _("{a} and {b} are {known}; told: {km}, {fit}.").format(
        a=a, b=b, known=listed(known), km=km(one.told_km), fit=_fit(one)
    )
    told = [as_heading(sentence)]
    if _stretched(one):
        told.append(_(
            "Nothing is shorter than a straight line: the range of that way begins below it so as "
            "to take in what was told, and is assumed."
        ))  # fmt: skip
    if one.doubtful:
        doubt = _("The position of {places} is not sure.")
        told.append(doubt.format(places=listed(map(named, one.doubtful))))
    return " ".join(told)


def _stretched(one: Measured) -> bool:
    """Whether a told distance lies in the range of the way, though below the straight line."""
    if one.fits is not False or one.geodesic_km is None or one.way_low_km is None:
        return False
    return one.way_low_km <= one.told_km < one.geodesic_km


def _known(one: Measured) -> list[str]:
    """How far two places are apart: in a straight line, and by the shortest way."""
    known = []
    if one.geodesic_km is not None:
        text = _("{km} apart in a straight line")
        known.append(text.format(km=km(one.geodesic_km)))
    if one.way_km is not None:
        ends = span(_plain(one.way_low_km or 0), _plain(one.way_high_km or 0))
        text = _("{km} {ends} by the shortest way of this scenario")
        known.append(text.format(km=km(one.way_km), ends=ends))
    return known


def _fit(one: Measured) -> str:
    """Whether a told distance fits, or by how much it is off."""
    if one.fits is None:
        if (one.way_low_km or 0.0) <= one.told_km <= (one.way_high_km or 0.0):
            return _("within that range, but a position is missing: nothing is measured")
        return _("which cannot be measured: a position is missing")
    if one.fits:
        return _("it fits")
    factor = one.factor or 1.0
    if factor > 1:
        text = _("shorter than the straight line by a factor of {factor}")
        return text.format(factor=number(factor, 1))
    return _("too long by a factor of {factor}").format(factor=number(1 / factor, 1))


def distances(scenario: Scenario) -> RenderableType:
    """Every told distance, measured; nothing where a scenario tells none."""
    found = gaps(scenario)
    if not found:
        return Group()
    parts: list[RenderableType] = [Text(_("Told distances, measured (WGS84)"), style="bold")]
    for gap in found:
        parts += _gap(gap)
    return Group(*parts, Text())


def _gap(gap: Gap) -> list[RenderableType]:
    """One told distance and what explains it."""
    head = Text(f"{latin(gap.claim)}: ", style="dim").append(named(gap.told), style="default")
    lines = [indented(head, 2), indented(Text(measured_text(gap.measured)), 4)]
    for one in gap.explanations:
        measured = _("Not to be measured.")
        if one.measured is not None:
            measured = measured_text(one.measured)
        text = Text(f"{named(one.says)} ").append(measured, style="dim")
        lines.append(indented(text, 6))
    return lines
