from __future__ import annotations

import json
import math

import pytest

from nobat.scenario import ScenarioError
from nobat.theory import duel_exact
from nobat.theory.duel import Answer, report
from nobat.theory.lanchester import Duel
from nobat.theory.lanchester_course import Arrival

TWENTY = {"attackers": 20, "defenders": 15, "attacker_rate": 0.04, "defender_rate": 0.06}


def ask(**more: object) -> Answer:
    return report(**{**TWENTY, **more})  # type: ignore[arg-type]


def test_exactly() -> None:
    found = ask()
    assert found.solution is not None
    assert found.p_attacker_wins == found.solution.p_attacker_wins
    assert found.solution.p_attacker_wins == pytest.approx(0.6612008638408)
    assert found.solution.mean_duration == pytest.approx(28.38677698685545)
    assert found.decoupled is not None
    assert abs(found.decoupled.p - found.solution.p_attacker_wins) <= found.decoupled.bound
    assert found.expected.attackers == pytest.approx(math.sqrt(400 - 1.5 * 225))


def test_what_the_decoupled_form_cannot_tell_is_null() -> None:
    found = report(attackers=500, defenders=500, attacker_rate=1, defender_rate=1)
    assert found.decoupled is None
    assert found.to_json()["decoupled"] is None
    assert found.p_attacker_wins == pytest.approx(0.5)


def test_simulated() -> None:
    found, exact = ask(method="simulate", replications=2_000, seed=3), ask()
    assert found.sample is not None
    told = found.to_json()
    assert (told["replications"], told["seed"]) == (2_000, 3)
    for name, error in (
        ("p_attacker_wins", "standard_error"),
        ("mean_attackers_left", "standard_error_attackers_left"),
        ("mean_defenders_left", "standard_error_defenders_left"),
        ("mean_duration", "standard_error_duration"),
    ):
        assert abs(told[name] - exact.to_json()[name]) < 4.5 * told[error]
    assert told == ask(method="simulate", replications="2000", seed="3").to_json()


def test_one_duel_has_no_standard_errors_of_means() -> None:
    told = ask(method="simulate", replications=1).to_json()
    assert told["standard_error_duration"] is None
    assert told["p_attacker_wins"] in (0, 1)


def test_without_luck() -> None:
    told = ask(method="mean-field").to_json()
    assert told["p_attacker_wins"] == 1
    assert told["mean_attackers_left"] == pytest.approx(math.sqrt(400 - 1.5 * 225))
    assert told["mean_defenders_left"] == 0
    assert told["winner"] == "attacker"
    assert told["course"][0] == {"time": 0, "attackers": 20, "defenders": 15}
    assert told["course"][-1]["time"] == told["mean_duration"]
    assert ask(method="mean-field", attacker_rate=0.01).p_attacker_wins == 0


def test_a_fight_that_never_ends_has_no_duration() -> None:
    for law in ("log", "linear"):
        told = ask(method="mean-field", law=law).to_json()
        assert told["mean_duration"] is None
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        assert len(told["course"]) == 9
    assert ask(method="mean-field", law="log").p_attacker_wins is None


def test_reinforced() -> None:
    relief = [Arrival("defender", 5.0, 10.0, 20.0)]
    found = ask(method="mean-field", reinforcement=relief)
    assert found.p_attacker_wins == 0
    assert found.course is not None
    assert found.course.points[-1].time == found.expected.duration
    # A fight without an end is followed to twice the last arrival.
    endless = ask(method="mean-field", law="linear", reinforcement=relief)
    assert endless.course is not None
    assert endless.course.points[-1].time == 20


@pytest.mark.parametrize("method", ["exact", "simulate"])
def test_the_keys_that_scripts_rely_on(method: str) -> None:
    told = ask(method=method, attackers_break=6, replications=500).to_json()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert {"p_attacker_wins", "mean_attackers_left", "mean_defenders_left", "mean_duration"} <= (
        told.keys()
    )
    assert len(told["p_attackers_left"]) == 21
    assert len(told["p_defenders_left"]) == 16
    assert sum(told["p_attackers_left"]) == pytest.approx(1)
    # Left counts are unconditional: the beaten side has its breakpoint.
    assert told["p_attackers_left"][6] == pytest.approx(1 - told["p_attacker_wins"])
    assert sum(k * p for k, p in enumerate(told["p_attackers_left"])) == pytest.approx(
        told["mean_attackers_left"]
    )
    if method == "exact":
        exact = duel_exact.solve(Duel(20, 15, 0.04, 0.06, attackers_break=6))
        assert told["variance_duration"] == exact.variance_duration
        assert "standard_error" not in told


def test_what_is_wrong_is_refused() -> None:
    with pytest.raises(ScenarioError, match="attackers: 0 is not a strength"):
        ask(attackers=0)
