"""Comparisons with figures of one's choice, to see what is said about them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nobat.engine.plan import build
from nobat.model.outcome import OUTCOMES, index
from nobat.study.compare import compare
from nobat.study.comparison import Comparison
from tests.small import small


def comparison(
    folder: Path,
    chances: Mapping[str, float],
    losses: Mapping[str, float],
    replications: int = 200,
    *,
    going: Mapping[str, float] | None = None,
    others: Mapping[str, Mapping[str, float]] | None = None,
) -> Comparison:
    """Doctrines of the small scenario that secure the place and lose persons as told.

    chances: the share of replications that each secures, on the same luck: the first ones.
    losses: the mean losses; they vary by one person up and down. going: the share still going at
    the horizon, the last ones; all others are given up. others: further outcomes, by doctrine.
    """
    scenario = small()
    place = {_mark(build(scenario, name)): name for name in scenario.doctrines}

    def engine(plan: object, _seed: int, first: int, count: int) -> NDArray[np.float64]:
        name = place[_mark(plan)]
        rows = np.zeros((count, len(OUTCOMES)))
        secured = np.arange(first, first + count) < chances[name] * replications
        rows[:, index("secured")] = secured
        ended = replications - round((going or {}).get(name, 0.0) * replications)
        left = np.arange(first, first + count) >= ended
        rows[:, index("abandoned")] = ~secured & ~left
        rows[:, index("day_secured")] = np.where(secured, 5.0, np.nan)
        rows[:, index("attacker_losses")] = losses[name] + np.arange(count) % 2 * 2 - 1
        for outcome, value in (others or {}).get(name, {}).items():
            rows[:, index(outcome)] = value
        return rows

    return compare(
        scenario,
        doctrines=list(chances),
        replications=replications,
        out=folder / "run",
        simulate=engine,
    )


def _mark(plan: object) -> str:
    """Something by which the plans of different doctrines differ."""
    return repr(plan)
