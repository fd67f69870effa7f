"""Charts of one replication: bars begin and end when the log says so."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from nobat.show.charts import Chart
from nobat.show.course_charts import (
    ATTACKER,
    DUTY_COLOURS,
    duties_chart,
    ground_chart,
    layer_names,
    order_chart,
    works_chart,
)
from nobat.study.replay import replay
from nobat.study.replayed import Replay
from tests.small import small, whole


@pytest.fixture(scope="module", params=[(4.0, 1), (8.0, 3)])
def found(request: pytest.FixtureRequest) -> Replay:
    step_h, number = request.param
    return replay(whole(step_h=step_h), "rotate", number)


def stretches(chart: Chart, colour: str) -> dict[int, list[tuple[float, float]]]:
    """The stretches of a colour, by row: when each begins and ends, days."""
    by_row: dict[int, list[tuple[float, float]]] = {}
    for series in chart.option["series"]:
        if series["lineStyle"]["color"] == colour:
            points: list[Any] = series["data"]
            for begin, end, _gap in zip(points[::3], points[1::3], points[2::3], strict=True):
                by_row.setdefault(begin[1], []).append((begin[0], end[0]))
    return by_row


@pytest.mark.parametrize("chart", [works_chart, order_chart])
def test_a_layer_is_held_from_the_time_at_which_the_log_has_it_broken(
    found: Replay, chart: Any
) -> None:
    blue = stretches(chart(found), ATTACKER)
    layers = found.layers.with_row_index("row")
    rows = len(found.cast.layers)
    for row in range(rows):
        one = layers.filter(layers["row"] % rows == row)
        held = one["held_by"] == "attacker"
        begins = [
            round(day, 3)
            for day, now, before in zip(
                one["day"], held, [False, *held.to_list()[:-1]], strict=True
            )
            if now and not before and day < found.outcomes["duration_d"]
        ]
        assert [begin for begin, _end in blue.get(row, [])] == begins
    broke = {round(day, 3) for day in found.events.filter(found.events["kind"] == "broke")["day"]}
    first = {begin for its in blue.values() for begin, _end in its}
    assert first <= broke | {round(day, 3) for day in found.steps["day"]}
    assert first & broke


def test_bars_words_and_the_ground_say_the_same(found: Replay) -> None:
    blue = stretches(works_chart(found), ATTACKER)
    told = works_chart(found).description
    for row, its in blue.items():
        assert f"{layer_names(found)[row]} on day {its[0][0]:.1f}".removesuffix(".0") in told
    rises = [point[0] for point in ground_chart(found).option["series"][0]["data"]]
    for its in blue.values():
        assert any(abs(its[0][0] - day) < 1e-3 for day in rises)


def test_rows_have_no_holes_and_reach_to_the_end(found: Replay) -> None:
    for chart in (works_chart(found), order_chart(found), duties_chart(found)):
        rows: dict[int, list[tuple[float, float]]] = {}
        for series in chart.option["series"]:
            for row, its in stretches(chart, series["lineStyle"]["color"]).items():
                rows.setdefault(row, []).extend(its)
        for its in rows.values():
            its.sort()
            assert its[0][0] == 0.0
            assert its[-1][1] == pytest.approx(found.outcomes["duration_d"], abs=1e-3)
            assert all(a[1] == b[0] for a, b in pairwise(its))


def test_a_unit_is_spent_from_the_time_that_the_log_tells() -> None:
    seen = 0
    for number in range(12):
        found = replay(whole(), "commit-all", number)
        grey = stretches(duties_chart(found), DUTY_COLOURS["spent"])
        spent = found.events.filter(found.events["kind"] == "spent")
        for event in spent.unique("unit", keep="first", maintain_order=True).to_dicts():
            # One that comes back and is spent again in one step has no gap between: so the first.
            if 1 < event["step"] < len(found.steps):
                its = grey[found.cast.units.index(event["unit"])]
                assert its[0][0] == round(event["day"], 3)
                seen += 1
    assert seen


def test_a_legend_has_what_there_is_and_no_more() -> None:
    found = replay(small(), "wait", 0)
    colours = {colour for _name, colour, _dashes in works_chart(found).legend}
    assert ATTACKER not in colours
    drawn = {series["lineStyle"]["color"] for series in works_chart(found).option["series"]}
    assert colours == drawn
