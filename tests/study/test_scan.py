"""A scan: the same rows as any run, whatever the threads; what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.engine.cpu import simulate
from nobat.engine.plan import build
from nobat.model.outcome import index
from nobat.scenario import ScenarioError
from nobat.study import scan as scanning
from nobat.study.scan import scan
from tests.small import small

PATH, VALUES = "contact.frontage", (200.0, 400.0, 800.0)
DOCTRINES, OUTCOMES = ("rotate", "commit-all"), ("secured", "attacker_losses", "undecided")


def test_rows_are_those_of_any_run() -> None:
    found = scan(small(), PATH, VALUES, DOCTRINES, OUTCOMES)
    assert found.rows.shape == (3, 2, 3, 60)
    assert found.replications == 60
    for place, value in enumerate(VALUES):
        scenario = small().with_values({PATH: value})
        for doctrine in DOCTRINES:
            rows = simulate(build(scenario, doctrine), 1, 0, 60)
            losses = found.column(place, doctrine, "attacker_losses")
            assert np.array_equal(losses, rows[:, index("attacker_losses")])
            ended = rows[:, index("secured")] + rows[:, index("abandoned")]
            assert np.array_equal(found.column(place, doctrine, "undecided"), 1 - ended)


def test_threads_and_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one = scan(small(), PATH, VALUES, DOCTRINES, OUTCOMES, jobs=1)
    two = scan(small(), PATH, VALUES, DOCTRINES, OUTCOMES, jobs=2)
    monkeypatch.setattr(scanning, "CHUNK", 7)
    cut = scan(small(), PATH, VALUES, DOCTRINES, OUTCOMES, jobs=2)
    assert np.array_equal(one.rows, two.rows)
    assert np.array_equal(one.rows, cut.rows)


def test_progress_counts_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "CHUNK", 30)
    said: list[tuple[int, int]] = []
    scan(small(), PATH, VALUES, DOCTRINES, OUTCOMES, jobs=1, progress=lambda *at: said.append(at))
    assert said[0] == (0, 6)
    assert [done for done, _ in said[1:]] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6]


def test_what_is_found_cannot_be_changed() -> None:
    found = scan(small(), PATH, VALUES[:1], DOCTRINES[:1], OUTCOMES[:1])
    with pytest.raises(ValueError, match="read-only"):
        found.rows[0] = 0


def test_ctrl_c_drops_what_has_not_begun() -> None:
    def pressed(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scan(small(), PATH, VALUES, DOCTRINES, OUTCOMES, jobs=1, progress=pressed)


def test_a_value_that_another_field_forbids_is_named_with_its_place() -> None:
    with pytest.raises(ScenarioError) as caught:
        scan(small(), "rotation.turns.posts", (2, 9), DOCTRINES, OUTCOMES)
    (problem,) = caught.value.problems
    assert str(problem).startswith("rotation.turns.posts (at rotation.turns.posts = 9): 9 posts")


def test_what_does_not_fit_in_memory_is_refused_before_it_is_run() -> None:
    with pytest.raises(ScenarioError, match=r"10,000,000 at each of 6 points are too many: 2,777"):
        scan(small(replications=10_000_000), PATH, VALUES, DOCTRINES, OUTCOMES)


@pytest.mark.parametrize("jobs", [0, 1.5, True])
def test_threads_are_a_whole_number(jobs: object) -> None:
    with pytest.raises(ScenarioError, match=r"jobs: .* is not a number of threads"):
        scan(small(), PATH, VALUES, DOCTRINES, OUTCOMES, jobs=jobs)  # type: ignore[arg-type]
