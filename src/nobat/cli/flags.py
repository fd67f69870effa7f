"""Options that are plain numbers: read and checked together, so that every wrong one is named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cyclopts import Parameter

if TYPE_CHECKING:
    from nobat.scenario import Problem, ScenarioError


def number(help: str, metavar: str = "N") -> Parameter:
    """An option that takes a number, or several: text here, read with all the others."""
    return Parameter(negative="", metavar=metavar, help=help, allow_leading_hyphen=True)


def as_flags(error: ScenarioError) -> list[Problem]:
    """The problems of the numbers, by the names of their options: `--distance-km`."""
    return [replace(p, path="--" + p.path.replace("_", "-")) for p in error.problems]
