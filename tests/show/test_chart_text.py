"""Charts in a language that runs from right to left: their words, their digits, their sides."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from nobat.show.chart_text import digits, isolate_lines, whole, written
from nobat.show.charts import Chart
from nobat.show.language import POP, RIGHT_TO_LEFT, speaking
from nobat.study.comparison import Comparison
from nobat.study.flip import flip
from nobat.study.frontier import frontier
from nobat.study.why import why
from tests.show.results import comparison
from tests.show.test_picture import texts
from tests.small import small
from tests.small import whole as whole_scenario

#: Names and marks of the charts below that are Latin in any language.
NAMES = (
    "rotate", "commit-all", "wait", "contact.frontage", "t", "A small siege", "hold_h", "Made up",
    "restrained", "free", "The mill, the bridge and the town",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return comparison(
        tmp_path_factory.mktemp("charts"),
        {"rotate": 0.3, "commit-all": 0.7, "wait": 0.0},
        {"rotate": 1234.0, "commit-all": 5678.0, "wait": 12.0},
    )


def persian(comparison: Comparison) -> list[Chart]:
    """Every kind of chart here, made by one who speaks Persian."""
    scenario = small()
    with speaking("fa"):
        return [
            comparison.plot(),
            comparison.plot("day_secured"),
            comparison.plot("attacker_losses"),
            flip(
                scenario, "contact.frontage", a="commit-all", b="rotate", points=2, replications=5
            ).plot(),
            frontier(whole_scenario(), criteria=[0.5, 1.5], replications=5).plot(),
            why(scenario, doctrine="commit-all", against="rotate", replications=10).plot(),
        ]


def test_english_is_left_alone() -> None:
    option = {"xAxis": {"name": "share, %"}, "series": [{"data": ["1", 2.5]}]}
    assert written(option) is option
    assert digits() is None
    assert whole("12.5 %") == "12.5 %"


def test_texts_of_an_option_are_shaped_and_the_rest_is_not() -> None:
    option = {
        "color": ["#1f83cc"],
        "xAxis": {"type": "value", "name": "روز 12", "axisLabel": {"formatter": "{value}\u200f٪"}},
        "yAxis": {"data": ["{name|rotate}\n{value|71.3 [70.4، 72.2]}", "خط 1\nخط 2"]},
        "series": [{"type": "line", "stack": "90", "data": [[1.5, "خط 1\nخط 2"]]}],
    }
    with speaking("fa"):
        found = written(option)
        known = digits()
    assert known is not None
    assert known["zero_to_nine"] == "۰۱۲۳۴۵۶۷۸۹"
    assert found["color"] == ["#1f83cc"]
    assert found["xAxis"]["name"] == f"{RIGHT_TO_LEFT}روز ۱۲{POP}"
    assert found["xAxis"]["type"] == "value"
    assert found["xAxis"]["axisLabel"]["formatter"] == f"{RIGHT_TO_LEFT}{{value}}\u200f٪{POP}"
    lines = f"{RIGHT_TO_LEFT}خط ۱{POP}\n{RIGHT_TO_LEFT}خط ۲{POP}"
    label = f"{{name|rotate}}\n{{value|{RIGHT_TO_LEFT}۷۱٫۳ [۷۰٫۴، ۷۲٫۲]{POP}}}"
    assert found["yAxis"]["data"] == [label, lines]
    (series,) = found["series"]
    assert series["stack"] == "90"
    assert series["data"] == [[1.5, lines]]


def test_what_is_isolated_in_a_text_is_so_in_each_of_its_lines() -> None:
    drawn = "<text>الف \u2066a b</text><g/><text>c\u2069 ب</text><text>day 1</text>"
    assert isolate_lines(drawn) == (
        f"<text>{RIGHT_TO_LEFT}الف \u2066a b\u2069{POP}</text><g/>"
        f"<text>{RIGHT_TO_LEFT}\u2066c\u2069 ب{POP}</text><text>day 1</text>"
    )


def test_a_chart_stays_in_the_language_in_which_it_was_made(found: Comparison) -> None:
    for chart in persian(found):
        assert chart.code == "fa"
        said = texts(chart.svg())
        left = re.sub("|".join(map(re.escape, sorted(NAMES, key=len, reverse=True))), "", said)
        assert not re.findall(r"[A-Za-z0-9%]", left), left
        page = chart.html()
        assert '<html lang="fa" dir="rtl">' in page
        assert "font/woff2;base64," in page
    english = found.plot()
    assert '<html lang="en" dir="ltr">' in english.html()
    assert "font/woff2" not in english.html()


def test_numbers_of_axes_and_signs_are_persian(found: Comparison) -> None:
    curves = persian(found)[1]
    said = texts(curves.svg())
    assert f"{RIGHT_TO_LEFT}۱۰۰\u200f٪{POP}" in said
    mass = persian(found)[-1]
    assert "\u2066−" in texts(mass.svg())


def test_reading_begins_on_the_right(found: Comparison) -> None:
    english, ours = found.plot(), persian(found)[0]

    def title(chart: Chart) -> ET.Element:
        root = ET.fromstring(chart.svg())
        (one,) = (
            text
            for text in root.iter("{http://www.w3.org/2000/svg}text")
            if "font-size:18px" in (text.get("style") or "")
        )
        return one

    assert title(english).get("text-anchor") in (None, "start")
    assert title(ours).get("text-anchor") == "end"


def test_a_persian_picture_is_the_same_everywhere(found: Comparison, tmp_path: Path) -> None:
    chart = persian(found)[0]
    assert chart.png() == chart.png()
    assert chart.save(tmp_path / "chart.png").read_bytes() == chart.png()
