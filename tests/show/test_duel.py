from __future__ import annotations

import io

import pytest
from rich.console import Console

from nobat.show.duel import Table
from nobat.theory.duel import Answer, report
from nobat.theory.lanchester_course import Arrival

TWENTY = {"attackers": 20, "defenders": 15, "attacker_rate": 0.04, "defender_rate": 0.06}


def ask(**more: object) -> Answer:
    return report(**{**TWENTY, **more})  # type: ignore[arg-type]


def text(answer: Answer, width: int) -> list[str]:
    page = io.StringIO()
    Console(file=page, width=width, color_system=None).print(answer.table())
    return [line.rstrip() for line in page.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {},
            "The attacker wins with a probability of 66.12 %. On average 7.11 attackers and 2.42 "
            "defenders are left, after 28.4 units of time.",
        ),
        (
            {"attacker_rate": 0.001},
            "The defender wins with a probability of over 99.99999999 %. On average "
            "3.54e-14 attackers",
        ),
        (
            {"method": "simulate"},
            "The attacker wins in 66.0 % [65.0, 66.9] of 10,000 duels. On average 7.09 attackers",
        ),
        ({"method": "simulate", "replications": 1}, "of 1 duel. On average"),
        (
            {"method": "mean-field"},
            "By the mean field the attacker wins with 7.91 left after 32.2. This is one course, "
            "not a chance.",
        ),
        (
            {"method": "mean-field", "law": "linear"},
            "By the mean field the defender wins with 1.67 left, though the attackers are never "
            "quite gone.",
        ),
        (
            {"method": "mean-field", "law": "linear", "defenders_break": 3},
            "By the mean field the attacker wins with 2.00 left after 6.93.",
        ),
        (
            {"method": "mean-field", "law": "log"},
            "By the mean field nobody wins: both sides dwindle and never reach their breakpoints.",
        ),
        (
            {"method": "mean-field", "defenders": 20, "defender_rate": 0.04, "attackers_break": 4,
             "defenders_break": 4},
            "By the mean field both sides break together after 40.2.",
        ),
    ],
)  # fmt: skip
def test_the_sentence(more: dict[str, object], said: str) -> None:
    assert said in Table(ask(**more)).sentence()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "20 attackers against 15 defenders: square law (both aim), rates 0.04 and 0.06"),
        (
            {"attackers": 1, "law": "1,0.5", "defenders_break": 3},
            "1 attacker against 15 defenders: losses by p = 1, q = 0.5, rates 0.04 and 0.06, "
            "they break at 0 and 3",
        ),
        ({"attackers": 2000}, "2,000 attackers against"),
    ],
)
def test_the_heading(more: dict[str, object], said: str) -> None:
    assert Table(ask(**more)).heading().startswith(said)


def test_figures_of_both_sides() -> None:
    lines = Table(ask()).lines()
    assert lines == [
        ("wins", "66.12 %", "33.88 %"),
        ("left, mean", "7.11", "2.42"),
        ("standard deviation", "6.05", "3.81"),
        ("left if it wins", "10.7", "7.15"),
    ]
    simulated = {name: cells for name, *cells in Table(ask(method="simulate")).lines()}
    assert simulated["wins"][0] == "66.0 % [65.0, 66.9]"
    assert simulated["left, mean"] == ["7.1 ± 0.1", "2.43 ± 0.07"]
    one = {name: cells for name, *cells in Table(ask(method="simulate", replications=1)).lines()}
    assert one["standard deviation"] == ["-", "-"]
    assert "-" in one["left if it wins"]


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize(
    "more",
    [
        {}, {"method": "simulate", "law": "guerrilla"}, {"method": "mean-field", "law": "log"},
        {"attackers": 900, "defenders": 1000, "attackers_break_loss": 0.3},
    ],
)  # fmt: skip
def test_it_fits_the_page(more: dict[str, object], width: int) -> None:
    lines = text(ask(**more), width)
    assert max(map(len, lines)) <= width
    assert " ".join(lines).endswith("Times are in the unit of the rates.")


def test_notes() -> None:
    assert "the decoupled form, good to 2e-10, says the same." in str(ask())
    assert "Solved loss by loss. Duration" in str(ask(attackers=500, defenders=500))
    assert "Without luck the attacker wins with 7.91 left after 32.2." in str(ask())
    relief = [Arrival("attacker", 0.0, 1.0, 5.0)]
    assert "With 1 reinforcement." in str(ask(method="mean-field", reinforcement=relief))
    assert "<pre" in ask()._repr_html_()


def test_the_course_keeps_its_columns() -> None:
    lines = text(ask(method="mean-field"), 80)
    start = lines.index("time  attackers  defenders")
    assert lines[start + 1] == " 0.0       20.0       15.0"
    assert lines[start + 9] == "32.2        7.9        0.0"


def test_plain_marks_where_there_is_nothing_else() -> None:
    page = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Console(file=page, width=80, color_system=None).print(ask().table())
    page.seek(0)
    assert "#####" in page.read()
