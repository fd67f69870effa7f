"""What is shown of an exact solution."""

from __future__ import annotations

import json

import pytest

import nobat
from nobat.show.horizon import warning
from nobat.show.verdict import answer
from nobat.study.comparison import Comparison
from tests.tiny import busy

TURNS = {"title": "In turns", "start": "rotate"}
EVERYONE = {"title": "Everyone", "start": "commit_all"}
WAIT = {"title": "Wait", "start": "pause"}


def compared(**doctrines: object) -> Comparison:
    return nobat.compare(busy({"doctrines": doctrines}), solver="exact")


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compared(turns=TURNS, everyone=EVERYONE, wait=WAIT)


def test_the_table_has_no_intervals(found: Comparison) -> None:
    text = str(found.table())
    row = next(line for line in text.splitlines() if line.startswith("everyone *"))
    chance = found["everyone"]["p_secured"].mean or 0.0
    assert f"{100 * chance:.3f} %" in row
    assert row.split()[-1] == "-"  # rest owed is not told
    assert "±" not in text
    assert "[" not in text
    words = " ".join(text.split())
    assert "* highest chance. Solved exactly: every chance is worked out, none is drawn." in words
    left_out = max(one.endings.left_out for one in found.doctrines if one.endings is not None)
    assert ("Left out as too unlikely: " in words) == (left_out > 0.0)
    assert "still going" in words
    assert "15.6" in words
    assert found._repr_html_().count("<tr>") == 3 * 4


def test_the_sentence_says_that_it_is_exact(found: Comparison) -> None:
    gap = 100 * (found.difference("everyone", "turns", "p_secured").mean or 0.0)
    assert answer(found) == (
        "Best by the chance of taking the place within 4 days: everyone, with 87.728 %, exactly. "
        f"That is {gap:.3f} points more than turns, the runner-up. It costs the attacker 0.414 "
        "fewer losses."
    )
    assert answer(compared(turns=TURNS)) == (
        "turns takes the place within 4 days with a chance of 74.942 %, exactly."
    )
    assert answer(compared(a=TURNS, b=TURNS)) == (
        "a and b take the place within 4 days equally often: 74.942 %, exactly."
    )
    assert answer(compared(a=WAIT, b=WAIT)) == "No doctrine can take the place within 4 days."


def test_the_horizon_may_hide_another_answer(found: Comparison) -> None:
    assert found.sentence() == (
        f"{answer(found)} The answer hangs on the horizon: on day 4 turns and wait were still "
        "going in 15.6 % and 100.0 % of their campaigns; had all of these succeeded, they would "
        "have taken the place in 90.6 % and 100.0 %, more than everyone. A longer horizon can "
        "tell: `--set run.horizon_d=6`."
    )
    assert warning(compared(turns=TURNS)) == (
        "On day 4 turns was still going in 15.6 % of its campaigns: a longer horizon can tell how "
        "those end (`--set run.horizon_d=6`)."
    )


def test_the_curves_are_the_law_itself(found: Comparison) -> None:
    chart = found.plot("day_secured")
    assert chart.note == (
        "Chance of having secured it by that day. "
        "Solved exactly: every chance is worked out, none is drawn."
    )
    last = chart.option["series"][0]["data"][-1]
    assert last[1] == pytest.approx(100 * (found["turns"]["p_secured"].mean or 0.0), abs=1e-4)
    json.dumps(chart.option, allow_nan=False)
    bars = found.plot("attacker_losses")
    assert "95 %" not in bars.note
    assert "replications" not in json.dumps(found.plot("secured").option)
