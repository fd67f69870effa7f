"""Why one doctrine does better: shares that add up, and that go to what makes the difference."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import numpy as np
import polars as pl
import pytest

from nobat.engine import cpu, plan
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario import Scenario, ScenarioError
from nobat.study.estimates import paired_difference
from nobat.study.shapley import shapley
from nobat.study.why import Why, explained, why
from nobat.study.why_runs import (
    MECHANISMS,
    PLAYERS,
    counts_duties,
    players_between,
    players_in,
    sides,
    worths,
)
from tests.model.test_shadow import ALONE, DUTIES
from tests.small import small, whole

QUICK = 60


def ask(scenario: Scenario | None = None, **words: Any) -> Why:
    """Why commit-all differs from rotate in the small scenario."""
    given = {"doctrine": "commit-all", "against": "rotate", "replications": QUICK, **words}
    return why(scenario or small(), **given)


def shares(found: Why) -> dict[str, float | None]:
    """The mean share of every mechanism."""
    return {one.mechanism: one.share.mean for one in found.shares}


@pytest.fixture(scope="module")
def found() -> Why:
    """Every mechanism is in it, and the doctrines differ in what they fire at as well."""
    return ask(whole(), outcome="attacker_losses")


def test_shares_add_up_to_the_difference(found: Why) -> None:
    total = sum(one.share.mean or 0.0 for one in found.shares)
    assert total == pytest.approx(found.difference.mean, abs=1e-9)
    assert [one.mechanism for one in found.shares] == list(PLAYERS)
    assert all(one.in_scenario for one in found.shares)
    assert len(found.mixes) == 64


def test_they_add_up_in_every_replication() -> None:
    scenario = whole(replications=20)
    games = worths(
        scenario, "commit-all", "rotate", "defender_losses", PLAYERS,
        expected=False, jobs=1, progress=None,
    )  # fmt: skip
    a, b = (
        cpu.simulate(plan.build(scenario, name), scenario.run.seed, 0, 20)
        for name in ("commit-all", "rotate")
    )
    column = index("defender_losses")
    assert games[-1].tolist() == a[:, column].tolist()
    assert games[0].tolist() == b[:, column].tolist()
    assert np.abs(shapley(games).sum(axis=0) - (a - b)[:, column]).max() < 1e-9


def test_its_ends_are_the_doctrines_themselves(found: Why) -> None:
    a, b = (
        cpu.simulate(plan.build(whole(), name), 1, 0, QUICK)[:, index("attacker_losses")]
        for name in ("commit-all", "rotate")
    )
    assert (found.at_a.mean, found.at_b.mean) == (a.mean(), b.mean())
    assert found.difference == paired_difference(a, b)


def test_shares_are_the_mean_over_every_order(found: Why) -> None:
    """All 720 orders in which the mechanisms can go over, from the means of the mixes."""
    worth = {one.of_a: one.mean or 0.0 for one in found.mixes}
    total = dict.fromkeys(PLAYERS, 0.0)
    orders = list(permutations(PLAYERS))
    for order in orders:
        gone: tuple[str, ...] = ()
        for player in order:
            more = tuple(one for one in PLAYERS if one in (*gone, player))
            total[player] += worth[more] - worth[gone]
            gone = more
    assert shares(found) == pytest.approx({p: total[p] / len(orders) for p in PLAYERS}, abs=1e-9)


def test_each_way_round_is_the_other_turned_over() -> None:
    """Nothing in the game prefers a to b."""
    there = ask(whole(), outcome="attacker_losses", replications=20)
    back = ask(
        whole(), outcome="attacker_losses", replications=20, doctrine="rotate", against="commit-all"
    )
    for one, other in zip(there.shares, back.shares, strict=True):
        assert one.share.mean == pytest.approx(-(other.share.mean or 0.0), abs=1e-9)
        assert one.alone.mean == pytest.approx(-(other.last.mean or 0.0), abs=1e-9)


def test_a_doctrine_against_itself() -> None:
    found = ask(whole(), doctrine="rotate", replications=10, outcome="harm_index")
    assert set(shares(found).values()) == {0.0}
    assert found.difference.mean == 0.0
    assert found.sentence() == "rotate is held against itself: there is nothing to explain."


def test_mass_alone() -> None:
    """Nothing else is in the scenario: mass gets all, and the others exactly nothing."""
    found = ask(small().with_values(ALONE), outcome="attacker_losses")
    assert found["mass"].share.mean == pytest.approx(found.difference.mean)
    assert found.difference.mean != 0
    assert {name for name, share in shares(found).items() if share == 0.0} == set(PLAYERS) - {
        "mass"
    }


def test_what_is_fired_at_is_other() -> None:
    """Doctrines that differ in their fire policy alone."""
    values = {"doctrines.commit-all.start": "rotate"}
    found = ask(whole().with_values(values), outcome="harm_index")
    assert found["other"].share.mean == pytest.approx(found.difference.mean)
    assert found.difference.mean != 0
    assert all(found[name].share.mean == 0.0 for name in MECHANISMS)


def test_the_count_of_duties_is_other() -> None:
    found = ask(outcome="days_committed")
    assert found["other"].alone.mean == pytest.approx(found.at_b.mean or found["other"].alone.mean)
    assert found["other"].last.mean == found.at_a.mean


def test_a_mechanism_that_is_not_there() -> None:
    """It is not run, and its share is exactly 0; nor does that change the others'."""
    bare = small()
    assert players_in(bare) == ("mass", "tempo", "reserve", "other")
    found = ask(bare)
    assert len(found.mixes) == 8  # nor does either doctrine say anything of fire or a corridor
    assert not found["sleep"].in_scenario
    assert found["sleep"].share.mean == found["supply"].share.mean == 0.0
    games = worths(
        small(replications=QUICK), "commit-all", "rotate", "secured", PLAYERS,
        expected=False, jobs=1, progress=None,
    )  # fmt: skip
    whole_game = explained(
        small(), "commit-all", "rotate", "secured", PLAYERS, "monte-carlo", games
    )
    assert shares(found) == pytest.approx(shares(whole_game), abs=1e-12)


