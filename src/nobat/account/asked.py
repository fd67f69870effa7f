"""What an audit is asked with: it is read here, or told what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.claims import Claim
from nobat.scenario.words import choice, quoted, shown
from nobat.study.names import UnknownNameError, outcome_named

#: How many settings are drawn if nothing is said; how few there may be, and how many.
SETTINGS, FEWEST, MOST = 512, 8, 65_536
#: Replications of each run at each setting, if nothing is said.
REPLICATIONS = 50


def check_settings(settings: object) -> None:
    """ScenarioError for what is no number of settings."""
    if type(settings) is not int or not FEWEST <= settings <= MOST:
        allowed = f"a whole number from {FEWEST} to {MOST:,}"
        text = f"{shown(settings)} is not a number of settings: {allowed}"
        raise ScenarioError([Problem("settings", None, text)])


def claims_of(scenario: Scenario, names: Sequence[str] | None) -> tuple[Claim, ...]:
    """The claims asked for, in the order of the scenario; all of them if none is named.

    Raises ScenarioError, with the nearest id, for an unknown one, and where there are no claims.
    """
    if not scenario.claims:
        text = f"{scenario.name} has no claims: there is nothing to audit"
        raise ScenarioError([Problem("claims", None, text)])
    known = [claim.id for claim in scenario.claims]
    wrong = [name for name in names or () if name not in known]
    if wrong:
        text = "{} is not a claim of " + scenario.name + "{}"
        raise ScenarioError(
            Problem("claim", None, text.format(quoted(str(n)), choice(n, known, "claims")))
            for n in dict.fromkeys(wrong)
        )
    return tuple(claim for claim in scenario.claims if not names or claim.id in names)


def check_claims(scenario: Scenario) -> None:
    """ScenarioError for claims and a record that name no outcome there is, or cannot be run."""
    problems = [*_beliefs(scenario), *_outcomes(scenario), *_values(scenario)]
    if problems:
        raise ScenarioError(problems)


def _beliefs(scenario: Scenario) -> Iterator[Problem]:
    """Claims on what is believed of a leader, where a scenario (or who ran it) left reports out."""
    for i, claim in enumerate(scenario.claims):
        if claim.test.belief is not None and scenario.reports is None:
            yield Problem(f"claims[{i}].test.belief", None, "there is no section reports")


def _outcomes(scenario: Scenario) -> Iterator[Problem]:
    """Outcomes that are not in the table."""
    named: list[tuple[str, str]] = []
    for i, claim in enumerate(scenario.claims):
        for kind in ("compare", "setting", "figure"):
            test = getattr(claim.test, kind)
            if test is not None:
                named.append((f"claims[{i}].test.{kind}.outcome", test.outcome))
    for i, target in enumerate(scenario.record.targets if scenario.record else ()):
        for field in ("outcome", "since"):
            if (name := getattr(target, field)) is not None:
                named.append((f"record.targets[{i}].{field}", name))
    listed = False
    for path, name in named:
        try:
            outcome_named(name)
        except UnknownNameError as error:
            # The list of all outcomes is long: it stands once.
            text = str(error) if not listed else str(error).partition(" (outcomes: ")[0]
            listed = True
            yield Problem(path, None, text)


def _values(scenario: Scenario) -> Iterator[Problem]:
    """Values that the scenario does not allow, each as it would be run."""
    seen: dict[tuple[tuple[str, Any], ...], None] = {}
    for path, values in _sets(scenario):
        if not values or tuple(values.items()) in seen:
            continue
        seen[tuple(values.items())] = None
        try:
            scenario.with_values(values)
        except ScenarioError as error:
            told = "; ".join(f"{one.path}: {one.message}" for one in error.problems)
            yield Problem(path, None, told)


def _sets(scenario: Scenario) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every set of values that a claim or a rival stands for, with its path."""
    for i, claim in enumerate(scenario.claims):
        for kind, field in (("setting", "set"), ("setting", "instead"), ("figure", "set")):
            if (test := getattr(claim.test, kind)) is not None:
                yield f"claims[{i}].test.{kind}.{field}", getattr(test, field)
        yield f"claims[{i}].set", claim.set
        for j, rival in enumerate(claim.rivals):
            yield f"claims[{i}].rivals[{j}].set", rival.set
    if scenario.record is not None:
        yield "record.set", scenario.record.set
        for i, way in enumerate(scenario.record.stand_ins):
            yield f"record.stand_ins[{i}].set", {**scenario.record.set, **way.set}
