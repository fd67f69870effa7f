"""Which doctrines of a run to ask `why` about, where none are named."""

from __future__ import annotations

from nobat.scenario import Scenario
from nobat.study.comparison import Comparison
from nobat.study.estimates import paired_difference
from nobat.study.unlike import fight_alike, unlike
from nobat.study.why_result import Nearer


def pair_of(comparison: Comparison, scenario: Scenario) -> tuple[str, str] | None:
    """The best doctrine, and the best of those that fight differently and are clearly behind.

    Fight differently: their duties are not the same whatever happens, so that a mechanism can make
    the difference. Clearly: the paired difference of the chance of taking the place leaves out 0.
    The next best one that fights differently where none of them is clearly behind, the next best of
    all where none fights differently; None where there is one doctrine only.
    """
    best, *others = _ranked(comparison)
    rivals = [name for name in others if not fight_alike(scenario, best, name)] or others
    lows = {name: comparison.difference(best, name, "secured").low for name in rivals}
    behind = [name for name, low in lows.items() if low is not None and low > 0]
    return (best, (behind or rivals)[0]) if rivals else None


def between(comparison: Comparison, scenario: Scenario, b: str, outcome: str) -> tuple[Nearer, ...]:
    """The doctrines that come between the best one of a run and another, the best of them first.

    outcome: the one in which their difference from the best one is told.
    """
    best, *others = _ranked(comparison)
    own = comparison.values(best, outcome)
    return tuple(
        Nearer(
            name,
            paired_difference(own, comparison.values(name, outcome)),
            unlike(scenario, best, name),
        )
        for name in others[: others.index(b)]
    )


def _ranked(comparison: Comparison) -> list[str]:
    """The doctrines, the best one first; the rest by their chance of taking the place."""
    best = comparison.best.doctrine
    others = [one for one in comparison.doctrines if one.name != best]
    others.sort(key=lambda one: -(one["p_secured"].mean or 0.0))
    return [best, *(one.name for one in others)]
