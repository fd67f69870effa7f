from __future__ import annotations

import math

import pytest

from nobat.scenario.problems import Problem
from nobat.scenario.quantity import KM, SHARE, SPEED, WHOLE
from nobat.theory.asked import Option, list_of, number_of, numbers_of

DISTANCE = Option("km", KM, "Distance, km.")


@pytest.mark.parametrize(("raw", "value"), [("12", 12), (12, 12), (" 1.5 ", 1.5), ("1e3", 1000)])
def test_numbers_may_be_text(raw: object, value: float) -> None:
    problems: list[Problem] = []
    assert number_of(DISTANCE, raw, problems) == value
    assert problems == []


@pytest.mark.parametrize(
    ("option", "raw", "said"),
    [
        (DISTANCE, "x", "'x' is not a distance: 0 or more km"),
        (DISTANCE, -1, "-1 is not a distance: 0 or more km"),
        (DISTANCE, "nan", "'nan' is not a distance: 0 or more km"),
        (DISTANCE, math.inf, ".inf is not a distance: 0 or more km"),
        (DISTANCE, True, "true is not a distance: 0 or more km"),
        (DISTANCE, [1], "a list is not a distance: 0 or more km"),
        (DISTANCE, "1e10", "'1e10' is too much: 1,000,000,000 at most"),
        (DISTANCE, 10**400, "a whole number of more than 30 digits is not a distance"),
        (Option("v", SPEED, "Speed."), "0", "'0' is not a speed: above 0 km/h"),
        (Option("v", SPEED, "Speed."), "1e-12", "'1e-12' is too little: 0.000000001 or more"),
        (Option("n", WHOLE, "Count."), "1.5", "'1.5' is not a count: a whole number, 0 or more"),
        (Option("s", SHARE, "Share."), "1.5", "'1.5' is not a share: 0 to 1"),
    ],
)
def test_what_is_refused(option: Option, raw: object, said: str) -> None:
    problems: list[Problem] = []
    assert math.isnan(number_of(option, raw, problems))
    (problem,) = problems
    assert (problem.path, problem.line) == (option.name, None)
    assert problem.message.startswith(said)


def test_defaults_and_what_is_missing() -> None:
    problems: list[Problem] = []
    share = Option("share", SHARE, "Share.", 0.5)
    assert numbers_of([share], {"share": None}, problems) == {"share": 0.5}
    assert numbers_of([share], {"share": 0}, problems) == {"share": 0}
    assert problems == []
    assert numbers_of([DISTANCE], {}, problems) == {}
    assert list_of(DISTANCE, [], problems) == ()
    assert list_of(DISTANCE, None, problems) == ()
    assert [str(problem) for problem in problems] == ["km: is missing: distance, km"] * 3


def test_one_or_several() -> None:
    problems: list[Problem] = []
    assert list_of(DISTANCE, ["1", 2], problems) == (1, 2)
    assert list_of(DISTANCE, "12", problems) == (12,)
    assert list_of(DISTANCE, 12, problems) == (12,)
    assert problems == []
