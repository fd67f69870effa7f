from __future__ import annotations

from pathlib import Path

import pytest

from nobat.scenario import ScenarioError
from nobat.theory.sleep_question import curve_of_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "nights.csv"
    path.write_text("schedule,sleep_start_h,sleep_end_h\nweek,23,31\n", encoding="utf-8")
    return path


def said(*args: object, **given: str | float | None) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        curve_of_file(*args, **given)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def test_numbers_may_be_text(file: Path) -> None:
    one = curve_of_file(file, start_h="23", start_reservoir="2.4e3", until_h="40")
    assert one == curve_of_file(str(file), start_h=23, start_reservoir=2400.0, until_h=40)
    assert (one.start_h, one.start_reservoir, one.until_h, one.name) == (23, 2400, 40, "week")
    assert curve_of_file(file).until_h == 55


def test_everything_wrong_is_said_at_once(file: Path) -> None:
    found = said(file.parent / "no.csv", model="three_proces", start_h="x", until_h="inf")
    assert [text.split(":")[0] for text in found[1:]] == ["model", "start_h", "until_h"]
    assert "there is no such file" in found[0]
    assert "did you mean three-process? (models: safte, safter, three-process)" in found[1]
    assert found[2] == "start_h: 'x' is not a number of hours"
    assert said(None, start_reservoir="much") == [
        "schedule: is missing: a CSV file with a row for each sleep",
        "start_reservoir: 'much' is not a number",
    ]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"start_reservoir": 2881}, "start_reservoir: 2881 is not a reservoir: 0 to 2880"),
        ({"start_reservoir": "-1"}, "start_reservoir: -1 is not a reservoir: 0 to 2880"),
        (
            {"start_reservoir": 15, "model": "three-process"},
            "start_reservoir: 15 is not an S of the three-process model: 2.4 to 14.3",
        ),
        ({"until_h": 7}, "until_h: hour 7 is not after the start, hour 7"),
        ({"start_h": 99}, None),
        ({"start_h": 7.2, "until_h": 7.9}, "until_h: there is no whole hour from 7.2 to 7.9"),
        (
            {"until_h": 1e5},
            "until_h: 99,993 hours are too many: 8,784 at most, a year (from hour 7)",
        ),
    ],
)
def test_what_does_not_fit(file: Path, given: dict[str, float], text: str | None) -> None:
    if text is None:
        assert curve_of_file(file, **given).until_h == 123  # type: ignore[arg-type]
    else:
        assert said(file, **given) == [text]
