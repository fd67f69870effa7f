"""The page of planted faults: the list, what each oracle is, and what it said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from tests.faults import after, closed, nature, persons, steps
from tests.faults.fault import ROOT, Fault
from tests.faults.run import CAUGHT, Found

PAGE = ROOT / "docs" / "background" / "faults.md"
#: All faults, those of a mechanism side by side.
FAULTS: tuple[Fault, ...] = tuple(
    sorted(
        (*steps.FAULTS, *persons.FAULTS, *nature.FAULTS, *after.FAULTS, *closed.FAULTS),
        key=lambda one: one.mechanism,
    )
)
_LONGEST = 70

_HEAD = """# Planted faults

A judge that never finds anything wrong may be no judge. So faults are planted in the model, one at
a time, in a copy of it: a wrong sign, a factor, a step too many, a wrong unit, two quantities
swapped, a part left out. The test named beside each, which holds the model against a figure got in
another way, must fail. One command plants all of them:

    python -m tests.faults

The tests run with the model as plain Python, so that nothing has to be compiled; before the first
fault is planted all of them must pass.

{caught} of {all} faults are caught, in {mechanisms} mechanisms.
"""


def one_each() -> list[Fault]:
    """One fault of each mechanism, the first of its list."""
    return list({one.mechanism: one for one in reversed(FAULTS)}.values())[::-1]


def page(found: Sequence[Found]) -> str:
    """The page as text, whatever the order in which the faults were planted."""
    found = sorted(found, key=lambda one: FAULTS.index(one.fault))
    mechanisms = {one.fault.mechanism for one in found}
    caught = sum(one.verdict == CAUGHT for one in found)
    parts = [_HEAD.format(caught=caught, all=len(found), mechanisms=len(mechanisms))]
    for mechanism, group in groupby(found, lambda one: one.fault.mechanism):
        parts.append(f"\n## {mechanism[0].upper()}{mechanism[1:]}\n\n")
        parts.append("| fault | sort | in place of | by | |\n| --- | --- | --- | --- | --- |\n")
        parts += [_row(one) for one in group]
    return "".join(parts)


def _row(one: Found) -> str:
    fault = one.fault
    path, _, test = fault.oracle.partition("::")
    by = f"`{test}` ({Path(path).parent.name}/{Path(path).stem})"
    cells = (_code(fault.instead), fault.kind, _code(fault.text), by, one.verdict)
    return f"| {' | '.join(cells)} |\n"


def _code(text: str) -> str:
    """A piece of code in a cell, cut to one short line."""
    short = " ".join(text.split())
    short = short if len(short) <= _LONGEST else short[: _LONGEST - 3] + "..."
    return f"`{short}`".replace("|", "\\|")
