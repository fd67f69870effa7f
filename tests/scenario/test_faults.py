"""The words of every kind of error, with its path and its line."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from nobat.scenario import ScenarioError, load
from nobat.scenario.problems import MOST_PROBLEMS, Problem
from tests.scenario.given import TEXT, complaint, complaints, line_of, replaced


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "core: {garrison: 80}",
            "core: {garrison: -40}",
            "places.north.core.garrison (line @): -40 is not a strength: 0 or more persons, whole",
        ),
        (
            "- {garrison: 100}",
            "- {garrison: -40}",
            "places.north.layers.stack[0].garrison (line @): -40 is not a strength: 0 or more "
            "persons, whole",
        ),
        (
            "layer: {garrison: 50}",
            "layer: {garrison: -1}",
            "places.south.layers.layer.garrison (line @): -1 is not a strength: 0 or more "
            "persons, whole",
        ),
        (
            "works: 0.5\n",
            "works: .nan\n",
            "places.north.layers.stack[2].works (line @): .nan is not a finite number",
        ),
        (
            "hold_h: 48",
            "hold_h: 48.5",
            "places.north.hold_h (line @): 48.5 h is not a whole number of steps of 2 h "
            "(run.step_h)",
        ),
        (
            "hold_h: 48",
            "hold_h: true",
            "places.north.hold_h (line @): true is not a number",
        ),
        (
            "pressure_half: 3",
            "pressure_haf: 3",
            "contact.pressure_haf (line @): no such field; did you mean pressure_half? (fields: "
            "frontage, handover_contact, hold_intensity, pressure_half)",
        ),
        (
            "unit: persons",
            "unt: persons",
            "places.north.layers.stack[1].garrison.unt (line @): no such field; did you mean unit?"
            " (fields: value, low, high, unit, basis, source, note)",
        ),
        (
            "dispatch: strongest",
            "dispatch: stronges",
            "rotation.thirds.dispatch (line @): 'stronges' is not allowed; did you mean strongest?"
            " (allowed: longest_rested, freshest, strongest)",
        ),
        (
            "start: rotate}",
            "start: commit-all}",
            "doctrines.turns.start (line @): 'commit-all' is not allowed; did you mean commit_all?"
            " (allowed: rotate, commit_all, hold, pause)",
        ),
        (
            "law: {p1: 1, q1: 0.5, p2: 1, q2: 0}",
            "law: lineal",
            "attrition.law (line @): 'lineal' is not allowed; did you mean linear? (allowed: "
            "square, linear, logarithmic, guerrilla)",
        ),
        (
            "forgive_rest: true",
            "forgive_rest: yes",
            "rotation.thirds.forgive_rest (line @): 'yes' is not true or false",
        ),
        (
            "title: South",
            "title: 7",
            "places.south.title (line @): 7 is not text: put it in quotes",
        ),
        ("title: South", "title: ''", "places.south.title (line @): is empty: write something"),
        (
            "title: South",
            "title: " + "x" * 201,
            "places.south.title (line @): is too long: 200 characters at most",
        ),
        (
            "title: South",
            'title: "\\e[31m"',
            "places.south.title (line @): holds the control character 0x1b: remove it",
        ),
        (
            "counterattack: {per_day: 0.8, ratio: 2, reserve_reaction_h: 6}",
            "counterattack:",
            "counterattack (line @): is empty: a mapping of fields is needed (per_day, ratio, "
            "reserve_reaction_h, retaken_works, retaken_order)",
        ),
        (
            "counterattack: {per_day: 0.8, ratio: 2, reserve_reaction_h: 6}",
            "counterattack: often",
            "counterattack (line @): 'often' stands here: a mapping of fields is needed (per_day, "
            "ratio, reserve_reaction_h, retaken_works, retaken_order)",
        ),
        (
            "about: With two rules.",
            "about: [With, two]",
            "doctrines.mixed.about (line @): a list is not text",
        ),
        (
            "main: [turns]",
            "main: turns",
            "run.main (line @): 'turns' stands here: a list is needed, `[...]` or a dash for each",
        ),
        (
            "format: 1\n",
            "format: 2\n",
            "format (line @): 2 is not allowed (allowed: 1)",
        ),
        ("format: 1\n", "format: true\n", "format (line @): true is not a number"),
        (
            "seed: 7",
            "seed: -1",
            "run.seed (line @): -1 is not a seed: a whole number, 0 to 2^63 - 1",
        ),
        (
            "step_h: 2",
            "step_h: 5",
            "run.step_h (line @): 5 h does not divide a day: 24, 12, 8, 6, 4, 3, 2, 1, 0.5, ...",
        ),
        (
            "sources: [book, diary]\n",
            "sources: [book, dairy]\n",
            "contested[0].sources[1] (line @): 'dairy' is not in sources; did you mean diary? "
            "(sources: book, diary)",
        ),
    ],
)
def test_each_problem_in_its_words(tmp_path: Path, old: str, new: str, words: str) -> None:
    words = words.replace("@", str(line_of(old)))
    assert complaint(tmp_path / "x.yaml", replaced(old, new)) == words


def test_what_is_missing_is_said_at_the_line_of_its_parent(tmp_path: Path) -> None:
    text = replaced("    core: {garrison: 80}\n", "")
    expected = f"places.north.core (line {line_of('north:')}): is missing: layers "
    expected += "defend a core, the place itself"
    assert complaint(tmp_path / "x.yaml", text) == expected
    expected = f"breaking.abandon_share (line {line_of('breaking:')}): is missing: share of the "
    expected += "units spent at one time at which the campaign is abandoned"
    assert complaint(tmp_path / "x.yaml", replaced("  abandon_share: 0.75\n", "")) == expected
    expected = "title (line 1): is missing: the scenario's name as people read it"
    assert complaint(tmp_path / "x.yaml", replaced("title: Every field\n", "")) == expected


def test_a_bad_id_is_said(tmp_path: Path) -> None:
    found = complaints(tmp_path / "x.yaml", replaced("  gapped: {", "  two parts: {"))
    assert found == [
        f"rotation['two parts'] (line {line_of('gapped: {')}): 'two parts' is not an id: a letter, "
        "then letters, digits, _ or -; 64 at most",
        f"doctrines.mixed.rotation (line {line_of('rotation: gapped')}): 'gapped' is not a "
        "rotation policy (policies: thirds, two parts)",
    ]


def test_merge_keys_are_explained(tmp_path: Path) -> None:
    text = replaced("defender: {reserve", "defender: {<<: {a: 1}, reserve")
    line = line_of("defender:")
    expected = f"defender['<<'] (line {line}): merge keys are not read: write the fields out"
    assert complaint(tmp_path / "x.yaml", text) == expected


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        TEXT.replace("core: {garrison: 80}", "core: {garrison: -40}")
        .replace("objectives: [south]", "objectives: [soth]")
        .replace("ratio: 2", "ratio: none")
        .replace("rotation: gapped", "rotation: gaped")
        .replace("overlap_h: 6", "overlap_h: 60")
        .replace("handover: simultaneous", "handover: slow")
    )
    expected = {
        "places.north.core.garrison": "core: {garrison: 80}",
        "plan[0].objectives[0]": "objectives: [south]",
        "rotation.thirds.overlap_h": "overlap_h",
        "rotation.thirds.handover": "handover: simultaneous",
        "counterattack.ratio": "counterattack",
        "doctrines.mixed.rotation": "rotation: gapped",
    }
    assert [line.split(": ")[0] for line in complaints(tmp_path / "x.yaml", text)] == [
        f"{path} (line {line_of(piece)})" for path, piece in expected.items()
    ]


def test_a_stage_has_an_objective_and_each_stands_once(tmp_path: Path) -> None:
    line = line_of("objectives: [east]")
    assert complaints(tmp_path / "x.yaml", replaced("objectives: [east]", "objectives: []"))[0] == (
        f"places.east (line {line_of('east:')}): is never assaulted: no stage of the plan names it"
    )
    text = replaced("objectives: [east]", "objectives: [east, north]")
    assert complaints(tmp_path / "x.yaml", text) == [
        f"plan[2].objectives[1] (line {line}): 'north' is assaulted twice",
    ]


def test_a_flood_of_problems_is_cut_short(tmp_path: Path) -> None:
    text = TEXT + "".join(f"unknown{i}: 1\n" for i in range(5000))
    found = complaints(tmp_path / "x.yaml", text)
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1] == f"...: {5000 - MOST_PROBLEMS:,} more problems: mend the ones above first"


def test_errors_can_be_compared_and_pickled() -> None:
    with pytest.raises(ScenarioError) as caught:
        load("no-such")
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems
    assert str(Problem("a", 3, "b")) == "a (line 3): b"
    assert str(Problem("a", None, "b", "--set")) == "a (--set): b"
    assert str(Problem("a", None, "b")) == "a: b"


def test_a_mistyped_field_is_not_missing_as_well(tmp_path: Path) -> None:
    words = complaint(tmp_path / "x.yaml", replaced("frontage:", "frontgae:"))
    assert "contact.frontgae" in words
    assert "no such field; did you mean frontage?" in words
