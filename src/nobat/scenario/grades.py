"""What the grades of a report are taken to mean, in probabilities (MODEL 14).

The Admiralty code grades a source from A to F and what it says from 1 to 6, in words. The ranges
here are a convention that puts numbers to the words, clipped away from 0 and 1; no ground truth
stands behind them, so each is a range, and answers are given at both of its ends.

Sources: the words, from the Admiralty code (NATO's system of evaluation); the pattern of the
numbers, from the admiralty-scale of the MISP taxonomies, where A to E run evenly from 1 to 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from nobat.scenario.parts import Part, worded
from nobat.scenario.quantity import Kind, Quantity
from nobat.scenario.words import shown

#: A probability that leaves room for both answers.
PROBABILITY = Kind(
    "Probability", "allowed here", "above 0, below 1: nothing is certain", "share", 0, 1,
    above=True, below=True,
)  # fmt: skip
Probability = Annotated[Quantity, PROBABILITY]


def _range(low: float, high: float, note: str) -> Quantity:
    """A range of the convention; its value is its middle."""
    return Quantity(round((low + high) / 2.0, 6), low, high, PROBABILITY.unit, "assumed", (), note)


class Reliability(Part):
    """How likely the source is to know, by its grade: r."""

    A: Probability = Field(
        default=_range(0.85, 0.97, "completely reliable"),
        description="Share of cases in which a completely reliable source knows.",
    )
    B: Probability = Field(
        default=_range(0.65, 0.85, "usually reliable"),
        description="The same share for a usually reliable one.",
    )
    C: Probability = Field(
        default=_range(0.5, 0.7, "fairly reliable"),
        description="The same share for a fairly reliable one.",
    )
    D: Probability = Field(
        default=_range(0.25, 0.45, "not usually reliable"),
        description="The same share for one that is not usually reliable.",
    )
    E: Probability = Field(
        default=_range(0.05, 0.25, "unreliable; never 0"),
        description="The same share for an unreliable one.",
    )
    F: Probability = Field(
        default=_range(0.05, 0.95, "cannot be judged"),
        description="The same share for one that cannot be judged.",
    )


class Credibility(Part):
    """How likely a source that knows is to be right, by the grade of what it says: s."""

    confirmed: Probability = Field(
        default=_range(0.9, 0.98, "confirmed by others"),
        description="1: share of cases in which a statement confirmed by others is right.",
    )
    probably_true: Probability = Field(
        default=_range(0.65, 0.85, "probably true"),
        description="2: the same share for one that is probably true.",
    )
    possibly_true: Probability = Field(
        default=_range(0.45, 0.65, "possibly true"),
        description="3: the same share for one that is possibly true.",
    )
    doubtful: Probability = Field(
        default=_range(0.2, 0.4, "doubtful"),
        description="4: the same share for a doubtful one; below half it speaks against itself.",
    )
    improbable: Probability = Field(
        default=_range(0.03, 0.15, "improbable"),
        description="5: the same share for an improbable one.",
    )
    cannot_be_judged: Probability = Field(
        default=_range(0.05, 0.95, "cannot be judged"),
        description="6: the same share for one that cannot be judged.",
    )


#: The grades in order.
SOURCES, STATEMENTS = tuple(Reliability.model_fields), ("1", "2", "3", "4", "5", "6")


class Grades(Part):
    """What grades stand for: a range for each letter and each digit."""

    reliability: Reliability = Field(
        default=Reliability(), description="Of a source, by its grade A to F."
    )
    credibility: Credibility = Field(
        default=Credibility(), description="Of what it says, by its grade 1 to 6."
    )

    def of(self, grade: str) -> tuple[Quantity, Quantity]:
        """What a grade like `B2` stands for: r of the source, s of what it says."""
        name = tuple(Credibility.model_fields)[STATEMENTS.index(grade[1])]
        return getattr(self.reliability, grade[0]), getattr(self.credibility, name)


def wrong_grade(raw: object) -> str | None:
    """What is wrong with a grade, and what was probably meant; None for a good one."""
    if isinstance(raw, str) and re.fullmatch("[A-F][1-6]", raw):
        return None
    allowed = "a letter A to F for the source and a digit 1 to 6 for what it says, as in B2"
    text = raw.strip().upper() if isinstance(raw, str) else ""
    found = re.fullmatch(r"(?:([A-F])\W*([1-6])|([1-6])\W*([A-F]))", text)
    near = f"; did you mean {found[1] or found[4]}{found[2] or found[3]}?" if found else ""
    return f"{shown(raw)} is not a grade{near} ({allowed})"


def _graded(raw: Any) -> Any:
    wrong = wrong_grade(raw)
    if wrong is not None:
        raise worded(wrong)
    return raw


#: A grade of the Admiralty code.
Grade = Annotated[str, BeforeValidator(_graded), AfterValidator(str)]


def ranges(grades: Grades) -> Iterator[tuple[str, Quantity]]:
    """Every grade with what it stands for: A to F, then 1 to 6."""
    for part, codes in ((grades.reliability, SOURCES), (grades.credibility, STATEMENTS)):
        names = type(part).model_fields
        yield from ((code, getattr(part, name)) for code, name in zip(codes, names, strict=True))
