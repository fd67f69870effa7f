"""Plans: many at once, and without what nobody asks for."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.engine.cpu import simulate
from nobat.engine.plan import build, build_each, only_for
from nobat.model.outcome import OUTCOMES, index
from nobat.model.state import Plan
from nobat.scenario import load

SIEGE = load("abu-kamal-2017")
AFTER = ("attacks_after", "residual_force", "first_attack_after_d", "attacks_after_secured")
HOME = ("mine_victims", "nights_displaced", "longest_queue")


def told(plan: Plan) -> str:
    """All numbers of a plan, arrays included."""
    with np.printoptions(threshold=10**9, floatmode="unique"):
        return repr(plan)


def test_what_doctrines_share_makes_no_difference() -> None:
    names = [*SIEGE.doctrines, next(iter(SIEGE.doctrines))]
    for name, plan in zip(names, build_each(SIEGE, names), strict=True):
        assert told(plan) == told(build(SIEGE, name))
    assert list(build_each(SIEGE, [])) == []


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        (("secured", "undecided"), {"homecoming", "recurrence"}),
        (("secured", AFTER[0]), {"homecoming"}),
        *(((name,), {"homecoming"}) for name in AFTER),
        *(((name,), {"recurrence"}) for name in HOME),
        ((AFTER[1], HOME[1]), set()),
    ],
)
def test_what_nobody_asks_for_is_left_out(asked: tuple[str, ...], left_out: set[str]) -> None:
    plan = build(SIEGE, "as-told")
    lean = only_for(plan, asked)
    assert {part for part in ("homecoming", "recurrence") if not getattr(lean, part).on} == left_out
    whole, found = (simulate(each, 3, 0, 12) for each in (plan, lean))
    for name in asked:
        if name != "undecided":
            np.testing.assert_array_equal(found[:, index(name)], whole[:, index(name)])


def test_every_outcome_that_is_left_out_is_known() -> None:
    """With nothing asked for, what differs is what the two mechanisms write, and nothing else."""
    plan = build(SIEGE, "as-told")
    whole, lean = (simulate(each, 3, 0, 40) for each in (plan, only_for(plan, ())))
    for place, outcome in enumerate(OUTCOMES):
        needed = only_for(plan, [outcome.name])
        if not np.array_equal(whole[:, place], lean[:, place], equal_nan=True):
            assert needed.homecoming.on or needed.recurrence.on, outcome.name
