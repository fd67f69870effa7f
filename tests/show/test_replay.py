"""A replication as text: how it ended, day by day, at any width."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from nobat.model import events
from nobat.study.replay import replay
from nobat.study.replayed import Replay
from tests.small import small, whole


def printed(found: Replay, width: int, *, full: bool = False) -> str:
    """What a terminal of so many columns shows."""
    page = io.StringIO()
    Console(file=page, width=width, color_system=None).print(found.table(full=full))
    return page.getvalue()


def test_it_begins_with_how_it_ended() -> None:
    found = replay(whole(), "rotate", 1)
    lines = str(found.table()).splitlines()
    assert lines[0] == "The mill, the bridge and the town"
    assert lines[1] == "whole, rotate (In turns), replication 1, seed 1"
    text = " ".join(lines)
    assert found.sentence() in text
    outcomes = found.outcomes
    days = f"{outcomes['duration_d']:.1f}".removesuffix(".0")
    assert found.sentence() == (
        f"The town was secured on {found.steps['clock'][-1]}, after {days} days. "
        f"The attacker lost {outcomes['attacker_losses']} of 600 persons, the defender "
        f"{outcomes['defender_losses']} of 230; {outcomes['surrendered']} surrendered and "
        f"{outcomes['escaped']} got away."
    )
    assert "A typical replication" not in text
    assert "bit for bit" not in text


def test_other_endings() -> None:
    waiting = replay(small(), "wait", 0)
    assert waiting.sentence().startswith(
        "Still undecided at the horizon, day 20, 00:00, after 20 days. The attacker held 0 of 3 "
        "layers. The attacker lost "
    )
    weak = small().with_values({"breaking.abandon_share": 0.1})
    given_up = replay(weak, "rotate", 0)
    assert given_up.ending == "abandoned"
    assert ": too many of his units were spent. He held " in given_up.sentence()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_it_fits_the_page(width: int, full: bool) -> None:
    text = printed(replay(whole(), "closed", 0), width, full=full)
    assert max(map(len, text.splitlines())) <= width
    assert "rotate, 3 posts, fire restrained, the way out closed" in " ".join(text.split())


def test_days_hold_what_happened_in_them() -> None:
    found = replay(whole(), "rotate", 1)
    days = found.table().days()
    numbers = [day.first for day in days]
    assert numbers[0] == 0
    assert [day.last + 1 for day in days[:-1]] == numbers[1:]
    assert days[-1].last == found.days["day_number"][-1]
    told = [line for day in days for line in day.lines]
    breaks = [(time, text) for time, text in told if re.search("breaks|falls:", text)]
    broke = found.events.filter(kind="broke")
    assert [time for time, _ in breaks] == [clock.split(", ")[1] for clock in broke["clock"]]
    # Days without anything out of the routine are put together, and their routine is counted.
    quiet = [day for day in days if day.last > day.first]
    assert quiet
    assert all(not time for day in quiet for time, _ in day.lines)
    attacks = sum(
        int(count) for _, text in told for count in re.findall(r"(\d+) suicide attack", text)
    )
    assert attacks == found.outcomes["suicide_attacks"]


def test_persons_of_a_day_follow_from_the_day_before() -> None:
    found = replay(whole(), "rotate", 1)
    before = {"attackers": 600, "defenders": 230}
    for day in found.table().days():
        for side, present, change in re.findall(r"(\w+) (\d+) \(([+-]?\d+)\)", day.heading):
            before[side] += int(change)
            assert int(present) == before[side]


def test_everything_is_told_in_full() -> None:
    found = replay(whole(), "rotate", 1)
    text = " ".join(str(found.table(full=True)).split())
    for line in found.log().splitlines():
        assert " ".join(line.split()) in text
    assert found.log().splitlines()[0] == (
        "day 0, 00:00: orders: rotate, 3 posts, fire restrained, the way out open"
    )


def test_what_comes_and_goes_is_told_once_a_day() -> None:
    found = replay(whole(), "rotate", 1)
    rows = [[step, events.KINDS.index(kind), -1, 0.0, 0, -1]
            for step, kind in enumerate(("dry", "supplied", "dry", "supplied"), 1)]  # fmt: skip
    flickering = replace(found, trajectory=found.trajectory._replace(events=np.array(rows)))
    (line,) = flickering.table().days()[0].lines
    assert line == (
        "04:00",
        "the attacker's supply runs short; the attacker's supply runs short or comes back 4 times, "
        "at last: the attacker has supply enough again",
    )


def test_many_units_are_counted_and_few_named() -> None:
    found = replay(whole(), "rotate", 1)
    kind = events.KINDS.index("spent")
    for count, said in ((1, "company 1 is spent"), (2, "company 1 and company 2 are spent"),
                        (6, "6 units are spent")):  # fmt: skip
        rows = np.array([[2, kind, unit, 80.0, 0, -1] for unit in range(count)])
        spent = replace(found, trajectory=found.trajectory._replace(events=rows))
        assert spent.table().days()[0].lines == (("", said),)


def test_a_notebook_shows_the_same_text() -> None:
    found = replay(small(), "rotate", 1)
    assert found._repr_html_() == found.table()._repr_html_()
    assert found._repr_html_().startswith("<pre")
    assert "day 0" in found._repr_html_()
    assert repr(found) == "<Replay small: rotate, replication 1, seed 1; undecided after 20 days>"
