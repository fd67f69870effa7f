"""What is said about a frontier, and its table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from nobat.scenario import Quantity
from nobat.study.dominance import Standing
from nobat.study.estimates import Estimate
from nobat.study.frontier import Frontier, Point

GUESS = Quantity(1.5, 0.5, 2.5, "sd")


def mean(value: float | None, half: float = 1.0, n: int = 100) -> Estimate:
    if value is None:
        return Estimate(None, None, None, 0, "mean")
    return Estimate(value, value - half, value + half, n, "mean")


def point(
    criterion: float,
    losses: float,
    harm: float,
    standing: Standing = "frontier",
    secured: float = 0.5,
) -> Point:
    share = Estimate(secured, max(0.0, secured - 0.1), min(1.0, secured + 0.1), 100, "share")
    by = None if standing == "frontier" else 1.0
    day = mean(20.0 if secured else None, 0.5)
    return Point(
        criterion, 0.9, 0.1, mean(losses, 12), mean(harm, 0.2), share, day, standing, by
    )  # fmt: skip


def answer(*points: Point) -> Frontier:
    return Frontier(
        scenario="small", title="A small siege", doctrine="rotate", policy="strict", others=(),
        path="fire.policies.strict.criterion", criterion=1.5, quantity=GUESS,
        d_prime=2.0, horizon_d=20.0, seed=3,
        replications=100, points=points,
    )  # fmt: skip


TRADE = answer(
    point(0.5, 1100, 30, secured=0.8),
    point(1, 1200, 12, secured=0.7),
    point(1.5, 1210, 12.1, "not surely"),
    point(2, 1300, 13, "beaten"),
    point(2.5, 1400, 0.3, secured=0.0),
)


def test_the_trade_is_told_from_end_to_end() -> None:
    assert TRADE.sentence() == (
        "Own losses and harm move against each other: along the frontier, from criterion 0.5 to "
        "2.5, harm falls from 30.0 ± 0.2 to 0.3 ± 0.2 and own losses rise from 1,100 ± 12 to "
        "1,400 ± 12. The place is secured in 80.0 % [70.0, 90.0] at the first and 0.0 % "
        "[0.0, 10.0] at the last. 1 other may belong to it: beaten within noise."
    )


def test_where_one_criterion_beats_all_others() -> None:
    one = answer(point(1, 100, 5), point(2, 120, 6, "beaten"))
    assert one.sentence() == (
        "There is nothing to trade: criterion 1 has the fewest own losses, 100 ± 12, and the least "
        "harm, 5.0 ± 0.2."
    )
    harmless = answer(point(1, 100, 0), point(2, 120, 0, "not surely"))
    assert harmless.sentence() == (
        "There is no harm at any criterion; own losses are fewest at criterion 1: 100 ± 12. 1 "
        "other may belong to it: beaten within noise."
    )


def test_the_table_has_a_line_for_each_criterion() -> None:
    rows = TRADE.table().rows()
    assert rows[0] == (
        "0.5", "90.0 %", "10.0 %", "1,100 ± 12", "30.0 ± 0.2", "80.0 % [70.0, 90.0]",
        "20.0 ± 0.5", "yes",
    )  # fmt: skip
    assert [row[-1] for row in rows] == ["yes", "yes", "not surely", "no", "yes"]
    assert rows[4][-2] == "-"


def test_the_notes_say_what_losses_hang_on() -> None:
    notes = " ".join(TRADE.table().notes())
    assert "criterion of strict (1.5 in the scenario), d' = 2: 100 replications" in notes
    assert "however they end within 20 days: read them beside secured" in notes
    assert "also uses" not in notes
    several = replace(TRADE, others=("free", "lax"))
    assert "It also uses free, lax, whose criterion stays" in " ".join(several.table().notes())


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_it_fits_the_page(width: int) -> None:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(TRADE.table())
    text = capture.get()
    assert max(map(len, text.splitlines())) <= width
    for part in ("1,100", "30.0", "± 0.2", "[70.0, 90.0]", "not surely"):
        assert part in text


def test_plain_text_and_a_notebook_have_the_same_words() -> None:
    text = str(TRADE.table())
    assert text.startswith("A small siege\nsmall\n\nOwn losses and harm move")
    assert "not surely" in text
    assert TRADE._repr_html_().startswith("<pre")


def test_what_the_criterion_rests_on_is_told() -> None:
    stated = "fire.policies.strict.criterion: assumed, range in the scenario 0.5 to 2.5 sd"
    assert f"{stated}." in TRADE.table().notes()
    wider = answer(point(0.5, 1100, 30), point(9, 1300, 1))
    assert f"{stated}; varied beyond it." in wider.table().notes()
