"""`nobat flip`: its keys, its options, what it refuses."""

from __future__ import annotations

import pytest

import nobat as api
from nobat.cli.scanning import Scanned
from tests.cli.terminal import SMALL, Terminal
from tests.small import small

PAIR = ("--doctrine", "commit-all", "--against", "rotate")
RATE = "attrition.attacker_rate=0.02:0.2"
QUICK = (*PAIR, "-n", "30", "--points", "3", "--jobs", "1", "--outcome", "attacker_losses")
KEYS = {
    "scenario", "title", "path", "unit", "basis", "source", "stated", "a", "b", "outcome",
    "horizon_d", "seed", "replications",
    "interval", "resamples", "points", "crossings", "p_crossing", "sentence",
}  # fmt: skip


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat("flip", SMALL, RATE, *QUICK, "--json").json()
    assert found.keys() == KEYS
    assert found["outcome"] == "attacker_losses"
    (one,) = found["crossings"]
    assert one.keys() == {"value", "low", "high", "rises", "p_exists"}
    assert one["low"] <= one["value"] <= one["high"]


def test_the_command_and_the_function_agree(nobat: Terminal) -> None:
    found = nobat("flip", SMALL, "contact.frontage", *PAIR, "-n", "20", "--points", "2", "--json")
    same = api.flip(
        small(), "contact.frontage", a="commit-all", b="rotate", points=2, replications=20
    )
    assert found.json() == same.to_json()
    assert found.json()["outcome"] == "p_secured"
    assert [point["value"] for point in found.json()["points"]] == [200, 800]


def test_options_reach_the_answer(nobat: Terminal) -> None:
    found = nobat(
        "flip", SMALL, "breaking.abandon_share=0.2:0.9", "--doctrine", "wait", "--against",
        "rotate", "-n", "5", "--seed", "4", "--points", "2", "--outcome", "duration_d", "--set",
        "run.horizon_d=9", "--json",
    ).json()  # fmt: skip
    assert (found["a"], found["b"], found["seed"]) == ("wait", "rotate", 4)
    assert (found["outcome"], found["horizon_d"], found["replications"]) == ("duration_d", 9, 5)


def test_it_begins_with_the_answer(nobat: Terminal) -> None:
    found = nobat("flip", SMALL, RATE, *QUICK)
    lines = found.out.splitlines()
    assert lines[:2] == ["A small siege", "small"]
    assert lines[3].startswith("attacker_losses is higher under commit-all than under rotate below")
    assert found.err.startswith("running small along attrition.attacker_rate ...\n")


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_it_fits_the_page(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = nobat("flip", SMALL, RATE, *QUICK).out
    assert max(map(len, text.splitlines())) <= int(width)


def test_ctrl_c(nobat: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(self: Scanned, done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Scanned, "__call__", pressed)
    found = nobat("flip", SMALL, RATE, *QUICK)
    assert (found.code, found.err, found.out) == (130, "nobat: stopped\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["contact.frontag"], "contact.frontag: no such field; did you mean frontage?"),
        (["contact"], "(numbers below it: contact.frontage, "),
        (["doctrines.rotate.start"], "'rotate' is not a number that can be swept"),
        (["run.horizon_d=10:20"], "says how the scenario is run: it is not swept"),
        (["contact.frontage=800:200"], "high: 200 is not above the low end, 800"),
        (["contact.frontage=300:300"], "high: 300 is not above the low end, 300"),
        (["contact.frontage=300"], "write PATH=LOW:HIGH"),
        (["contact.frontage=few:many"], "low: 'few' is not a number"),
        (["contact.frontage=0:9"], "low: of contact.frontage: 0 is not allowed here: above 0"),
        (["sleep.commit_all_h=2:25"], "25 is not hours of a day: 0 to 24 hours"),
        (["rotation.turns.posts=1:9"], "8 posts are more than the 6 units"),
        (["defender.reserve"], "defender.reserve has no range of its own"),
        (["contact.frontage", "--outcome", "secure"], "did you mean secured?"),
        (["contact.frontage", "--points", "1"], "--points: '1' is not a whole number, 2 or more"),
        (["contact.frontage", "--points", "999"], "a whole number from 2 to 101"),
        (["contact.frontage", "-n", "0"], "-n: '0' is not a whole number, 1 or more"),
    ],
)
def test_what_is_refused(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("flip", SMALL, *words, *PAIR)
    assert found.code == 2
    assert said in found.err
    assert "running" not in found.err
    assert found.out == ""
    assert nobat("flip", SMALL, *words, *PAIR, "--json").json()["error"]["exit"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--doctrine", "rotate"], "--against requires an argument"),
        (["--doctrine", "rotat", "--against", "rotate"], "did you mean rotate?"),
        (["--doctrine", "rotate", "--against", "rotate"], "'rotate' is held against itself"),
    ],
)
def test_two_doctrines_are_needed(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("flip", SMALL, "contact.frontage", *words)
    assert found.code == 2
    assert said in found.err
