"""What tells two doctrines apart: paired, beyond luck, the clearest first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import nobat
from nobat.study.comparison import Comparison
from nobat.study.differing import TELLING, telling
from nobat.study.estimates import mean
from tests.show.results import comparison
from tests.small import small


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder: Path = tmp_path_factory.mktemp("differing") / "run"
    return nobat.compare(small(replications=60), out=folder)


def test_every_gap_is_beyond_luck_and_none_is_left_out(result: Comparison) -> None:
    found = {one.outcome.name: one for one in telling(result, "rotate", "wait")}
    assert found
    for name in TELLING:
        a, b = result.values("rotate", name), result.values("wait", name)
        gap = mean(a - b)
        apart = gap.low is not None and gap.high is not None and not gap.low <= 0 <= gap.high
        assert (name in found) == apart
        if apart:
            both = ~np.isnan(a - b)
            one = found[name]
            assert one.difference == gap
            assert (one.at_a, one.at_b) == (a[both].mean(), b[both].mean())


def test_the_clearest_comes_first(result: Comparison) -> None:
    clear = [one.clearness for one in telling(result, "rotate", "wait")]
    assert clear == sorted(clear, reverse=True)
    assert all(one > 1 for one in clear)


def test_turned_round_it_is_the_same_with_another_sign(result: Comparison) -> None:
    one, other = telling(result, "rotate", "wait"), telling(result, "wait", "rotate")
    assert [its.outcome for its in one] == [its.outcome for its in other]
    for a, b in zip(one, other, strict=True):
        assert a.difference.mean == pytest.approx(-(b.difference.mean or 0.0))


def test_a_doctrine_does_not_differ_from_itself(result: Comparison) -> None:
    assert telling(result, "wait", "wait") == []


def test_five_pairs_that_go_one_way_may_be_luck(tmp_path: Path) -> None:
    shares, losses = {"rotate": 0.0, "wait": 0.0}, {"rotate": 100.0, "wait": 50.0}
    few = comparison(tmp_path / "a", shares, losses, replications=5)
    assert telling(few, "rotate", "wait") == []
    enough = comparison(tmp_path / "b", shares, losses, replications=6)
    assert [one.outcome.name for one in telling(enough, "rotate", "wait")] == ["attacker_losses"]
