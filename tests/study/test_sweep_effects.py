"""Outcomes along the factors of a sweep: points by themselves, means over slices of them."""

from __future__ import annotations

import polars as pl
import pytest

from nobat.study.estimates import mean
from nobat.study.names import outcome_named
from nobat.study.sweep import sweep
from nobat.study.sweep_effects import MOST_SLICES, MOST_VALUES, along
from nobat.study.swept import Sweep
from tests.small import small

OVER = ["contact.frontage", "rotation.turns.posts=1:3", "sleep.model=three_process,none"]
LOSSES = outcome_named("attacker_losses")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return sweep(small(), OVER, points=64, replications=5, out=tmp_path_factory.mktemp("a") / "b")


def test_many_values_are_put_into_slices_of_as_many_points(found: Sweep) -> None:
    stops = along(found, found.factors[0], "rotate", LOSSES)
    assert len(stops) == MOST_SLICES
    assert [stop.estimate.n for stop in stops] == [8] * MOST_SLICES
    table = found.points().filter(pl.col("doctrine") == "rotate").collect()
    table = table.sort("contact.frontage")
    for place, stop in enumerate(stops):
        part = table.slice(8 * place, 8)
        assert stop.at == pytest.approx(part["contact.frontage"].mean())
        assert stop.estimate == mean(part["attacker_losses"].to_numpy())


def test_few_values_are_told_one_by_one_in_their_order(found: Sweep) -> None:
    _, posts, model = found.factors
    assert [stop.at for stop in along(found, posts, "wait", LOSSES)] == [1, 2, 3]
    assert [stop.at for stop in along(found, model, "wait", LOSSES)] == ["three_process", "none"]
    table = found.points().filter(pl.col("doctrine") == "rotate").collect()
    stops = along(found, posts, "rotate", LOSSES)
    assert sum(stop.estimate.n for stop in stops) == 64
    two = table.filter(pl.col("rotation.turns.posts") == 2)["attacker_losses"].to_numpy()
    assert stops[1].estimate == mean(two)


def test_a_factor_by_itself_has_the_estimates_that_were_kept(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A whole number that is drawn more than once at the same value is told once."""
    over = ["rotation.turns.tour_h=4:100"]
    out = tmp_path_factory.mktemp("a") / "b"
    one = sweep(small(), over, points=20, replications=5, doctrines="rotate", out=out)
    stops = along(one, one.factors[0], "rotate", LOSSES)
    table = one.points().collect().unique("rotation.turns.tour_h").sort("rotation.turns.tour_h")
    assert [stop.at for stop in stops] == table["rotation.turns.tour_h"].to_list()
    assert len(stops) > MOST_VALUES
    assert [stop.estimate.low for stop in stops] == table["attacker_losses_low"].to_list()
    assert {stop.estimate.kind for stop in stops} == {"mean"}
    shares = along(one, one.factors[0], "rotate", outcome_named("secured"))
    assert {stop.estimate.kind for stop in shares} == {"share"}


def test_points_where_an_outcome_is_nowhere_are_left_out(found: Sweep) -> None:
    stops = along(found, found.factors[0], "wait", outcome_named("day_secured"))
    assert stops == ()
    table = found.points().filter(pl.col("doctrine") == "commit-all").collect()
    there = table["day_secured_if_secured"].is_not_null().sum()
    stops = along(found, found.factors[0], "commit-all", outcome_named("day_secured"))
    assert sum(stop.estimate.n for stop in stops) == there
    assert all(stop.estimate.mean is not None for stop in stops)
