"""What an audit of the same scenario left beside a run: in `audits/` next to `runs/`, or here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from nobat.account.audited import Audit
from nobat.account.kept import AUDITS, SCENARIO
from nobat.account.reread import reread
from nobat.engine.files import read_text
from nobat.engine.store import Run
from nobat.scenario import Scenario


def audit_of(run: Run, scenario: Scenario) -> Audit | None:
    """The audit of the scenario that was run, as its folder has it.

    Of several that of most claims, then the largest.
    """
    wanted = _asked(run.scenario_text())
    found = []
    for folder in _folders(run):
        text = read_text(folder / SCENARIO)
        if text is None or _asked(text) != wanted:
            continue
        if (answer := reread(folder, scenario)) is not None:
            size = answer.settings * answer.replications
            found.append(((len(answer.answers), size, str(folder)), answer))
    return max(found, key=lambda one: one[0])[1] if found else None


def _folders(run: Run) -> Iterator[Path]:
    """The folders of audits near a run, each once."""
    homes = (run.path.absolute().parent.parent / AUDITS, Path(AUDITS).absolute())
    for home in dict.fromkeys(homes):
        if home.is_dir():
            yield from sorted(path for path in home.iterdir() if path.is_dir())


def _asked(text: str) -> object:
    """A scenario but for how often and with which luck it is run."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return {key: value for key, value in found.items() if key != "run"}
