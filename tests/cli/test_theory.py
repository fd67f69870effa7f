"""`nobat theory`: its commands, their help and their mistakes; `nobat theory supply`."""

from __future__ import annotations

import pytest

from nobat.cli.theory import THEORY
from tests.cli.terminal import Terminal
from tests.cli.test_app import LIGHT, python

NUMBERS = (
    "--trucks", "30", "--payload-t", "5", "--speed-km-h", "30", "--delay-h", "6",
    "--hours-per-day", "20", "--use-t-per-day", "60",
)  # fmt: skip
ROW = {
    "distance_km", "turnaround_h", "trips_per_day", "lift_t_per_day", "eaten_share",
    "days_of_supply",
}  # fmt: skip


def test_the_family_lists_its_commands(nobat: Terminal) -> None:
    bare = nobat("theory")
    assert bare.code == 0
    assert bare.out == nobat("theory", "--help").out
    for command in THEORY.commands:
        assert f" {command} " in bare.out


@pytest.mark.parametrize("command", THEORY.commands)
def test_every_command_has_help_with_an_example(nobat: Terminal, command: str) -> None:
    found = nobat("theory", command, "--help")
    assert found.code == 0
    assert f"Usage: nobat theory {command}" in found.out
    assert f"Example: nobat theory {command}" in found.out
    assert "--json" in found.out
    assert found.out == nobat("theory", command, "-h").out


@pytest.mark.parametrize("words", [["theory", "--help"], ["theory", "supply", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert python("-c", LIGHT, *words).stderr.splitlines()[-1] == ""


def test_supply_loads_no_compiler() -> None:
    code = (
        "import sys; from nobat.cli import main; main(sys.argv[1:]); print('numba' in sys.modules)"
    )
    found = python("-c", code, "theory", "supply", "--distance-km", "30", *NUMBERS)
    assert found.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("command", THEORY.commands)
def test_the_example_is_one_of_the_command(command: str) -> None:
    example = THEORY.commands[command][1]
    assert example.startswith(f"nobat theory {command} ")


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        (["suply"], 'Did you mean "supply"?', "`nobat theory --help`"),
        (["--version"], '"--version"', "`nobat theory --help`"),
        (["supply", "--distnce-km", "3"], "Did you mean --distance-km?", "nobat theory supply -"),
        (["supply", "3"], "nothing more was expected: '3'", "nobat theory supply --help"),
        (["supply", *NUMBERS, "--trucks", "3"], "--trucks specified multiple times", "supply -"),
    ],
)
def test_a_mistake_is_named_and_the_right_help(
    nobat: Terminal, words: list[str], said: str, hint: str
) -> None:
    found = nobat("theory", *words)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert hint in found.err
    assert nobat("theory", *words, "--json").json()["error"]["exit"] == 2


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    words = ("--distance-km", "30", "--distance-km", "600", "--own-use-t-per-h", "0.02")
    found = nobat("theory", "supply", *words, *NUMBERS, "--stock-t", "500", "--json").json()
    assert found["culmination_km"] == pytest.approx(550)
    assert found["self_consumption_km"] == pytest.approx(7500)
    near, far = found["rows"]
    assert near.keys() >= ROW
    assert (near["distance_km"], far["distance_km"]) == (30, 600)
    assert near["turnaround_h"] == 8
    assert near["trips_per_day"] == 2.5
    assert near["lift_t_per_day"] == pytest.approx(372)
    assert near["eaten_share"] == pytest.approx(0.008)
    assert near["days_of_supply"] is None
    assert far["days_of_supply"] == pytest.approx(500 / (60 - 30 * 20 / 46 * 4.2))


def test_raids_and_trucks_in_repair_bring_less(nobat: Terminal) -> None:
    words = ("theory", "supply", "--distance-km", "30", *NUMBERS, "--json")
    whole = nobat(*words).json()["rows"][0]["lift_t_per_day"]
    found = nobat(*words, "--availability", "0.8", "--raid-share", "0.25").json()
    assert found["rows"][0]["lift_t_per_day"] == pytest.approx(0.6 * whole)
    assert found["trucks_at_work"] == 24


@pytest.mark.parametrize("width", ["50", "80", "100"])
def test_it_fits_the_page(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    many = [word for km in (30, 100, 243, 500, 1000, 2000, 4000) for word in ("--distance-km", km)]
    text = nobat("theory", "supply", *map(str, many), *NUMBERS).out
    assert max(map(len, text.splitlines())) <= int(width)
    assert text.startswith("At 30 km 30 trucks bring 375 t a day")
    assert sum(line.startswith("days of supply") for line in text.splitlines()) >= 1
    assert text.replace(",", "").split().count("4000") == 2  # in the sentence and in the table


def test_everything_wrong_is_said_at_once(nobat: Terminal) -> None:
    wrong = ("--distance-km", "30", "--distance-km", "x", "--trucks", "1.5", "--speed-km-h", "0")
    found = nobat("theory", "supply", *wrong, "--delay-h", "-1", "--availability", "1.2")
    assert (found.code, found.out) == (2, "")
    assert [line.split()[1] for line in found.err.splitlines()] == [
        "--distance-km:", "--trucks:", "--payload-t:", "--speed-km-h:", "--delay-h:",
        "--hours-per-day:", "--use-t-per-day:", "--availability:",
    ]  # fmt: skip
    assert "--delay-h: '-1' is not a duration: 0 or more hours" in found.err
    problems = nobat("theory", "supply", *wrong, "--json").json()["error"]["problems"]
    assert {one["path"] for one in problems} >= {"--distance-km", "--trucks"}


def test_nothing_asked_is_answered_with_an_example(nobat: Terminal) -> None:
    found = nobat("theory", "supply")
    assert found.code == 2
    assert found.err.rstrip().endswith("See `nobat theory supply --help`.")
