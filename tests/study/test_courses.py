"""Courses of many replications: what a run notes of them is what is computed again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from nobat.engine import cpu, plan
from nobat.model.state import Plan
from nobat.study import courses
from nobat.study.courses import COUNT, Courses, noting, of
from tests.small import whole

SEED = 11


@pytest.fixture(autouse=True)
def nothing_noted() -> Iterator[None]:
    courses._noted.clear()
    yield
    courses._noted.clear()


@pytest.fixture(scope="module")
def its() -> Plan:
    return plan.build(whole(replications=30), "rotate")


def same(one: Courses, other: Courses) -> bool:
    pairs = [*zip(one[:3], other[:3], strict=True)]
    pairs += [(one.values[name], other.values[name]) for name in (*courses.MEANS, *courses.ENDS)]
    return all(np.array_equal(a, b, equal_nan=a.dtype == np.float64) for a, b in pairs)


@pytest.mark.parametrize(("first", "count"), [(0, 5), (0, COUNT + 7), (3, 5)])
def test_the_outcomes_are_those_of_the_engine(its: Plan, first: int, count: int) -> None:
    rows = noting(its, SEED, first, count)
    assert np.array_equal(rows, cpu.simulate(its, SEED, first, count), equal_nan=True)


def test_what_is_noted_is_what_is_computed(its: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    computed = {count: of(its, SEED, range(count)) for count in (12, 30)}
    noting(its, SEED, 0, 30)
    monkeypatch.setattr(cpu, "traces", None)
    assert all(same(of(its, SEED, range(count)), computed[count]) for count in (12, 30))
    again = plan.build(whole(replications=30), "rotate")
    assert same(of(again, SEED, list(range(30))), computed[30])


def test_what_is_noted_answers_for_nothing_else(its: Plan) -> None:
    other = plan.build(whole(replications=30), "commit-all")
    asked = [(its, SEED + 1, range(4)), (other, SEED, range(4)), (its, SEED, range(2, 6))]
    asked.append((its, SEED, range(12)))
    computed = [of(*each) for each in asked]
    noting(its, SEED, 0, 9)
    assert all(same(of(*each), found) for each, found in zip(asked, computed, strict=True))
