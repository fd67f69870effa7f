from __future__ import annotations

from pathlib import Path

import pytest

from nobat.scenario import ScenarioError
from nobat.theory.schedule import Sleep, read

HEAD = "sleep_start_h,sleep_end_h\n"


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "nights.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def problems(path: Path, name: str | None = None) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read(path, name)
    return [str(problem) for problem in caught.value.problems]


def test_columns_in_any_place_and_rows_in_any_order(tmp_path: Path) -> None:
    text = 'note, sleep_end_h ,sleep_start_h\r\nlate,55.5,47\r\n\r\n"a, b",31,+23\r\n'
    found = read(written(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert found.sleeps == (Sleep(23, 31), Sleep(47, 55.5))
    assert found.name is None


def test_one_sleep_may_follow_another_at_once(tmp_path: Path) -> None:
    assert len(read(written(tmp_path, HEAD + "1,2\n2,3\n-5,1\n")).sleeps) == 3


def test_a_file_of_several_schedules(tmp_path: Path) -> None:
    text = "schedule,sleep_start_h,sleep_end_h\nshort,27,31\nlong,23,31\nshort,x,55\n"
    file = written(tmp_path, text)
    assert read(file, "long").sleeps == (Sleep(23, 31),)
    assert read(file, "long").name == "long"
    assert problems(file, "short") == [
        "sleep_start_h (line 4): 'x' is not a number: hours after midnight of day 0"
    ]
    assert problems(file, "lomg") == [
        "name: no schedule is called 'lomg'; did you mean long? (schedules: short, long)"
    ]
    assert "schedule: the file holds 2 schedules, whose sleeps overlap" in problems(file)[-1]
    assert problems(file)[-1].endswith("with --name (short, long)")


def test_names_are_a_column_like_others_where_nothing_overlaps(tmp_path: Path) -> None:
    text = "schedule,sleep_start_h,sleep_end_h\nweek 1,23,31\nweek 2,47,55\n"
    assert len(read(written(tmp_path, text)).sleeps) == 2
    assert read(written(tmp_path, text.replace("week 2", "week 1"))).name == "week 1"
    assert problems(written(tmp_path, HEAD + "1,2\n"), "x") == [
        "name: no schedule is called 'x': the file names none"
    ]


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    rows = "23,31\n30,38\nx,\n50,49\n1e400,nan\n1_0,12\n36,37\n60,60\n"
    assert problems(written(tmp_path, HEAD + rows)) == [
        "sleep_start_h (line 4): 'x' is not a number: hours after midnight of day 0",
        "sleep_end_h (line 4): is missing: hours after midnight of day 0",
        "sleep_end_h (line 5): 49 is not after the start, 50: hours go on after midnight, so that "
        "23 to 7 is 23 to 31",
        "sleep_start_h (line 6): '1e400' is not a number: hours after midnight of day 0",
        "sleep_end_h (line 6): 'nan' is not a number: hours after midnight of day 0",
        "sleep_start_h (line 7): '1_0' is not a number: hours after midnight of day 0",
        "sleep_end_h (line 9): 60 is not after the start, 60: hours go on after midnight, so that "
        "23 to 7 is 23 to 31",
        "sleep_start_h (line 3): 30 is before the sleep of line 2 ends, at 31",
        "sleep_start_h (line 8): 36 is before the sleep of line 3 ends, at 38",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["nights.csv: is empty: for instance sleep_start_h"]),
        ("\n \n", ["nights.csv: is empty"]),
        (HEAD, ["nights.csv: lists no sleep: a row for each"]),
        ("sleep_start,end\n1,2\n", ["(line 1): the column is missing; did you mean sleep_start?",
                                    "sleep_end_h (line 1): the column is missing"]),
        ("sleep_start_h;sleep_end_h\n1;2\n", ["separated by commas here", "separated by commas"]),
        ("sleep_end_h,sleep_start_h,sleep_end_h\n", ["sleep_end_h (line 1): stands there twice"]),
        (b"sleep_start_h\xff", ["is not UTF-8"]),
        ('sleep_start_h,sleep_end_h\n"' + "x" * 200_000, ["is not CSV"]),
    ],
)  # fmt: skip
def test_what_is_no_schedule(tmp_path: Path, text: str | bytes, said: list[str]) -> None:
    found = problems(written(tmp_path, text))
    assert len(found) == len(said)
    for one, part in zip(found, said, strict=True):
        assert part in one


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.csv") == [f"{tmp_path / 'none.csv'}: there is no such file"]
    assert len(problems(tmp_path)) == 1
    assert "holds a NUL" in problems(Path("a\0b"))[0]
    assert "too large" in problems(written(tmp_path, b"x" * 10_000_001))[0]
