"""Numbers that nobody found out but somebody chose: how long one looks, and in what steps."""

from __future__ import annotations

from typing import Any, NamedTuple

from nobat.scenario import Crews, Scenario
from nobat.show.language import _, marked

#: What a choice rests on, where other numbers have a basis.
CHOSEN = marked("choice of the study")
_HORIZON = marked("How long one looks. A longer horizon may bring another doctrine to the front.")
_HORIZON_OF_CREWS = marked("How long one looks.")
_STEP = marked("What the clock moves on by. Outcomes should hardly change with a shorter one.")


class Choice(NamedTuple):
    """A choice: its path, as --set takes it, its value and unit, what it does."""

    path: str
    value: float
    unit: str
    why: str

    def to_json(self) -> dict[str, Any]:
        """The choice as plain JSON values, in English."""
        return self._asdict()


def choices(scenario: Scenario | Crews) -> tuple[Choice, ...]:
    """The choices of a scenario that its answers can hang on. Replications and seed are luck's."""
    if isinstance(scenario, Crews):
        return (Choice("run.horizon_d", scenario.run.horizon_d, "days", _HORIZON_OF_CREWS),)
    return (
        Choice("run.horizon_d", scenario.run.horizon_d, "days", _HORIZON),
        Choice("run.step_h", scenario.run.step_h, "h", _STEP),
    )


def basis() -> str:
    """What choices rest on, as people read it."""
    return _(CHOSEN)
