"""The step loop as a whole: Monte Carlo against the exact solution of small campaigns (MODEL 15).

Each of the random campaigns is solved exactly, by a second derivation of the step that shares no
code with the model's own, and drawn some thousands of times, each with a seed of its own. Every
outcome that has an exact mean is a family of z-values over the campaigns.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.engine.cpu import simulate
from nobat.engine.exact.fit import unfit
from nobat.engine.exact.solve import Solution, solve
from nobat.engine.plan import build
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario import Scenario
from tests.oracles.small_campaigns import COUNT, DOCTRINE, campaigns
from tests.statistics import family, z_mean, z_share

pytestmark = pytest.mark.slow

DRAWS, FIRST_SEED = 20_000, 1_000
#: Fewer than so many campaigns with something, or without it, are no sample for a normal law.
FEW = 50
KINDS = {outcome.name: outcome.kind for outcome in OUTCOMES}
#: Those that the step loop is there for; every campaign that can show them is in their family.
MAIN = ("secured", "abandoned", "day_secured", "attacker_losses", "defender_losses")
OTHERS = (
    "layers_lost_again", "counterattacks", "duration_d", "day_core_taken", "layers_carried",
    "surrendered", "attacker_present", "defender_present", "defender_reserve", "reinforcements",
    "units_spent", "handovers", "operating_unit_days", "relieving_unit_days", "reserve_unit_days",
    "rest_unit_days", "spent_unit_days", "days_committed", "breaks_by_pressure",
    "breaks_by_losses", "breaks_by_no_reserve", "breaks_by_annihilation",
)  # fmt: skip

Floats = NDArray[np.float64]


class Both(NamedTuple):
    """One campaign, solved and drawn."""

    scenario: Scenario
    exact: Solution
    rows: Floats


@pytest.fixture(scope="module")
def found() -> list[Both]:
    return [
        Both(
            scenario,
            solve(scenario, DOCTRINE),
            simulate(build(scenario, DOCTRINE), FIRST_SEED + n, 0, DRAWS),
        )
        for n, scenario in enumerate(campaigns())
    ]


def z_of(exact: Mapping[str, float], rows: Floats, name: str) -> float | None:
    """How far a drawn outcome lies from its exact mean; None where it says too little."""
    values = rows[:, index(name)]
    values = values[~np.isnan(values)]
    if name not in exact or values.size < FEW:
        return None
    mean = exact[name]
    if KINDS[name] == "share":
        hits = int(values.sum())
        rare = min(mean, 1.0 - mean) * values.size < FEW
        return None if rare else z_share(hits, values.size, mean)
    if (values > values.min()).sum() < FEW or (values < values.max()).sum() < FEW:
        assert mean == pytest.approx(values.mean(), abs=2 * FEW / values.size * np.ptp(values))
        return None
    return z_mean(values, mean)


def zs(found: list[Both], name: str) -> Iterator[float]:
    for one in found:
        z = z_of(one.exact.means, one.rows, name)
        if z is not None:
            yield z


def test_the_campaigns_are_of_all_kinds() -> None:
    given = list(campaigns())
    assert len(given) == COUNT >= 30
    for scenario in given:
        assert unfit(scenario, [DOCTRINE]) == []
    policies = [scenario.policy_of(DOCTRINE) for scenario in given]
    starts = [scenario.doctrines[DOCTRINE].start for scenario in given]
    units = [scenario.attacker.unit_count() for scenario in given]
    layers = [len(scenario.places["fort"].defences()) for scenario in given]
    assert set(units) == set(layers) == {1, 2, 3}
    assert {"rotate", "commit_all", "hold", "pause"} == set(starts)
    assert min(starts.count("rotate"), starts.count("commit_all")) >= 10
    assert sum(policy.overlap_h.value > 0 for policy in policies) >= 10
    assert sum(policy.gap_h.value > 0 for policy in policies) >= 10
    assert len({policy.handover for policy in policies}) == 3
    assert len({scenario.attrition.exponents() for scenario in given}) >= 8
    for switch in (
        [scenario.counterattack.per_day.value > 0 for scenario in given],
        [scenario.defender.reserve.value > 0 for scenario in given],
        [scenario.places["fort"].hold_h.value > 0 for scenario in given],
    ):
        assert min(switch.count(True), switch.count(False)) >= 8


def test_probability_is_neither_made_nor_lost(found: list[Both]) -> None:
    for one in found:
        ends = one.exact.secured.sum() + one.exact.abandoned.sum() + one.exact.undecided
        assert ends + one.exact.left_out == pytest.approx(1.0, abs=1e-12)
        assert one.exact.left_out < 1e-9


@pytest.mark.parametrize("name", MAIN)
def test_the_main_outcomes(found: list[Both], name: str) -> None:
    values = list(zs(found, name))
    assert len(values) >= 40
    family(values)


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_outcomes(found: list[Both], name: str) -> None:
    values = list(zs(found, name))
    assert len(values) >= 10
    family(values)


def test_when_it_is_secured(found: list[Both]) -> None:
    """The chance of having secured the place by the median day, of those secured."""
    values = []
    for exact, rows in ((one.exact, one.rows) for one in found):
        by_then = np.cumsum(exact.secured)
        step = int(np.searchsorted(by_then, 0.5 * by_then[-1]))
        chance, day = float(by_then[step]), exact.days[step]
        if min(chance, 1.0 - chance) * DRAWS >= FEW:
            drawn = rows[:, index("day_secured")]
            hits = int((drawn <= day + 1e-9).sum())
            values.append(z_share(hits, DRAWS, chance))
    assert len(values) >= 40
    family(values)


def test_all_of_them_together(found: list[Both]) -> None:
    """Outcomes of one campaign hang together, so the mean of z^2 scatters more than its family."""
    values = np.array([z for name in (*MAIN, *OTHERS) for z in zs(found, name)])
    assert values.size > 700
    assert math.isclose(float(np.mean(values**2)), 1.0, abs_tol=0.35)
