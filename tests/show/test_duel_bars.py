from __future__ import annotations

import pytest

from nobat.show.duel_bars import Bar, bars, chart
from nobat.theory.duel_exact import solve
from nobat.theory.lanchester import SQUARE, Duel


def of(attackers: int, defenders: int, attackers_break: int = 0) -> list[Bar]:
    duel = Duel(attackers, defenders, 0.04, 0.06, SQUARE, attackers_break)
    return bars(solve(duel), duel)


def test_the_bars_hold_every_ending() -> None:
    for found in (of(20, 15), of(300, 250), of(20, 15, 7)):
        assert sum(bar.p for bar in found) == pytest.approx(1, abs=1e-3)
        assert len(found) <= 20
    labels = [bar.label for bar in of(20, 15)]
    assert labels[0] == "attackers 19-20"
    assert labels[9:11] == ["attackers 1-2", "defenders 1-2"]
    assert labels[-1] == "defenders 15"
    # Above a breakpoint of 7 only 8 and more are endings of a side that won.
    assert "attackers 8" in [bar.label for bar in of(20, 15, 7)]
    assert of(300, 250)[0].label == "attackers 141 or more"


def test_a_side_that_never_wins_has_no_bars() -> None:
    assert all(bar.label.startswith("defenders") for bar in of(5, 400))


def test_bars_are_as_long_as_they_are_likely() -> None:
    rows = [Bar("attackers 1", 0.5, "red"), Bar("defenders 1", 0.25, "red"), Bar("none", 0, "red")]
    heading, *lines = (str(line) for line in chart(rows, 42, True))
    assert heading == "how many are left at the end, and how likely that is"
    assert lines[0] == "attackers 1  50.0 % " + 21 * "#"
    assert lines[1] == "defenders 1  25.0 % " + 10 * "#"
    assert lines[2] == "none          0.0 % "
    assert max(map(len, (str(line) for line in chart(rows, 200, False)))) < 80
