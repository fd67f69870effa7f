"""The table of a comparison: what is in it, and that it fits."""

from __future__ import annotations

import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from nobat.show import horizon
from nobat.study.comparison import Comparison
from tests.show.results import comparison


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return comparison(
        tmp_path_factory.mktemp("table"),
        {"rotate": 0.3, "commit-all": 0.7, "wait": 0.0},
        {"rotate": 1234.0, "commit-all": 5678.0, "wait": 12.0},
    )


def printed(found: Comparison, width: int, *, colours: bool = False) -> list[str]:
    page = io.StringIO()
    Console(file=page, width=width, force_terminal=colours, color_system=None).print(found.table())
    return page.getvalue().splitlines()


def test_the_text_has_every_column_and_the_sentence(found: Comparison) -> None:
    text = str(found.table())
    lines = text.splitlines()
    assert lines[0] == "A small siege"
    assert max(map(len, lines)) <= 100
    row = next(line for line in lines if "commit-all *" in line)
    assert " ".join(row.split()) == (
        "commit-all * 70.0 % [63.3, 75.9] 5 ± 0 5,678.0 ± 0.1 0 ± 0 0 ± 0 0 ± 0"
    )
    never = next(line for line in lines if line.strip().startswith("wait"))
    assert "0.0 % [0.0, 1.9]" in never
    assert " - " in never
    words = " ".join(text.split())
    assert "200 replications of each doctrine on the same luck, seed 1." in words
    assert "Wilson" in words
    assert "Student's t" in words
    assert "Best by the chance of taking the place within 20 days: commit-all" in words
    assert repr(found.table()) == text


@pytest.mark.parametrize(
    ("width", "form"), [(40, "list"), (70, "list"), (80, "stack"), (92, "line"), (200, "line")]
)
def test_it_fits_the_width(found: Comparison, width: int, form: str) -> None:
    lines = printed(found, width)
    assert max(map(len, lines)) <= width
    table = "\n".join(lines[: next(i for i, line in enumerate(lines) if "highest share" in line)])
    for word in ("[63.3, 75.9]", "5,678.0", "± 0.1", "lost again"):
        assert word in table
    assert "…" not in table
    assert ("70.0 % [63.3, 75.9]" in table.split("gave")[0]) == (form != "stack")
    assert ("attacker losses: 5,678.0 ± 0.1" in table) == (form == "list")


def test_a_hundred_columns_hold_five_digits_on_one_line(tmp_path: Path) -> None:
    large = comparison(
        tmp_path, {"rotate": 0.3, "commit-all": 1.0}, {"rotate": 12345.0, "commit-all": 5678.0}
    )
    lines = printed(large, 100)
    assert max(map(len, lines)) <= 100
    assert any("commit-all *  100.0 % [98.1, 100.0]" in line for line in lines)


def test_a_partial_run_says_how_much_there_is(found: Comparison, tmp_path: Path) -> None:
    found.save(tmp_path / "run")
    half = replace(found, replications=100)
    assert "100 of 200 replications of each doctrine" in str(half.table())


def test_nobody_is_marked_where_there_is_no_choice(tmp_path: Path) -> None:
    alone = comparison(tmp_path / "a", {"rotate": 0.5}, {"rotate": 10})
    assert "*" not in str(alone.table())
    never = comparison(tmp_path / "b", {"rotate": 0, "wait": 0}, {"rotate": 10, "wait": 10})
    assert "*" not in str(never.table())
    level = comparison(tmp_path / "c", {"rotate": 0.5, "wait": 0.5}, {"rotate": 90, "wait": 10})
    assert "*" not in str(level.table())


@pytest.mark.parametrize("width", [40, 80, 100])
def test_how_it_ended_otherwise_has_a_part_of_its_own(tmp_path: Path, width: int) -> None:
    shares, losses = {"rotate": 0.3, "wait": 0.1}, {"rotate": 9, "wait": 9}
    dry = {"wait": {"abandoned_dry": 1.0}}
    found = comparison(tmp_path, shares, losses, going={"rotate": 0.2}, others=dry)
    lines = printed(found, width)
    assert max(map(len, lines)) <= width
    text = " ".join(" ".join(lines).split())
    for words in (
        "50.0 %",
        "90.0 %",
        "100.0 %",
        "20.0 %",
        "gave up",
        "want of supply",
        "on day 20",
    ):
        assert words in text
    assert "supply was short for too long" in text
    assert "the horizon, `run.horizon_d`, is a choice of the study" in text
    assert "still going<br>on day 20" in found._repr_html_()
    assert horizon.columns(found) == (
        ("gave\nup", "p_abandoned"),
        ("gave up for\nwant of supply", "p_abandoned_dry"),
        ("still going\non day 20", "p_undecided"),
    )


def test_endings_that_never_came_are_left_out(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"rotate": 1.0, "wait": 1.0}, {"rotate": 9, "wait": 9})
    assert horizon.columns(found) == ()
    assert horizon.notes(found) == []


def test_a_lead_that_luck_explains_is_not_marked(tmp_path: Path) -> None:
    shares, losses = {"rotate": 0.5, "wait": 0.49}, {"rotate": 9, "wait": 9}
    found = comparison(tmp_path / "a", shares, losses)
    assert "*" not in str(found.table())
    two = comparison(tmp_path / "b", {"rotate": 1.0, "wait": 0.0}, losses, replications=2)
    assert two.best.p_best == 1
    assert "*" not in str(two.table())


def test_one_is_singular_and_few_are_counted(tmp_path: Path) -> None:
    one = comparison(tmp_path / "a", {"rotate": 1.0}, {"rotate": 10}, replications=1)
    assert "1 replication of each doctrine" in str(one.table())
    assert repr(one) == "<Comparison small: 1 doctrine x 1 replication, seed 1; best rotate>"
    few = comparison(tmp_path / "b", {"rotate": 0.1, "wait": 0.5}, {"rotate": 9, "wait": 9})
    assert "mean over the replications in which it was (few: rotate 20)." in " ".join(
        str(few.table()).split()
    )


class Balanced(HTMLParser):
    """Fails on tags that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_notebook_shows_a_table(found: Comparison) -> None:
    html = found._repr_html_()
    assert html == found.table()._repr_html_()
    parser = Balanced()
    parser.feed(html)
    assert parser.open == []
    assert "<strong>commit-all *</strong>" in html
    assert "script" not in html
