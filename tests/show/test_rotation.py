"""The text of a rotation: the words of its bill, its chart in letters and in colour."""

from __future__ import annotations

import io

from rich.console import Console

import nobat
from nobat.show.timeline import LOOKS, MOST_ROWS, drawn_days, span, timeline

SURGED = nobat.rotation(
    units=12, posts=4, operate_d=365, rest_d=730, surge_start_d=3286, surge_days=60, surge_extra=8
)


def chart(answer: nobat.Rotation, width: int, *, ascii_only: bool = False) -> list[str]:
    """The chart as plain lines."""
    return [str(line) for line in timeline(answer, width, ascii_only, {})]


def test_the_bill_in_words() -> None:
    text = " ".join(str(SURGED).split())
    assert "480 extra unit-days at its posts" in text
    assert "the bill comes 915 days after its end: from day 4,261 on 4 posts are empty" in text
    assert "(closed form: 480, after 915 days, for 120 days)" in text
    assert "without the surge the closed form says 100.00 %, for whole cycles" in text
    assert "12 crews are enough to miss nothing beyond the surge" in text
    assert "16 crews also ride out the surge without an empty post afterwards" in text
    assert "crew 1-4" in text


def test_the_surge_and_its_hole_are_on_the_chart() -> None:
    first, last = drawn_days(SURGED)
    assert first < 3286
    assert last > 4261 + 120
    view = span(first, last, 64)
    assert view.cells <= 64
    assert view.edges[0] == first
    assert view.edges[-1] == last + 1


def test_many_crews_are_drawn_in_groups() -> None:
    many = nobat.rotation(units=300, posts=100, operate_d=14, rest_d=28)
    rows = [line for line in chart(many, 100) if line.startswith("crew ")]
    assert 0 < len(rows) <= MOST_ROWS
    assert "crew 1-13" in rows[0]


def test_without_block_characters_there_are_plain_ones() -> None:
    lines = "\n".join(chart(SURGED, 80, ascii_only=True))
    assert lines.isascii()
    assert LOOKS["operating"].plain in lines


def test_a_terminal_gets_colours() -> None:
    page = io.StringIO()
    console = Console(file=page, width=80, force_terminal=True, color_system="256")
    console.print(SURGED.table())
    assert "\x1b[" in page.getvalue()


def test_a_notebook_gets_the_same_text() -> None:
    assert "who owes rest" in SURGED._repr_html_()
    assert "<script" not in SURGED._repr_html_()


def test_the_ledger_lists_the_crews_that_owe() -> None:
    text = str(nobat.rotation(nobat.load_crews("fire-crews")))
    crews = [line for line in text.splitlines() if line.startswith("hand-crew") and "day" in line]
    owing = nobat.rotation(nobat.load_crews("fire-crews")).ledger()["crew"]
    for line in crews:
        for part in line.split("  ")[0].removeprefix("hand-crew ").split(", "):
            low, _, high = part.partition("-")
            for one in range(int(low), int(high or low) + 1):
                assert f"hand-crew {one}" in owing
    assert crews


def test_a_narrow_page_gets_a_list() -> None:
    page = io.StringIO()
    Console(file=page, width=60).print(SURGED.table())
    assert "crew 1-4: called day 3,286, days owed 730" in page.getvalue()
    assert max(map(len, page.getvalue().splitlines())) <= 60


def test_what_is_empty_anyway_is_not_billed() -> None:
    short = nobat.rotation(
        units=3, posts=2, operate_d=14, rest_d=14, surge_start_d=90, surge_days=5, surge_extra=3
    )
    assert short.surge is not None
    assert short.surge.deficit_without_unit_days > 0
    text = " ".join(str(short).split())
    assert "5 of 15 surge post-days held" in text
    assert "155 post-days are lost after it, and 150 are without the surge: it costs 5" in text
    season = " ".join(str(nobat.rotation(nobat.load_crews("fire-crews"))).split())
    assert "posts are empty after the surge, as they would be without it" in season


def test_why_there_is_no_closed_form() -> None:
    late = nobat.rotation(
        units=12, posts=4, operate_d=365, rest_d=730, surge_start_d=3486, surge_days=300,
        surge_extra=8,
    )  # fmt: skip
    assert late.to_json()["surge"]["days_into_tour"] == 200
    text = " ".join(str(late).split())
    assert "the surge outlasts the tour under way, which ends 165 days in" in text


def test_a_bill_that_lies_beyond_the_window() -> None:
    soon = nobat.rotation(
        units=5, posts=2, operate_d=14, rest_d=14, horizon_d=60,
        surge_start_d=50, surge_days=10, surge_extra=3,
    )  # fmt: skip
    text = " ".join(str(soon).split())
    assert "none yet: the window ends on day 60 with 42 unit-days of rest owed" in text


def test_draws_and_merged_rows_are_said() -> None:
    drawn = nobat.rotation(
        units=30, posts=10, operate_d=14, rest_d=28, random_starts=True, replications=3
    )
    lines = chart(drawn, 100)
    assert lines[0] == "draw 1 of 3"
    assert lines[-1] == "in a row of several crews a mark shows what most of them do"
