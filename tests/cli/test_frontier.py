"""`nobat frontier`: its keys, its options, what it refuses."""

from __future__ import annotations

import pytest

import nobat as api
from tests.cli.terminal import SMALL, Terminal
from tests.small import WHOLE, whole

FIGHT = str(WHOLE)
KEYS = {
    "scenario", "title", "doctrine", "policy", "other_policies", "path", "basis", "source",
    "stated", "criterion", "d_prime",
    "horizon_d", "seed", "replications", "interval", "points", "sentence",
}  # fmt: skip
QUICK = ("-n", "20", "--criteria", "0.5,2", "--jobs", "1")


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat("frontier", FIGHT, *QUICK, "--json").json()
    assert found.keys() == KEYS
    assert found == api.frontier(whole(), criteria=[0.5, 2], replications=20).to_json()


def test_options_reach_the_answer(nobat: Terminal) -> None:
    found = nobat(
        "frontier", FIGHT, "--doctrine", "commit-all", "--policy", "free", "--criteria", "-1,0.5",
        "-n", "7", "--seed", "5", "--set", "fire.d_prime=3", "--json",
    ).json()  # fmt: skip
    assert (found["doctrine"], found["policy"], found["d_prime"]) == ("commit-all", "free", 3)
    assert (found["seed"], found["replications"]) == (5, 7)
    assert [point["criterion"] for point in found["points"]] == [-1, 0.5]


def test_it_begins_with_the_answer(nobat: Terminal) -> None:
    found = nobat("frontier", FIGHT, *QUICK)
    lines = found.out.splitlines()
    assert lines[:2] == ["The mill, the bridge and the town", "whole"]
    assert lines[3].startswith("Own losses and harm move against each other")
    assert found.err.startswith("running whole along the criterion of fire ...\n")


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_it_fits_the_page(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = nobat("frontier", FIGHT, *QUICK).out
    assert max(map(len, text.splitlines())) <= int(width)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([SMALL], "fire: the scenario has none"),
        ([FIGHT, "--doctrine", "rotat"], "did you mean rotate?"),
        ([FIGHT, "--policy", "fre"], "did you mean free?"),
        ([FIGHT, "--policy", "free"], "rotate never uses free (it uses: restrained)"),
        ([FIGHT, "--criteria", "1,lax"], "criteria: 'lax' is not a number"),
        ([FIGHT, "--criteria", "1"], "criteria: a frontier takes 2 to 101 different ones, not 1"),
        ([FIGHT, "--criteria", "nan,1"], "is not a finite number"),
        ([FIGHT, "-n", "1.5"], "'1.5' is not a whole number, 1 or more"),
        ([FIGHT, "--set", "fire.d_prim=1"], "did you mean d_prime?"),
        (["fire-crews"], "nobat.load_crews loads it"),
        (["nowhere"], "no shipped scenario and no file has this name"),
    ],
)
def test_what_is_refused(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("frontier", *words)
    assert found.code == 2
    assert said in found.err
    assert "running" not in found.err
    assert found.out == ""
    assert nobat("frontier", *words, "--json").json()["error"]["exit"] == 2
