from __future__ import annotations

import pytest

from nobat.theory.breach_question import report


def lines(text: str) -> dict[str, list[str]]:
    cells = [
        [cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines()
    ]
    return {row[0]: row[1:] for row in cells if row}


def test_the_answer_in_sentences() -> None:
    found = report(layers=7, breach_rate=1, rebuild_rate=0.3).table()
    assert found.heading() == "7 layers, carried at 1 a day, rebuilt at 0.3 a day"
    assert " ".join(found.sentences()) == (
        "It takes 9.39 days on average, in half of the cases 8.50 or less. On the way 2.39 layers "
        "are rebuilt on average; the chance that none ever is, is 20.7 %."
    )


def test_one_layer_and_layers_that_stay_down() -> None:
    one = report(layers=1, breach_rate=2, rebuild_rate=5).table()
    assert one.heading() == "1 layer, carried at 2 a day"
    assert one.sentences()[-1] == "Nothing is rebuilt."
    several = report(layers=3, breach_rate="1,2,4", rebuild_rate=0).table()
    assert several.heading() == "3 layers, carried at 1, 2, 4 a day, rebuilt at 0 a day"


def test_figures_and_bars() -> None:
    text = str(report(layers=7, breach_rate=1, rebuild_rate=0.3).table())
    table = lines(text)
    assert table["mean time, days"] == ["9.39"]
    assert table["standard deviation, days"] == ["4.60"]
    assert table["none ever rebuilt"] == ["20.7 %"]
    assert table["50 % are through by, days"] == ["8.50"]
    assert table["20"][-1] == "96.9 %"
    assert table["20"][0].count("█") == 39


def test_a_simulation_has_columns_of_its_own() -> None:
    answer = report(layers=2, breach_rate=1, rebuild_rate=1, method="simulate", replications=400)
    table = lines(str(answer.table()))
    assert len(table["mean time, days"]) == 3
    assert len(table["none ever rebuilt"]) == 3
    assert len(table["95 % are through by, days"]) == 2
    single = report(layers=2, breach_rate=1, rebuild_rate=1, method="simulate", replications=1)
    assert lines(str(single.table()))["mean time, days"][-1] == "-"


@pytest.mark.parametrize(
    ("layers", "down", "said"), [(20, "10", "1.23e19 days"), (200, "1e6", "1.00e1194 days")]
)
def test_large_numbers_have_powers_of_ten(layers: int, down: str, said: str) -> None:
    text = str(report(layers=layers, breach_rate=1, rebuild_rate=down).table())
    assert f"It takes {said} on average" in text
    assert "inf" not in text
    assert ("beyond floating point" in text) == (layers == 200)


def test_a_notebook_shows_the_same_text() -> None:
    found = report(layers=7, breach_rate=1, rebuild_rate=0.3)
    assert found._repr_html_().startswith("<pre")
    assert "9.39 days" in found._repr_html_()
    assert repr(found) == str(found.table())
