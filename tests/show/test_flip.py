"""What is said about a flip, and its table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from nobat.scenario import Quantity
from nobat.study.crossing import Crossing
from nobat.study.estimates import Estimate
from nobat.study.flip import Flip, FlipPoint
from nobat.study.names import outcome_named

GUESS = Quantity(3.5, 2.0, 5.0, "h")


def point(value: float, gap: float, half: float = 0.05, n: int = 100) -> FlipPoint:
    share = Estimate(0.5, 0.4, 0.6, 100, "share")
    other = Estimate(0.5 - gap, 0.4, 0.6, 100, "share")
    return FlipPoint(value, share, other, Estimate(gap, gap - half, gap + half, n, "mean"))


def answer(*crossings: Crossing, gaps: tuple[float, ...] = (-0.2, 0.01, 0.3)) -> Flip:
    return Flip(
        scenario="small", title="A small siege", path="sleep.commit_all_h", unit="h",
        quantity=GUESS, a="commit-all", b="rotate", outcome=outcome_named("secured"),
        horizon_d=20.0, seed=3, replications=100,
        points=tuple(point(2 + 1.5 * i, gap) for i, gap in enumerate(gaps)),
        crossings=crossings, p_crossing=1.0 if crossings else 0.0,
    )  # fmt: skip


RISES = Crossing(3.4286, 3.2011, 3.6899, True, 1.0)
FALLS = Crossing(4.5, 4.1, 4.9, False, 0.625)


def test_one_flip_is_told_with_its_interval() -> None:
    assert answer(RISES).sentence() == (
        "commit-all takes the place more often than rotate above sleep.commit_all_h = 3.43 h "
        "[3.20, 3.69], less often below it. The change shows in all of 2,000 bootstrap resamples."
    )


def test_a_flip_that_may_be_noise_is_told_so() -> None:
    losses = replace(answer(FALLS), outcome=outcome_named("attacker_losses"))
    assert losses.sentence() == (
        "attacker_losses is higher under commit-all than under rotate below sleep.commit_all_h = "
        "4.50 h [4.10, 4.90], lower above it. The change shows in 62.5 % of 2,000 bootstrap "
        "resamples: it may be noise."
    )


def test_several_flips_are_listed() -> None:
    text = answer(RISES, FALLS).sentence()
    assert text.startswith("commit-all and rotate change places 2 times along sleep.commit_all_h: ")
    assert "above 3.43 h [3.20, 3.69] commit-all takes the place more often than rotate" in text
    assert "above 4.50 h [4.10, 4.90] rotate takes the place more often than commit-all" in text
    assert "(62.5 %). In brackets: the share of 2,000 bootstrap resamples" in text


def test_no_flip_is_told_with_who_is_ahead() -> None:
    assert answer(gaps=(0.02, 0.1, 0.2)).sentence() == (
        "No flip along sleep.commit_all_h between 2.0 and 5.0 h: commit-all takes the place more "
        "often than rotate, beyond noise at 2 of the 3 values."
    )
    perhaps = replace(answer(gaps=(-0.02, -0.1, -0.2)), p_crossing=0.1).sentence()
    assert "rotate takes the place more often than commit-all" in perhaps
    assert perhaps.endswith("A change shows in 10.0 % of 2,000 bootstrap resamples.")
    level = answer(gaps=(0.0, 0.0)).sentence()
    assert level.endswith("commit-all and rotate do not differ in secured at any value.")


def test_nothing_to_compare() -> None:
    one = replace(answer(), p_crossing=None)
    assert one.sentence().startswith("One replication says nothing about chance")
    none = Estimate(None, None, None, 0, "mean")
    empty = replace(one, points=tuple(replace(at, difference=none) for at in one.points))
    assert empty.sentence() == (
        "No replication has secured under both doctrines: there is nothing to compare."
    )
    assert empty.table().rows()[0][3:] == ("-", "-")


def test_the_table_has_a_line_for_each_value() -> None:
    rows = answer(RISES).table().rows()
    assert rows[0] == ("2.0", "50.0 % [40.0, 60.0]", "70.0 % [40.0, 60.0]", "-20.0 ± 5.0", "rotate")
    assert rows[1][3:] == ("+1.0 ± 5.0", "-")
    assert rows[2][4] == "commit-all"
    assert answer(RISES).table().headings()[0] == "commit_all_h\n(h)"


def test_what_the_number_rests_on_is_told() -> None:
    stated = "sleep.commit_all_h: assumed, range in the scenario 2 to 5 h."
    assert stated in answer().table().notes()
    wider = answer(gaps=(0.1, 0.1, 0.1, 0.1)).table().notes()
    assert f"{stated[:-1]}; varied beyond it." in wider


def test_few_pairs_are_told() -> None:
    assert "pairs" not in answer().table().notes()[1]
    few = replace(answer(), points=(point(2, 0.1, n=12), point(3, 0.1, n=80)))
    assert few.table().notes()[1].endswith("Differences over 12 to 80 pairs (few).")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_it_fits_the_page(width: int) -> None:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(answer(RISES).table())
    text = capture.get()
    assert max(map(len, text.splitlines())) <= width
    for part in ("-20.0", "± 5.0", "[40.0, 60.0]", "commit-all"):
        assert part in text
