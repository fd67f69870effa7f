"""The mean field: one course of events, without luck."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.engine import cpu, mean_field
from nobat.engine.plan import build
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario import Scenario, load
from tests.small import small


@pytest.mark.parametrize("scenario", [small(), load("abu-kamal-2017")], ids=lambda s: str(s.name))
def test_no_luck_enters(scenario: Scenario) -> None:
    for doctrine in scenario.doctrines:
        row = mean_field.solve(scenario, doctrine)
        assert row.shape == (len(OUTCOMES),)
        plan = build(scenario, doctrine, expected=True)
        for seed, replication in ((1, 0), (2, 7), (2**40, 10**6)):
            other = cpu.simulate(plan, seed, replication, 1)[0]
            np.testing.assert_array_equal(row, other)
        random = scenario.with_values({"run.events": "deterministic", "run.seed": 9})
        np.testing.assert_array_equal(row, mean_field.solve(random, doctrine))


def test_what_happens_is_0_or_1_and_persons_are_fractional() -> None:
    row = mean_field.solve(small(), "commit-all")
    assert row[index("secured")] == 1.0
    assert 0.0 < row[index("day_secured")] <= 20.0
    assert row[index("attacker_losses")] % 1.0 > 0.0
    held = mean_field.solve(small(), "wait")
    assert held[index("secured")] == 0.0
    assert np.isnan(held[index("day_secured")])


def test_every_break_is_shared_out_over_its_causes() -> None:
    causes = [n for n, outcome in enumerate(OUTCOMES) if outcome.name.startswith("breaks_by_")]
    for doctrine in ("rotate", "commit-all"):
        row = mean_field.solve(small(), doctrine)
        broken = row[index("layers_carried")] + row[index("layers_lost_again")]
        assert row[causes].sum() == pytest.approx(broken)
        assert (row[causes] % 1.0 > 0.0).any()


def test_an_unknown_doctrine_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        mean_field.solve(small(), "nobody")


def test_a_unit_of_less_than_half_a_person_is_nobody() -> None:
    # Thresholds far above what a unit has: it ends only when nobody is left of it.
    scenario = small().with_values(
        {"breaking.unit.mean_loss_share": 1, "attrition.defender_rate": 400,
         "breaking.abandon_share": 1, "breaking.layer.hazard_per_day": 0}
    )  # fmt: skip
    row = mean_field.solve(scenario, "commit-all")
    assert row[index("abandoned")] == 1.0
    assert row[index("attacker_present")] < 6 * 0.5
