"""Claims and the dated record: what they may say, and every error with its nearest word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nobat.scenario import Scenario, ScenarioError, load, schema
from nobat.scenario.claims import TESTS
from tests.account.told import CLAIMS, FALSE, HANGING, TARGETS, TRUE, claim, told
from tests.reference import folder, rows


def wrong(*claims: dict[str, Any], record: object = None) -> list[str]:
    """What is wrong with claims, line by line, without the places in the file."""
    with pytest.raises(ScenarioError) as error:
        told(claims, record)
    return str(error.value).splitlines()


def test_they_survive_a_round_trip() -> None:
    scenario = told()
    again = Scenario.model_validate(json.loads(json.dumps(scenario.canonical())))
    assert again == scenario
    assert again.digest() == scenario.digest()
    assert [one.id for one in scenario.claims] == [one["id"] for one in CLAIMS]


def test_a_scenario_needs_none() -> None:
    scenario = load("one-wall")
    assert scenario.claims == ()
    assert scenario.record is None


def test_kinds() -> None:
    found = [one.test.kind for one in told().claims]
    assert found == ["compare", "compare", "figure", "setting", "untestable"]


def test_the_schema_knows_them() -> None:
    fields = schema()["$defs"]["Claim"]["properties"]
    assert {"id", "told", "test", "rivals", "support", "against", "needs"} <= fields.keys()
    assert set(TESTS) < schema()["$defs"]["Question"]["properties"].keys()


TEST = "claims[0].test"


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (claim("a", {}), [f"{TEST}: has no kind of test: give one of compare, setting, figure"]),
        (
            claim("a", {"untestable": "x", "figure": {"doctrine": "rotate", "outcome": "secured",
                                                      "at_most": 1}}),
            [f"{TEST}: has figure and untestable: give one of"],
        ),
        (
            claim("a", {"compare": {"doctrine": "rotat", "against": "commit-al",
                                    "outcome": "secured", "expect": "mor"}}),
            [f"{TEST}.compare.expect: 'mor' is not allowed; did you mean more?",
             f"{TEST}.compare.doctrine: 'rotat' is not a doctrine; did you mean rotate?",
             f"{TEST}.compare.against: 'commit-al' is not a doctrine; did you mean commit-all?"],
        ),
        (
            claim("a", {"compare": {"doctrine": "rotate", "against": "rotate",
                                    "outcome": "secured", "expect": "more"}}),
            [f"{TEST}.compare.against: 'rotate' is held against itself"],
        ),
        (
            claim("a", {"figure": {"doctrine": "rotate", "outcome": "secured"}}),
            [f"{TEST}.figure.at_least: is missing: give at_least, at_most or both"],
        ),
        (
            claim("a", {"figure": {"doctrine": "rotate", "outcome": "secured", "at_least": 2,
                                   "at_most": 1}}),
            [f"{TEST}.figure.at_most: 1 is below at_least, 2"],
        ),
        (
            claim("a", {"setting": {"doctrine": "rotate", "outcome": "secured",
                                    "expect": "more"}}),
            [f"{TEST}.setting.set: is missing: give set, instead or both"],
        ),
        (
            claim("a", {"setting": {"doctrine": "rotate", "outcome": "secured", "expect": "more",
                                    "set": {"contact.frontag": 3, "contact.frontage": -3,
                                            "works..x": 1, "run.seed": 2, "works": [1]}}}),
            [f"{TEST}.setting.set.works: a list cannot be set here",
             f"{TEST}.setting.set: 'contact.frontag' is not a path of this scenario: no ",
             f"{TEST}.setting.set: contact.frontage: -3 is not",
             f"{TEST}.setting.set: 'works..x' is not a path",
             f"{TEST}.setting.set: 'run.seed' is no part of the campaign"],
        ),
        (
            claim("a", {"distance": {"between": ["fort", "frot"], "told_km": 0,
                                     "side": "attackers"}}),
            [f"{TEST}.distance.told_km: 0 is not allowed here: above 0 km",
             f"{TEST}.distance.side: 'attackers' is not allowed; did you mean attacker?",
             f"{TEST}.distance.between[1]: 'frot' is not a place; did you mean fort?"],
        ),
        (
            claim("a", {"distance": {"between": ["fort", "fort"], "told_km": 1,
                                     "side": "attacker"}}),
            [f"{TEST}.distance.between: 'fort', 'fort': two different places are needed"],
        ),
        (
            {**TRUE, "about": "reserv", "support": ["ledgr"], "context": "ledger", "teld": "x"},
            ["claims[0].teld: no such field; did you mean told?",
             "claims[0].about: 'reserv' is not in contested; did you mean reserve?",
             "claims[0].support[0]: 'ledgr' is not in sources; did you mean ledger?"],
        ),
        (
            {**FALSE, "rivals": [{"id": "a", "says": "x"}, {"id": "a", "says": "y",
                                 "set": {"contact.fronage": 1}, "doctrine": "rotat"}]},
            ["claims[0].rivals[1].id: 'a' is the id of another one too",
             "claims[0].rivals[1].doctrine: 'rotat' is not a doctrine",
             "claims[0].rivals[1].set: 'contact.fronage' is not a path of this scenario"],
        ),
    ],
)  # fmt: skip
def test_each_wrong_claim_gets_its_words(one: dict[str, Any], said: list[str]) -> None:
    found = wrong(one)
    assert len(found) == len(said)
    for start in said:
        assert any(line.startswith(start) for line in found), (start, found)


def test_an_id_stands_once() -> None:
    assert wrong(TRUE, TRUE) == ["claims[1].id: 'true' is the id of another one too"]


def test_the_record() -> None:
    target = TARGETS[0]
    found = wrong(
        HANGING,
        record={
            "doctrine": "comit-all",
            "set": {"contact.fron": 1},
            "targets": [target, target, target | {"id": "b", "tolerance": 0, "source": "ledge"}],
        },
    )
    assert len(found) == 5
    for start in (
        "record.set: 'contact.fron' is not a path of this scenario: no 'fron'; did you mean front",
        "record.targets[2].tolerance: 0 is not a tolerance",
        "record.targets[1].id: 'fell' is the id of another one too",
        "record.doctrine: 'comit-all' is not a doctrine; did you mean commit-all?",
        "record.targets[2].source: 'ledge' is not in sources; did you mean ledger?",
    ):
        assert any(line.startswith(start) for line in found), (start, found)


def test_the_ways_of_the_record() -> None:
    """Each stands once, with a doctrine there is and paths that lead somewhere."""
    ways = [
        {"id": "a", "says": "A."},
        {"id": "a", "says": "B.", "doctrine": "rotat"},
        {"id": "b", "says": "C.", "set": {"contact.fron": 1}},
    ]
    record = {"doctrine": "commit-all", "stand_ins": ways, "targets": TARGETS}
    found = wrong(HANGING, record=record)
    assert len(found) == 3
    for start in (
        "record.stand_ins[1].id: 'a' is the id of another one too",
        "record.stand_ins[1].doctrine: 'rotat' is not a doctrine; did you mean rotate?",
        "record.stand_ins[2].set: 'contact.fron' is not a path of this scenario",
    ):
        assert any(line.startswith(start) for line in found), (start, found)


def test_a_record_without_ways_has_its_doctrine_alone() -> None:
    record = told().record
    assert record is not None
    assert [(one.id, one.doctrine, dict(one.set)) for one in record.ways()] == [
        ("commit-all", None, {})
    ]


def test_the_ways_of_the_first_scenario_follow_a_rule() -> None:
    """Both ends of what may have been done, and the middle of the days to the first capture.

    The rule was made after other days had been tried, and the scenario says so.
    """
    record = load("abu-kamal-2017").record
    assert record is not None
    until = [dict(one.set)["plan[0].until"] for one in record.stand_ins]
    (first,) = (one for one in record.targets if one.id == "first_capture")
    assert first.low == 16
    assert until == ["day >= 0", f"day >= {first.low // 2:g}", "isolated >= 1"]
    assert "after a trial" in record.note


def test_the_twelve_claims_of_the_first_scenario() -> None:
    scenario = load("abu-kamal-2017")
    assert [one.id for one in scenario.claims] == [f"C{i}" for i in range(1, 13)]
    assert {one.about for one in scenario.claims} == {one.id for one in scenario.contested}
    assert [one.id for one in scenario.claims if one.by == "record"] == ["C12"]
    for one in scenario.claims:
        assert one.rivals
        assert one.needs


def test_their_evidence_is_that_of_the_reference() -> None:
    known = json.loads((folder() / "record/account_vs_record.json").read_text(encoding="utf-8"))
    for row, one in zip(known, load("abu-kamal-2017").claims, strict=True):
        assert row["id"] == one.id
        assert tuple(row["support"]) == one.support
        assert tuple(row["against"]) == one.against
        assert tuple(row["context"]) == one.context


def test_the_record_is_that_of_the_reference() -> None:
    """Days from 23 October 2017; floors of the losses."""
    record = load("abu-kamal-2017").record
    assert record is not None
    by = {one.id: one for one in record.targets}
    dates = {row["date"] for row in rows("record/timeline.csv")}
    assert {"2017-10-23", "2017-11-08", "2017-11-09", "2017-11-19"} <= dates
    assert (by["first_capture"].low, by["first_capture"].high) == (16, 17)
    floors = {
        row["quantity"]: float(row["low"])
        for row in rows("record/figures.csv")
        if row["scope"] == "offensive"
    }
    assert by["attackers_killed"].low == floors["attackers killed"]
    assert by["defenders_killed"].low == floors["defenders killed"]
    assert all(one.source for one in record.targets)
