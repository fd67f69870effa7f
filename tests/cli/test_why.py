"""`nobat why`: its keys, its options, what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import nobat as api
from nobat.cli.scanning import Scanned
from nobat.study.why_pair import pair_of
from tests.cli.terminal import SMALL, Terminal
from tests.small import WHOLE as WHOLE_FILE
from tests.small import small

WHOLE = str(WHOLE_FILE)
PAIR = ("--doctrine", "commit-all", "--against", "rotate")
QUICK = (*PAIR, "-n", "30", "--jobs", "1", "--outcome", "attacker_losses")
KEYS = {
    "scenario", "title", "a", "b", "outcome", "horizon_d", "solver", "seed", "replications",
    "interval", "at_a", "at_b", "difference", "shares", "mixes", "unlike",
    "nearer", "sentence",
}  # fmt: skip


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat("why", SMALL, *QUICK, "--json").json()
    assert found.keys() == KEYS
    assert [one["mechanism"] for one in found["shares"]] == [
        "mass", "tempo", "sleep", "reserve", "supply", "other",
    ]  # fmt: skip
    total = sum(one["share"]["mean"] for one in found["shares"])
    assert total == pytest.approx(found["difference"]["mean"], abs=1e-9)
    assert found["difference"]["low"] <= total <= found["difference"]["high"]


def test_the_command_and_the_function_agree(nobat: Terminal) -> None:
    found = nobat("why", SMALL, *PAIR, "-n", "20", "--json")
    same = api.why(small(), doctrine="commit-all", against="rotate", replications=20)
    assert found.json() == same.to_json()
    assert found.json()["outcome"] == "p_secured"


def test_options_reach_the_answer(nobat: Terminal) -> None:
    found = nobat(
        "why", SMALL, "--doctrine", "wait", "--against", "rotate", "-n", "5", "--seed", "4",
        "--outcome", "duration_d", "--set", "run.horizon_d=9", "--json",
    ).json()  # fmt: skip
    assert (found["a"], found["b"], found["seed"]) == ("wait", "rotate", 4)
    assert (found["outcome"], found["horizon_d"], found["replications"]) == ("duration_d", 9, 5)


def test_the_mean_field(nobat: Terminal) -> None:
    found = nobat("why", SMALL, *PAIR, "--solver", "mean-field", "--json").json()
    assert (found["solver"], found["seed"], found["interval"]) == ("mean-field", None, None)
    assert found["difference"]["low"] is None


def test_it_begins_with_the_answer(nobat: Terminal) -> None:
    found = nobat("why", SMALL, *QUICK)
    lines = found.out.splitlines()
    assert lines[:2] == ["A small siege", "small"]
    assert lines[3].startswith("attacker_losses ") or "cannot be told apart" in lines[3]
    assert found.err.startswith("running mixes of commit-all and rotate ...\n")


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_it_fits_the_page(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = nobat("why", SMALL, *QUICK).out
    assert max(map(len, text.splitlines())) <= int(width)


def test_ctrl_c(nobat: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(self: Scanned, done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Scanned, "__call__", pressed)
    found = nobat("why", SMALL, *QUICK)
    assert (found.code, found.err, found.out) == (130, "nobat: stopped\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--doctrine", "rotate"], "against: none is given (doctrines: rotate, commit-all, wait)"),
        (["--doctrine", "rotat", "--against", "rotate"], "doctrine: 'rotat' is not one of small"),
        (["--doctrine", "rotate", "--against", "comit"], "against: 'comit' is not one of small"),
        ([*PAIR, "--outcome", "secure"], "did you mean secured?"),
        ([*PAIR, "--solver", "meanfield"], "did you mean mean-field?"),
        ([*PAIR, "--solver", "mean-field", "-n", "9"], "-n: means nothing with"),
        ([*PAIR, "-n", "0"], "-n: '0' is not a whole number, 1 or more"),
        ([*PAIR, "--set", "contact.frontag=9"], "did you mean frontage?"),
    ],
)
def test_what_is_refused(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("why", SMALL, *words)
    assert found.code == 2
    assert said in found.err
    assert "running" not in found.err
    assert found.out == ""
    assert nobat("why", SMALL, *words, "--json").json()["error"]["exit"] == 2


def test_of_a_run_it_is_kept_and_the_report_shows_it(nobat: Terminal, tmp_path: Path) -> None:
    assert nobat("run", SMALL, "-n", "30", "--seed", "7", "--out", "runs/it").code == 0
    found = nobat("why", "it", "-n", "6", "--json")
    answer = found.json()
    result = api.open_run(tmp_path / "runs" / "it")
    assert (answer["a"], answer["b"]) == pair_of(result, small())
    assert (answer["seed"], answer["replications"]) == (7, 6)
    file = f"why-{answer['a']}-{answer['b']}-secured.json"
    assert json.loads((tmp_path / "runs/it" / file).read_text(encoding="utf-8")) == answer
    lines = found.err.replace("\\", "/").splitlines()
    assert lines[-2:] == [f"kept as runs/it/{file}", "the report shows it: runs/it/report.html"]
    assert 'id="why"' in (tmp_path / "runs/it/report.html").read_text(encoding="utf-8")
    weaker = nobat("why", "it", "-n", "4", "--json")
    says = f"not kept: runs/it/{file} has the same question with 6 replications"
    assert weaker.err.replace("\\", "/").splitlines()[-1] == says
    assert json.loads((tmp_path / "runs/it" / file).read_text(encoding="utf-8")) == answer
    other = nobat("why", "runs/it", "--against", answer["a"], "-n", "2", "--json").json()
    assert other["b"] == answer["a"] != other["a"]


def test_of_a_run_who_comes_nearer_is_told_as_well(nobat: Terminal, tmp_path: Path) -> None:
    """The runner-up has only another corridor: it is told in a sentence, and not shared out."""
    few = ("-n", "60", "--set", "doctrines.commit-all.start=hold")
    three = [word for name in ("rotate", "closed", "commit-all") for word in ("--doctrine", name)]
    assert nobat("run", WHOLE, *few, *three, "--out", "runs/it").code == 0
    found = nobat("why", "it", "--outcome", "escaped", "-n", "5", "--json").json()
    result = api.open_run(tmp_path / "runs" / "it")
    best = result.best.doctrine
    (second,) = {"rotate", "closed"} - {best}
    assert (found["a"], found["b"]) == (best, "commit-all")
    (nearer,) = found["nearer"]
    assert (nearer["doctrine"], nearer["difference"]["n"]) == (second, 60)
    assert nearer["difference"] == result.difference(best, second, "escaped").to_json()
    assert [one["field"] for one in nearer["unlike"]] == ["corridor"]
    assert f"{second} comes nearer to {best}, but differs from it only in the" in found["sentence"]
    report = (tmp_path / "runs/it/report.html").read_text(encoding="utf-8")
    assert "comes nearer to" in report
    named = nobat("why", "it", "--against", second, "-n", "5", "--json").json()
    assert named["nearer"] == []
    assert len(named["mixes"]) == 2


def test_how_long_it_may_take_is_said_at_once(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nobat.cli.why._SOON_S", 0.0)
    monkeypatch.setattr("nobat.cli.progress.RATE_S", 0.0)
    found = nobat("why", SMALL, *PAIR, "-n", "300", "--jobs", "1")
    first, second = found.err.splitlines()[:2]
    assert first == "running mixes of commit-all and rotate ..."
    assert re.fullmatch(r"[\d,]+ of 2,400 campaigns, about \d+ s left", second)


def test_of_a_run_nothing_is_changed(nobat: Terminal) -> None:
    assert nobat("run", SMALL, "-n", "4", "--out", "runs/it", "--json").code == 0
    found = nobat("why", "it", "--set", "contact.frontage=2")
    assert found.code == 2
    assert found.err.startswith("nobat: --set: a run has its own numbers")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "runs/thi-run",
            "RUN: 'runs/thi-run' is no run and no scenario; did you mean runs/the-run?",
        ),
        ("the-rn", "RUN: 'the-rn' is no run and no scenario; did you mean runs/the-run?"),
        ("runs/xxxxx", "RUN: 'runs/xxxxx' is no run and no scenario"),
        ("textbook-lin", "no shipped scenario and no file has this name"),
        ("nothing.yaml", "nothing.yaml: there is no such file"),
    ],
)
def test_a_name_that_is_nearly_one(nobat: Terminal, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "runs" / "the-run").mkdir(parents=True)
    found = nobat("why", name)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


def test_of_a_scenario_both_are_named(nobat: Terminal) -> None:
    found = nobat("why", SMALL)
    assert found.code == 2
    known = "none is given (doctrines: rotate, commit-all, wait)"
    assert found.err.splitlines() == [f"nobat: --doctrine: {known}", f"nobat: --against: {known}"]
