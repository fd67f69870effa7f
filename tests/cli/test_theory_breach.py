"""`nobat theory breach`."""

from __future__ import annotations

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_app import LIGHT, python

SEVEN = ("--layers", "7", "--breach-rate", "1", "--rebuild-rate", "0.3")


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat("theory", "breach", *SEVEN, "--json").json()
    assert found["mean_time"] == pytest.approx(9.387889)
    assert found["p_never_rebuilt"] == pytest.approx(0.207176, rel=1e-5)
    third = nobat("theory", "breach", *SEVEN[:2], "--breach-rate", str(1 / 3), *SEVEN[4:], "--json")
    assert third.json()["mean_time"] == pytest.approx(69.140163)


def test_a_simulation_has_standard_errors(nobat: Terminal) -> None:
    words = ("theory", "breach", *SEVEN, "--method", "simulate", "-n", "4000", "--seed", "3")
    found = nobat(*words, "--json").json()
    assert abs(found["mean_time"] - 9.387889) < 4.5 * found["standard_error"]
    assert abs(found["p_never_rebuilt"] - 0.207176) < 4.5 * found["p_standard_error"]
    assert found["replications"] == 4000
    assert nobat(*words, "--json").json() == found
    assert "4,000 replications, seed 3" in nobat(*words).out


def test_rates_layer_by_layer(nobat: Terminal) -> None:
    words = ("--layers", "3", "--breach-rate", "1,1,0.1", "--rebuild-rate", "0.5,0.5")
    found = nobat("theory", "breach", *words, "--json").json()
    assert found["mean_time"] == pytest.approx(20)
    assert found["breach_rates"] == [1, 1, 0.1]


def test_everything_wrong_is_said_at_once(nobat: Terminal) -> None:
    wrong = ("--layers", "0", "--breach-rate", "-1", "--method", "simulat", "-n", "x")
    found = nobat("theory", "breach", *wrong)
    assert (found.code, found.out) == (2, "")
    assert [line.split()[1] for line in found.err.splitlines()] == [
        "--layers:", "--breach-rate:", "--rebuild-rate:", "--replications:", "--method:",
    ]  # fmt: skip
    problems = nobat("theory", "breach", *wrong, "--json").json()["error"]["problems"]
    assert len(problems) == 5


def test_what_would_not_end_is_refused_and_what_overflows_is_told(nobat: Terminal) -> None:
    words = ("theory", "breach", "--layers", "200", "--breach-rate", "0.001")
    found = nobat(*words, "--rebuild-rate", "1e5", "--method", "simulate")
    assert found.code == 2
    assert "too many to simulate" in found.err
    exact = nobat(*words, "--rebuild-rate", "1e5")
    assert "It takes 1.00e1595 days" in exact.out
    assert "inf" not in exact.out


def test_nothing_asked_is_answered_with_an_example(nobat: Terminal) -> None:
    found = nobat("theory", "breach")
    assert found.code == 2
    assert found.err.rstrip().endswith("See `nobat theory breach --help`.")


@pytest.mark.parametrize("width", ["40", "60", "100"])
def test_it_fits_the_page(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = nobat("theory", "breach", *SEVEN).out
    assert max(map(len, text.splitlines())) <= int(width)
    assert "96.9 %" in text


def test_help_loads_nothing_heavy_and_the_exact_method_no_compiler() -> None:
    assert python("-c", LIGHT, "theory", "breach", "--help").stderr.splitlines()[-1] == ""
    code = (
        "import sys; from nobat.cli import main; main(sys.argv[1:]); print('numba' in sys.modules)"
    )
    assert python("-c", code, "theory", "breach", *SEVEN).stdout.splitlines()[-1] == "False"


def test_replications_without_a_simulation_are_not_passed_over_in_silence(nobat: Terminal) -> None:
    words = ("theory", "breach", "--layers", "7", "--breach-rate", "1", "--rebuild-rate", "0.3")
    assert "--replications means nothing here" in nobat(*words, "-n", "50").err
