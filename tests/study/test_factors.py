"""What can be varied, over which values, and the words for what cannot."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.scenario import ScenarioError, load
from nobat.scenario.quantity import HOURS, SHARE
from nobat.study.factors import Factor, factors_of, ranged
from tests.small import small

SHARE_FACTOR = Factor("a.share", "share", SHARE, 0.2, 0.7, None)
SIEGE = load("abu-kamal-2017")


def test_a_number_over_its_own_range_and_over_another() -> None:
    own, other = factors_of(small(), ["contact.frontage", "works.rebuild_per_day=0:1.5"])
    assert (own.path, own.unit, own.low, own.high, own.count) == (
        "contact.frontage", "persons", 200, 800, None,
    )  # fmt: skip
    assert (own.at(0), own.at(0.25)) == (200.0, 350.0)
    assert own.spread(3) == (200.0, 500.0, 800.0)
    assert (other.low, other.high) == (0, 1.5)


def test_whole_numbers_are_equally_likely() -> None:
    (factor,) = factors_of(small(), ["rotation.turns.posts=2:5"])
    drawn = Counter(factor.at(i / 1000) for i in range(1000))
    assert drawn == {2: 250, 3: 250, 4: 250, 5: 250}
    assert all(type(value) is int for value in drawn)
    assert factor.spread(9) == (2, 3, 4, 5)
    assert factor.spread(2) == (2, 5)


def test_a_duration_keeps_to_whole_steps() -> None:
    """A step of the small campaign is 4 hours long."""
    (factor,) = factors_of(small(), ["rotation.turns.tour_h=10:25"])
    assert (factor.low, factor.high, factor.step, factor.count) == (12, 24, 4, 4)
    assert [factor.at(u) for u in (0, 0.3, 0.6, 0.999)] == [12, 16, 20, 24]
    assert factor.spread(2) == (12, 24)


def test_values_that_are_given_are_equally_likely() -> None:
    numbers, words, yes_no, posture, policy, rule = factors_of(
        SIEGE,
        [
            "contact.frontage=300,900",
            "sleep.model=none,safte",
            "rotation.three-groups.forgive_rest",
            "doctrines.as-told.rules[0].posture",
            "doctrines.as-told.rotation=three-groups,by-operation",
            "doctrines.as-told.rules[0].when=layers_carried >= 1, layers_carried >= 3",
        ],
    )
    assert numbers.levels == (300.0, 900.0)
    assert (numbers.at(0.49), numbers.at(0.5)) == (300.0, 900.0)
    assert words.levels == ("none", "safte")
    assert yes_no.levels == (False, True)
    assert posture.levels == ("rotate", "commit_all", "hold", "pause")
    assert posture.spread(2) == posture.levels
    assert policy.levels == ("three-groups", "by-operation")
    assert rule.levels == ("layers_carried >= 1", "layers_carried >= 3")
    assert (rule.unit, rule.kind, rule.low, rule.count) == ("", None, None, 2)


@given(st.floats(0, 1, exclude_max=True))
def test_no_value_lies_outside_its_range(u: float) -> None:
    third = Factor("a.third", "h", HOURS, 1 / 3, 2 / 3, None)
    for factor in (SHARE_FACTOR, third, *ranged(SIEGE)[:40]):
        value = factor.at(u)
        assert factor.low is not None
        assert factor.high is not None
        assert isinstance(value, int | float)
        assert factor.low <= value <= factor.high


@pytest.mark.parametrize("u", [-0.1, 1.0, float("nan")])
def test_a_place_beyond_the_unit_interval_is_refused(u: float) -> None:
    with pytest.raises(ValueError, match="is not in"):
        SHARE_FACTOR.at(u)


def test_every_number_with_a_range() -> None:
    assert [factor.path for factor in ranged(small())] == [
        "attacker.units[0].strength", "contact.frontage",
    ]  # fmt: skip
    assert len(ranged(SIEGE)) > 200
    assert not any(factor.path.startswith("run.") for factor in ranged(SIEGE))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("contct.frontage", "contct: no such field; did you mean contact?"),
        ("contact.frontge=1:2", "contact.frontge: no such field; did you mean frontage?"),
        ("contact", "contact: a mapping is not a number that can be swept (numbers below it: "),
        ("run.horizon_d=1:2", "run.horizon_d: says how the scenario is run: it is not swept"),
        ("run.events", "run.events: says how the scenario is run: it is not swept"),
        ("title=a,b", "title: 'A small siege' is not a number that can be swept"),
        ("contact.frontage=9:3", "its range is reversed, from 9 to 3: write contact.frontage=3:9"),
        ("contact.frontage=3:3", "contact.frontage: its range is empty, from 3 to 3"),
        ("rotation.turns.tour_h=1:3", "is empty, from 1 to 3: only whole steps of 4 h count"),
        ("rotation.turns.tour_h=4,6", "6 h is not a whole number of steps of 4 h"),
        ("contact.frontage=3", "one value is nothing to vary: --set contact.frontage=3 sets it"),
        ("contact.frontage=3,4,3", "contact.frontage: 3 is given twice"),
        ("contact.frontage=low:4", "contact.frontage: its low end: 'low' is not a number"),
        ("contact.frontage=1:-4", "its high end: -4 is not allowed here: above 0 persons"),
        ("contact.frontage=1,", "contact.frontage: nothing is given where a number belongs"),
        ("contact.frontage=3:", "its high end: nothing is given where a number belongs"),
        (
            "contact.frontage=",
            "contact.frontage: nothing stands behind the =: write contact.frontage=LOW:HIGH, "
            "contact.frontage=a,b,c, or contact.frontage alone",
        ),
        ("sleep.model= ", "sleep.model: nothing stands behind the =: write sleep.model=a,b, or "),
        ("rotation.turns.posts", "has no range of its own in this scenario: give one, "),
        ("rotation.turns.posts=1:2.5", "its high end: 2.5 is not a count: a whole number, 1 or mo"),
        ("rotation.turns.handover=sequentail,staggered", "did you mean sequential?"),
        ("rotation.turns.forgive_rest=maybe,true", "'maybe' is not true or false"),
        ("doctrines.wait.rotation", "which values? Write doctrines.wait.rotation=a,b"),
        ("doctrines.wait.rotation=turns,trns", "'trns' is not a rotation policy; did you mean"),
        ("attacker.supply.trucks=1:2", "attacker.supply is null: give the whole of it first"),
    ],
)
def test_what_cannot_be_varied_gets_one_clear_error(asked: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        factors_of(small(), [asked])
    (problem,) = caught.value.problems
    assert said in str(problem)


def test_all_problems_are_told_at_once() -> None:
    asked = ["contact.frontage", "contact.frontage.value=1:2", "slep.floor", "sleep.floor=0.9:0.1"]
    with pytest.raises(ScenarioError) as caught:
        factors_of(small(), asked)
    assert [problem.path for problem in caught.value.problems] == [
        "contact.frontage", "slep", "sleep.floor",
    ]  # fmt: skip
    with pytest.raises(ScenarioError, match="nothing is varied"):
        factors_of(small(), [])


def test_a_factor_as_plain_values() -> None:
    number, word = factors_of(small(), ["contact.frontage", "sleep.model"])
    assert number.to_json() == {
        "path": "contact.frontage", "unit": "persons", "low": 200, "high": 800, "step": None,
        "levels": None, "basis": "assumed", "source": [],
        "stated": {"value": 400, "low": 200, "high": 800},
    }  # fmt: skip
    assert word.to_json()["levels"] == ["none", "safte", "three_process"]
