"""What is said of a study of sensitivity, its table and its chart."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.console import Console

from nobat.show.sensitivity import range_text
from nobat.show.sensitivity_chart import MOST_BARS, sensitivity_chart
from nobat.show.sensitivity_words import replications_for, size_text, way
from nobat.study.estimates import Estimate
from nobat.study.factors import Factor, factors_of
from nobat.study.names import outcome_named
from nobat.study.sensitivity_result import Index, MorrisRow, Sensitivity, SobolRow
from tests.small import small

FRONTAGE, POSTS, START = factors_of(
    small(), ["contact.frontage", "rotation.turns.posts=1:3", "doctrines.rotate.start"]
)


def index(value: float, half: float = 0.1) -> Index:
    return Index(value, value - half, value + half)


def effect(factor: Factor, mu: float, star: float, beyond: bool | None = True) -> MorrisRow:
    mean, size = (Estimate(x, x - 0.04, x + 0.04, 10, "mean") for x in (mu, star))
    return MorrisRow(factor, mean, size, 0.05, 0.01, beyond)


SOBOL = Sensitivity(
    scenario="small", title="A small siege", method="sobol", outcome=outcome_named("secured"),
    doctrine="rotate", against=None, horizon_d=20.0, seed=3, replications=100, points=1280,
    sets=256, levels=None, mean=0.43, variance=0.02, together=index(0.12, 0.05), luck_share=0.03,
    rows=(
        SobolRow(FRONTAGE, index(0.48), index(0.57)),
        SobolRow(POSTS, index(0.3), index(0.4)),
        SobolRow(START, index(0.0, 0.02), index(0.0, 0.0)),
    ),
)  # fmt: skip
MORRIS = replace(
    SOBOL, method="morris", sets=10, points=40, levels=4, variance=None, together=None,
    rows=(
        effect(FRONTAGE, -0.41, 0.41),
        effect(START, -0.1, 0.22),
        effect(POSTS, 0.1, 0.2),
        effect(POSTS, 0.21, 0.21, beyond=False),
        effect(POSTS, 0.0, 0.0, beyond=False),
    ),
)  # fmt: skip


def test_the_largest_is_told_with_its_indices() -> None:
    assert SOBOL.sentence() == (
        "secured under rotate hangs most on contact.frontage, which has a hand in 57 % [47, 67] of "
        "its variance over these ranges and makes 48 % [38, 58] of it alone; then on "
        "rotation.turns.posts (40 %). Together only, factors make 12 % [7, 17]. Luck that 100 "
        "replications at each point leave makes 3 % of that variance."
    )


def test_what_cannot_be_told_from_nothing_is_not_told_as_a_figure() -> None:
    first = SobolRow(FRONTAGE, index(-0.05), index(0.57))
    text = replace(SOBOL, rows=(first,)).sentence()
    assert "over these ranges, none of it surely alone. Luck" in text
    assert "Together" not in text
    text = replace(SOBOL, together=index(-0.02)).sentence()
    assert "What factors make only together cannot be told from nothing." in text


def test_luck_that_matters_is_told_with_what_it_takes() -> None:
    text = replace(SOBOL, luck_share=0.18, replications=20).sentence()
    assert text.endswith("leave makes 18 % of that variance: about 84 would bring it below 5 %.")
    text = replace(SOBOL, luck_share=1.0).sentence()
    assert text.endswith("100 % of that variance: nothing can be told from luck.")
    assert "less than 1 % of that" in replace(SOBOL, luck_share=0.002).sentence()


@pytest.mark.parametrize(("share", "n"), [(0.05, 100), (0.18, 20), (0.5, 7), (0.9, 300)])
def test_replications_that_bring_luck_below_5_percent(share: float, n: int) -> None:
    enough = replications_for(share, n)
    assert enough is not None
    left = share * n / enough / (1 - share + share * n / enough)
    assert 0.043 < left <= 0.05 + 1e-12


def test_a_difference_names_both() -> None:
    text = replace(SOBOL, against="wait").sentence()
    assert text.startswith("secured under rotate less that under wait hangs most on")
    notes = replace(SOBOL, against="wait").table().notes()
    assert "43.0 points on average" in notes[0]
    assert "100 replications of each doctrine at each" in notes[1]


def test_effects_are_told_in_points_and_which_way_they_go() -> None:
    assert MORRIS.sentence() == (
        "secured under rotate is moved most by contact.frontage: by 41 [37, 45] points over its "
        "whole range, downwards; then by doctrines.rotate.start (22 [18, 26]) and "
        "rotation.turns.posts (20 [16, 24]). Of 5 factors, 1 does not move it at all and 1 moves "
        "it no more than luck does. Luck that 100 replications at each point leave makes 3 % of "
        "the mean square of the effects."
    )
    assert [way(row) for row in MORRIS.rows if isinstance(row, MorrisRow)] == [
        "down", "-", "both", "unsure", "-",
    ]  # fmt: skip


def morris_rows() -> list[MorrisRow]:
    return [row for row in MORRIS.rows if isinstance(row, MorrisRow)]


def test_verbs_agree_with_their_number() -> None:
    first, *_, faint, still = morris_rows()
    text = replace(MORRIS, rows=(first, faint, faint)).sentence()
    assert "Of 3 factors, 2 move it no more than luck does." in text
    text = replace(MORRIS, rows=(first, still, still)).sentence()
    assert "Of 3 factors, 2 do not move it at all." in text
    assert "Of " not in replace(MORRIS, rows=MORRIS.rows[:2]).sentence()


def test_what_luck_does_as_much_is_never_told_as_a_mover() -> None:
    first, *_, faint, _still = morris_rows()
    text = replace(MORRIS, rows=(first, faint)).sentence()
    assert "then by" not in text
    assert replace(MORRIS, rows=(faint,)).sentence().startswith(
        "No factor moves secured under rotate more than luck does: the largest effect, that of "
        "rotation.turns.posts, is 21 [17, 25] points over its whole range. Luck that"
    )  # fmt: skip


def test_no_direction_is_told_where_the_interval_of_mu_holds_0() -> None:
    doubtful = MorrisRow(
        FRONTAGE, Estimate(0.34, -0.07, 0.75, 10, "mean"), Estimate(0.34, 0.1, 1.0, 10, "mean"),
        0.45, 0.01, True,
    )  # fmt: skip
    assert way(doubtful) == "unsure"
    text = replace(MORRIS, rows=(doubtful,)).sentence()
    assert "by 34 [10, 100] points over its whole range, which way is not sure." in text
    assert way(replace(doubtful, mu=Estimate(0.34, 0.01, 0.67, 10, "mean"))) == "up"
    assert way(replace(doubtful, mu=Estimate(0.34, None, None, 10, "mean"))) == "unsure"
    legend = [words for words, *_ in sensitivity_chart(replace(MORRIS, rows=(doubtful,))).legend]
    assert legend == ["which way is not sure"]


def test_a_single_replication_has_no_intervals_and_says_so() -> None:
    def bare(size: float) -> Estimate:
        return Estimate(size, None, None, 10, "mean")

    rows = [
        MorrisRow(factor, bare(size), bare(size), 0.1, None, None)
        for factor, size in ((FRONTAGE, 0.4), (POSTS, 0.2))
    ]
    once = replace(MORRIS, rows=tuple(rows), replications=1, luck_share=None)
    assert once.table().headings() == ("factor", "mu", "mu*", "sigma")
    assert once.table().rows()[0][1:] == ("+40", "40", "10")
    notes = " ".join(once.table().notes())
    assert "No intervals: one replication at each point does not say what is luck" in notes
    assert "jackknife" not in notes
    assert "by 40 points over its whole range, which way is not sure; then by" in once.sentence()
    alone = Index(0.48, None, None)
    both = (SobolRow(FRONTAGE, alone, alone), SobolRow(POSTS, alone, alone))
    first = replace(SOBOL, replications=1, luck_share=None, together=alone, rows=both)
    assert "and makes 48 % of it alone; then on" in first.sentence()
    assert "jackknife" not in " ".join(first.table().notes())


def test_the_table_has_a_line_for_each_factor() -> None:
    assert SOBOL.table().rows()[0] == (
        "contact.frontage\n  200 to 800 persons, assumed", "0.48 [0.38, 0.58]", "0.57 [0.47, 0.67]",
    )  # fmt: skip
    rows = MORRIS.table().rows()
    assert rows[0][1:] == ("-41 ± 4", "41 [37, 45]", "5", "1", "yes")
    assert rows[3][1:] == ("+21 ± 4", "21 [17, 25]", "5", "1", "no")
    assert rows[1][1] == "-"
    assert rows[2][1] == "+10 ± 4"
    losses = replace(MORRIS, outcome=outcome_named("attacker_losses")).table()
    assert losses.rows()[0][1] == "-0.41 ± 0.04"
    assert "over the whole range, in persons; sigma" in losses.notes()[3]


def test_the_table_says_what_numbers_rest_on() -> None:
    own = SOBOL.table()
    assert own.rows()[2][0] == "doctrines.rotate.start\n  rotate, commit_all, hold,\n  pause"
    assert "Behind a range: what the number rests on; --json has the sources." in own.notes()
    assert "contact.frontage" not in " ".join(own.notes())
    words = replace(SOBOL, rows=SOBOL.rows[2:])
    assert "Behind a range" not in " ".join(words.table().notes())
    (wider,) = factors_of(small(), ["contact.frontage=100:800"])
    beyond = replace(SOBOL, rows=(SobolRow(wider, index(0.48), index(0.57)),))
    assert (
        "Varied beyond its range in the scenario: contact.frontage (200 to 800 persons)."
        in beyond.table().notes()
    )


def test_only_the_largest_are_in_the_table() -> None:
    many = replace(SOBOL, rows=SOBOL.rows[:1] * 28)
    assert len(many.table().rows()) == 20
    assert "8 smaller ones are in --json" in many.table().notes()[1]
    chart = sensitivity_chart(many)
    assert len(chart.option["yAxis"]["data"]) == 3 * MOST_BARS
    assert chart.note.endswith("Not drawn: 13 factors with less.")


def test_ranges_in_words() -> None:
    given = factors_of(
        small(),
        [
            "rotation.turns.posts=1,2", "doctrines.rotate.start=hold,rotate",
            "attrition.attacker_rate=0.05:0.25", "sleep.model",
        ],
    )  # fmt: skip
    assert [range_text(one) for one in given[:3]] == [
        "1, 2",
        "hold, rotate",
        "0.05 to 0.25 per day",
    ]
    assert range_text(given[3]) == "none, safte, three_process"


def test_values_are_told_in_lines_as_long_as_the_path() -> None:
    (many,) = factors_of(small(), [f"contact.frontage={','.join(map(str, range(100, 150)))}"])
    lines = range_text(many).split("\n")
    assert len(lines) == 3
    assert max(map(len, lines)) <= 26
    assert lines[0].startswith("100, 101, 102")
    assert lines[2].endswith(" more")
    told = range_text(many).count(",") + 1
    assert lines[2].endswith(f"and {50 - told} more")


def test_a_size_need_not_lie_in_the_middle() -> None:
    one = Estimate(41.2, 33.3, 51.0, 10, "mean")
    assert size_text(one, 0) == "41 [33, 51]"
    assert size_text(one, 0, "\n") == "41\n[33, 51]"
    assert size_text(replace(one, low=None, high=None), 1) == "41.2"


@pytest.mark.parametrize("answer", [SOBOL, MORRIS], ids=["sobol", "morris"])
@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_it_fits_the_page(answer: Sensitivity, width: int) -> None:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(answer.table())
    text = capture.get()
    assert max(map(len, text.splitlines())) <= width
    assert "contact.frontage" in text
    assert "200 to 800 persons" in text


def test_a_bar_for_each_index() -> None:
    chart = sensitivity_chart(SOBOL)
    bars, *spans = chart.option["series"]
    assert [None if one is None else one["value"] for one in bars["data"]] == [
        None, 0.57, 0.48, None, 0.4, 0.3, None, 0.0, 0.0,
    ]  # fmt: skip
    # An interval lies on the line of its bar; one that ends at 0 is not drawn.
    assert [span["data"][0]["value"][1] for span in spans] == [1, 2, 4, 5, 8]
    assert chart.title == "What secured hangs on: rotate"
    assert "0.57 [0.47, 0.67]" in chart.option["yAxis"]["data"][0]
    assert [words for words, *_ in chart.legend] == ["total: has a hand in", "first: makes alone"]
    assert json.dumps(chart.option, allow_nan=False)
    assert "<script>" in chart.html()


def test_bars_of_effects_are_coloured_by_where_they_go() -> None:
    chart = sensitivity_chart(MORRIS)
    assert {words for words, *_ in chart.legend} == {
        "lowers it", "now one, now the other", "has no direction", "no more than luck",
    }  # fmt: skip
    colours = [one["itemStyle"]["color"] for one in chart.option["series"][0]["data"] if one]
    assert len(set(colours[:4])) == 4
    assert chart.option["xAxis"]["name"] == "mu*, points over the whole range"


def test_nothing_that_moves_can_be_drawn() -> None:
    none = Index(None, None, None)
    still = replace(
        SOBOL, rows=(SobolRow(FRONTAGE, none, none),), together=none, variance=0.0, luck_share=None
    )
    assert still.sentence() == (
        "secured under rotate is the same at all 1,280 points: the factor does not move it "
        "over these ranges."
    )
    assert still.table().rows()[0][1:] == ("-", "-")
    assert sensitivity_chart(still).option["series"][1:] == []