def test_what_counts_duties_is_known() -> None:
    assert [one.name for one in OUTCOMES if counts_duties(one.name)] == [
        one.name for one in OUTCOMES if one.name in DUTIES
    ]


def test_who_can_make_a_difference() -> None:
    """Not the mechanisms where duties are the same, nor `other` where the rest is."""
    scenario = whole()
    rules = scenario.with_values({"doctrines.rotate.rules": [{"when": "day > 2", "fire": "free"}]})
    same = {"doctrines.commit-all.fire": None}
    for of, a, b, outcome, players in (
        (scenario, "rotate", "commit-all", "secured", PLAYERS),
        (scenario, "rotate", "closed", "secured", ("other",)),
        (rules, "rotate", "closed", "secured", ("other",)),
        (rules, "rotate", "wait", "secured", ("other",)),
        (scenario.with_values(same), "rotate", "commit-all", "secured", MECHANISMS),
        (scenario.with_values(same), "rotate", "commit-all", "cover", PLAYERS),
        (rules.with_values(same), "rotate", "commit-all", "secured", PLAYERS),
        (small(), "rotate", "wait", "secured", ("mass", "tempo", "reserve")),
        (scenario, "rotate", "rotate", "secured", ("other",)),
    ):
        assert players_between(of, a, b, outcome) == players


@pytest.mark.parametrize("outcome", ["attacker_losses", "secured", "undecided", "cold_deaths"])
@pytest.mark.parametrize("solver", ["monte-carlo", "mean-field"])
@pytest.mark.parametrize("pair", [("rotate", "commit-all"), ("rotate", "closed")])
def test_who_is_left_out_would_have_got_nothing(
    outcome: str, solver: str, pair: tuple[str, str]
) -> None:
    """The whole game of 64 mixes gives the same shares to the last bit but one, and as many."""
    scenario = whole(replications=12).with_values({"doctrines.commit-all.fire": None})
    whole_game = worths(
        scenario, *pair, outcome, PLAYERS, expected=solver == "mean-field", jobs=1, progress=None
    )
    own = ask(
        scenario, doctrine=pair[0], against=pair[1], outcome=outcome, solver=solver,
        replications=12 if solver == "monte-carlo" else None,
    )  # fmt: skip
    every = explained(scenario, *pair, outcome, PLAYERS, solver, whole_game)
    assert len(own.mixes) == (32 if pair[1] == "commit-all" else 2)
    assert shares(own) == pytest.approx(shares(every), abs=1e-12)
    for one, its in zip(own.shares, every.shares, strict=True):
        assert one.in_scenario
        assert one.share.to_json() == pytest.approx(its.share.to_json(), abs=1e-12)
        assert one.last.mean == pytest.approx(its.last.mean, abs=1e-12)
    assert (own.at_a, own.at_b, own.difference) == (every.at_a, every.at_b, every.difference)


def test_the_corridor_alone() -> None:
    """Two campaigns for each replication, and all of it is `other`."""
    found = ask(whole(), doctrine="rotate", against="closed", outcome="escaped")
    assert [mix.of_a for mix in found.mixes] == [(), ("other",)]
    assert [one.to_json() for one in found.unlike] == [
        {"field": "corridor", "a": "open", "b": "closed"}
    ]
    assert found["other"].share == found["other"].alone == found.difference
    assert found.difference.mean != 0
    assert {found[name].share.mean for name in MECHANISMS} == {0.0}
    assert found.sentence().endswith(
        " The two differ only in the corridor (open under rotate, closed under closed): all of the "
        "difference comes from that."
    )


