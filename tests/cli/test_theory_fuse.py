"""`nobat theory fuse`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

CSV = "who,says,grade,group,remark\n"
GOOD = "who,says,grade,group\nA,yes,B2,pair\nB,yes,C3,pair\nC,no,D1,\n"
YAML = """
sources: {paper: {title: A paper}}
reports:
  matter: Did the bridge stand?
  prior: 0.4
  told:
    first: {who: A, says: yes, grade: B2, group: pair, source: paper}
    second: {who: B, says: yes, grade: C3, group: pair}
    third: {who: C, says: no, grade: D1}
"""


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat("theory", "fuse", "abu-kamal-2017", "--json").json()
    assert found.keys() == {
        "matter", "prior", "rho", "p", "p_at_low_grades", "p_at_high_grades", "p_lowest",
        "p_highest", "log_odds", "word", "reports",
    }  # fmt: skip
    assert found["reports"][0].keys() == {
        "id", "who", "says", "grade", "group", "date", "weight", "evidence_db", "without",
        "reliability", "credibility",
    }  # fmt: skip
    assert found["reports"][0]["reliability"] == {"low": 0.5, "mid": 0.6, "high": 0.7}
    assert found["word"] == "likely"


def test_a_table_of_reports_alone(nobat: Terminal, tmp_path: Path) -> None:
    of_csv = nobat("theory", "fuse", write(tmp_path, "told.csv", GOOD), "--prior", "0.4", "--json")
    of_yaml = nobat("theory", "fuse", write(tmp_path, "told.yaml", YAML), "--json")
    assert of_csv.json()["p"] == of_yaml.json()["p"]
    assert [one["id"] for one in of_csv.json()["reports"]] == ["r1", "r2", "r3"]
    assert of_csv.json()["matter"] == "told"
    shown = nobat("theory", "fuse", write(tmp_path, "told.yaml", YAML))
    assert shown.code == 0
    assert shown.out.startswith("Did the bridge stand? Yes with a probability of ")
    assert "no | yes" in shown.out


def test_another_prior_and_rho(nobat: Terminal) -> None:
    words = ("theory", "fuse", "abu-kamal-2017", "--json")
    plain, sure = nobat(*words).json(), nobat(*words, "--prior", "0.9", "--rho", "1").json()
    assert sure["p"] > plain["p"]
    assert [one["weight"] for one in sure["reports"]] == [0.5, 1.0, 0.5, 0.5, 0.5]


def test_all_that_is_wrong_at_once(nobat: Terminal, tmp_path: Path) -> None:
    rows = "id,who,says,grade,group\na,A,yes,2B,\na,,no,B2,\nc,C,maybe,B2,1x\nd,D,no,B2,,more\n"
    file = write(tmp_path, "told.csv", rows)
    found = nobat("theory", "fuse", file, "--prior", "1", "--rho", "x", "--json")
    assert found.code == 2
    for text in (
        "reports.told.c.says (line 4): 'maybe' is not allowed",
        "reports.told.c.group (line 4)",
        "id (line 3): 'a' is the id of another report too",
        "cells (line 5): 1 more than there are columns",
        "--prior: '1' is not allowed here: above 0, below 1",
        "--rho: 'x' is not a share",
    ):
        assert text in found.err, text
    assert len(found.json()["error"]["problems"]) == len(found.err.splitlines())


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "who,says,grades\nA,yes,B2\n", "did you mean grade?"),
        ("a.csv", "who;says;grade\nA;yes;B2\n", "not by semicolons"),
        ("a.csv", "who,says,grade\n", "lists no report"),
        ("a.csv", "", "lists no report"),
        ("a.csv", "who,who,says,grade\nA,A,yes,B2\n", "stands there twice"),
        ("a.csv", "who,says,grade\nA,yes,2B\n", "'2B' is not a grade; did you mean B2?"),
        ("a.csv", "who,says,grade\n,yes,B2\n", "told.r1.who (line 2): is missing"),
        ("a.yaml", YAML.replace("source: paper", "source: papr"), "'papr' is not in sources"),
        ("a.yaml", YAML.replace("says: no", "sais: no"), "did you mean says?"),
        ("a.yaml", "reports: 3\n", "reports (line 1)"),
        ("a.txt", "", "is empty"),
    ],
)
def test_what_is_wrong_with_a_file(
    nobat: Terminal, tmp_path: Path, name: str, text: str, words: str
) -> None:
    found = nobat("theory", "fuse", write(tmp_path, name, text))
    assert (found.code, found.out) == (2, "")
    assert words in found.err


def test_files_and_scenarios_without_reports(nobat: Terminal, tmp_path: Path) -> None:
    assert "there is no section reports" in nobat("theory", "fuse", "textbook-line").err
    assert "there is no section reports" in nobat("theory", "fuse", "fire-crews").err
    assert "did you mean abu-kamal-2017?" in nobat("theory", "fuse", "abu-kamal").err
    assert "there is no such file" in nobat("theory", "fuse", str(tmp_path / "none.csv")).err
    nothing = nobat("theory", "fuse")
    assert nothing.code == 2
    assert "is missing: a scenario" in nothing.err
    assert "For example: nobat theory fuse abu-kamal-2017" in nothing.err
