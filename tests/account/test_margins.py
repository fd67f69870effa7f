"""By how much a claim holds: worked out by hand from replications that were made up."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.account.margins import draws, holds, inside, margin_of
from nobat.account.runs import Run
from nobat.scenario.claims import Claim
from tests.account.told import claim

Floats = NDArray[np.float64]
NAN = math.nan
MADE_UP = {
    ("a", "secured"): np.array([1.0, 1.0, 0.0, 1.0]),
    ("b", "secured"): np.array([0.0, 1.0, 0.0, 0.0]),
    ("a", "day_secured"): np.array([10.0, 12.0, NAN, 17.0]),
    ("b", "day_secured"): np.array([NAN, 15.0, NAN, NAN]),
}


def look(run: Run, name: str) -> Floats:
    """What was made up, whatever a run sets."""
    return MADE_UP[run.doctrine, name]


def compare(**words: Any) -> Claim:
    """A claim that compares a with b."""
    test = {"doctrine": "a", "against": "b", "outcome": "secured", "expect": "more", **words}
    return Claim.model_validate(claim("x", {"compare": test}))


def figure(**words: Any) -> Claim:
    """A claim on a figure of a."""
    test = {"doctrine": "a", "outcome": "day_secured", **words}
    return Claim.model_validate(claim("x", {"figure": test}))


@pytest.mark.parametrize(
    ("one", "value", "n"),
    [
        (compare(), 0.5, 4),
        (compare(expect="less"), -0.5, 4),
        (compare(by=0.3), 0.2, 4),
        (compare(by=0.6), -0.1, 4),
        (compare(expect="less", by=0.3), -0.8, 4),
        (compare(outcome="day_secured", expect="less"), 3.0, 1),  # only where both have a day
        (figure(at_least=12), 1.0, 3),
        (figure(at_most=12), -1.0, 3),
        (figure(at_least=12, at_most=13.5), 0.5, 3),
        (figure(at_least=12, at_most=30), 1.0, 3),
        (figure(measure="occurrence", at_least=0.5), 0.25, 4),
    ],
)
def test_margins_by_hand(one: Claim, value: float, n: int) -> None:
    found = margin_of(one, draws(one, look))
    assert found.value == pytest.approx(value)
    assert found.n == n


def test_settings_of_one_doctrine() -> None:
    test = {"doctrine": "a", "set": {"x": 1}, "outcome": "secured", "expect": "more", "by": 0.25}
    one = Claim.model_validate(claim("x", {"setting": test}))

    def by_value(run: Run, name: str) -> Floats:
        return np.ones(4) if run.values else MADE_UP["a", name]

    assert margin_of(one, draws(one, by_value)).value == 0.0


def test_its_error() -> None:
    one = figure(at_least=12)
    found = margin_of(one, draws(one, look))
    assert found.error == pytest.approx(np.std([10, 12, 17], ddof=1) / math.sqrt(3))
    assert not found.beyond_noise()
    sure = margin_of(one, np.array([20.0, 20.1, 19.9]))
    assert sure.beyond_noise()
    assert not margin_of(one, np.array([20.0])).beyond_noise()
    nothing = margin_of(one, np.array([NAN, NAN]))
    assert nothing.n == 0
    assert math.isnan(nothing.value)


def test_what_holds() -> None:
    margins = np.array([0.1, -0.1, 0.0, NAN])
    assert holds(compare(), margins)[:3].tolist() == [1.0, 0.0, 0.5]
    assert np.isnan(holds(compare(), margins)[3])
    assert holds(compare(by=0.2), margins)[2] == 1.0  # just as much as it must be
    assert holds(figure(at_least=1), margins)[2] == 1.0  # at the end lies inside


def test_inside() -> None:
    test = figure(at_least=2, at_most=5).test.figure
    assert test is not None
    assert [inside(test, x) for x in (1.0, 2.0, 4.5, 7.0)] == [-1.0, 0.0, 0.5, -2.0]
