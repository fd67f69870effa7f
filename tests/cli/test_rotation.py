"""`nobat rotation`, and `nobat run`, `check` and `new` of a crews scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

PLAIN = ("--units", "12", "--posts", "4", "--operate-d", "365", "--rest-d", "730")
SURGE = ("--surge-start-d", "3286", "--surge-days", "60", "--surge-extra", "8")
KEYS = {
    "cover", "closed_form_cover", "required_units", "closed_form_required_units",
    "operating_unit_days", "overlap_unit_days", "reserve_unit_days", "rest_unit_days",
    "recovery_unit_days", "synchrony", "surge",
}  # fmt: skip


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat("rotation", *PLAIN, *SURGE, "--json").json()
    assert found.keys() >= KEYS
    surge = found["surge"]
    assert (surge["extra_unit_days"], surge["deficit_unit_days"]) == (480, 480)
    assert (surge["gap_starts_after_d"], surge["gap_days"]) == (915, 120)
    assert found["required_units"] == found["closed_form_required_units"] == 12
    days = sum(found[key] for key in KEYS if key.endswith("_unit_days"))
    assert days == 12 * (found["horizon_d"] - found["from_d"])
    assert nobat("rotation", *PLAIN, "--json").json()["surge"] is None


def test_rest_and_recovery_are_told_apart(nobat: Terminal) -> None:
    words = ("--units", "4", "--posts", "1", "--operate-d", "270", "--rest-d", "730")
    found = nobat("rotation", *words, "--recovery-d", "95", "--overlap-d", "30", "--json").json()
    assert found["recovery_unit_days"] / found["rest_unit_days"] == pytest.approx(
        95 / 730, abs=0.01
    )
    assert found["overlap_unit_days"] == found["operating_unit_days"] / 8


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--units", "3"], "--posts: is missing: posts to be held at once"),
        ([*PLAIN, "--overlap-d", "5", "--gap-d", "5"], "--gap-d: overlap and gap cannot both"),
        ([*PLAIN, "--overlap-d", "365"], "--overlap-d: 365 days do not fit in a tour of 365"),
        ([*PLAIN[:6], "--rest-d", "-1"], "--rest-d: '-1' is not a whole number, 0 or more"),
        ([*PLAIN[2:], "--units", "1e3"], "--units: '1e3' is not a whole number"),
        ([*PLAIN, "--surge-days", "5"], "--surge-start-d: is missing: a surge needs"),
        ([*PLAIN, "--horizon-d", "5", "--from-d", "9"], "--from-d: day 9 is not before"),
        ([*PLAIN, "--stager-d", "5"], "Did you mean --stagger-d?"),
    ],
)
def test_what_is_refused(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("rotation", *words)
    assert found.code == 2
    assert said in found.err
    assert found.out == ""
    problems = nobat("rotation", *words, "--json").json()["error"]["problems"]
    assert len(problems) == sum(line.startswith("nobat:") for line in found.err.splitlines())


def test_everything_wrong_is_said_at_once(nobat: Terminal) -> None:
    found = nobat("rotation", "--units", "0", "--posts", "x", "--operate-d", "1.5")
    said = [line.split()[1] for line in found.err.splitlines()]
    assert said == ["--units:", "--posts:", "--operate-d:", "--rest-d:"]


@pytest.mark.parametrize("width", ["80", "100"])
def test_it_fits_the_page(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for words in (["rotation", *PLAIN, *SURGE], ["run", "fire-crews"]):
        text = nobat(*words).out
        assert max(map(len, text.splitlines())) <= int(width)
        assert "cover" in text
        assert "who owes rest" in text
        assert "synchrony" in text
        assert "a mark:" in text


def test_the_scenario_of_crews_runs(nobat: Terminal) -> None:
    found = nobat("run", "fire-crews", "--set", "crews.hand-crew.count=30", "--json")
    assert found.code == 0
    assert found.json()["scenario"] == "fire-crews"
    assert found.json()["cover"] == 1
    assert {one["crew"] for one in found.json()["required"]} == {"hotshot", "hand-crew"}


def test_what_means_nothing_to_crews_is_refused(nobat: Terminal, tmp_path: Path) -> None:
    found = nobat("run", "fire-crews", "--doctrine", "rotate", "--out", str(tmp_path / "run"))
    assert found.code == 2
    assert "--doctrine: a crews scenario has no use for it" in found.err
    assert "--out: a crews scenario has no use for it" in found.err
    assert nobat("check", "fire-crews", "--guards").code == 2
    stepped = nobat("run", "fire-crews", "--step-h", "2")
    assert stepped.code == 2
    assert "run.step_h" in stepped.err


def test_check_and_new(nobat: Terminal, tmp_path: Path) -> None:
    summary = nobat("check", "fire-crews", "--sources", "--json").json()
    assert summary["numbers"]["with_source"] > 0
    assert "NWCG2004" in nobat("check", "fire-crews", "--sources").out
    assert nobat("new", "season.yaml", "--from", "fire-crews").code == 0
    file = tmp_path / "season.yaml"
    assert nobat("check", "season.yaml").out.startswith("Fire crews")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("hotshot: {tour_d", "hotsot: {tour_d"), encoding="utf-8")
    found = nobat("check", "season.yaml")
    assert found.code == 2
    assert "did you mean hotshot? (crews: hotshot, hand-crew)" in found.err
    assert "line" in found.err


def test_nothing_asked_is_answered_with_an_example(nobat: Terminal) -> None:
    found = nobat("rotation")
    assert found.code == 2
    assert found.err.rstrip().endswith("See `nobat rotation --help`.")


def test_even_starts_are_not_drawn(nobat: Terminal) -> None:
    found = nobat("run", "fire-crews", "-n", "5", "--seed", "3")
    assert found.code == 2
    assert "--replications: the starts of the crews are even" in found.err
    assert "--seed: the starts of the crews are even" in found.err
