"""Who is best at a point: by which end, by how much, and what is said where nobody is."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.model.outcome import OUTCOMES
from nobat.study.decision import (
    _LESS,
    LEAST_PAIRS,
    Floats,
    ahead,
    best_of,
    beyond_noise,
    decided,
    decision_json,
    heights,
)
from nobat.study.estimates import RESAMPLES, paired_difference
from nobat.study.names import UNDECIDED, outcome_named

SECURED, LOSSES, DAY = (
    outcome_named(name) for name in ("secured", "attacker_losses", "day_secured")
)
NAN = float("nan")


def rows(*each: list[float]) -> Floats:
    return np.array(each, np.float64)


def test_what_costs_the_attacker_is_best_where_it_is_lowest() -> None:
    assert best_of(SECURED) == "highest"
    assert best_of(LOSSES) == best_of(UNDECIDED) == "lowest"
    assert {one.name for one in (*OUTCOMES, UNDECIDED)} >= _LESS


def test_the_lead_is_that_of_the_pairs() -> None:
    luck = np.random.default_rng(4).random(200)
    given = np.array([luck < 0.4, luck < 0.7, luck < 0.5], np.float64)
    found = decided(given, SECURED)
    assert (found.winner, found.runner_up, found.sure) == (1, 2, True)
    assert found.lead == paired_difference(given[1], given[2])
    assert found.estimates[1].kind == "share"


def test_the_fewest_losses_win() -> None:
    found = decided(rows([9, 11, 10] * 2, [5, 6, 4] * 2, [20, 21, 19] * 2), LOSSES)
    assert (found.winner, found.runner_up, found.sure) == (1, 0, True)
    # A lead is an advantage: five persons fewer are lost.
    assert found.lead.mean == 5
    assert found.lead.low is not None
    assert found.lead.low > 0


def test_a_lead_within_noise_is_not_sure() -> None:
    found = decided(rows([1, 0, 1, 0], [0, 1, 1, 1]), SECURED)
    assert (found.winner, found.sure) == (1, False)
    assert not decided(rows([1], [0]), SECURED).sure


def test_few_pairs_are_never_sure() -> None:
    """All one way: the interval has no width, and says more than five pairs can."""
    for differ, sure in ((LEAST_PAIRS - 1, False), (LEAST_PAIRS, True)):
        assert decided(rows([1] * differ, [0] * differ), SECURED).sure == sure
        assert decided(rows([30] * differ, [31] * differ), DAY).sure == sure
        # Of 400 pairs those that are equal say nothing of who is better.
        many = rows([1.0] * differ + [0.0] * (400 - differ), [0.0] * 400)
        assert decided(many, SECURED).sure == sure


def test_two_alike_are_seldom_sure() -> None:
    """Of 2,000 games between equals at most 5 % are told to be beyond noise, however rare wins are.

    Both sides are looked at: a standard error of 0.5 points.
    """
    rng = np.random.default_rng(11)
    for chance, n in ((0.5, 6), (0.5, 100), (0.02, 100), (0.005, 400)):
        luck = rng.random((2000, 2, n)) < chance
        games = luck.astype(np.float64)
        found = [beyond_noise(a, b) or beyond_noise(b, a) for a, b in games]
        assert np.mean(found) < 0.05 + 4.5 * 0.005


def test_sure_means_ahead_of_every_other() -> None:
    """The next best may be clearly behind, and a third, whose luck differs more, not so."""
    steady = np.arange(40) % 2 + 10.0
    wild = np.where(np.arange(40) % 4 < 2, 60.0, -42.0)
    found = decided(np.array([steady, steady - 1, wild]), outcome_named("defender_losses"))
    assert (found.winner, found.runner_up, found.sure) == (0, 1, False)
    assert decided(np.array([steady, steady - 1]), outcome_named("defender_losses")).sure


def test_equal_means_have_no_winner() -> None:
    found = decided(rows([1, 0], [0, 1], [0, 0]), SECURED)
    assert (found.winner, found.runner_up, found.sure) == (None, None, False)
    assert found.lead.mean == 0


def test_who_never_has_an_outcome_is_left_out() -> None:
    given = rows([NAN, NAN], [30, NAN], [40, 42])
    found = decided(given, DAY)
    assert (found.winner, found.runner_up) == (1, 2)
    assert (found.lead.mean, found.lead.n) == (10, 1)
    up, again = heights(given[None], DAY)
    assert np.isnan(up[0, 0])
    assert up[0, 1:].tolist() == [-30, -41]
    # In a quarter of the resamples the one replication that has a day is not drawn.
    assert np.isnan(again[:, 0, 0]).all()
    assert np.isnan(again[:, 0, 1]).mean() == pytest.approx(0.25, abs=4.5 * 0.0097)
    assert np.nanmax(again[:, 0, 1]) == np.nanmin(again[:, 0, 1]) == -30


@pytest.mark.parametrize("days", [[[NAN, NAN], [30, 31]], [[NAN, NAN], [NAN, NAN]]])
def test_one_alone_is_ahead_of_nobody(days: list[list[float]]) -> None:
    found = decided(rows(*days), DAY)
    assert (found.winner, found.runner_up, found.lead.mean) == (None, None, None)
    assert (found.data, found.level, found.sure) == (False, False, False)


def test_equal_days_are_level_whatever_the_order_of_the_sum() -> None:
    days = np.random.default_rng(8).integers(1, 1440, 37) / 24
    found = decided(np.array([days, days[::-1]]), DAY)
    assert found.level
    up, again = heights(np.array([days, days])[None], DAY)
    assert up[0, 0] == up[0, 1]
    assert (again[:, 0, 0] == again[:, 0, 1]).all()


@pytest.mark.parametrize("outcome", [SECURED, LOSSES])
def test_heights_rise_with_what_is_better(outcome: object) -> None:
    assert outcome in (SECURED, LOSSES)
    named = SECURED if outcome is SECURED else LOSSES
    sign = 1 if named is SECURED else -1
    given = np.random.default_rng(1).integers(0, 2, (3, 2, 50)).astype(np.float64)
    up, again = heights(given, named)
    assert up == pytest.approx(sign * given.mean(axis=2))
    assert again.shape == (RESAMPLES, 3, 2)
    # A resample of 50 has a standard error of 0.07, the mean of 2,000 of them one of 0.0016.
    assert again.mean(axis=0) == pytest.approx(up, abs=4.5 * 0.0016)


def test_resamples_are_paired() -> None:
    """Doctrines and points that met the same luck and did the same do so in every resample."""
    luck = np.random.default_rng(2).random(80)
    given = np.array([[luck, luck], [luck, luck + 1]])
    again = heights(given, SECURED)[1]
    assert (again[:, 0, 0] == again[:, 0, 1]).all()
    assert (again[:, 0, 0] == again[:, 1, 0]).all()
    assert again[:, 1, 1] == pytest.approx(again[:, 1, 0] + 1)


def test_several_are_ahead_where_they_share_the_best() -> None:
    assert ahead(rows([1, 2, 2], [3, 1, 0])).tolist() == [[False, True, True], [True, False, False]]


def test_the_keys_that_scripts_rely_on() -> None:
    found = decision_json(decided(rows([1, 0], [0, 1]), SECURED), ("a", "b"))
    assert found.keys() == {"doctrines", "winner", "runner_up", "lead", "data", "sure"}
    assert (found["winner"], found["data"]) == (None, True)
    assert found["doctrines"].keys() == {"a", "b"}
