from __future__ import annotations

import math
from pathlib import Path

import pytest

from nobat.scenario import ScenarioError
from nobat.theory.duel_question import Question, question_of
from nobat.theory.lanchester import LINEAR, SQUARE, Law, bracken
from nobat.theory.lanchester_course import Arrival

GIVEN: dict[str, object] = {
    "attackers": 20, "defenders": 15, "attacker_rate": 0.04, "defender_rate": 0.06,
}  # fmt: skip


def asked(**more: object) -> Question:
    return question_of(GIVEN | more)


def said(**more: object) -> list[str]:
    with pytest.raises(ScenarioError) as raised:
        asked(**more)
    return [str(problem) for problem in raised.value.problems]


def test_defaults() -> None:
    found = asked()
    assert (found.method, found.replications, found.seed) == ("exact", 10_000, 1)
    assert (found.duel.attackers, found.duel.defenders, found.duel.law) == (20, 15, SQUARE)
    assert (found.duel.attackers_break, found.duel.defenders_break) == (0, 0)
    assert found == question_of({key: str(value) for key, value in GIVEN.items()})


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("linear", LINEAR), (" Square", SQUARE), ("1,0.5", bracken(1, 0.5)),
        ("1, 0", SQUARE), ("-0.5,2e-1", bracken(-0.5, 0.2)), (Law(1, 2, 0, 1), Law(1, 2, 0, 1)),
    ],
)  # fmt: skip
def test_laws(text: object, law: Law) -> None:
    assert asked(law=text).duel.law == law


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "sqare",
            "law: 'sqare' is not a law; did you mean square? (laws: square, linear, log, "
            "guerrilla), or exponents P,Q as in 1,0.5",
        ),
        ("", "law: '' is not a law (laws: square,"),
        ("1", "law: '1' is not a law (laws: square,"),
        ("1,x", "law: '1,x' is not P,Q: two numbers with a comma between them, as in 1,0.5"),
        ("1,2,3", "law: '1,2,3' is not P,Q: two"),
        ("1,nan", "law: '1,nan' is not P,Q: two"),
        ("inf,0", "law: 'inf,0' is not P,Q: two"),
        (3, "law: 3 is not a law (laws"),
        ("400,0", "law: p = 400, q = 0 takes the rates of these strengths out of the range of"),
        ("0,-400", "law: p = 0, q = -400 takes the rates of these strengths out of the range of"),
    ],
)
def test_no_law(text: object, message: str) -> None:
    (found,) = said(law=text)
    assert found.startswith(message)


