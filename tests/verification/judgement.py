"""A judgement: one figure of the model, held against one that nobody computed with the model.

To add one, write a function in the module of its mechanism (or in a new module, named in
`page.MODULES`) which computes the figure now, in a second or so, and returns a `Verdict`:

    @judged("4", "supply", "d* at which the lift meets the use", "numerical root", kind=CLOSED)
    def culmination() -> Verdict:
        return Verdict(figure, expected, tolerance, "km")

and run `python -m tests.verification`. The words after `judged` are: the section of the model, the
mechanism, what is compared, the judge; kind says what sort of judge it is, and standing what it is
worth: EVIDENCE, where the figure comes from outside (published work, an independent program);
EXACT, where the mechanism's equations are solved in another way; STRUCTURE, where that is so too
but no publication vouches for the equations themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import pytest

PUBLISHED = "published figure"
PROGRAM = "independent program"
CLOSED = "closed form"
SOLVER = "exact solver"
HAND = "worked by hand"
IDENTITY = "identity"
KINDS = (PUBLISHED, PROGRAM, CLOSED, SOLVER, HAND, IDENTITY)

EVIDENCE, EXACT, STRUCTURE = "evidence", "exact", "structure"
STANDINGS = (EVIDENCE, EXACT, STRUCTURE)


@dataclass(frozen=True)
class Verdict:
    """What came out: the figure, what the judge says, how far apart they may be.

    unit: of all three. chance: whether the figure hangs on luck, so that another platform may
    differ in its last digits. rounding: whether it is a difference that is nothing but rounding,
    whose digits mean nothing.
    """

    figure: float
    expected: float
    tolerance: float
    unit: str = ""
    chance: bool = False
    rounding: bool = False

    @property
    def passes(self) -> bool:
        """Whether the figure lies within the tolerance; nan does not."""
        return abs(self.figure - self.expected) <= self.tolerance


@dataclass(frozen=True)
class Judgement:
    """One row of the page: who judges what; `reach` computes it."""

    section: str
    mechanism: str
    what: str
    judge: str
    kind: str
    standing: str
    compute: Callable[[], Verdict]

    def reach(self) -> Verdict | None:
        """The verdict; None where the reference figures are not at hand."""
        try:
            return self.compute()
        except pytest.skip.Exception:
            return None


_FOUND: list[Judgement] = []


def judged(
    section: str, mechanism: str, what: str, judge: str, *, kind: str, standing: str = EXACT
) -> Callable[[Callable[[], Verdict]], Callable[[], Verdict]]:
    """Make a function that returns a verdict a row of the page."""
    if kind not in KINDS or standing not in STANDINGS:
        raise ValueError(f"{what}: {kind!r} or {standing!r} is unknown")

    def keep(compute: Callable[[], Verdict]) -> Callable[[], Verdict]:
        _FOUND.append(Judgement(section, mechanism, what, judge, kind, standing, compute))
        return compute

    return keep


def judgements() -> list[Judgement]:
    """All that are known, by section; within one, in the order in which they were written."""
    return sorted(_FOUND, key=lambda one: int(one.section))


def told(value: float, unit: str) -> str:
    """A figure to four digits, which are the same on every machine."""
    whole = math.isfinite(value) and value == int(value) and abs(value) < 1e6
    text = f"{int(value):,}" if whole else f"{value:.4g}"
    return f"{text} {unit}".rstrip()


def cells(verdict: Verdict | None) -> tuple[str, str, str, str]:
    """Figure, judge's figure, tolerance and whether it passes, as the page shows them."""
    if verdict is None:
        return "not at hand", "-", "-", "-"
    figure = told(verdict.figure, verdict.unit)
    if verdict.rounding and verdict.passes:
        figure = "rounding"
    expected = told(verdict.expected, verdict.unit)
    tolerance = told(verdict.tolerance, "").replace("e-0", "e-")
    return figure, expected, tolerance, "yes" if verdict.passes else "NO"


def largest(differences: list[float]) -> float:
    """The largest difference, whichever way it goes; nan where one is."""
    sizes = [abs(one) for one in differences]
    return math.nan if any(map(math.isnan, sizes)) else max(sizes)
