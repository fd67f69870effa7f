"""The exact solution of small campaigns, against campaigns worked out by hand in fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from nobat.engine.exact.law import TooLargeError
from nobat.engine.exact.numbers import read
from nobat.engine.exact.solve import Campaign, Solution, solve
from tests.tiny import busy, duel

EXACT = 1e-12


def near(value: float | Fraction) -> object:
    return pytest.approx(float(value), abs=EXACT)


def test_a_duel_for_a_core() -> None:
    """Each day it falls with 1/2 + 1/2 x 1/3; else the attacker is gone with 1/4, or it goes on."""
    falls = Fraction(1, 2) + Fraction(1, 2) * Fraction(1, 3)
    gone, goes_on = (1 - falls) * Fraction(1, 4), (1 - falls) * Fraction(3, 4)
    found = solve(duel(), "go", least=0.0)
    for day in range(3):
        assert found.secured[day] == near(goes_on**day * falls)
        assert found.abandoned[day] == near(goes_on**day * gone)
    days = sum(goes_on**day for day in range(3))
    assert found.undecided == near(goes_on**3)
    assert found.left_out == 0.0
    expected = {
        "secured": days * falls,
        "abandoned": days * gone,
        "attacker_losses": days * Fraction(1, 4),
        "defender_losses": days * Fraction(1, 2),
        "surrendered": days * Fraction(1, 6),
        "breaks_by_annihilation": days * Fraction(1, 2),
        "breaks_by_pressure": days * Fraction(1, 6),
        "units_spent": days * Fraction(1, 4),
        "layers_carried": days * falls,
        "operating_unit_days": days,
        "duration_d": days,
        "layers_lost_again": Fraction(0),
    }
    for name, value in expected.items():
        assert found.means[name] == near(value), name
    first = sum((day + 1) * goes_on**day * falls for day in range(3))
    assert found.means["day_secured"] == near(first / (days * falls))


def test_a_core_that_the_reserve_retakes() -> None:
    """Nobody falls; a core breaks with 1/3, and while it is held it is lost with 1/2 x 1/2.

    An attack comes with 1/2, and one against one succeeds with 1/(1 + 1). The reserve then stands
    in the core, and there is no second.
    """
    scenario = duel(
        {
            "places.fort.hold_h": 24,
            "defender.reserve": 1,
            "attrition.attacker_rate": 0,
            "attrition.defender_rate": 0,
            "counterattack.per_day": math.log(2),
            "run.horizon_d": 4,
        }
    )
    found = solve(scenario, "go", least=0.0)
    third, quarter = Fraction(1, 3), Fraction(1, 4)
    # Standing with the reserve behind it, held with it there; standing and held without.
    whole, held, alone, safe = Fraction(1), Fraction(0), Fraction(0), Fraction(0)
    again, tried = Fraction(0), Fraction(0)
    for day in range(4):
        secured = held * (1 - quarter) + safe
        tried += held * Fraction(1, 2) + safe * Fraction(1, 2)
        again += held * quarter
        whole, held, alone, safe = (
            whole * (1 - third), whole * third, alone * (1 - third) + held * quarter, alone * third,
        )  # fmt: skip
        assert found.secured[day] == near(secured)
    assert found.undecided == near(whole + held + alone + safe)
    assert found.means["layers_lost_again"] == near(again)
    assert found.means["counterattacks"] == near(tried)
    assert found.means["defender_present"] == near(whole + alone)


def test_survivors_fall_back_and_fill_the_core() -> None:
    """Two layers of one person each; nobody falls; each breaks with sigma of its own.

    Against one sigma = 1/2; against the two of them in the core 1/3: with h0 = 2 ln 3/2 the chances
    are 1/3 and 1 - (2/3)^(2/3).
    """
    scenario = duel(
        {
            "places.fort.layers": [{"garrison": 1}],
            "contact.frontage": 5,
            "attrition.attacker_rate": 0,
            "attrition.defender_rate": 0,
        }
    )
    found = solve(scenario, "go", least=0.0)
    outer, core = 1 / 3, 1 - (2 / 3) ** (2 / 3)
    assert found.secured[0] == near(0)
    assert found.secured[1] == near(outer * core)
    assert found.secured[2] == near((1 - outer) * outer * core + outer * (1 - core) * core)
    assert found.means["surrendered"] == near(2 * found.secured.sum())


@pytest.mark.parametrize("steps", [1, 2, 6])
def test_a_threshold_has_no_memory(steps: int) -> None:
    """The chance to be spent hangs on the whole loss, not on how many steps it came in.

    Under area fire each of four falls at ln 2 a day; with k of them lost the unit still stands with
    exp(-k / (4 mu)), but not without anybody.
    """
    mean = 0.5
    scenario = duel(
        {
            "attacker.units": [{"name": "four", "count": 1, "strength": 4}],
            "contact.frontage": 10,
            "attrition.law": {"p1": 0, "q1": 1, "p2": 0, "q2": 1},
            "attrition.attacker_rate": 0,
            "attrition.defender_rate": math.log(2),
            "breaking.layer.hazard_per_day": 0,
            "breaking.unit.mean_loss_share": mean,
            "run": {"horizon_d": 1, "step_h": 24 / steps},
        }
    )
    found = solve(scenario, "go", least=0.0)
    stands = [math.comb(4, k) / 16 * math.exp(-k / (4 * mean)) for k in range(4)]
    assert found.undecided == near(sum(stands))
    assert found.means["attacker_present"] >= sum(p * (4 - k) for k, p in enumerate(stands))


def test_probability_is_neither_made_nor_lost_in_any_step() -> None:
    campaign = Campaign(read(busy(), "go"), 0.0)
    for _ in range(16):
        campaign.step()
        ended = campaign.secured.sum() + campaign.abandoned.sum()
        assert campaign.law.p.min() > 0.0
        assert campaign.law.p.sum() + ended == near(1)
    assert campaign.left_out == 0.0
    assert len(campaign.now) > 10


def test_persons_are_neither_made_nor_lost() -> None:
    found = solve(busy(), "go")
    means = found.means
    assert means["attacker_present"] + means["attacker_losses"] == near(6)
    defenders = ("defender_present", "defender_reserve", "defender_losses", "surrendered")
    assert sum(means[name] for name in defenders) == near(5)
    assert means["layers_lost_again"] > 0.01
    units = ("operating", "relieving", "reserve", "rest", "spent")
    assert sum(means[f"{duty}_unit_days"] for duty in units) == near(2 * means["duration_d"])
    causes = ("pressure", "losses", "no_reserve", "annihilation")
    broken = sum(means[f"breaks_by_{cause}"] for cause in causes)
    assert broken == near(means["layers_carried"] + means["layers_lost_again"])


def test_what_is_left_out_is_told_and_changes_nothing() -> None:
    whole, cut = solve(busy(), "go", least=0.0), solve(busy(), "go", least=1e-9)
    assert whole.left_out == 0.0
    assert 0.0 < cut.left_out < 1e-4
    assert cut.states < whole.states
    total = cut.secured.sum() + cut.abandoned.sum() + cut.undecided + cut.left_out
    assert total == near(1)
    for name in ("secured", "attacker_losses", "layers_lost_again"):
        assert cut.means[name] == pytest.approx(whole.means[name], abs=20 * cut.left_out)


def test_half_the_step_is_nearly_the_same() -> None:
    """The chain goes to a process in continuous time: the difference shrinks with the step."""
    chances = [
        solve(busy({"run": {"horizon_d": 3, "step_h": step_h}}), "go").means["secured"]
        for step_h in (6, 3, 1.5)
    ]
    gaps = np.abs(np.diff(chances))
    assert gaps[1] < 0.75 * gaps[0] < 0.1


def test_without_clocks_rest_owed_is_left_out() -> None:
    everyone = {"doctrines": {"go": {"title": "Go", "start": "commit_all"}}}
    assert "rest_debt_unit_days" in solve(busy(), "go").means
    assert "rest_debt_unit_days" not in solve(busy(everyone), "go").means
    one_ends_it = everyone | {"breaking.abandon_share": 0.5}
    found = solve(busy(one_ends_it), "go")
    assert found.means["rest_debt_unit_days"] > 0.0


def test_hundreds_of_persons_are_solved_too() -> None:
    """A hundred against a core of sixty by the square law: losses go as its equations have it."""
    scenario = duel(
        {
            "places.fort.core.garrison": 60,
            "attacker.units": [{"name": "crowd", "count": 1, "strength": 100}],
            "contact.frontage": 200,
            "attrition.attacker_rate": 0.05,
            "attrition.defender_rate": 0.05,
            "breaking.layer.hazard_per_day": 0,
            "breaking.unit.mean_loss_share": 1,
            "run": {"horizon_d": 0.5, "step_h": 6},
        }
    )
    means = solve(scenario, "go").means
    assert means["attacker_losses"] == pytest.approx(0.05 * 60 * 0.5, rel=0.05)
    assert means["defender_losses"] == pytest.approx(0.05 * 100 * 0.5, rel=0.05)


def test_nothing_happens_to_a_campaign_that_waits() -> None:
    wait = {"doctrines": {"go": {"title": "Wait", "start": "pause"}}}
    found: Solution = solve(busy(wait), "go")
    assert found.undecided == near(1)
    assert found.states == 1
    assert found.means["attacker_losses"] == 0.0
    assert "day_secured" not in found.means
    assert found.days[-1] == near(4)


def test_too_many_states_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nobat.engine.exact.solve.MOST_STATES", 100)
    with pytest.raises(TooLargeError, match=r"\d+ states in step \d"):
        solve(busy(), "go")
    monkeypatch.undo()
    monkeypatch.setattr("nobat.engine.exact.moves.MOST_MOVES", 1_000)
    with pytest.raises(TooLargeError, match=r"[\d,]+ ways from state to state"):
        solve(busy(), "go")


def test_an_unknown_doctrine_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        solve(busy(), "nobody")
