from __future__ import annotations

from pathlib import Path

import pytest

from nobat.scenario import ScenarioError
from nobat.theory import reinforcement
from nobat.theory.lanchester_course import Arrival


def written(folder: Path, text: str) -> Path:
    path = folder / "relief.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_who_comes_when(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "note, side ,strength,start,end\n\nfirst,attacker,54000,0,1\n,defender,10,2.5,\n"
        "short,attacker,7,3\n",
    )
    assert reinforcement.read(path) == (
        Arrival("attacker", 0, 1, 54_000),
        Arrival("defender", 2.5, 2.5, 10),
        Arrival("attacker", 3, 3, 7),
    )
    assert reinforcement.read(written(tmp_path, "start,side,strength\n1,attacker,2\n")) == (
        Arrival("attacker", 1, 1, 2),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty: for instance side,start,end,strength"),
        ("side,start,strength\n", "lists nobody: for instance"),
        ("side;start;strength\n", "columns are separated by commas here, not by semicolons"),
        (
            "sid,start\nattacker,1\n",
            "side (line 1): the column is missing; did you mean sid? (columns: sid, start)\n"
            "strength (line 1): the column is missing",
        ),
        (
            "side,start,end,strength\natacker,1,2,3\n,5,2,7\ndefender,5,2,7\ndefender,,x,-7\n",
            "side (line 2): 'atacker' is not a side; did you mean attacker? "
            "(sides: attacker, defender)\n"
            "side (line 3): is missing: attacker or defender\n"
            "end (line 4): 2 is before the start, 5\n"
            "start (line 5): is missing\n"
            "end (line 5): 'x' is not a time: 0 or more\n"
            "strength (line 5): '-7' is not a strength: 0 or more",
        ),
        ('side,start,strength\n"attacker,1,2\n' + "x" * 200_000, "is not CSV: field larger"),
    ],
)
def test_what_is_wrong_is_said_at_once(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        reinforcement.read(written(tmp_path, text))
    assert said in str(raised.value)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no such file"):
        reinforcement.read(tmp_path / "nothing.csv")
    with pytest.raises(ScenarioError, match="is a directory, not a CSV file"):
        reinforcement.read(tmp_path)
