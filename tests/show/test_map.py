"""What is said about a map: the sentence, the map in letters, the tables."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.console import Console

from nobat.show.map import letters
from nobat.study.map import decision_map
from tests.small import small
from tests.study.games import OVER, diagonal, one_colour, played


def lines_of(text: str) -> list[str]:
    """The lines of the map in letters."""
    return [line for line in text.splitlines() if re.search(r"[RrCcWw=]{10,}$", line)]


def test_who_wins_where_and_where_it_flips(monkeypatch: pytest.MonkeyPatch) -> None:
    said = diagonal(monkeypatch).sentence()
    shape = (
        r"\w[\w-]+ takes the place most often on \d+ % of the map, [\w-]+ on \d+ %\. Beyond noise: "
        r"[\w-]+ on \d+ %, [\w-]+ on \d+ %\. At contact\.frontage = 440 persons the best "
        r"doctrine changes from rotate to commit-all as attrition\.attacker_rate passes 0\.\d+ "
        r"per day \[0\.\d+, 0\.\d+\]\."
    )
    assert re.fullmatch(shape, said), said


def test_one_colour_says_by_how_much_it_leads_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    found = one_colour(monkeypatch)
    said = found.sentence()
    assert said.startswith(
        "commit-all takes the place most often everywhere on the map: at all 36 points, beyond "
        "noise at 36 of them. Its lead is smallest at contact.frontage = 800 persons, "
        "attrition.attacker_rate = 0.2"
    )
    near = min(found.points, key=lambda one: abs(one.decision.lead.mean or 0))
    assert (near.x, near.y) == (800, 0.2)
    lead = near.decision.lead
    assert lead.mean is not None
    assert lead.low is not None
    assert f"{100 * lead.mean:.1f} points [{100 * lead.low:.1f}, " in said
    assert said.endswith("before rotate.")
    assert "Along" not in str(found.table())
    least, most = (100 * (lead or 0) for lead in (found.holdings[1].least, found.holdings[1].most))
    assert f"100.0 %  100.0 %  36 points      36  {least:.1f} to {most:.1f}" in str(found.table())


def test_the_fewest_losses_are_told_as_such() -> None:
    found = decision_map(
        small(), *OVER, doctrines=["rotate", "commit-all"], outcome="attacker_losses", points=9,
        side=3, replications=20,
    )  # fmt: skip
    assert "has the lowest attacker_losses" in found.sentence()
    if found.holdings[0].points in (0, 9):
        assert re.search(r"smallest at .*: \d+ persons \[-?\d+, \d+\] before", found.sentence())


def test_nobody_and_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tie = played(monkeypatch, lambda _u, _v: 0.0, lambda _u, _v: 0.0)
    assert tie.sentence() == "No doctrine is ahead of the others in secured at any point."
    assert set("".join(line.split()[-1] for line in lines_of(str(tie.table())))) == {"="}
    one = played(monkeypatch, lambda _u, _v: 1.0, lambda _u, _v: 0.0, replications=1)
    assert one.sentence().startswith("One replication says nothing about chance")


def test_an_outcome_that_nobody_has() -> None:
    found = decision_map(
        small(), *OVER, doctrines=["wait", "rotate"], outcome="rest_debt_due_day", points=4, side=2,
        replications=2,
    )  # fmt: skip
    assert found.sentence()


def test_the_map_in_letters_has_its_corners_where_they_belong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = lines_of(str(diagonal(monkeypatch).table()))
    assert len(drawn) == 16
    top, bottom = (line.split()[-1] for line in (drawn[0], drawn[-1]))
    assert len(top) == 60
    assert top[0] == "C"
    assert bottom[-1] == "R"
    assert {*top, *bottom} <= set("RrCc")
    assert drawn[0].split()[0] == "0.2"


def test_letters_are_told_apart() -> None:
    assert letters(["rotate", "rest", "commit-all", "r"]) == ("R", "E", "C", "A")
    assert letters(["سوم", "7"]) == ("A", "B")
    assert len(set(letters([str(i) for i in range(30)]))) == 26


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_it_fits_the_screen(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    found = diagonal(monkeypatch, points=40)
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(found.table())
    assert max(map(len, capture.get().splitlines())) <= width
    assert "doctrine" in capture.get()


def test_colours_are_added_and_nothing_is_lost_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = diagonal(monkeypatch, points=40).table()
    console = Console(width=100, force_terminal=True, color_system="truecolor", no_color=False)
    with console.capture() as capture:
        console.print(table)
    assert "\x1b[38;2;31;131;204m" in capture.get()
    plain = re.sub(r"\x1b\[[0-9;]*m", "", capture.get())
    assert [line.rstrip() for line in plain.splitlines()] == str(table).splitlines()


def test_listed_values_stand_beside_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    words: dict[str, Any] = {"points": 20, "side": 3}
    found = diagonal(monkeypatch, over=(OVER[0], "places.fort.layers.count=1:3"), **words)
    drawn = lines_of(str(found.table()))
    assert [line.split()[0] for line in drawn] == ["3", "2", "1"]
    turned = diagonal(monkeypatch, over=("places.fort.layers.count=1:3", OVER[1]), **words)
    assert {len(line.split()[-1]) for line in lines_of(str(turned.table()))} == {60}


def test_a_notebook_shows_it_and_its_name_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    found = one_colour(monkeypatch)
    assert "commit-all takes the place" in found._repr_html_()
    assert repr(found) == (
        "<DecisionMap small: contact.frontage by attrition.attacker_rate; commit-all 100%>"
    )
