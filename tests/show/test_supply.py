from __future__ import annotations

import pytest

from nobat.theory.supply import Fleet, report_of

FLEET = Fleet(30, 5, 30, 20, 6, 0.02)


@pytest.mark.parametrize(
    ("fleet", "use", "stock", "distances", "said"),
    [
        (
            FLEET, 60, 0, [30],
            "At 30 km 30 trucks bring 372 t a day: enough for the 60 t used. "
            "Beyond 550 km less is brought than used: there the force culminates.",
        ),
        (
            FLEET, 150, 500, [30, 500, 243],
            "At 30 km 30 trucks bring 372 t a day: enough for the 150 t used. "
            "At 500 km they bring 66.1 t a day of the 150 t used: the stock of 500 t lasts 5.96 "
            "days. Beyond 194 km less is brought than used: there the force culminates.",
        ),
        (
            FLEET, 150, 0, [243],
            "At 243 km 30 trucks bring 126 t a day of the 150 t used: there is no stock to make "
            "up for the rest. Beyond 194 km less is brought than used: there the force culminates.",
        ),
        (
            Fleet(1, 5, 30, 20, 6, 0.02, 0.5), 60, 10, [4000],
            "At 4,000 km nothing arrives of the 60 t used a day: the stock of 10 t lasts 0.167 "
            "days. At no distance is as much brought as is used.",
        ),
        (
            Fleet(1, 5, 30, 20, 6, 0, 0.5), 0, 0, [90],
            "At 90 km 1 truck (0.5 at work) brings 4.17 t a day; nothing is used. "
            "As nothing is used, no distance is too far.",
        ),
        (FLEET, 0, 0, [4000], "At 4,000 km nothing arrives. Beyond 3,750 km nothing arrives."),
        (
            Fleet(1, 5, 30, 20), 0, 0, [0],
            "At 0 km, without delay, nothing limits what arrives. "
            "As nothing is used, no distance is too far.",
        ),
    ],
)  # fmt: skip
def test_the_answer_in_sentences(
    fleet: Fleet, use: float, stock: float, distances: list[float], said: str
) -> None:
    assert " ".join(report_of(fleet, use, stock, distances).table().sentences()) == said


def test_the_table_has_a_column_for_each_distance() -> None:
    text = str(report_of(FLEET, 150, 500, [30, 243]))
    cells = [line.split("  ") for line in text.splitlines()]
    table = {line[0]: [cell.strip() for cell in line[1:] if cell] for line in cells}
    assert table["distance, km"] == ["30", "243"]
    assert table["turnaround, h"] == ["8.00", "22.2"]
    assert table["trips a truck and day"] == ["2.50", "0.901"]
    assert table["burnt by the trucks, %"] == ["0.800", "6.48"]
    assert table["lift, t a day"] == ["372", "126"]
    assert table["lift, % of the use"] == ["248", "84.3"]
    assert table["days of supply"] == ["no limit", "21.2"]
    assert text.endswith("A truck burns its whole load in 7,500 km, 3,750 km there and back.")
    assert "own use is left out" in str(report_of(Fleet(1, 5, 30, 20), 0, 0, [30]))


def test_a_share_of_no_use_is_none() -> None:
    line = next(line for line in str(report_of(FLEET, 0, 0, [30])).splitlines() if "%" in line[:20])
    assert line.split()[-1] == "-"


def test_a_notebook_shows_the_same_text() -> None:
    found = report_of(FLEET, 150, 500, [30])
    assert found._repr_html_().startswith("<pre")
    assert "At 30 km 30 trucks" in found._repr_html_()
