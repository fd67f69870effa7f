"""What several parts must agree on, reported even when other parts have errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nobat.scenario.checks import cross_checks
from nobat.scenario.scenario import shape
from nobat.scenario.words import path_text
from tests.scenario.given import PLAIN, changed, complaint, line_of, replaced


def found(data: Any) -> list[str]:
    return [f"{path_text(where)}: {text}" for where, text in cross_checks(data, shape())]


def test_the_good_scenario_agrees_with_itself() -> None:
    assert found(PLAIN) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "objectives: [south]",
            "objectives: [soth]",
            "plan[0].objectives[0] (line @): 'soth' is not a place; did you mean south? (places: "
            "north, south, east)",
        ),
        (
            "basis: record, source: book",
            "basis: record, source: boke",
            "places.north.layers.stack[1].garrison.source (line @): 'boke' is not in sources; did "
            "you mean book? (sources: book, diary)",
        ),
        (
            "source: [book, diary]",
            "source: [book, letter]",
            "places.north.layers.stack[2].garrison.source[1] (line @): 'letter' is not in sources "
            "(sources: book, diary)",
        ),
        (
            "bears_on: [defender.reserve,",
            "bears_on: [defender.resrve,",
            "contested[0].bears_on[0] (line @): 'defender.resrve' is not a path of this scenario: "
            "no 'resrve'; did you mean reserve? (known: reserve, rear, rear_km, "
            "rear_speed_km_h, supply)",
        ),
        (
            "works.shock",
            "works..shock",
            "contested[0].bears_on[2] (line @): 'works..shock' is not a path: names joined by "
            "dots, list positions in brackets, like plan[0].objectives",
        ),
        (
            "posts: 3,",
            "posts: 7,",
            "rotation.gapped.posts (line @): 7 posts are more than the 6 units of the attacker",
        ),
        (
            "posts: 1}",
            "posts: 9}",
            "doctrines.mixed.rules[1].posts (line @): 9 posts are more than the 6 units of the "
            "attacker",
        ),
        (
            "gap_h: 2}",
            "gap_h: 2, overlap_h: 4}",
            "rotation.gapped.gap_h (line @): overlap_h and gap_h cannot both be above 0",
        ),
        (
            "overlap_h: 6",
            "overlap_h: 48",
            "rotation.thirds.overlap_h (line @): 48 h does not fit in a tour of 48 h",
        ),
        (
            "first_phase_h: 8",
            "first_phase_h: 50",
            "rotation.thirds.first_phase_h (line @): 50 h does not fit in a tour of 48 h",
        ),
        (
            "operation_done: true, strength_below: 0.6",
            "operation_done: false",
            "rotation.thirds.relief (line @): no trigger is on: set tour_over, operation_done or "
            "strength_below",
        ),
        (
            "recovery_h: 12",
            "recovery_h: 13",
            "rotation.thirds.recovery_h (line @): 13 h is not a whole number of steps of 2 h "
            "(run.step_h)",
        ),
        (
            "horizon_d: 40",
            "horizon_d: 1000000",
            "run.horizon_d (line @): 1e+06 days in steps of 2 h are over 1,000,000 steps: shorten "
            "it or lengthen step_h",
        ),
        (
            "rotation: gapped",
            "rotation: gaped",
            "doctrines.mixed.rotation (line @): 'gaped' is not a rotation policy; did you mean "
            "gapped? (policies: thirds, gapped)",
        ),
        (
            "main: [turns]",
            "main: [turns, mix]",
            "run.main[1] (line @): 'mix' is not a doctrine; did you mean mixed? (doctrines: "
            "turns, mixed)",
        ),
    ],
)
def test_each_disagreement_in_its_words(tmp_path: Path, old: str, new: str, words: str) -> None:
    words = words.replace("@", str(line_of(old)))
    assert complaint(tmp_path / "x.yaml", replaced(old, new)) == words


def test_disagreements_that_stand_on_another_line(tmp_path: Path) -> None:
    path, last = tmp_path / "x.yaml", "  - objectives: [east]\n"
    expected = f"places.east (line {line_of('east:')}): is never assaulted: no stage of the plan "
    assert complaint(path, replaced(last, "")) == expected + "names it"
    expected = f"plan[3].objectives[0] (line {line_of(last) + 1}): 'north' is assaulted twice"
    assert complaint(path, replaced(last, f"{last}  - objectives: [north]\n")) == expected
    expected = f"attacker.units (line {line_of('units:')}): 65 units in all are too many: up to 64"
    text = replaced("count: 4, strength: 300", "count: 63, strength: 300")
    assert complaint(path, text) == expected


def test_an_id_of_a_contested_matter_stands_once() -> None:
    matter = PLAIN["contested"][0]
    assert found(changed(["contested"], [matter, matter])) == [
        "contested[1].id: 'reserve' is the id of another matter too"
    ]


@pytest.mark.parametrize("part", list(PLAIN))
@pytest.mark.parametrize("junk", [None, 3, "x", [], [3], {}, {"x": 3}, [[]], {"x": None}])
def test_checks_pass_over_what_is_not_there(part: str, junk: object) -> None:
    list(cross_checks(changed([part], junk), shape()))
    list(cross_checks(junk, shape()))
