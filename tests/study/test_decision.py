"""Who is best at a point: by which end, by how much, and what is said where nobody is."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.model.outcome import OUTCOMES
from nobat.study.decision import _LESS, Floats, ahead, best_of, decided, decision_json, heights
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
    found = decided(rows([9, 11, 10], [5, 6, 4], [20, 21, 19]), LOSSES)
    assert (found.winner, found.runner_up, found.sure) == (1, 0, True)
    assert found.lead.mean == -5


def test_a_lead_within_noise_is_not_sure() -> None:
    found = decided(rows([1, 0, 1, 0], [0, 1, 1, 1]), SECURED)
    assert (found.winner, found.sure) == (1, False)
    assert not decided(rows([1], [0]), SECURED).sure


def test_equal_means_have_no_winner() -> None:
    found = decided(rows([1, 0], [0, 1], [0, 0]), SECURED)
    assert (found.winner, found.runner_up, found.sure) == (None, None, False)
    assert found.lead.mean == 0


def test_who_never_has_an_outcome_is_behind_all_who_have_it() -> None:
    found = decided(rows([NAN, NAN], [30, NAN], [40, 42]), DAY)
    assert (found.winner, found.runner_up) == (1, 2)
    assert found.lead.n == 1
    alone = decided(rows([NAN, NAN], [30, 31]), DAY)
    assert (alone.winner, alone.runner_up, alone.lead.mean) == (1, None, None)
    none = decided(rows([NAN], [NAN]), DAY)
    assert none.winner is None
    up, again = heights(rows([NAN, NAN], [30, NAN], [40, 42])[None], DAY)
    assert up[0].argmax() == 1
    assert up[0].argmin() == 0
    assert np.isfinite(again).all()
    assert np.isfinite(heights(rows([NAN], [NAN])[None], DAY)[0]).all()


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
    assert found.keys() == {"doctrines", "winner", "runner_up", "lead", "sure"}
    assert found["winner"] is None
    assert found["doctrines"].keys() == {"a", "b"}
