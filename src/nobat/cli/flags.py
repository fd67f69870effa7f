"""Options that are plain numbers: read and checked together, so that every wrong one is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cyclopts import Parameter

from nobat.cli.output import WRONG, Mistake, fail

if TYPE_CHECKING:
    from nobat.scenario import Problem, ScenarioError


def number(help: str, metavar: str = "N") -> Parameter:
    """An option that takes a number, or several: text here, read with all the others."""
    return Parameter(negative="", metavar=metavar, help=help, allow_leading_hyphen=True)


def simulated(what: str) -> Parameter:
    """The option for how many are to be simulated; what: their name, as a title begins."""
    return Parameter(
        name=("--replications", "-n"),
        negative="",
        metavar="N",
        help=f"{what} to simulate (default: 10000).",
        allow_leading_hyphen=True,
    )


def refuse(error: ScenarioError, given: Mapping[str, object], hint: str, as_json: bool) -> int:
    """Say what is wrong with the options, by their names; the hint to whom gave none at all."""
    mistakes = [
        Mistake(problem.message, problem.path, problem.line, str(problem))
        for problem in (_by_option(problem, given) for problem in error.problems)
    ]
    none_given = all(value is None for value in given.values())
    return fail(mistakes, WRONG, as_json, hint if none_given else "")


def _by_option(problem: Problem, given: Mapping[str, object]) -> Problem:
    """The problem by the name of its option, `--distance-km`; a file's keeps its own."""
    if problem.path.split("[")[0] not in given:
        return problem
    return replace(problem, path="--" + problem.path.replace("_", "-"))
