from __future__ import annotations

import math

import pytest

from nobat.theory.lanchester import (
    GUERRILLA,
    LINEAR,
    LOGARITHMIC,
    SQUARE,
    Duel,
    Law,
    bracken,
    ending,
)
from nobat.theory.lanchester_course import (
    Arrival,
    course,
    horizon,
    strengths,
    times_of,
)

#: The law itself, and one so near to it that it must be integrated.
LAWS = [SQUARE, LINEAR, LOGARITHMIC, GUERRILLA, GUERRILLA.swapped()]


def beside(law: Law) -> Law:
    return law._replace(p1=law.p1 + 1e-15 if law.p1 else 1e-15)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("sides", [(100.0, 90.0), (40.0, 400.0), (50.0, 50.0)])
def test_closed_forms_and_integrals_agree(law: Law, sides: tuple[float, float]) -> None:
    for a, b in ((0.02, 0.03), (0.03, 0.02), (0.02, 0.02)):
        duel, other = Duel(*sides, a, b, law), Duel(*sides, a, b, beside(law))
        for part in (0.1, 0.5, 0.9):
            time = part * min(horizon(duel), 100.0)
            assert strengths(duel, time) == pytest.approx(strengths(other, time), rel=1e-8)


@pytest.mark.parametrize("law", [*LAWS, bracken(0.7, 0.2), Law(1.0, 0.5, 1.5, 0.0)])
def test_a_course_leads_to_the_ending(law: Law) -> None:
    duel = Duel(100, 60, 0.02, 0.03, law, 10, 5)
    end = ending(duel)
    found = course(duel, [*times_of(end.duration, 4), 2 * end.duration])
    assert found.ending == end
    assert found.points[0] == (0, 100, 60)
    for last in found.points[-2:]:
        assert (last.attackers, last.defenders) == (end.attackers, end.defenders)
    nearly = course(duel, [end.duration * (1 - 1e-9)]).points[0]
    assert nearly[1:] == pytest.approx((end.attackers, end.defenders), rel=1e-6)


def test_parity_is_a_balance() -> None:
    # a x = b y for ever under the linear law; C = 0 under the guerrilla's.
    duel = Duel(30, 20, 0.02, 0.03, LINEAR)
    assert strengths(duel, 5) == pytest.approx((30 / 4, 20 / 4))
    hidden = Duel(30, 20, 0.2, 0.03, GUERRILLA)
    assert strengths(hidden, 10) == pytest.approx((30 / 16, 20 / 4))


def test_nothing_that_arrives_changes_nothing() -> None:
    duel = Duel(100, 60, 0.02, 0.03)
    for arrivals in ([], [Arrival("attacker", 3, 9, 0.0), Arrival("defender", 1, 1, 0.0)]):
        found = course(duel, [1, 5, 20], arrivals)
        assert found.ending == pytest.approx(course(duel, []).ending)
        for point in found.points:
            assert point[1:] == pytest.approx(strengths(duel, point.time))


@pytest.mark.parametrize("law", [SQUARE, LINEAR, bracken(1.0, 0.3)])
def test_an_inflow_is_many_small_landings(law: Law) -> None:
    duel = Duel(50, 40, 0.02, 0.01, law)
    spread = [Arrival("defender", 1, 5, 20.0), Arrival("attacker", 2, 3, 30.0)]
    landed = [
        Arrival(one.side, t, t, one.strength / 400)
        for one in spread
        for k in range(400)
        for t in [one.start + (one.end - one.start) * (k + 0.5) / 400]
    ]
    times = [0.5, 2.0, 4.0, 8.0]
    found, near = course(duel, times, spread), course(duel, times, landed)
    for point, other in zip(found.points, near.points, strict=True):
        assert point == pytest.approx(other, rel=2e-5)
    assert found.ending.winner == near.ending.winner


@pytest.mark.parametrize("law", [SQUARE, bracken(1.0, 1e-13)], ids=["closed", "integrated"])
def test_a_side_may_break_while_others_land(law: Law) -> None:
    # Defenders trickle in for ever and are too few: y' = 1 - 0.1 x.
    found = course(Duel(100, 20, 0.1, 0.01, law), [], [Arrival("defender", 0, 1000, 1000.0)])
    assert found.ending.winner == "attacker"
    k = math.sqrt(0.1 * 0.01)
    y = 20 * math.cosh(k * found.ending.duration) - (100 - 10) * math.sqrt(10) * math.sinh(
        k * found.ending.duration
    )
    assert y == pytest.approx(0, abs=1e-7)
    other = course(
        Duel(20, 100, 0.01, 0.1, law.swapped()), [], [Arrival("attacker", 0, 1000, 1000.0)]
    )
    assert other.ending.winner == "defender"
    assert other.ending.duration == pytest.approx(found.ending.duration)


def test_who_is_not_there_is_beaten_unless_more_are_landing() -> None:
    nobody = Duel(0, 20, 0.1, 0.1)
    assert course(nobody, [1]).ending == ("defender", 0, 20, 0)
    assert course(nobody, [1], [Arrival("attacker", 2, 2, 100)]).ending.winner == "defender"
    assert course(nobody, [1], [Arrival("attacker", 0, 0, 100)]).ending.winner == "attacker"
    # 1 a day against losses of 2 a day from the first moment.
    assert course(nobody, [1], [Arrival("attacker", 0, 100, 100)]).ending.duration == 0
    assert course(Duel(0, 0, 1, 1), [1]).ending == (None, 0, 0, 0)


def test_relief_in_time_turns_a_fight() -> None:
    duel = Duel(100, 60, 0.02, 0.03)
    late = course(duel, []).ending
    assert late.winner == "attacker"
    relief = [Arrival("defender", 0.9 * late.duration, 0.9 * late.duration, 80)]
    assert course(duel, [], relief).ending.winner == "defender"
    too_late = [one._replace(start=2 * late.duration, end=2 * late.duration) for one in relief]
    assert course(duel, [], too_late).ending == pytest.approx(late)


def test_times_are_told_once_and_in_order() -> None:
    found = course(Duel(100, 60, 0.02, 0.03), [5, 1, 5, 0], [Arrival("attacker", 1, 1, 10)])
    assert [point.time for point in found.points] == [0, 1, 5]
    # At the moment of a landing those who land are counted.
    assert found.points[1].attackers > strengths(Duel(100, 60, 0.02, 0.03), 1)[0] + 9.99


def test_a_fight_without_an_end_is_followed_to_a_hundredth() -> None:
    duel = Duel(100, 10, 0.02, 0.02, LINEAR)
    assert strengths(duel, horizon(duel))[1] == pytest.approx(0.1)
    assert horizon(Duel(100, 80, 0.1, 0.1)) == ending(Duel(100, 80, 0.1, 0.1)).duration
