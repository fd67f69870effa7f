"""`nobat check`: what is said about a sound scenario."""

from __future__ import annotations

import pytest

from nobat.scenario import load, quantities
from tests.cli.terminal import SMALL, Terminal
from tests.small import small


def test_a_summary_in_a_few_lines(nobat: Terminal) -> None:
    found = nobat("check", SMALL)
    assert found.code == 0
    assert found.out.splitlines()[:5] == [
        "A small siege",
        "small: nothing wrong with it",
        "places     The fort (2 layers and the core)",
        "attacker   6 units, 600 persons",
        "defender   150 persons in layers, 5 in reserve",
    ]
    assert "doctrines  rotate, commit-all, wait" in found.out
    assert "1 has a source" in found.out
    assert "1 matter; --sources lists it" in found.out
    assert len(found.out.splitlines()) <= 10


def test_set_is_checked_and_counted(nobat: Terminal) -> None:
    found = nobat(
        "check", SMALL, "--set", "places.fort.layers.count=5", "--set", "defender.reserve=40"
    )
    assert "5 layers and the core" in found.out
    assert "300 persons in layers, 40 in reserve" in found.out


def test_json_counts_what_there_is(nobat: Terminal) -> None:
    found = nobat("check", SMALL, "--json").json()
    numbers = list(quantities(small()))
    assert found["scenario"] == "small"
    assert found["places"] == [{"name": "fort", "title": "The fort", "layers": 2}]
    assert found["attacker"] == {"units": 6, "persons": 600}
    assert found["numbers"]["all"] == len(numbers) == sum(found["numbers"]["by_basis"].values())
    assert found["numbers"]["with_source"] == 1
    assert found["contested"] == 1
    assert "quantities" not in found


def test_sources_list_every_number_and_what_is_contested(nobat: Terminal) -> None:
    found = nobat("check", SMALL, "--sources")
    assert max(map(len, found.out.splitlines())) <= 100
    lines = found.out.splitlines()
    for path, _, _ in quantities(small()):
        assert any(line.startswith(f"{path} ") for line in lines)
    for word in (
        "100  persons",
        "80 to 120",
        "    ledger; muster",
        "The quartermaster's ledger (attacker)",
    ):
        assert word in found.out
    for word in ("How many stood in reserve", "A hundred.", "Twice that.", "Open."):
        assert word in found.out


@pytest.mark.parametrize("width", ["80", "100"])
def test_no_path_is_broken(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    lines = nobat("check", "abu-kamal-2017", "--sources").out.splitlines()
    begins = {line.split()[0] for line in lines if line and not line.startswith(" ")}
    assert {path for path, _, _ in quantities(load("abu-kamal-2017"))} <= begins


def test_sources_as_json(nobat: Terminal) -> None:
    found = nobat("check", SMALL, "--sources", "--json").json()
    numbers = list(quantities(small()))
    assert [one["path"] for one in found["quantities"]] == [path for path, _, _ in numbers]
    strength = next(one for one in found["quantities"] if one["note"] == "muster")
    assert (strength["value"], strength["low"], strength["high"]) == (100, 80, 120)
    assert (strength["basis"], strength["source"]) == ("record", ["ledger"])
    assert found["sources"]["ledger"]["stance"] == "attacker"
    assert found["contested_matters"][0]["record"] == "Twice that."
