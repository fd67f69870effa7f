from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nobat.engine import sleeping
from nobat.model import sleep
from nobat.scenario.sleep import Sleep

#: Each schedule with hours of its own.
HOURS = {
    "operating_h": (sleep.OPERATING, 5), "handover_h": (sleep.RELIEVING, 3.5),
    "reserve_h": (sleep.RESERVE, 7), "rest_h": (sleep.REST, 9), "spent_h": (sleep.SPENT, 10),
    "commit_all_h": (sleep.COMMITTED, 4), "pressed_h": (sleep.PRESSED, 3.25),
    "peace_h": (sleep.PEACE, 8),
}  # fmt: skip


def scenario(given: object, step_h: float = 2.0) -> Any:
    return SimpleNamespace(sleep=given, run=SimpleNamespace(step_h=step_h))


@pytest.mark.parametrize("model", ["safte", "three_process"])
def test_every_field_reaches_its_schedule(model: str) -> None:
    fields: dict[str, Any] = {name: hours for name, (_, hours) in HOURS.items()}
    given = Sleep(model=model, bedtime_h=22.5, floor=0.4, **fields)  # type: ignore[arg-type]
    found = sleeping.terms(scenario(given))
    by_code = tuple(hours for _, hours in sorted(HOURS.values()))
    expected = sleeping.tables(model, 22.5, by_code, 2.0, 0.4)
    for one, other in zip(found, expected, strict=True):
        assert np.array_equal(np.asarray(one), np.asarray(other))
    assert found.day == 12
    pieces = found.piece.reshape(sleep.SCHEDULES, -1)
    assert found.floor == 0.4
    for code, hours in HOURS.values():
        asleep = pieces[code]["kind"] == sleep.SLEEPING
        minutes = pieces[code]["length"][asleep].sum()
        assert minutes == pytest.approx(60 * hours, abs=1e-5)


def test_numbers_are_floats_whatever_was_written() -> None:
    """A kernel is compiled for the types that it is given: one for all scenarios."""
    found = sleeping.terms(scenario(Sleep(floor=0, bedtime_h=0)))  # type: ignore[arg-type]
    types = {type(value) for value in found if not isinstance(value, np.ndarray)}
    assert types == {int, float}
    assert type(found.floor) is float


@pytest.mark.parametrize("given", [None, Sleep(model="none")])
def test_without_a_model(given: Sleep | None) -> None:
    assert sleeping.terms(scenario(given)).model == sleep.NONE
