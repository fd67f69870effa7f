"""The command that makes a run again, to the last bit: from a shipped scenario, or its own file."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from typing import Any

from nobat.engine.store import Run
from nobat.scenario import Scenario, ScenarioError, load, shipped
from nobat.scenario.words import Location, path_text

#: The scenario as it was run, in the run's folder.
KEPT = "scenario.json"


def command(run: Run, scenario: Scenario) -> str:
    """The command line that makes this run again.

    From the shipped scenario with `--set` for what was changed, where that gives the same scenario;
    else from the scenario.json that the run's folder keeps.
    """
    manifest = run.manifest
    name, values = _asked(scenario)
    words = ["nobat", "run", name or KEPT]
    if manifest.doctrines != tuple(scenario.doctrines):
        words += [word for one in manifest.doctrines for word in ("--doctrine", one)]
    words += ["-n", str(manifest.replications), "--seed", str(manifest.seed)]
    step = values.pop("run.step_h", None)
    words += [] if step is None else ["--step-h", f"{step:g}"]
    for path, value in values.items():
        words += ["--set", f"{path}={_written(value)}"]
    return shlex.join(words)


def _asked(scenario: Scenario) -> tuple[str | None, dict[str, Any]]:
    """The shipped scenario and the values that give this one; (None, {}) where none does."""
    if scenario.name not in shipped():
        return None, {}
    base = load(scenario.name)
    luck = {"run.replications": scenario.run.replications, "run.seed": scenario.run.seed}
    try:
        values = dict(_changes(base.canonical(), scenario.canonical(), ()))
        values = {path: value for path, value in values.items() if path not in luck}
        again = base.with_values({**luck, **values})
    except (ScenarioError, _OtherwiseError):
        return None, {}
    return (scenario.name, values) if again.digest() == scenario.digest() else (None, {})


class _OtherwiseError(Exception):
    """Two scenarios differ in more than values."""


def _changes(base: Any, other: Any, at: Location) -> Iterator[tuple[str, Any]]:
    """The values that differ, by path. Raises _OtherwiseError where the structure does.

    A number's own fields are left out but for its value: setting it changes its basis by itself.
    """
    if isinstance(base, dict) and isinstance(other, dict):
        if "value" in base and "basis" in base and "value" in other:
            if base["value"] != other["value"]:
                yield path_text(at), other["value"]
            return
        if base.keys() != other.keys():
            raise _OtherwiseError
        for key, value in base.items():
            yield from _changes(value, other[key], (*at, key))
    elif isinstance(base, list) and isinstance(other, list) and len(base) == len(other):
        for place, (one, its) in enumerate(zip(base, other, strict=True)):
            yield from _changes(one, its, (*at, place))
    elif base != other:
        if isinstance(other, dict | list) or other is None:
            raise _OtherwiseError
        yield path_text(at), other


def _written(value: Any) -> str:
    """A value as it stands behind `--set PATH=`."""
    return value if isinstance(value, str) else json.dumps(value)
