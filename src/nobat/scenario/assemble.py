"""From what somebody wrote to a scenario of either kind, or to all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from nobat.scenario.faults import Fault, problems_of
from nobat.scenario.parts import ACROSS, Part
from nobat.scenario.plain import Found
from nobat.scenario.problems import Problem, ScenarioError, Written
from nobat.scenario.shape import shape_of_model
from nobat.scenario.values import PathError, parse_path, with_value

P = TypeVar("P", bound=Part)


def assembled(
    model: type[P], checks: Callable[[Any], Found], written: Written, known: Iterable[Problem] = ()
) -> P:
    """The scenario that somebody wrote, or ScenarioError with all its problems.

    checks: what its parts must agree on, for plain data; `known` are problems of the reading.
    """
    known = tuple(known)
    try:
        scenario = model.model_validate(written.data)
    except ValidationError as error:
        faults = [Fault.of(each) for each in error.errors(include_url=False)]
    else:
        if not known:
            return scenario
        raise ScenarioError(known)
    if not any(fault.type == ACROSS for fault in faults):
        faults += [
            Fault(ACROSS, location, None, {"text": text}) for location, text in checks(written.data)
        ]
    raise ScenarioError(problems_of(faults, written, shape_of_model(model), known))


def changed(scenario: Part, values: Mapping[str, object]) -> Written:
    """A scenario's plain data with values set at paths. Raises ScenarioError for a wrong path."""
    data: Any = scenario.model_dump(mode="json")
    problems = []
    for path, value in values.items():
        try:
            data = with_value(data, parse_path(path), value, shape_of_model(type(scenario)))
        except PathError as error:
            problems.append(Problem(error.path, None, str(error), "--set"))
    if problems:
        raise ScenarioError(problems)
    return Written(data, where="--set")
