"""Crews scenarios: kinds, preferences, priorities, dates, a calendar, and the shipped one."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import nobat
from nobat.scenario.crews import Crews


def crews(**parts: Any) -> Crews:
    """A small scenario of two kinds and one demand, changed in parts."""
    base: dict[str, Any] = {
        "kind": "crews",
        "format": 1,
        "name": "small",
        "title": "Small",
        "crews": {
            "one": {"title": "One", "count": 3, "tour_d": 4, "rest_d": 8},
            "two": {"title": "Two", "count": 3, "tour_d": 6, "rest_d": 12},
        },
        "posts": {"gate": {"title": "Gate", "crews": ["one"], "levels": [{"count": 1}]}},
        "start": {"stagger_d": 30},
        "run": {"horizon_d": 100},
    }
    return Crews.model_validate(base | parts)


def held(answer: nobat.Rotation) -> dict[str, set[str]]:
    """Which kinds held which posts."""
    duties = answer.duties().filter(pl.col("duty") == "operating")
    kind = pl.col("crew").str.split(" ").list.first()
    rows = duties.with_columns(kind).group_by("post").agg(pl.col("crew").unique())
    return {post: set(kinds) for post, kinds in rows.iter_rows()}


def test_each_kind_keeps_its_own_times() -> None:
    posts = {"gate": {"title": "G", "crews": ["one", "two"], "levels": [{"count": 3}]}}
    answer = nobat.rotation(crews(posts=posts))
    tours = answer.duties().filter((pl.col("duty") == "operating") & (pl.col("from_d") < 90))
    for kind, days in (("one", 4), ("two", 6)):
        assert set(tours.filter(pl.col("crew").str.starts_with(kind))["days"]) == {days}


def test_the_preferred_kind_goes_first_and_the_other_fills_in() -> None:
    levels = [{"count": 1}]
    only = nobat.rotation(
        crews(posts={"gate": {"title": "G", "crews": ["one", "two"], "levels": levels}})
    )
    assert held(only) == {"gate": {"one"}}
    more = [{"count": 2}]
    both = nobat.rotation(
        crews(posts={"gate": {"title": "G", "crews": ["one", "two"], "levels": more}})
    )
    assert held(both) == {"gate": {"one", "two"}}
    alone = nobat.rotation(crews(posts={"gate": {"title": "G", "crews": ["one"], "levels": more}}))
    assert both.cover > alone.cover


def test_the_lower_number_is_filled_first() -> None:
    posts = {
        "late": {"title": "L", "crews": ["one"], "priority": 2, "levels": [{"count": 1}]},
        "early": {"title": "E", "crews": ["one"], "priority": 1, "levels": [{"count": 1}]},
    }
    cover = dict(nobat.rotation(crews(posts=posts)).posts().select("post", "cover").iter_rows())
    assert cover["early"] > cover["late"]


def test_posts_have_dates_and_a_tour_that_is_cut_is_finished_later() -> None:
    levels = [{"from_d": 20, "days": 2, "count": 1}, {"from_d": 40, "days": 30, "count": 1}]
    answer = nobat.rotation(
        crews(posts={"gate": {"title": "G", "crews": ["one"], "levels": levels}})
    )
    days = answer.days()
    assert set(days.filter(pl.col("posts") > 0)["day"]) == {20, 21, *range(40, 70)}
    tours = answer.duties().filter(pl.col("duty") == "operating").sort("from_d")
    assert tours["days"].to_list()[:2] == [2, 2]
    assert tours["unit"][0] == tours["unit"][1]


def test_a_calendar_switches_times_for_tours_under_way_too() -> None:
    change = [
        {"from_d": 30, "crews": {"one": {"tour_d": 10, "rest_d": 4}}},
        {"from_d": 60, "crews": {"one": {"tour_d": 4, "rest_d": 8}}},
    ]
    answer = nobat.rotation(crews(calendar=change))
    tours = answer.duties().filter(pl.col("duty") == "operating").sort("from_d")
    middle = tours.filter((pl.col("from_d") >= 30) & (pl.col("from_d") < 50))["days"]
    assert set(middle) == {10}
    assert set(tours.filter(pl.col("from_d") < 26)["days"]) == {4}
    assert set(tours.filter((pl.col("from_d") >= 60) & (pl.col("from_d") < 90))["days"]) == {4}
    assert sum(answer.unit_days.values()) == 6 * 99


def test_a_surge_calls_from_rest_and_comes_last() -> None:
    posts = {
        "rush": {
            "title": "R", "crews": ["two", "one"], "surge": True, "priority": 0,
            "levels": [{"from_d": 50, "days": 5, "count": 5}],
        },
        "gate": {"title": "G", "crews": ["one"], "levels": [{"count": 1}]},
    }  # fmt: skip
    answer = nobat.rotation(crews(posts=posts))
    assert answer.question.posts[-1].name == "rush"
    assert answer.surge is not None
    assert answer.surge.extra_unit_days == 25
    assert {50} <= set(answer.ledger()["called_d"]) <= set(range(50, 55))


def test_random_starts_from_a_scenario() -> None:
    run = {"horizon_d": 100, "replications": 30, "seed": 3}
    answer = nobat.rotation(crews(start={"phases": "random"}, run=run))
    assert len(answer.covers) == 30
    assert answer.cover_interval.low is not None


def test_fire_crews() -> None:
    scenario = nobat.load_crews("fire-crews")
    answer = nobat.rotation(scenario)
    assert scenario.crews["hotshot"].tour_d.value == 14
    assert scenario.crews["hotshot"].rest_d.value == 2
    assert 0.9 < answer.cover < 1
    assert answer.surge is not None
    assert answer.surge.extra_unit_days > 0
    assert not answer.ledger().is_empty()
    assert all(one.units is not None for one in answer.required)
    text = str(answer)
    for word in ("assigned", "available", "out of service"):
        assert word in text


def test_enough_of_one_kind_is_enough() -> None:
    scenario = nobat.load_crews("fire-crews")
    needed = nobat.rotation(scenario).required[1].units
    assert needed is not None
    filled = nobat.rotation(scenario.with_values({"crews.hand-crew.count": needed}))
    short = nobat.rotation(scenario.with_values({"crews.hand-crew.count": needed - 1}))
    assert filled.cover == pytest.approx(1)
    assert short.cover < 1
