"""Points from a CSV file: what is read, and the line of what is wrong."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from nobat.scenario import ScenarioError
from nobat.study.design import LISTED, design
from nobat.study.listed import heads_of
from tests.small import small

HEAD = "contact.frontage,rotation.turns.posts,rotation.turns.forgive_rest,sleep.model\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "points.csv"
    path.write_bytes(text.encode())
    return path


def test_a_list_is_run_as_it_stands(tmp_path: Path) -> None:
    text = HEAD + "300,2,yes,none\n\n450.5, 3 ,false,safte\r\n300,1,no,none\n"
    found = design(small(), kind=write(tmp_path, "\ufeff" + text))
    assert found.points == ((300.0, 2, True, "none"), (450.5, 3, False, "safte"),
                            (300.0, 1, False, "none"))  # fmt: skip
    assert found.kind == LISTED
    assert found.seed is None
    assert [type(value) for value in found.points[0]] == [float, int, bool, str]
    assert [factor.levels for factor in found.factors][3] == ("none", "safte")


def test_a_column_need_not_vary(tmp_path: Path) -> None:
    found = design(small(), kind=str(write(tmp_path, "contact.frontage\n300\n")))
    assert found.points == ((300.0,),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty: the first line has a path at the head of each column"),
        ("contact.frontage\n", "has 0 points: 1 to 100,000, a row for each"),
        ("contact.frontage\n3,4\n5\n", "(line 2): has 2 values for 1 columns"),
        ("contact.frontge\n3\n", "contact.frontge: no such field; did you mean frontage?"),
        ("contact.frontage,contact.frontage\n3,4\n", "(line 1): is the head of two columns"),
        ("contact.frontage\n3\nmany\n", "contact.frontage (line 3): 'many' is not a number"),
        ("contact.frontage\n3\n\n-1\n", "contact.frontage (line 4): -1 is not allowed here"),
        ("sleep.model\ncoffee\n", "sleep.model (line 2): 'coffee' is not allowed (allowed: none"),
        ("doctrines.wait.rotation\nx\n", "(line 2): 'x' is not a rotation policy"),
        ("rotation.turns.posts\n9\n", "(at rotation.turns.posts = 9): 9 posts are more than"),
        ("contact.frontage\n3\n4\n3.0\n", "(line 4): is the point of line 2 again: 3"),
        ('contact.frontage\n"3\n', "is not CSV in UTF-8: "),
        ("title\nx\n", "title: 'A small siege' is not a number that can be swept"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        design(small(), kind=write(tmp_path, text))
    (problem,) = caught.value.problems
    assert said in str(problem)


def test_what_is_no_file_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"nowhere\.csv: cannot be read: no such file"):
        design(small(), kind=tmp_path / "nowhere.csv")
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match=r"a\.csv: is not CSV in UTF-8"):
        design(small(), kind=tmp_path / "a.csv")


def test_a_missing_file_is_told_whatever_else_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        design(small(), ["sleep.model"], kind=tmp_path / "no.csv", points=3)
    first, *others = map(str, caught.value.problems)
    assert "no.csv: cannot be read: no such file" in first
    assert [one.partition(":")[0] for one in others] == ["over", "points"]


def test_a_table_is_read_as_a_file_is() -> None:
    table = pl.DataFrame(
        {
            "contact.frontage": [300.0, 1 / 3],
            "rotation.turns.posts": [2, 3],
            "rotation.turns.forgive_rest": [True, False],
            "sleep.model": pl.Series(["none", "safte"], dtype=pl.Categorical),
        }
    )
    found = design(small(), kind=table)
    assert found.points == ((300.0, 2, True, "none"), (1 / 3, 3, False, "safte"))
    assert [type(value) for value in found.points[0]] == [float, int, bool, str]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"contact.frontage": [3, None]}, "contact.frontage (row 1): nothing is given where a"),
        ({"contact.frontage": [3, -1]}, "contact.frontage (row 1): -1 is not allowed here"),
        ({"contact.frontage": [4, 3, 4.0]}, "design (row 2): is the point of row 0 again: 4"),
        ({"contact.frontage": []}, "design: has 0 points: 1 to 100,000"),
        ({"frontage": [3, 4]}, "frontage: no such field"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_row(
    columns: dict[str, list[object]], said: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        design(small(), kind=pl.DataFrame(columns, strict=False))
    (problem,) = caught.value.problems
    assert said in str(problem)


def test_the_heads_of_a_file(tmp_path: Path) -> None:
    assert heads_of(write(tmp_path, HEAD)) == HEAD.strip().split(",")


def test_columns_between_semicolons_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, "contact.frontage;sleep.model\n300;none\n")
    with pytest.raises(ScenarioError, match="separated by commas here, not by semicolons"):
        design(small(), kind=path)


def test_a_file_says_what_is_varied_and_how_many_points(tmp_path: Path) -> None:
    path = write(tmp_path, "contact.frontage\n3\n")
    with pytest.raises(ScenarioError) as caught:
        design(small(), ["sleep.model"], kind=path, points=4, levels=3, seed=2)
    assert [problem.path for problem in caught.value.problems] == [
        "over", "points", "levels", "design_seed",
    ]  # fmt: skip
