"""How a page stands: English untouched, Persian turned round, every cell and line isolated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from nobat.show.language import latin, speaking
from nobat.show.layout import Grid, Printed, as_spoken, drawn, indented, plain, spoken
from nobat.show.words import flow

_LRI, _RLI, _PDI = "\u2066", "\u2067", "\u2069"


@pytest.fixture
def persian() -> Iterator[None]:
    with speaking("fa"):
        yield


def grid() -> Grid:
    found = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    found.add_column("name")
    found.add_column("value", justify="right", no_wrap=True)
    found.add_row(latin("a-2"), "1,200")
    found.add_row(Text("ب"), "3 ± -1")
    return found


def bare(text: str) -> str:
    """A text without its isolates."""
    return text.translate({ord(mark): None for mark in (_LRI, _RLI, _PDI)})


def test_a_table_in_english_is_as_rich_has_it() -> None:
    assert plain(grid()).splitlines() == ["name   value", "a-2    1,200", "ب     3 ± -1"]


@pytest.mark.usefixtures("persian")
def test_a_table_in_persian_begins_on_the_right() -> None:
    lines = plain(grid()).splitlines()
    assert [bare(line).split() for line in lines] == [
        ["value", "name"],
        ["۱٬۲۰۰", "a-2"],
        ["۳", "±", "−۱", "ب"],
    ]
    assert {cell_len(line) for line in lines} == {100}
    assert lines[1].endswith(f"{_RLI}{_LRI}a-2{_PDI}{_PDI}")
    assert f"{_RLI}۱٬۲۰۰{_PDI}" in lines[1]
    assert f"{_RLI}۳ ± {_LRI}−۱{_PDI}{_PDI}" in lines[2]


@pytest.mark.usefixtures("persian")
def test_a_cell_of_several_lines_is_isolated_line_by_line() -> None:
    found = Grid.grid()
    found.add_column(max_width=6, overflow="fold")
    found.add_row("یک دو سه چهار")
    lines = [line.strip() for line in plain(found, width=20).splitlines()]
    assert lines == [f"{_RLI}{part}{_PDI}" for part in ("یک دو", "سه", "چهار")]


@pytest.mark.usefixtures("persian")
def test_a_name_of_several_lines_stays_in_its_column_and_isolated() -> None:
    found = Grid.grid(padding=(0, 2, 0, 0))
    found.add_column(width=5, overflow="fold")
    found.add_column(width=4)
    found.add_row(latin("abcdefg"), "خط 1")
    first, second = plain(found, width=12).splitlines()
    assert first == f" {_RLI}خط ۱{_PDI}  {_RLI}{_LRI}abcde{_PDI}{_PDI}"
    assert second == f"          {_RLI}{_LRI}fg{_PDI}{_PDI}"


@pytest.mark.usefixtures("persian")
def test_english_that_is_broken_is_isolated_in_each_line() -> None:
    lines = [line.strip() for line in plain(Text(latin("one of 3, two.")), width=8).splitlines()]
    assert lines == [f"{_LRI}one of{_PDI}", f"{_LRI}3, two.{_PDI}"]


@pytest.mark.usefixtures("persian")
def test_a_line_ends_at_the_margin_and_keeps_its_indent() -> None:
    assert plain(Text("روز 3"), width=10) == f"     {_RLI}روز ۳{_PDI}"
    assert plain(indented(Text("روز 3"), 2), width=10) == f"   {_RLI}  روز ۳{_PDI}"
    assert plain("روز 3, 12", width=12) == f"   {_RLI}روز ۳, ۱۲{_PDI}"
    assert plain(Text(), width=10) == ""


@pytest.mark.usefixtures("persian")
def test_what_is_drawn_keeps_its_order() -> None:
    assert plain(drawn(Text("ab ##")), width=8) == f"   {_LRI}ab ##{_PDI}"


@pytest.mark.usefixtures("persian")
def test_a_styled_text_keeps_its_styles_where_they_were() -> None:
    found = spoken(Text.assemble(("5 %", "red"), " x ", ("-2", "bold")))
    assert isinstance(found, Text)
    told = {found.plain[span.start : span.end]: str(span.style) for span in found.spans}
    assert told == {"۵ \u200f٪": "red", f"{_LRI}−۲{_PDI}": "bold"}


@pytest.mark.usefixtures("persian")
def test_a_broken_line_leaves_no_isolate_open() -> None:
    lines = flow(f"یک دو {latin('a b c d e f g')} سه [1.5، 2.5] چهار", 12).splitlines()
    assert all(line.count(_LRI) == line.count(_PDI) for line in lines)
    assert any("[۱٫۵، ۲٫۵]" in line for line in lines)
    assert all(cell_len(line) <= 12 for line in lines)


def test_things_for_rich_are_left_alone_in_english() -> None:
    things = (Text("a"), grid())
    assert as_spoken(*things) == things


class Page(Printed):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text("عنوان", style="bold")
        yield Text()
        yield grid()
        yield Text("  روز 5 <", style="dim")
        yield drawn(Text("## ##"))


def test_a_notebook_shows_the_text_in_english_and_a_page_in_persian() -> None:
    assert Page()._repr_html_().startswith("<pre")
    with speaking("fa"):
        html = Page()._repr_html_()
        assert repr(Page()) == str(Page())
    assert html.startswith('<div dir="rtl" lang="fa"')
    for part in ("<table", "<th", ">۱٬۲۰۰<", "font-weight:bold", "opacity:.7", "روز ۵ &lt;"):
        assert part in html
    assert 'dir="ltr"' in html
    assert html.index("name") < html.index("value")
