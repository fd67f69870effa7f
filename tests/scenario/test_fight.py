"""Laws and coefficients of attrition: exponents by name, anchors resolved."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from nobat.scenario.fight import LAWS, Attrition
from tests.scenario.given import PLAIN, scenario


def attrition(**other: Any) -> Attrition:
    plain = {"law": "square", "attacker_rate": 0.1, "defender_rate": 0.2}
    return Attrition.model_validate({**plain, "suicide": PLAIN["attrition"]["suicide"], **other})


def test_the_named_laws() -> None:
    assert {law: attrition(law=law).exponents() for law in LAWS} == {
        "square": (1, 0, 1, 0),
        "linear": (1, 1, 1, 1),
        "logarithmic": (0, 1, 0, 1),
        "guerrilla": (1, 0, 1, 1),
    }


def test_any_exponents() -> None:
    assert scenario().attrition.exponents() == (1, 0.5, 1, 0)
    with pytest.raises(ValidationError, match=r"2\.1 is not an exponent: 0 to 2"):
        attrition(law={"p1": 2.1, "q1": 0, "p2": 0, "q2": 0})


def test_plain_coefficients_pass_through() -> None:
    assert attrition().coefficients() == (0.1, 0.2)


@pytest.mark.parametrize("law", [*LAWS, {"p1": 0.7, "q1": 0.3, "p2": 1.4, "q2": 1.9}])
def test_an_anchor_loses_the_share_that_it_states(law: Any) -> None:
    hit = {"loss_share_per_day": 0.066, "attackers": 900, "defenders": 250, "shield": 0.4}
    struck = {"loss_share_per_day": 0.035, "attackers": 800, "defenders": 300}
    fight = attrition(law=law, attacker_rate={"anchor": hit}, defender_rate={"anchor": struck})
    p1, q1, p2, q2 = fight.exponents()
    a, b = fight.coefficients()
    assert a * 900**p1 * 250**q1 * (1 - 0.4) == pytest.approx(0.066 * 250)
    assert b * 300**p2 * 800**q2 == pytest.approx(0.035 * 800)


def test_an_anchor_without_effect_or_without_a_finite_rate_is_refused() -> None:
    anchor = {"loss_share_per_day": 0.1, "attackers": 1, "defenders": 1, "shield": 0.1}
    with pytest.raises(ValidationError, match="no works to shield him"):
        attrition(defender_rate={"anchor": anchor})
    tiny = {"loss_share_per_day": 0.1, "attackers": 1e-300, "defenders": 1e-300}
    with pytest.raises(ValidationError, match="no finite rate"):
        attrition(law="linear", defender_rate={"anchor": tiny})


def test_an_anchor_counts_those_who_fire_by_their_effectiveness_and_supply() -> None:
    hit = {"loss_share_per_day": 0.05, "attackers": 900, "defenders": 250}
    tired = {**hit, "effectiveness": 0.8, "supply": 0.5}
    law = {"p1": 0.7, "q1": 0.4, "p2": 1.2, "q2": 0.3}
    fresh = attrition(law=law, attacker_rate={"anchor": hit}, defender_rate={"anchor": hit})
    worn = attrition(law=law, attacker_rate={"anchor": tired}, defender_rate={"anchor": tired})
    (a, b), (a_worn, b_worn) = fresh.coefficients(), worn.coefficients()
    assert a_worn * (0.8 * 0.5) ** 0.7 == pytest.approx(a)
    assert b_worn * (0.8 * 0.5) ** 1.2 == pytest.approx(b)
