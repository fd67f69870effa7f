"""What `why` said of a run's doctrines, kept in the run's folder for its report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from nobat.engine.files import read_text, write_whole
from nobat.engine.store import Run
from nobat.study.estimates import Estimate
from nobat.study.names import outcome_named
from nobat.study.unlike import Unlike
from nobat.study.why_result import Mix, Nearer, Share, Why

_Kind = Literal["share", "mean"]
_FILES = "why*.json"
#: What makes an answer unreadable: a key or a name that is not there, a value of another kind.
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)


def file_of(run: Run, answer: Why) -> Path:
    """Where an answer lies in a run's folder."""
    return run.path / f"why-{answer.a}-{answer.b}-{answer.outcome.name}.json"


def better(run: Run, answer: Why) -> Why | None:
    """The answer that is kept already, where more replications are behind it; else None."""
    there = _file(file_of(run, answer))
    if there is None or there.solver != answer.solver:
        return None
    return there if there.replications > answer.replications else None


def keep(run: Run, answer: Why) -> Path:
    """Write an answer into a run's folder; give its file. Raises StoreError if that fails."""
    path = file_of(run, answer)
    write_whole(path, json.dumps(answer.to_json(), indent=1, allow_nan=False).encode("utf-8"))
    return path


def kept(run: Run) -> list[Why]:
    """The answers that lie in a run's folder and are about its scenario and doctrines."""
    found = (_file(path) for path in sorted(run.path.glob(_FILES)))
    known, name = run.manifest.doctrines, run.manifest.scenario
    return [
        one
        for one in found
        if one is not None and one.scenario == name and {one.a, one.b} <= set(known)
    ]


def _file(path: Path) -> Why | None:
    """The answer of a file, None where it holds none."""
    text = read_text(path)
    try:
        return None if text is None else read(json.loads(text))
    except _UNREADABLE:
        return None


def read(answer: Mapping[str, Any]) -> Why:
    """An answer from the object that `Why.to_json` gives.

    Raises one of `_UNREADABLE` for any other object.
    """
    outcome = outcome_named(answer["outcome"])
    drawn = answer["interval"] is not None
    at: _Kind = "share" if outcome.kind == "share" and drawn else "mean"
    return Why(
        scenario=answer["scenario"],
        title=answer["title"],
        a=answer["a"],
        b=answer["b"],
        outcome=outcome,
        horizon_d=answer["horizon_d"],
        solver=answer["solver"],
        seed=answer["seed"],
        replications=answer["replications"],
        at_a=_estimate(answer["at_a"], at),
        at_b=_estimate(answer["at_b"], at),
        difference=_estimate(answer["difference"]),
        shares=tuple(_share(one) for one in answer["shares"]),
        mixes=tuple(Mix(tuple(one["of_a"]), one["mean"]) for one in answer["mixes"]),
        # What an earlier version kept has neither.
        unlike=_unlike(answer.get("unlike", [])),
        nearer=tuple(_nearer(one) for one in answer.get("nearer", [])),
    )


def _unlike(fields: Sequence[Mapping[str, Any]]) -> tuple[Unlike, ...]:
    return tuple(Unlike(one["field"], one["a"], one["b"]) for one in fields)


def _nearer(one: Mapping[str, Any]) -> Nearer:
    return Nearer(one["doctrine"], _estimate(one["difference"]), _unlike(one["unlike"]))


def _share(one: Mapping[str, Any]) -> Share:
    return Share(
        mechanism=one["mechanism"],
        share=_estimate(one["share"]),
        alone=_estimate(one["alone"]),
        last=_estimate(one["last"]),
        in_scenario=one["in_scenario"],
    )


def _estimate(one: Mapping[str, Any], kind: _Kind = "mean") -> Estimate:
    return Estimate(one["mean"], one["low"], one["high"], one["n"], kind)