def test_whose_campaign_a_mix_is() -> None:
    """Bits of the switches: mass 1, tempo 2, sleep 4, reserve 8, supply 16."""
    assert sides(PLAYERS, 0) == (False, 0)
    assert sides(PLAYERS, 63) == (True, 0)
    assert sides(PLAYERS, 0b000101) == (False, 0b00101)  # b's own, with a's mass and sleep
    assert sides(PLAYERS, 0b100101) == (True, 0b11010)  # a's own, with b's others
    assert sides(("mass", "reserve", "other"), 0b110) == (True, 0b00001)
    assert sides(("mass", "reserve"), 0b10) == (False, 0b01000)
    assert sides(("mass", "reserve"), 0b11) == (True, 0)  # all of them: a's own, without a shadow
    assert [sides(("other",), game) for game in (0, 1)] == [(False, 0), (True, 0)]


def test_an_outcome_that_is_not_always_there() -> None:
    """Only replications in which it exists in every mix count."""
    found = ask(outcome="day_secured")
    assert 0 < found.difference.n < QUICK
    assert {one.share.n for one in found.shares if one.in_scenario} == {found.difference.n}
    total = sum(one.share.mean or 0.0 for one in found.shares)
    assert total == pytest.approx(found.difference.mean, abs=1e-9)
    assert f"Over the {found.difference.n}" in " ".join(found.table().notes())


def test_the_mean_field() -> None:
    found = ask(whole(), solver="mean-field", outcome="attacker_losses", replications=None)
    assert (found.seed, found.replications, found.difference.low) == (None, 1, None)
    total = sum(one.share.mean or 0.0 for one in found.shares)
    assert total == pytest.approx(found.difference.mean, abs=1e-9)
    assert found.difference.mean != 0


def test_threads_change_nothing() -> None:
    one, two = (ask(replications=30, jobs=jobs) for jobs in (1, 2))
    assert one == two


def test_replications_that_nobody_asked_for() -> None:
    """A scenario's own number, but 16,000 campaigns at most: 64 mixes take their time."""
    assert ask(small(replications=12), replications=None).replications == 12
    many = ask(small(replications=3_000), replications=None, outcome="duration_d")
    assert (many.replications, len(many.mixes)) == (2_000, 8)
    more = ask(small(replications=3_000), replications=2_100, outcome="duration_d")
    assert more.replications == 2_100


def test_news_of_it_is_of_campaigns() -> None:
    told: list[tuple[int, int]] = []
    ask(replications=250, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 2_000)
    assert told[-1] == (2_000, 2_000)
    assert len(told) == 1 + 8 * 3
    assert told == sorted(told)


def test_it_can_be_taken_elsewhere(found: Why) -> None:
    answer = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert answer["shares"][0].keys() == {"mechanism", "in_scenario", "share", "alone", "last"}
    assert (answer["outcome"], answer["a"], answer["b"]) == (
        "attacker_losses", "commit-all", "rotate",
    )  # fmt: skip
    assert answer["unlike"] == [
        {"field": "posture", "a": "commit_all", "b": "rotate"},
        {"field": "fire", "a": "free", "b": "restrained"},
    ]
    assert answer["mixes"][5] == {"of_a": ["mass", "sleep"], "mean": found.mixes[5].mean}
    frame = found.to_polars()
    assert frame.height == 6
    assert frame["mechanism"].dtype == pl.String
    assert frame["n"].dtype == pl.Int64
    assert frame["share"].sum() == pytest.approx(found.difference.mean)
    assert repr(found).startswith("<Why whole: commit-all - rotate in attacker_losses; most: ")
    with pytest.raises(KeyError):
        found["luck"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"doctrine": "comit-all"}, "doctrine: 'comit-all' is not one of small; did you mean comm"),
        ({"against": "rotat"}, "against: 'rotat' is not one of small; did you mean rotate?"),
        ({"outcome": "secure"}, "outcome: 'secure' is not an outcome; did you mean secured?"),
        ({"solver": "exact"}, r"solver: 'exact' is not a solver of why \(solvers: monte-carlo, "),
        ({"solver": "mean-field"}, "replications: means nothing with the solver mean-field"),
        ({"solver": "mean-field", "replications": None, "seed": 3}, "seed: means nothing with"),
        ({"jobs": 0}, "jobs: 0 is not a number of threads"),
        ({"replications": 0}, "replications: 0 is not a count"),
        ({"replications": 10**7}, "replications: 10,000,000 of each of 8 mixes are too many"),
    ],
)
def test_what_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        ask(**given)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ScenarioError) as wrong:
        ask(doctrine="x", against="y", outcome="z", solver="q", jobs=-1)
    paths = [problem.path for problem in wrong.value.problems]
    assert paths == ["doctrine", "against", "outcome", "solver", "jobs"]


def test_not_a_scenario() -> None:
    with pytest.raises(TypeError, match="why takes a Scenario"):
        why("small", doctrine="a", against="b")  # type: ignore[arg-type]
