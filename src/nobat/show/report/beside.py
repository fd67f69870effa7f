"""What an audit of the same scenario left beside a run: in `audits/` next to `runs/`, or here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nobat.account.kept import AUDITS
from nobat.engine.files import read_text
from nobat.engine.store import Run

_ANSWER = "audit.json"
#: What an answer must have to be shown.
_OF_AUDIT = ("settings", "replications", "claims", "sentence")


def audit_of(run: Run) -> tuple[Path, dict[str, Any]] | None:
    """The audit of the scenario that was run: its folder and its answer; the largest of several."""
    wanted = _asked(run.scenario_text())
    found = []
    for folder in _folders(run):
        answer = _object(folder / _ANSWER, _OF_AUDIT)
        text = read_text(folder / "scenario.json")
        if answer is not None and text is not None and _asked(text) == wanted:
            found.append((answer["settings"] * answer["replications"], str(folder), answer))
    if not found:
        return None
    _size, path, answer = max(found, key=lambda one: one[:2])
    return Path(path), answer


def _folders(run: Run) -> Iterator[Path]:
    """The folders of audits near a run, each once."""
    homes = (run.path.absolute().parent.parent / AUDITS, Path(AUDITS).absolute())
    for home in dict.fromkeys(homes):
        if home.is_dir():
            yield from sorted(path for path in home.iterdir() if path.is_dir())


def _object(path: Path, keys: tuple[str, ...]) -> dict[str, Any] | None:
    """The JSON object of a file, None where it is not there, is none or lacks a key."""
    text = read_text(path)
    try:
        found = json.loads(text) if text is not None else None
    except ValueError:
        return None
    return found if isinstance(found, dict) and all(key in found for key in keys) else None


def _asked(text: str) -> object:
    """A scenario but for how often and with which luck it is run."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return {key: value for key, value in found.items() if key != "run"}
