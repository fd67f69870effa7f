"""Rules: what parses, what does not, and that the table of observables is in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.scenario import OBSERVABLES, POSTURES, Condition
from nobat.scenario.doctrine import OPERATORS, Rule, parse_condition

NAMES = [each.name for each in OBSERVABLES]


def test_the_observables_in_their_fixed_order() -> None:
    assert NAMES == [
        "day",
        "layers_carried",
        "layers_lost_again",
        "hours_since_carried",
        "fraction_spent",
        "attacker_strength_share",
        "defender_strength_share",
        "defender_order",
        "defender_works",
        "reserve_units",
        "rest_debt_days",
        "isolated",
        "supply_days",
        "mean_effectiveness",
        "defender_effectiveness",
        "stage",
        "residents_present",
        "final_layers_carried",
        "p_leader_alive",
    ]
    assert all(each.unit and each.meaning for each in OBSERVABLES)
    assert POSTURES == ("rotate", "commit_all", "hold", "pause")


@given(
    st.sampled_from(NAMES),
    st.sampled_from(OPERATORS),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", " ", "  "]),
)
def test_every_observable_operator_and_number_parse(
    name: str, op: str, number: float, space: str
) -> None:
    text = f"{space}{name}{space}{op}{space}{number!r}{space}"
    assert parse_condition(text) == Condition(name, op, number)
    assert Rule.model_validate({"when": text, "posture": "hold"}).condition().op == op


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("layer_carried >= 1", "did you mean layers_carried?"),
        ("morale > 1", r"\(observables: day, layers_carried,"),
        ("day == 1", r"'==' is not a comparison \(allowed: > >= < <=\)"),
        ("day => 1", "'=>' is not a comparison"),
        ("day above 1", "is not a rule: write '<observable> <op> <number>'"),
        ("1 < day", "'1' is not observable"),
        ("", "is not a rule"),
        ("day > soon", "'soon' in 'day > soon' is not a finite number"),
        ("day > nan", "is not a finite number"),
        ("day > inf", "is not a finite number"),
        ("day > 1 and day < 3", "is not a rule"),
    ],
)
def test_what_is_no_rule_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_condition(text)


def test_a_rule_must_order_something() -> None:
    with pytest.raises(ValueError, match="orders nothing: give a posture, posts, fire or corridor"):
        Rule.model_validate({"when": "day > 1"})
