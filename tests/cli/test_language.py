"""`--lang`: every command in Persian, before or after the command, and what is no language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.terminal import SMALL, Terminal
from tests.small import WHOLE

_DUEL = "theory duel --attackers 20 --defenders 15 --attacker-rate 0.04 --defender-rate 0.06"
_SUPPLY = (
    "theory supply --distance-km 30 --distance-km 243 --trucks 30 --payload-t 5 --speed-km-h 30 "
    "--delay-h 6 --hours-per-day 20 --use-t-per-day 140 --own-use-t-per-h 0.02 --stock-t 500"
)
_CHECKPOINT = (
    "theory checkpoint --arrivals-per-hour 40 --lanes 3 --minutes-a-check 1 --minutes-a-check 5 "
    "--infiltrator-share 0.005 --false-stop-share 0.05 --d-max 3.5 --tau-minutes 2"
)
COMMANDS = (
    f"run {SMALL} -n 20",
    f"run {SMALL} --solver mean-field",
    f"run {WHOLE} -n 20",
    "run one-wall --solver exact",
    "run fire-crews",
    f"flip {SMALL} contact.frontage=100:400 --doctrine rotate --against commit-all -n 20",
    "frontier textbook-line --doctrine rotate --criteria 0.5,1,2 -n 10",
    "homecoming abu-kamal-2017 -n 4 --lanes 1,2 --minutes-a-check 2",
    "isolate abu-kamal-2017 --within 0.5 --budget 300",
    "rotation --units 5 --posts 2 --operate-d 14 --rest-d 14",
    "rotation --units 5 --posts 2 --operate-d 14 --rest-d 14 --surge-start-d 100 --surge-days 10 "
    "--surge-extra 3",
    "theory breach --layers 7 --breach-rate 1 --rebuild-rate 0.3",
    _DUEL,
    f"{_DUEL} --method mean-field",
    _SUPPLY,
    _CHECKPOINT,
    "theory recurrence --residual 150 --incidents 0.88 --theta 0.43 --omega 0.107",
    "theory fuse abu-kamal-2017",
    "scenarios",
    f"why {SMALL} --doctrine rotate --against commit-all -n 10",
    f"why {SMALL} --doctrine rotate --against commit-all --outcome attacker_losses -n 10",
    f"map {SMALL} --over contact.frontage=100:400 --over works.reorganise_h=6:48 --side 2 "
    "--points 4 -n 10",
    f"map {SMALL} --over contact.frontage=100:400 --over works.reorganise_h=6,48 --side 2 "
    "--points 4 -n 2 --outcome day_secured",
    f"sweep {SMALL} --over contact.frontage=100:400 --over works.reorganise_h=6:48 --points 4 -n 4 "
    "--out sweep --save sweep.svg",
    f"sweep {SMALL} --over contact.frontage=100:400 --points 3 -n 4 --doctrine rotate --out one",
    f"sensitivity {SMALL} --over contact.frontage=100:400 --over works.reorganise_h=6:48 "
    "--method morris --points 12 -n 3",
    f"sensitivity {SMALL} --over contact.frontage=100:400 --over works.reorganise_h=6:48 "
    "--method sobol --points 256 -n 2",
    f"sensitivity {SMALL} --over contact.frontage=100:400 --method sobol --points 192 -n 1",
    "audit abu-kamal-2017 --settings 8 -n 2 --claim C1 --claim C4 --given-record --out audit",
    "check abu-kamal-2017",
    "check abu-kamal-2017 --sources",
    "check fire-crews --sources",
    "check fire-crews",
    "new my-siege.yaml",
)
#: Names and commands are isolated; what is left is for reading.
_APART = re.compile("\u2066[^\u2069]*\u2069")
_LATIN = re.compile(r"[A-Za-z]{2,}|[0-9%]")
#: Shares that are called by their letters everywhere.
_LETTERS = ("TPR", "FPR")


def left_over(text: str) -> list[str]:
    """What a Persian answer still has of Latin words, digits and signs."""
    found = _LATIN.findall(_APART.sub("", text))
    return [word for word in found if word not in _LETTERS]


@pytest.mark.slow
@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_answers_in_persian(nobat: Terminal, line: str) -> None:
    answer = nobat(*line.split(), "--lang", "fa")
    assert answer.code == 0, answer.err
    assert "\u2067" in answer.out
    assert left_over(answer.out) == []
    assert left_over(answer.err) == []


def test_the_language_may_stand_anywhere(nobat: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    after = nobat("scenarios", "--lang", "fa").out
    assert "یک دیوار" in after
    assert nobat("--lang=fa", "scenarios").out == after
    monkeypatch.setenv("NOBAT_LANG", "fa")
    assert nobat("scenarios").out == after
    assert "One wall" in nobat("scenarios", "--lang", "en").out
    monkeypatch.setenv("NOBAT_LANG", "")
    assert "One wall" in nobat("scenarios").out


def test_json_is_never_translated(nobat: Terminal) -> None:
    assert nobat("scenarios", "--json", "--lang", "fa").out == nobat("scenarios", "--json").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--lang", "de"), "--lang: 'de' is not a language (languages: en English, fa فارسی)"),
        (("--lang=Farsi",), "--lang: 'Farsi' is not a language; did you mean fa?"),
        (("--lang", "fa_IR"), "--lang: 'fa_IR' is not a language; did you mean fa?"),
        (("--lang",), "--lang: a language is missing (languages:"),
    ],
)
def test_what_is_no_language_is_refused(
    nobat: Terminal, words: tuple[str, ...], message: str
) -> None:
    answer = nobat("scenarios", *words)
    assert answer.code == 2
    assert message in answer.err
    assert answer.out == ""
    refused = nobat("scenarios", "--json", *words)
    assert refused.code == 2
    assert message in refused.json()["error"]["problems"][0]["message"]


def test_the_variable_is_refused_by_its_name(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOBAT_LANG", "persian")
    answer = nobat("scenarios")
    assert answer.code == 2
    assert "NOBAT_LANG: 'persian' is not a language; did you mean fa?" in answer.err


@pytest.mark.slow
def test_a_replay_is_told_in_persian(nobat: Terminal, tmp_path: Path) -> None:
    run = tmp_path / "run"
    assert nobat("run", SMALL, "-n", "20", "--out", str(run)).code == 0
    for more in ((), ("--full",), ("--out", str(tmp_path / "kept"))):
        answer = nobat("replay", str(run), "--doctrine", "rotate", "--lang", "fa", *more)
        assert answer.code == 0, answer.err
        assert left_over(answer.out) == []
