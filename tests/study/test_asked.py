"""What a study along one number is asked with: what is understood, and the words for the rest."""

from __future__ import annotations

import pytest

from nobat.scenario import ScenarioError
from nobat.scenario.quantity import COUNT, HOURS
from nobat.study.asked import doctrine_of, number_at, outcome_of, scenario_asked, spread
from tests.small import small


def test_a_number_by_its_path() -> None:
    path, quantity, kind = number_at(small(), "contact.frontage")
    assert (path, quantity.value, quantity.high, kind.unit) == (
        "contact.frontage", 400, 800, "persons",
    )  # fmt: skip
    assert number_at(small(), "contact.frontage.value")[0] == "contact.frontage"
    assert number_at(small(), "places.fort.layers.stack[1].garrison")[1].value == 50


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("contact.frontag", "contact.frontag: no such field; did you mean frontage?"),
        ("contct.frontage", "contct: no such field; did you mean contact?"),
        ("contact", r"contact: a mapping is not .* \(numbers below it: contact.frontage, "),
        ("doctrines.rotate.start", "start: 'rotate' is not a number that can be swept"),
        ("contact.frontage.low", "belongs to a number: sweep contact.frontage"),
        ("run.horizon_d", "run.horizon_d: says how the scenario is run: it is not swept"),
        ("attacker.supply.trucks", "attacker.supply is null: give the whole of it first"),
        ("places.fort.layers.stack[2].garrison", r"no such position \(positions: \[0\] to \[1\]"),
        ("contact..frontage", "is not a path"),
        ("", "is not a path"),
    ],
)
def test_a_path_to_no_number(path: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        number_at(small(), path)


def test_a_doctrine_and_an_outcome_by_name() -> None:
    assert doctrine_of(small(), "commit-all") == "commit-all"
    assert outcome_of("p_secured") == outcome_of("secured") == "secured"
    assert outcome_of("undecided") == "undecided"
    with pytest.raises(ScenarioError, match=r"doctrine: 'comit-all' is not .* mean commit-all\?"):
        doctrine_of(small(), "comit-all")
    with pytest.raises(ScenarioError, match=r"outcome: 'atacker_losses' .* mean attacker_losses\?"):
        outcome_of("atacker_losses")
    with pytest.raises(ScenarioError, match="doctrine: 'None' is not one of small"):
        doctrine_of(small(), None)


def test_replications_and_seed_are_the_callers() -> None:
    asked = scenario_asked(small(), "flip", 7, 9)
    assert (asked.run.replications, asked.run.seed) == (7, 9)
    assert scenario_asked(small(), "flip", None, None) == small()
    with pytest.raises(ScenarioError, match=r"^replications: 0 is not a count"):
        scenario_asked(small(), "flip", 0, None)
    with pytest.raises(TypeError, match=r"flip takes a Scenario: nobat\.load\('small'\)"):
        scenario_asked("small", "flip", None, None)


def test_values_are_spread_evenly_and_tidily() -> None:
    assert spread(HOURS, 0.1, 0.7, 7) == (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    assert spread(HOURS, 2, 5, 2) == (2.0, 5.0)
    assert spread(COUNT, 1, 4, 7) == (1, 2, 3, 4)
    assert all(isinstance(value, int) for value in spread(COUNT, 1, 9, 3))