def test_breakpoints_as_strengths_and_as_losses() -> None:
    duel = asked(attackers_break="6", defenders_break_loss="0.4").duel
    assert (duel.attackers_break, duel.defenders_break) == (6, 9)
    # The loss that breaks is reached, not passed: a third of 20 is lost with the seventh.
    assert asked(attackers_break_loss=1 / 3).duel.attackers_break == 13
    assert asked(attackers_break_loss=0.35).duel.attackers_break == 13
    assert asked(attackers_break_loss=1e-6).duel.attackers_break == 19
    assert asked(attackers_break_loss=1).duel.attackers_break == 0
    fluid = asked(attackers_break_loss=1 / 3, defenders_break=2.5, method="mean-field").duel
    assert fluid.attackers_break == pytest.approx(40 / 3)
    assert fluid.defenders_break == 2.5


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = said(
        attackers="2.5", defenders=-1, attacker_rate=0, defender_rate="x", law="logg",
        method="exat", replications=0, seed=-1, attackers_break=3, defenders_break=1,
        defenders_break_loss=0.4, reinforcement="relief.csv",
    )  # fmt: skip
    assert found == [
        "method: 'exat' is not a method; did you mean exact? (methods: exact, simulate, "
        "mean-field)",
        "reinforcement: only the method mean-field takes it: with luck the sides only lose",
        "law: 'logg' is not a law; did you mean log? (laws: square, linear, log, guerrilla), "
        "or exponents P,Q as in 1,0.5",
        "attackers: '2.5' is not a strength: 1 or more persons, whole",
        "defenders: -1 is not a strength: 1 or more persons, whole",
        "attacker_rate: 0 is not a rate: above 0",
        "defender_rate: 'x' is not a rate: above 0",
        "defenders_break: the breakpoint is given twice, as a strength and as a share lost: "
        "one will do",
        "replications: 0 is not a whole number, 1 or more",
        "seed: -1 is not a whole number, 0 or more",
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"attackers": 0}, "attackers: 0 is not a strength: 1 or more persons, whole"),
        ({"attackers": True}, "attackers: true is not a strength"),
        ({"attackers": None}, "attackers: is missing: strength of the attackers at the start"),
        ({"defender_rate": None}, "defender_rate: is missing: kill rate of one defender"),
        ({"defender_rate": math.inf}, "defender_rate: .inf is not a rate: above 0"),
        ({"defender_rate": -1e-300}, "defender_rate: -1e-300 is not a rate: above 0"),
        ({"attackers_break": 20}, "attackers_break: 20 is not below the strength at the start"),
        ({"attackers_break": -1}, "attackers_break: -1 is not a strength: 0 or more persons"),
        ({"attackers_break": 1.5}, "attackers_break: 1.5 is not a strength: 0 or more persons"),
        ({"defenders_break_loss": 0}, "defenders_break_loss: 0 is not allowed here: above 0"),
        ({"defenders_break_loss": "2"}, "defenders_break_loss: '2' is not allowed here: above 0"),
        ({"replications": 1.5}, "replications: 1.5 is not a whole number, 1 or more"),
        ({"replications": "1e3"}, "replications: '1e3' is not a whole number, 1 or more"),
        ({"replications": 10**10}, "replications: 10000000000 is not allowed here: 1,000,000,000"),
        ({"seed": 2**63}, "seed: 9223372036854775808 is not allowed here: 9,223,372"),
        ({"attackers": 1_000_001}, "attackers: 1,000,001 are too many: 1,000,000 at most, but for"),
        (
            {"attackers": 100_000, "defenders": 100_000},
            "method: 100,000 losses times 100,000 are too many states to solve: 1,000,000,000 at "
            "most; simulate and mean-field go further",
        ),
        (
            {"attackers": 10**6, "method": "simulate", "replications": 10**6},
            "replications: 1,000,000 duels of up to 1,000,015 losses are too many: "
            "100,000,000,000 losses at most",
        ),
        ({"method": 3}, "method: 3 is not a method (methods: exact, simulate, mean-field)"),
    ],
)
def test_what_is_refused(more: dict[str, object], message: str) -> None:
    (found,) = said(**more)
    assert found.startswith(message)


def test_without_luck_strengths_need_not_be_whole_nor_small() -> None:
    found = asked(attackers=2.5, defenders=5e8, method="mean-field").duel
    assert (found.attackers, found.defenders) == (2.5, 5e8)
    assert said(attackers=0, method="mean-field") == [
        "attackers: 0 is not a strength: above 0 persons"
    ]
    relief = [Arrival("attacker", 0.0, 1.0, 10.0)]
    assert asked(attackers=0, method="mean-field", reinforcement=relief).duel.attackers == 0
    assert said(defenders=0, method="mean-field", reinforcement=relief) == [
        "defenders: 0 is not a strength: above 0 persons"
    ]


def test_rates_of_fits_may_be_tiny() -> None:
    # Bracken's coefficients for hundreds of thousands are far below one in a thousand million.
    found = asked(
        attackers=5e5, defenders=4e5, attacker_rate="6.92e-49", defender_rate=6.94e-48,
        law="5.3157,3.6339", method="mean-field",
    )  # fmt: skip
    assert found.duel.attacker_rate == 6.92e-49


@pytest.mark.parametrize(
    "wrong",
    [
        "attacker", 3, [3], [("attacker", 0, 1, 10)], [Arrival("attacker", 2, 1, 10)],
        [Arrival("attacker", 0, 1, -1)], [Arrival("attacker", 0, math.inf, 10)],
        [Arrival("atacker", 0, 1, 10)],  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_reinforcements_that_make_no_sense(wrong: object) -> None:
    found = said(method="mean-field", reinforcement=wrong)
    assert found[0].startswith(("attacker: there is no such file", "reinforcement: "))


def test_reinforcements_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "relief.csv"
    path.write_text("side,start,strength\nattacker,2,30\n", encoding="utf-8")
    for given in (path, str(path)):
        found = asked(method="mean-field", reinforcement=given)
        assert found.arrivals == (Arrival("attacker", 2, 2, 30),)
