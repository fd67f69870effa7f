"""`nobat theory recurrence`."""

from __future__ import annotations

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_app import python

WORDS = (
    "theory", "recurrence", "--residual", "150", "--incidents", "0.88", "--theta", "0.43",
    "--omega", "0.107",
)  # fmt: skip
KEYS = {
    "method", "residual", "incidents", "theta", "omega", "days", "root_rate_per_day",
    "events_per_root", "expected_roots", "expected_attacks", "variance_attacks", "p_no_attack",
    "mean_days_to_first", "range_90", "curve",
}  # fmt: skip


def test_exact_and_simulated(nobat: Terminal) -> None:
    exact = nobat(*WORDS, "--json").json()
    assert exact.keys() == KEYS
    words = ("--method", "simulate", "-n", "20000", "--seed", "7")
    drawn = nobat(*WORDS, *words, "--json").json()
    own = {"replications", "seed", "standard_error", "p_standard_error"}
    assert drawn.keys() == KEYS | own
    z = (drawn["expected_attacks"] - exact["expected_attacks"]) / drawn["standard_error"]
    assert abs(z) < 4.5


def test_the_days_may_be_told(nobat: Terminal) -> None:
    found = nobat(*WORDS, "--days", "90", "--json").json()
    assert found["curve"][-1]["day"] == 90
    assert "in 90 days on average" in nobat(*WORDS, "--days", "90").out


def test_somebody_who_asks_for_nothing_gets_an_example(nobat: Terminal) -> None:
    found = nobat("theory", "recurrence")
    assert found.code == 2
    assert "nobat: --residual: is missing" in found.err
    assert "For example: nobat theory recurrence --residual" in found.err


@pytest.mark.parametrize("theta", ["1", "1.2"])
def test_what_never_ends_is_refused(nobat: Terminal, theta: str) -> None:
    words = [theta if word == "0.43" else word for word in WORDS]
    found = nobat(*words, "--json")
    assert found.code == 2
    (problem,) = found.json()["error"]["problems"]
    assert problem["path"] == "--theta"
    assert "without end" in problem["message"]


def test_the_exact_answer_loads_no_compiler() -> None:
    code = (
        "import sys; from nobat.cli import main; main(sys.argv[1:]); print('numba' in sys.modules)"
    )
    assert python("-c", code, *WORDS).stdout.splitlines()[-1] == "False"
