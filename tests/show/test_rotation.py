"""The text of a rotation: the words of its bill, its chart in letters and in colour."""

from __future__ import annotations

import io

from rich.console import Console

import nobat
from nobat.show.timeline import LOOKS, MOST_ROWS, drawn_days, span, timeline

SURGED = nobat.rotation(
    units=12, posts=4, operate_d=365, rest_d=730, surge_start_d=3286, surge_days=60, surge_extra=8
)


def test_the_bill_in_words() -> None:
    text = " ".join(str(SURGED).split())
    assert "480 extra unit-days at its posts" in text
    assert "the bill comes 915 days after its end: from day 4,261 on 4 posts are empty" in text
    assert "(closed form: 480, after 915 days, for 120 days)" in text
    assert "for whole cycles of constant posts and no surge" in text
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
    rows = [line for line in timeline(many, 100, False, {}) if line.plain.startswith("crew ")]
    assert 0 < len(rows) <= MOST_ROWS
    assert "crew 1-13" in rows[0].plain


def test_without_block_characters_there_are_plain_ones() -> None:
    lines = "\n".join(line.plain for line in timeline(SURGED, 80, True, {}))
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
