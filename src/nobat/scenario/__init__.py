"""Scenarios: what is asked. Reading, checking, changing and describing them."""

from nobat.scenario.crews import Crews
from nobat.scenario.doctrine import OBSERVABLES, POSTURES, Condition
from nobat.scenario.loading import load, load_any, load_crews, shipped, starter
from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.quantity import Kind, Quantity
from nobat.scenario.reading import parse_setting
from nobat.scenario.scenario import Scenario, quantities
from nobat.scenario.schema import schema

__all__ = [
    "OBSERVABLES",
    "POSTURES",
    "Condition",
    "Crews",
    "Kind",
    "Problem",
    "Quantity",
    "Scenario",
    "ScenarioError",
    "load",
    "load_any",
    "load_crews",
    "parse_setting",
    "quantities",
    "schema",
    "shipped",
    "starter",
]
