"""What is said given the record holds for every way of putting what was done into the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.account.audit import audit
from nobat.account.audited import Audit
from nobat.account.likeness import LEAST_SURVIVING, Weights, given_record, likeness_of
from nobat.account.verdict import (
    OPEN,
    RATHER_SUPPORTED,
    REJECTED,
    SUPPORTED,
    TOO_FEW,
    UNTESTABLE,
    common,
)
from nobat.scenario.claims import Claim, DatedRecord
from tests.account.told import HANGING, TARGETS, TRUE, WIDER, told

Floats = NDArray[np.float64]


@pytest.mark.parametrize(
    ("words", "all_of_them"),
    [
        ([SUPPORTED, SUPPORTED], SUPPORTED),
        ([SUPPORTED, RATHER_SUPPORTED], RATHER_SUPPORTED),
        ([SUPPORTED, OPEN], OPEN),
        ([SUPPORTED, REJECTED], OPEN),
        ([REJECTED, "rather rejected"], "rather rejected"),
        ([SUPPORTED, TOO_FEW], TOO_FEW),
        ([SUPPORTED, UNTESTABLE], TOO_FEW),
        ([], TOO_FEW),
    ],
)
def test_what_holds_for_all(words: list[str], all_of_them: str) -> None:
    assert common(words) == all_of_them
    assert common(words[::-1]) == all_of_them


def counts(*settings: int) -> list[Floats]:
    """One replication in each of so many of 60 settings, by the first target, the first two, ..."""
    return [np.array([1.0] * n + [0.0] * (60 - n)) for n in settings]


def test_as_many_targets_as_leave_enough_under_every_way() -> None:
    few = LEAST_SURVIVING - 1
    assert Weights({"a": counts(40, 30, 20)}).asked == 3
    assert Weights({"a": counts(40, 30, 20), "b": counts(40, 20, 0)}).asked == 2
    assert Weights({"a": counts(40, 30, 20), "b": counts(few, few, few)}).asked == 0
    heavy = [np.array([50.0] + [1.0] * 30 + [0.0] * 29)]
    assert Weights({"a": heavy}).asked == 0  # most of it is one setting


CLAIM = Claim.model_validate(HANGING)


def test_ways_that_disagree_leave_it_open() -> None:
    holds = np.array([1.0] * 30 + [0.0] * 30)
    first, last = np.array([1.0] * 30 + [0.0] * 30), np.array([0.0] * 30 + [1.0] * 30)
    both = given_record(CLAIM, holds, holds, Weights({"a": [first], "b": [last]}))
    assert [one.word for one in both.by] == ["rather supported", "rather rejected"]
    assert both.verdict == both.model == OPEN
    alone = given_record(CLAIM, holds, holds, Weights({"a": [first]}))
    assert alone.verdict == RATHER_SUPPORTED


def test_too_few_that_have_a_say_say_nothing() -> None:
    """30 settings look like the record, but the claim is silent in 15 of them."""
    held = np.array([1.0] * 15 + [np.nan] * 45)
    given = given_record(CLAIM, held, np.ones(60), Weights({"a": counts(30)}))
    assert given.targets == 1
    assert given.verdict == TOO_FEW
    assert given.by[0].share.worth == 15


def test_sources_stay_above_the_record() -> None:
    claim = Claim.model_validate(HANGING | {"against": ["ledger"]})
    given = given_record(claim, np.ones(60), np.ones(60), Weights({"a": counts(60)}))
    assert (given.model, given.verdict) == (SUPPORTED, OPEN)


def test_where_most_is_lost() -> None:
    record = DatedRecord.model_validate({
        "doctrine": "rotate",
        "stand_ins": [{"id": "a", "says": "A."}, {"id": "b", "says": "B.", "doctrine": "wait"}],
        "targets": [TARGETS[0], TARGETS[1], TARGETS[0] | {"id": "again"}],
    })  # fmt: skip
    ways = {"a": counts(40, 10, 9), "b": counts(50, 2, 0)}
    columns = {
        way: {f"{what} {one.id}": np.ones(60) for what in ("has", "near", "sum of")
              for one in record.targets}
        for way in ways
    }  # fmt: skip
    found = likeness_of(record, columns, Weights(ways), 2)
    assert (found.hardest, found.kept) == ("cost", (2 / 50, 10 / 40))
    assert found.asked == 1
    assert found.replications == 120
    a, b = found.ways
    assert [one.worth for one in a.left] == [40, 10, 9]
    assert a.left[-1].needed == 134  # 20 / 9 of 60 settings
    assert b.left[-1].needed is None
    assert (a.met[0].happens, a.met[0].mean) == (0.5, 1.0)
    assert (a.run, b.run) == ("rotate", "wait")


STAND_INS: list[dict[str, Any]] = [
    {"id": "wide", "says": "The front was wide.", "set": {"contact.frontage": 900}},
    {"id": "narrow", "says": "The front was narrow.", "set": {"contact.frontage": 300}},
    {"id": "never", "says": "Nothing was done.", "doctrine": "wait"},
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Two ways that can look like the record and one that cannot."""
    record = {"doctrine": "commit-all", "stand_ins": STAND_INS, "targets": TARGETS}
    path = tmp_path_factory.mktemp("audit") / "ways"
    rivals = [{"id": "turns", "says": "It was in turns.", "doctrine": "rotate"}]
    claims = (TRUE | {"rivals": rivals}, HANGING, WIDER)
    return audit(told(claims, record), settings=64, replications=10, out=path)


def test_a_way_that_never_looks_like_it_leaves_nothing_to_say(found: Audit) -> None:
    """However well the others do: what is said holds for all of them."""
    like = found.likeness
    assert like is not None
    wide, narrow, never = like.ways
    assert wide.left[-1].worth > LEAST_SURVIVING
    assert narrow.left[0].replications > 0
    assert never.left[0].replications == 0
    assert like.asked == 0
    assert all(one.given is not None and one.given.verdict == TOO_FEW for one in found)


def test_ratios_stand_side_by_side(found: Audit) -> None:
    (turns,) = found["true"].rivals
    assert [one.ways for one in turns.ratios] == [("wide",), ("narrow",), ("never",)]
    assert turns.runs == (
        "rotate [contact.frontage = 900]", "rotate [contact.frontage = 300]", "rotate",
    )  # fmt: skip
    assert all(one.own for one in turns.ratios[:2])


def test_what_a_claim_sets_goes_before_what_a_way_sets(found: Audit) -> None:
    """Its own frontage, whatever the way: one ratio stands for all of them."""
    (weighed,) = found["wider"].rivals[0].ratios
    assert weighed.ways == ("wide", "narrow", "never")
    assert found["wider"].rivals[1].ratios == ()


def test_without_the_way_that_never_does_there_is_a_verdict(tmp_path: Path) -> None:
    record = {"doctrine": "commit-all", "stand_ins": STAND_INS[:1], "targets": TARGETS}
    found = audit(told((HANGING,), record), settings=64, replications=10, out=tmp_path / "a")
    given = found["hanging"].given
    assert given is not None
    assert given.verdict != TOO_FEW
    assert [one.way for one in given.by] == ["wide"]
