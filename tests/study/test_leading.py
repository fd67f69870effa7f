"""Who leads beyond luck, and who could lead if there were more time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.study.comparison import DoctrineResult
from nobat.study.estimates import Estimate, paired_difference, share
from nobat.study.leading import MATTERS, Overtaker, could_overtake, differing, is_clear, too_few
from tests.show.results import comparison

_N = 1_000


def result(name: str, secured: int, going: int) -> DoctrineResult:
    """A doctrine that secured so many of a thousand, with so many still going."""
    return DoctrineResult(
        name, name, {"p_secured": share(secured, _N), "p_undecided": share(going, _N)}
    )


def test_the_bound_is_above_the_best_ones_share() -> None:
    results = (result("best", 650, 300), result("up", 340, 311), result("level", 340, 310))
    assert could_overtake(results, "best") == (Overtaker("up", 0.311, 0.34 + 0.311),)


def test_a_trifle_is_left_out() -> None:
    trifle = round(MATTERS * _N) - 1
    assert could_overtake((result("a", 500, 0), result("b", 499, trifle)), "a") == ()
    assert could_overtake((result("a", 500, 0), result("b", 499, trifle + 1)), "a") != ()


@given(st.lists(st.tuples(st.integers(0, _N), st.integers(0, _N)), min_size=1, max_size=6))
def test_nobody_else_can_come_out_first(ends: list[tuple[int, int]]) -> None:
    """Whatever becomes of what is still going, the first is the best one or could overtake."""
    results = [result(str(i), s, min(u, _N - s)) for i, (s, u) in enumerate(ends)]
    best = max(results, key=lambda one: one["p_secured"].mean or 0.0)
    able = {one.doctrine for one in could_overtake(results, best.name)}
    for one in results:
        most = (one["p_secured"].mean or 0.0) + (one["p_undecided"].mean or 0.0)
        enough = (one["p_undecided"].mean or 0.0) >= MATTERS
        if one is not best and one.name not in able and enough:
            assert most <= (best["p_secured"].mean or 0.0)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60))
def test_pairs_that_differ_are_counted_from_the_interval(pairs: list[tuple[bool, bool]]) -> None:
    a, b = (np.array(values, np.float64) for values in zip(*pairs, strict=True))
    assert differing(paired_difference(a, b)) == int((a != b).sum())


def test_one_pair_tells_nothing() -> None:
    assert differing(Estimate(1.0, None, None, 1, "mean")) == 0


@pytest.mark.parametrize(
    ("first", "clear"), [(0, False), (5, False), (6, True), (100, True), (200, True)]
)
def test_six_pairs_or_more_make_a_lead(tmp_path: Path, first: int, clear: bool) -> None:
    shares = {"rotate": first / 200, "wait": 0.0}
    found = comparison(tmp_path, shares, dict.fromkeys(shares, 100.0))
    assert is_clear(found) == found.clear == found.to_json()["best"]["clear"] == clear
    assert not too_few(found)


def test_few_replications_may_still_tell(tmp_path: Path) -> None:
    shares = {"rotate": 1.0, "wait": 0.0}
    losses = dict.fromkeys(shares, 100.0)
    five = comparison(tmp_path / "a", shares, losses, replications=5)
    assert (five.clear, too_few(five)) == (False, True)
    ten = comparison(tmp_path / "b", shares, losses, replications=10)
    assert (ten.clear, too_few(ten)) == (True, False)
    alone = comparison(tmp_path / "c", {"rotate": 1.0}, {"rotate": 100}, replications=2)
    assert (alone.clear, too_few(alone)) == (False, False)
