"""`nobat sensitivity`: its keys, its options, what it refuses."""

from __future__ import annotations

import pytest

import nobat as api
from nobat.cli.scanning import Scanned
from tests.cli.terminal import SMALL, Terminal
from tests.small import small

OVER = ("--over", "contact.frontage", "--over", "attrition.attacker_rate=0.05:0.25")
QUICK = ("--outcome", "attacker_losses", "-n", "4", "--jobs", "1")
MORRIS = (*OVER, *QUICK, "--method", "morris", "--points", "12")
KEYS = {
    "scenario", "title", "method", "doctrine", "against", "outcome", "horizon_d", "seed",
    "replications", "points", "levels", "interval", "resamples", "mean", "variance", "together",
    "luck_share", "factors", "sentence",
}  # fmt: skip
FACTOR = {"path", "unit", "basis", "source", "stated", "low", "high", "step", "levels"}


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat("sensitivity", SMALL, *OVER, *QUICK, "--points", "256", "--json").json()
    assert found.keys() == KEYS | {"rows"}
    assert found["factors"][0].keys() == FACTOR | {"first", "total"}
    assert found["together"].keys() == {"value", "low", "high"}
    found = nobat("sensitivity", SMALL, *MORRIS, "--json").json()
    assert found.keys() == KEYS | {"trajectories"}
    assert found["factors"][0].keys() == FACTOR | {
        "mu", "mu_star", "sigma", "by_luck", "beyond_luck",
    }  # fmt: skip


def test_the_command_and_the_function_agree(nobat: Terminal) -> None:
    words = ("--doctrine", "commit-all", "--against", "wait", "--seed", "5")
    found = nobat("sensitivity", SMALL, *MORRIS, *words, "--json").json()
    same = api.sensitivity(
        small(), ["contact.frontage", "attrition.attacker_rate=0.05:0.25"], method="morris",
        points=12, outcome="attacker_losses", doctrine="commit-all", against="wait", seed=5,
        replications=4,
    )  # fmt: skip
    assert found == same.to_json()
    assert (found["doctrine"], found["against"], found["seed"]) == ("commit-all", "wait", 5)


def test_settings_reach_the_answer(nobat: Terminal) -> None:
    found = nobat("sensitivity", SMALL, *MORRIS, "--set", "run.horizon_d=9", "--json").json()
    assert (found["horizon_d"], found["trajectories"], found["replications"]) == (9, 4, 4)


def test_it_begins_with_the_answer(nobat: Terminal) -> None:
    found = nobat("sensitivity", SMALL, *MORRIS)
    lines = found.out.splitlines()
    assert lines[:2] == ["A small siege", "small"]
    assert lines[3].startswith("No factor moves attacker_losses under rotate more than luck does")
    assert found.err.startswith("running small over its factors ...\n")


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_it_fits_the_page(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = nobat("sensitivity", SMALL, *MORRIS).out
    assert max(map(len, text.splitlines())) <= int(width)


def test_ctrl_c(nobat: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(self: Scanned, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    monkeypatch.setattr(Scanned, "__call__", pressed)
    found = nobat("sensitivity", SMALL, *MORRIS)
    assert (found.code, found.err, found.out) == (130, "nobat: stopped\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--over", "contact.frontag"], "contact.frontag: no such field; did you mean frontage?"),
        (["--over", "contact"], "(numbers below it: contact.frontage, "),
        (["--over", "run.horizon_d=10:20"], "says how the scenario is run: it is not swept"),
        (["--over", "contact.frontage=800:200"], "reversed"),
        (["--over", "contact.frontage=300:300"], "its range is empty"),
        (["--over", "defender.reserve"], "has no range of its own"),
        (["--method", "sobel"], "method: 'sobel' is not a method; did you mean sobol?"),
        (["--outcome", "secure"], "did you mean secured?"),
        (["--doctrine", "rotat"], "did you mean rotate?"),
        (["--against", "rotate"], "'rotate' is held against itself"),
        (["--points", "0"], "--points: '0' is not a whole number, 1 or more"),
        (["--points", "255"], "points: 255 are too few for Sobol indices of 2 factors"),
        (["--points", "9", "--method", "morris"], "points: 9 are too few for Morris effects"),
        ([*OVER, "--set", "contact.frontage=300"], "contact.frontage: is varied, so --set cannot"),
        (["-n", "0"], "-n: '0' is not a whole number, 1 or more"),
    ],
)
def test_what_is_refused(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("sensitivity", SMALL, *words)
    assert found.code == 2
    assert said in found.err
    assert "running" not in found.err
    assert found.out == ""
    assert nobat("sensitivity", SMALL, *words, "--json").json()["error"]["exit"] == 2
