"""A closed form's value, with the conditions under which it is exact, and which of them hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Condition:
    """One condition: in words that follow `it is for`, and whether it holds."""

    words: str
    holds: bool


class ConditionError(ValueError):
    """A closed form was taken for exact where its conditions do not hold; the text names them."""


@dataclass(frozen=True)
class Form(Generic[T]):
    """What a closed form says, and when that is exact.

    value: None where no formula gives one. conditions: all of them, those that hold and those that
    do not. Where some do not, the value is what the formula gives, and no more than that.
    """

    value: T | None
    conditions: tuple[Condition, ...]

    @property
    def holds(self) -> bool:
        """Whether the value is exact: there is one, and every condition holds."""
        return self.value is not None and not self.unmet

    @property
    def unmet(self) -> tuple[str, ...]:
        """The conditions that do not hold, in words."""
        return tuple(one.words for one in self.conditions if not one.holds)

    def exact(self) -> T:
        """The value; where it is not exact, raises ConditionError, which names why."""
        if self.value is None or not self.holds:
            raise ConditionError(f"no closed form: it is for {'; '.join(self.unmet)}")
        return self.value


def form(value: T | None, conditions: Iterable[tuple[str, bool]]) -> Form[T]:
    """A closed form with its conditions as (words, whether it holds)."""
    return Form(value, tuple(Condition(words, holds) for words, holds in conditions))
