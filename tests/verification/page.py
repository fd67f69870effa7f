"""The page of verification: every row is computed when the page is made."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from tests.verification.judgement import (
    EVIDENCE,
    EXACT,
    STRUCTURE,
    Judgement,
    Verdict,
    cells,
    judgements,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "background" / "verification.md"

#: The modules that hold rows; a new one is named here.
MODULES = (
    "luck", "rotation", "sleep", "supply", "attrition", "duel", "defence", "theatre", "step",
    "after", "why",
)  # fmt: skip

#: Sections of the model, in its own words.
SECTIONS = {
    "0": "Time, units, luck",
    "1": "Theatre",
    "2": "Rotation",
    "3": "Sleep",
    "4": "Supply",
    "5": "Contact",
    "6": "Attrition",
    "7": "Works and order: the defence that rebuilds itself",
    "8": "Breaking",
    "9": "Isolation",
    "10": "Fire policy",
    "11": "Flight",
    "12": "Homecoming",
    "13": "Recurrence",
    "14": "Reports",
    "15": "The step",
    "16": "Outcomes",
    "17": "Why",
}

_HEAD = """# Verification

Every mechanism of the [model](model.md), its judge, the figure, the tolerance, pass or not. The
page is made by a command that computes every row anew, in about half a minute:

    python -m tests.verification

Each row holds one figure of nobat against one that was got in another way:

- **{evidence}**: from outside, by published work or an independent program;
- **{exact}**: the mechanism's own equations, solved in another way: a closed form, an exact solver,
  a pencil, what must be conserved;
- **{structure}**: the same for a mechanism whose form no publication vouches for. Such a row shows
  that the code does what is written, and nothing about the world.

A row passes if figure and judge differ by no more than the tolerance. Figures that hang on luck
have fixed seeds, and a tolerance of 4.5 standard errors; `rounding` stands for a difference below
the tolerance whose digits mean nothing. The published and independent figures are no part of the
repository: without them their rows say `not at hand`. That the judges would notice a fault is
shown by [planted ones](faults.md).

"""
_COLUMNS = ("mechanism", "what is compared", "judge", "sort", "worth", "figure", "judge says",
            "tolerance", "pass")  # fmt: skip

Row = tuple[Judgement, Verdict | None]


def every_row() -> list[Row]:
    """Compute all judgements."""
    for name in MODULES:
        import_module(f"tests.verification.{name}")
    return [(one, one.reach()) for one in judgements()]


def table_row(judgement: Judgement, verdict: Verdict | None) -> tuple[str, ...]:
    """The cells of a row."""
    j = judgement
    return (j.mechanism, j.what, j.judge, j.kind, j.standing, *cells(verdict))


def page(rows: list[Row]) -> str:
    """The page as text."""
    parts = [_HEAD.format(evidence=EVIDENCE, exact=EXACT, structure=STRUCTURE)]
    passed = sum(verdict is not None and verdict.passes for _, verdict in rows)
    here = sum(verdict is not None for _, verdict in rows)
    counts = _counts(rows)
    parts.append(
        f"{passed} of {here} rows pass: {counts[EVIDENCE]} are evidence, {counts[EXACT]} exact, "
        f"{counts[STRUCTURE]} structure.\n"
    )
    for section, title in SECTIONS.items():
        found = [row for row in rows if row[0].section == section]
        if found:
            parts.append(f"\n## {section}. {title}\n\n{_line(_COLUMNS)}{_line(['---'] * 9)}")
            parts += [_line(table_row(*row)) for row in found]
    return "".join(parts)


def _counts(rows: list[Row]) -> Mapping[str, int]:
    kinds = (EVIDENCE, EXACT, STRUCTURE)
    return {kind: sum(one.standing == kind for one, _ in rows) for kind in kinds}


def _line(words: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(word.replace("|", "\\|") for word in words) + " |\n"
