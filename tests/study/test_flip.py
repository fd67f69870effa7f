"""A flip: where it is known to be, what is said about it, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest

from nobat.scenario import Scenario, ScenarioError
from nobat.study import flip as flips
from nobat.study.estimates import paired_difference
from nobat.study.flip import Flip, flip
from nobat.study.scan import Scan, scan
from tests.small import small

RATE = "attrition.attacker_rate"


def ask(path: str, **words: Any) -> Flip:
    """The flip of commit-all against rotate in the small scenario."""
    return flip(small(), path, **{"a": "commit-all", "b": "rotate", **words})


@pytest.fixture(scope="module")
def found() -> Flip:
    """With a low rate of fire, committing everyone costs more persons; with a high one, fewer."""
    return ask(RATE, low=0.02, high=0.14, outcome="attacker_losses", replications=300)


def test_a_flip_that_the_model_has(found: Flip) -> None:
    gaps = [point.difference.mean or 0.0 for point in found.points]
    assert gaps == sorted(gaps, reverse=True)
    (one,) = found.crossings
    assert not one.rises
    assert one.p_exists == found.p_crossing == 1.0
    assert one.low is not None
    assert one.high is not None
    assert 0.06 < one.low < one.value < one.high < 0.09
    assert [point.value for point in found.points][:3] == [0.02, 0.04, 0.06]


def test_at_the_flip_the_doctrines_are_level(found: Flip) -> None:
    """Run again at the crossing, with other luck: nearly nothing is left of a gap of 40 persons."""
    rate = found.crossings[0].value
    again = ask(
        RATE, low=rate, high=0.14, points=2, outcome="attacker_losses", replications=300, seed=7
    )
    at, beyond = (point.difference for point in again.points)
    assert at.low is not None
    assert at.high is not None
    assert at.low - 4 < 0 < at.high + 4  # its own interval, and that of the crossing
    assert beyond.high is not None
    assert beyond.high < -40


def test_points_are_the_paired_differences_of_the_runs(found: Flip) -> None:
    rows = scan(
        small(replications=300), RATE, [0.02], ["commit-all", "rotate"], ["attacker_losses"]
    )
    a, b = (rows.column(0, name, "attacker_losses") for name in ("commit-all", "rotate"))
    assert found.points[0].difference == paired_difference(a, b)
    assert found.points[0].a.mean == a.mean()


def test_a_flip_whose_place_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Losses of one doctrine are the frontage, of the other 530: they change places at 530."""

    def known(
        scenario: Scenario, path: str, values: Sequence[float], doctrines: Sequence[str],
        outcomes: Sequence[str], **_: object,
    ) -> Scan:  # fmt: skip
        luck = np.random.default_rng(1).normal(0, 9, 200)
        rows = np.array([[[value + luck], [530 + luck]] for value in values])
        return Scan(path, tuple(values), tuple(doctrines), tuple(outcomes), rows)

    monkeypatch.setattr(flips, "scan", known)
    (one,) = ask("contact.frontage", outcome="attacker_losses").crossings
    assert one.rises
    assert [one.low, one.value, one.high] == pytest.approx([530, 530, 530])
    assert one.p_exists == 1.0


def test_no_flip_is_said_plainly() -> None:
    found = ask("contact.frontage", points=3, replications=100)
    assert [point.value for point in found.points] == [200, 500, 800]
    assert found.crossings == ()
    assert found.p_crossing == 0.0
    assert found.sentence().startswith("No flip along contact.frontage between 200 and 800 persons")
    assert "commit-all takes the place more often than rotate" in found.sentence()


def test_threads_change_nothing() -> None:
    one, two = (
        ask(RATE, low=0.02, high=0.2, points=3, replications=40, jobs=jobs) for jobs in (1, 2)
    )
    assert one == two


def test_an_outcome_that_is_not_always_there() -> None:
    found = ask(RATE, low=0.1, high=0.3, points=3, outcome="day_secured", replications=60)
    assert found.outcome.name == "day_secured"
    assert found.points[0].difference.n < found.points[0].a.n < 60


def test_doctrines_that_never_differ() -> None:
    found = ask(RATE, low=0.1, high=0.3, points=2, outcome="supply_used_t", replications=20)
    assert "do not differ in supply_used_t at any value" in found.sentence()


def test_whole_numbers_are_run_once_each() -> None:
    found = ask("rotation.turns.posts", low=1, high=3, replications=5)
    assert [point.value for point in found.points] == [1, 2, 3]


def test_it_can_be_taken_elsewhere(found: Flip) -> None:
    answer = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert answer["crossings"][0].keys() == {"value", "low", "high", "rises", "p_exists"}
    assert answer["points"][0].keys() == {"value", "a", "b", "difference"}
    assert (answer["outcome"], answer["unit"], answer["path"]) == (
        "attacker_losses", "per day", RATE,
    )  # fmt: skip
    frame = found.to_polars()
    assert frame.height == 7
    assert frame["low"].dtype == pl.Float64
    assert frame["difference"][0] == found.points[0].difference.mean
    assert repr(found).startswith(f"<Flip small: commit-all - rotate along {RATE}; flips at 0.07")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"path": "attrition.atacker_rate"}, "did you mean attacker_rate?"),
        ({"path": "doctrines.rotate.start"}, "is not a number that can be swept"),
        ({"a": "comit-all"}, "doctrine: 'comit-all' is not one of small; did you mean commit-all?"),
        ({"a": "rotate"}, "doctrine: 'rotate' is held against itself"),
        ({"outcome": "secure"}, "outcome: 'secure' is not an outcome; did you mean secured?"),
        ({"low": 900}, "high: 800 is not above the low end, 900"),
        ({"low": 200, "high": 200}, "high: 200 is not above the low end, 200"),
        ({"low": -1}, "low: of contact.frontage: -1 is not allowed here: above 0 persons"),
        ({"high": float("nan")}, "high: of contact.frontage: .nan is not a finite number"),
        ({"path": "defender.reserve"}, "low: defender.reserve has no range of its own"),
        ({"points": 1}, "points: 1 is not a number of points: a whole number from 2 to 101"),
        ({"points": 2.5}, "points: 2.5 is not a number of points"),
        ({"points": 102}, "points: 102 is not a number of points"),
        ({"replications": 0}, "replications: 0 is not a count"),
        ({"jobs": 0}, "jobs: 0 is not a number of threads"),
        (
            {"path": "rotation.turns.posts", "low": 1, "high": 9},
            r"rotation.turns.posts \(at rotation.turns.posts = 8\): 8 posts are more than",
        ),
    ],
)
def test_what_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        ask(**{"path": "contact.frontage", **given})
