"""What is said about policies of the way home, their table and their chart."""

from __future__ import annotations

import pytest

from nobat.show.homecoming import policy_text, shown
from nobat.show.homecoming_chart import chart
from nobat.study.homecoming import homecoming
from nobat.study.way_home import Policy, WayHome
from tests.small import whole


@pytest.fixture(scope="module")
def found() -> WayHome:
    return homecoming(whole(), doctrine="commit-all", replications=150)


def test_a_policy_in_words() -> None:
    assert policy_text(Policy(0, 1, 1.0, 0.05)) == "open at once, 1 lane, 1 minute a check"
    assert (
        policy_text(Policy(1, 2, 0.5, 0.05)) == "open after 1 night, 2 lanes, 0.5 minutes a check"
    )


def test_the_sentence_says_what_the_own_opening_costs_and_gains(found: WayHome) -> None:
    text = found.sentence()
    assert text.startswith("The scenario's own policy (open after 2 nights, 1 lane, 3 minutes a ")
    assert "Against opening at once it costs " in text or "and costs" in text
    assert "Against opening after 30 nights it spares " in text
    assert "Its checkpoint is overloaded on " in text


@pytest.mark.parametrize("replications", [1, 2, 20])
def test_a_sentence_can_be_made_of_few_replications(replications: int) -> None:
    text = homecoming(whole(), doctrine="commit-all", replications=replications).sentence()
    assert "Against opening at once" in text


def test_the_table_has_the_own_policy_first_and_the_frontier(found: WayHome) -> None:
    table = found.table()
    rows = table.rows()
    assert rows[0][0] == "2 *"
    assert len(rows) <= 24
    kept, left_out = shown(found)
    assert len(kept) - 1 + left_out in {len(found.on_frontier), len(found.on_frontier) - 1}
    assert all(len(row) == len(table.headings()) for row in rows)
    text = str(table)
    assert max(map(len, text.splitlines())) <= 100
    assert "Structure, not evidence" in text
    assert found._repr_html_().startswith("<pre")


def test_the_chart_has_a_dot_for_each_policy(found: WayHome) -> None:
    picture = chart(found)
    dots = [len(series["data"]) for series in picture.option["series"]]
    assert sum(dots) == len(found.points)
    assert dots[2] == 1
    assert "</html>" in picture.html()
    assert found.plot() == picture
