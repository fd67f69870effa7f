"""Write the reference pages that are made from the code: `python docs/make.py`.

A test holds the pages against what this file would write.
"""

from __future__ import annotations

from pathlib import Path

from nobat.model.outcome import OUTCOMES
from nobat.scenario import OBSERVABLES

REFERENCE = Path(__file__).parent / "reference"


def outcomes() -> str:
    """The page of outcomes: every name with its unit and meaning."""
    rows = "\n".join(f"| `{o.name}` | {o.unit} | {o.meaning} |" for o in OUTCOMES)
    return f"""# Outcomes of a replication

What a replication leaves behind, in the order of the columns of a run. An outcome that does not
exist in a replication (the day it was secured, where it was not) is empty there. In the answers of
`nobat run` and of `compare`, `secured` and `abandoned` become the chances `p_secured` and
`p_abandoned`, and a mean over only those replications that were secured says so:
`day_secured_if_secured`.

| outcome | unit | meaning |
|---|---|---|
{rows}
"""


def observables() -> str:
    """The page of observables: what a doctrine's rules can read."""
    rows = "\n".join(f"| `{o.name}` | {o.unit} | {o.meaning} |" for o in OBSERVABLES)
    return f"""# Observables of a doctrine's rules

What a rule `when: <observable> <op> <number>` can read, as it stands before each step. `<op>` is
one of `>`, `>=`, `<`, `<=`.

| observable | unit | meaning |
|---|---|---|
{rows}
"""


PAGES = {"outcomes.md": outcomes, "observables.md": observables}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
