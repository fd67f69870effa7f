"""What is said about a map: the sentence, the map in letters, the tables."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.console import Console

from nobat.show.map import _bands, letters
from nobat.show.map_words import best_supported
from nobat.study.factors import factors_of
from nobat.study.map import decision_map
from nobat.study.map_grid import axis_of
from tests.small import small
from tests.study.games import OVER, dated, diagonal, one_colour, played


def lines_of(text: str) -> list[str]:
    """The lines of the map in letters."""
    return [line for line in text.splitlines() if re.search(r"[RrCcWw=]{10,}$", line)]


def test_who_wins_where_and_where_it_flips(monkeypatch: pytest.MonkeyPatch) -> None:
    said = diagonal(monkeypatch).sentence()
    shape = (
        r"\w[\w-]+ takes the place most often on \d+ % of the map, [\w-]+ on \d+ %\. Beyond noise: "
        r"[\w-]+ on \d+ %, [\w-]+ on \d+ %\. At (contact|attrition)[\w.]+ = [\d.]+ (persons|per "
        r"day) the best doctrine changes from (rotate to commit-all|commit-all to rotate) as "
        r"[\w.]+ passes [\d.]+ (persons|per day) \[[\d.]+, [\d.]+\]\."
    )
    assert re.fullmatch(shape, said), said


def test_the_flip_that_is_told_is_the_best_supported(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the upper rows the doctrines are nearly alike; at the lower edge they are not."""
    found = played(
        monkeypatch, lambda u, v: 0.5 + 0.4 * (0.5 - u) * (1 - v) ** 2, lambda _u, _v: 0.5,
    )  # fmt: skip
    chances = [one.p_exists or 0 for one in found.flips]
    assert min(chances) < 0.9 < max(chances)
    told = best_supported(found)
    assert told is not None
    assert told.p_exists == max(chances)
    assert f"At attrition.attacker_rate = {told.at:g}" in found.sentence()
    assert "it may be noise" not in found.sentence()
    assert "of resamples: it may be noise" in " ".join(str(found.table()).split())


def test_flips_are_told_along_both_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = str(diagonal(monkeypatch).table())
    assert "Along contact.frontage, where attacker_rate is" in text
    assert "Along attrition.attacker_rate, where frontage is" in text


def test_level_ground_and_no_data_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    level = played(monkeypatch, lambda u, _: 0.0, lambda u, _: 0.5 * (u > 0.5))
    assert "On 40 % of it the best are level." in level.sentence()
    assert re.search(r"^= +\(level\) +40\.0 % +- +18 points", str(level.table()), re.MULTILINE)
    none = dated(
        monkeypatch, lambda u, v: None if v > 0.5 else 20 + 10 * u, lambda _u, _v: 25.0, points=36,
    )  # fmt: skip
    assert none.sentence().endswith(
        "No data at 18 of 36 points, and on 60 % of the map: fewer than two doctrines have a "
        "day_secured there."
    )
    text = str(none.table())
    assert re.search(r"^· +\(no data\) +60\.0 % +- +18 points", text, re.MULTILINE)
    drawn = [line for line in text.splitlines() if re.search(r"[·rRcC]{60}$", line)]
    assert [set(line[-60:]) for line in drawn[:9]] == [{"·"}] * 9
    assert "·" not in drawn[-1]
    assert "=: the best are level. ·: no data." in " ".join(text.split())


def test_why_there_is_no_data_between_several_doctrines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two can be compared everywhere; a third, the best where it takes the place, not."""

    def best(u: float, _v: float) -> float | None:
        return 20.0 if u < 0.5 else None

    found = dated(monkeypatch, lambda _u, _v: 24.0, lambda _u, _v: 25.0, best, points=36)
    assert found.no_data.points == 0
    assert found.sentence().endswith(
        "No data on 20 % of the map: fewer than two doctrines have a day_secured there (at 0 of 36 "
        "points), or the best at one point has none at the next."
    )


def test_single_points_are_told_where_no_ground_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both take the place at the lower left corner alone."""
    corner = dated(
        monkeypatch, lambda u, v: 20.0 if u + v == 0 else None, lambda _u, _v: 25.0, points=4,
        side=2,
    )  # fmt: skip
    assert corner.sentence().startswith("A doctrine is ahead at single points alone: rotate at 1.")
    never = dated(monkeypatch, lambda _u, _v: None, lambda _u, _v: 25.0, points=4, side=2)
    assert never.sentence().startswith("There is nothing to compare in day_secured.")


def test_one_colour_says_by_how_much_it_leads_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    found = one_colour(monkeypatch)
    said = found.sentence()
    assert said.startswith(
        "commit-all takes the place most often everywhere on the map: at all 36 points, beyond "
        "noise at 36 of them. Its lead is smallest at contact.frontage = 800 persons, "
        "attrition.attacker_rate = 0.2"
    )
    near = min(found.points, key=lambda one: one.decision.lead.mean or 0)
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


@pytest.mark.parametrize("replications", [1, 5])
def test_with_few_replications_nothing_is_drawn_as_sure(
    monkeypatch: pytest.MonkeyPatch, replications: int
) -> None:
    one = played(monkeypatch, lambda u, v: float(u > v), lambda u, v: float(u <= v), points=40,
                 replications=replications)  # fmt: skip
    text = str(one.table())
    few = f"With {replications} replication{'s' * (replications > 1)} of each nothing is sure: it "
    assert one.sentence().startswith(f"{few}takes 6 or more. ")
    assert " ".join(text.split()).count(few) == 2
    assert not re.search("[RC]{2}", "".join(line.split()[-1] for line in lines_of(text)))
    assert "Beyond noise" not in text
    assert "of resamples" not in text
    assert re.search(r"^R +rotate +\d+\.\d % +- +\d+ points +- ", text, re.MULTILINE)


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
    assert "no flip is told along layers.count" in " ".join(str(found.table()).split())
    turned = diagonal(monkeypatch, over=("places.fort.layers.count=1:3", OVER[1]), **words)
    lines = str(turned.table()).splitlines()
    assert {len(line.split()[-1]) for line in lines_of("\n".join(lines))} == {60}
    margin = len(lines_of("\n".join(lines))[0]) - 60
    (below,) = [line[margin:] for line in lines if line.split() == ["1", "2", "3"]]
    assert [below.index(number) for number in "123"] == [9, 29, 49]


def test_as_many_listed_values_as_there_is_room_for() -> None:
    (factor,) = factors_of(
        small(), [f"contact.frontage={','.join(str(200 + i) for i in range(20))}"]
    )
    line = _bands(axis_of(factor, 6), 60)
    assert len(line) <= 60
    assert line.startswith("200 ")
    assert line.endswith(" 219")
    assert {int(word) for word in line.split()} < {200 + i for i in range(20)}


def test_a_notebook_shows_it_and_its_name_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    found = one_colour(monkeypatch)
    assert "commit-all takes the place" in found._repr_html_()
    assert repr(found) == (
        "<DecisionMap small: contact.frontage by attrition.attacker_rate; commit-all 100%>"
    )


def test_what_both_numbers_rest_on_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = diagonal(monkeypatch, points=40).table().notes()
    at = notes.index("contact.frontage: assumed, range in the scenario 200 to 800 persons.")
    assert notes[at + 1] == "attrition.attacker_rate: assumed, no range in the scenario."
