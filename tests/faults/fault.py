"""A planted fault: a text of the model, what it is replaced by, and the oracle that must notice.

A fault is of one kind: a wrong sign, a factor, an off-by-one step, a wrong unit, a swap of two
quantities, or a part that is left out. Its oracle is a test, named by its node, that holds the
model against a figure got in another way; it is run with the fault in place, and must fail.

To add one: a line in the list of its mechanism's part (`steps`, `persons`, `closed`, ...), with a
text that occurs once in the file. `python -m tests.faults` then plants it.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "src" / "nobat" / "model"

SIGN, FACTOR, STEP, UNIT = "sign", "factor", "off by one step", "wrong unit"
SWAP, MISSING, SHAPE = "swapped", "left out", "wrong shape"
#: Seconds since 1970: long before any file of the tree was written.
_FIRST_MOMENT = 500_000_000

KINDS = (SIGN, FACTOR, STEP, UNIT, SWAP, MISSING, SHAPE)


@dataclass(frozen=True)
class Fault:
    """One fault: its file, the text, what takes its place, its kind, its oracle.

    file: of the model; of another package where it has one in front, as in theory/duel_exact.py.
    """

    mechanism: str
    file: str
    text: str
    instead: str
    kind: str
    oracle: str

    @property
    def path(self) -> Path:
        """The file in this checkout."""
        return (MODEL.parent if "/" in self.file else MODEL) / self.file

    @property
    def name(self) -> str:
        """The fault in a few words."""
        return f"{self.file}: {self.text} -> {self.instead}"


def occurrences(fault: Fault, root: Path = ROOT) -> int:
    """How often the text occurs in its file."""
    path = root / fault.path.relative_to(ROOT)
    return path.read_text(encoding="utf-8").count(fault.text)


_written = itertools.count(1)


def plant(fault: Fault, root: Path, text: str | None = None) -> str:
    """Put the fault, or another text of its file, into a copy; returns the text before.

    Every file written has another time, by which Python knows its compiled forms apart. Raises
    ValueError where the fault's text does not occur exactly once.
    """
    path = root / fault.path.relative_to(ROOT)
    before = path.read_text(encoding="utf-8")
    if text is None:
        if before.count(fault.text) != 1:
            raise ValueError(f"{fault.name}: the text does not occur exactly once")
        text = before.replace(fault.text, fault.instead)
    path.write_text(text, encoding="utf-8")
    moment = _FIRST_MOMENT + next(_written)
    os.utime(path, (moment, moment))
    return before
