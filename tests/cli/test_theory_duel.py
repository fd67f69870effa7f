"""`nobat theory duel`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_app import python

TWENTY = (
    "theory", "duel", "--attackers", "20", "--defenders", "15", "--attacker-rate", "0.04",
    "--defender-rate", "0.06",
)  # fmt: skip


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    keys = {"p_attacker_wins", "mean_attackers_left", "mean_defenders_left", "mean_duration"}
    exact = nobat(*TWENTY, "--law", "square", "--json").json()
    assert keys <= exact.keys()
    assert exact["p_attacker_wins"] == pytest.approx(0.66120, abs=5e-6)
    words = ("--method", "simulate", "-n", "20000", "--seed", "7")
    simulated = nobat(*TWENTY, *words, "--json").json()
    assert keys | {"standard_error"} <= simulated.keys()
    z = (simulated["p_attacker_wins"] - exact["p_attacker_wins"]) / simulated["standard_error"]
    assert abs(z) < 4.5
    fluid = nobat(*TWENTY, "--method", "mean-field", "--json").json()
    assert keys <= fluid.keys()
    assert fluid["p_attacker_wins"] == 1


def test_the_guerrilla_is_the_attacker(nobat: Terminal) -> None:
    # 3 v 2 at equal rates: 115/216, where the defender fires at an area.
    words = ("--attackers", "3", "--defenders", "2", "--attacker-rate", "1", "--defender-rate", "1")
    found = nobat("theory", "duel", *words, "--law", "guerrilla", "--json").json()
    assert found["p_attacker_wins"] == pytest.approx(115 / 216)
    named = nobat("theory", "duel", *words, "--law", "1,1", "--json").json()
    assert named["law"] == "linear"
    assert named["p_attacker_wins"] == pytest.approx(11 / 16)


def test_breakpoints(nobat: Terminal) -> None:
    words = ("--attackers-break-loss", "0.3", "--defenders-break", "9")
    found = nobat(*TWENTY, *words, "--json").json()
    assert (found["attackers_break"], found["defenders_break"]) == (14, 9)
    assert min(k for k, p in enumerate(found["p_attackers_left"]) if p) == 14


def test_reinforcement_of_a_file(nobat: Terminal) -> None:
    Path("iwo.csv").write_text(
        "side,start,end,strength\nattacker,0,1,54000\nattacker,2,3,6000\nattacker,5,6,13000\n",
        encoding="utf-8",
    )
    words = (
        "--attackers", "0", "--defenders", "21500", "--attacker-rate", "0.0106",
        "--defender-rate", "0.0544", "--method", "mean-field",
    )  # fmt: skip
    found = nobat("theory", "duel", *words, "--reinforcement", "iwo.csv", "--json").json()
    assert found["mean_duration"] == pytest.approx(36.3935044405804)
    assert found["mean_attackers_left"] == pytest.approx(51_982.9252983944)
    shown = nobat("theory", "duel", *words, "--reinforcement", "iwo.csv").out
    assert "the attacker wins with 51,983 left after 36.4" in shown


def test_the_table(nobat: Terminal) -> None:
    found = nobat(*TWENTY)
    assert found.code == 0
    assert found.out.startswith("20 attackers against 15 defenders: square law (both aim)")
    assert "The attacker wins with a probability of 66.12 %." in found.out


def test_who_asks_nothing_gets_an_example(nobat: Terminal) -> None:
    found = nobat("theory", "duel")
    assert found.code == 2
    assert "--attackers: is missing: strength of the attackers at the start" in found.err
    assert "For example: nobat theory duel --attackers 20" in found.err
    assert "For example" not in nobat("theory", "duel", "--attackers", "3").err


def test_all_mistakes_at_once(nobat: Terminal) -> None:
    words = (
        "theory", "duel", "--attackers", "2.5", "--defenders", "-3", "--attacker-rate", "0",
        "--defender-rate", "x", "--law", "sqare", "--method", "simulat", "-n", "0", "--seed", "-1",
    )  # fmt: skip
    found = nobat(*words)
    assert (found.code, found.out) == (2, "")
    assert [line.split(": ")[1] for line in found.err.splitlines()] == [
        "--method", "--law", "--attackers", "--defenders", "--attacker-rate", "--defender-rate",
        "--replications", "--seed",
    ]  # fmt: skip
    error = nobat(*words, "--json").json()["error"]
    assert error["exit"] == 2
    assert error["problems"][1]["path"] == "--law"


def test_mistakes_of_the_file_keep_their_names(nobat: Terminal) -> None:
    Path("relief.csv").write_text("side,start,strength\nattacker,x,3\n", encoding="utf-8")
    words = ("--method", "mean-field", "--reinforcement")
    assert "nobat: start (line 2): 'x' is not a time" in nobat(*TWENTY, *words, "relief.csv").err
    assert "nobat: none.csv: there is no such file" in nobat(*TWENTY, *words, "none.csv").err
    assert "nobat: --reinforcement: only" in nobat(*TWENTY, "--reinforcement", "relief.csv").err


@pytest.mark.parametrize("method", ["exact", "mean-field"])
def test_only_simulated_duels_load_the_compiler(method: str) -> None:
    code = (
        "import sys; from nobat.cli import main; main(sys.argv[1:]); print('numba' in sys.modules)"
    )
    found = python("-c", code, *TWENTY, "--method", method)
    assert found.stdout.splitlines()[-1] == "False"


def test_luck_that_is_not_drawn_is_not_passed_over_in_silence(nobat: Terminal) -> None:
    told = nobat(*TWENTY, "-n", "40", "--seed", "3")
    assert "--replications and --seed mean nothing here: with --method exact" in told.err
    assert told.code == 0
    assert nobat(*TWENTY).err == ""
    drawn = nobat(*TWENTY, "-n", "40", "--seed", "3", "--method", "simulate")
    assert "mean nothing" not in drawn.err
