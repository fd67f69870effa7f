"""Charts: what they draw, and that their pages need no network."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from nobat.model.outcome import OUTCOMES
from nobat.show import chart_page, charts
from nobat.study.comparison import Comparison
from nobat.study.names import outcome_named
from tests.show.results import comparison


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return comparison(
        tmp_path_factory.mktemp("chart"),
        {"rotate": 0.3, "commit-all": 0.7, "wait": 0.0},
        {"rotate": 1234.0, "commit-all": 5678.0, "wait": 12.0},
    )


def test_intervals_stand_where_the_estimates_are(found: Comparison) -> None:
    option = found.plot().option
    low, middle, high = option["series"][1]["data"]
    share = found["commit-all"]["p_secured"]
    assert middle["value"] == [70.0, 1]
    assert [low["value"][0], high["value"][0]] == pytest.approx(
        [100 * (share.low or 0), 100 * (share.high or 0)]
    )
    assert option["yAxis"]["data"][1] == "{name|commit-all}\n{value|70.0 % [63.3, 75.9]}"


def test_the_curve_counts_all_replications(found: Comparison) -> None:
    series = found.plot("day_secured").option["series"]
    assert [one["name"] for one in series] == ["rotate", "commit-all", "wait"]
    before, after = (
        [y for x, y in series[1]["data"] if (x >= 5) == late] for late in (False, True)
    )
    assert set(before) == {0.0}
    assert set(after) == {70.0}
    assert {y for _, y in series[2]["data"]} == {0.0}
    assert series[0]["data"][-1][0] == found.horizon_d


@pytest.mark.parametrize("outcome", [outcome.name for outcome in OUTCOMES])
def test_every_outcome_has_a_page_of_its_own(found: Comparison, outcome: str) -> None:
    chart = found.plot(outcome)
    json.dumps(chart.option, allow_nan=False)
    page = chart.html()
    own = page.replace(charts.library(), "")
    assert not re.search(r"""(src|href)\s*=|https?://|@import|url\(""", own)
    assert found.title in own
    assert "prefers-color-scheme: dark" in own


def test_an_outcome_that_does_not_exist_anywhere_is_an_empty_row(found: Comparison) -> None:
    option = found.plot("day_core_taken").option
    assert len(option["series"]) == 3
    assert "{value|-}" not in option["yAxis"]["data"][0]


def test_a_mean_over_some_replications_says_over_how_many(found: Comparison) -> None:
    assert "over" not in found.plot("attacker_losses").note
    text = found.plot("day_core_taken").note
    assert "that have one: rotate 200, commit-all 200, wait 200" not in text
    some = charts.intervals(found, outcome_named("day_secured")).note
    assert "Means over the replications that have one: rotate 60, commit-all 140, wait 0." in some


def test_an_outcome_goes_by_its_name_and_by_its_key(found: Comparison) -> None:
    assert found.plot("p_secured").option == found.plot("secured").option
    assert found.plot("day_secured_if_secured").legend
    assert "within 20 days" in found.plot("secured").note
    given_up = found.plot("abandoned")
    assert given_up.option["series"][1]["data"][1]["value"] == [pytest.approx(30.0), 1]
    assert given_up.title == "Gave up, by doctrine"


def test_every_curve_is_named_above_the_chart(found: Comparison) -> None:
    page = found.plot("day_secured").html().replace(charts.library(), "")
    for name, colour in zip(("rotate", "commit-all", "wait"), charts.PALETTE, strict=False):
        assert f'<li><span style="border-top:3px solid {colour}"></span>{name}</li>' in page
    assert '<ul class="legend">' not in found.plot("secured").html()


def test_an_unknown_outcome_is_answered_with_the_nearest(found: Comparison) -> None:
    with pytest.raises(KeyError, match="did you mean attacker_losses"):
        found.plot("atacker_losses")


def test_what_a_title_holds_cannot_leave_its_place(found: Comparison) -> None:
    chart = charts.Chart("<b>&", "</title>", "n", {"x": "</script><b>"}, 100, '"<i>')
    own = chart.html().replace(charts.library(), "")
    for part in ("<b>", "<i>", "</script><b>"):
        assert part not in own
    assert own.count("</script>") == 2
    assert own.count("</title>") == 1


def test_a_chart_is_saved_and_shown(found: Comparison, tmp_path: Path) -> None:
    chart = found.plot()
    assert chart.save(tmp_path / "chart.html").read_text(encoding="utf-8") == chart.html()
    frame = chart._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert frame.count('"') == 6
    assert repr(chart) == "<Chart Secured, by doctrine>"


def test_long_names_are_cut_in_the_row_headings() -> None:
    assert charts._row("a" * 40, "1") == "{name|" + "a" * 19 + "…}\n{value|1}"


def test_the_vendored_library_is_the_one_named_with_its_licence() -> None:
    assert f'version="{charts.ECHARTS}"' in charts.library()
    folder = files("nobat.show") / "static" / "echarts"
    assert "Apache License" in (folder / "LICENSE").read_text()
    assert "BSD" in (folder / "LICENSE").read_text()
    assert "Mike Bostock" in (folder / "LICENSE-d3").read_text()
    assert "Apache ECharts" in (folder / "NOTICE").read_text()


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    line = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


@pytest.mark.parametrize("ground", ["#ffffff", "#14171b"])
@pytest.mark.parametrize("colour", charts.PALETTE)
def test_colours_stand_out_from_both_grounds(colour: str, ground: str) -> None:
    assert ground in chart_page._template().template
    bright, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 3
