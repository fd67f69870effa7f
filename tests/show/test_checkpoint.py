from __future__ import annotations

from nobat.theory import checkpoint as theory

NUMBERS = {
    "lanes": 3, "infiltrator_share": 0.005, "false_stop_share": 0.05, "d_max": 3.5,
    "tau_minutes": 2,
}  # fmt: skip


def test_the_quickest_and_the_longest_check_are_told() -> None:
    found = theory.report(arrivals_per_hour=40, minutes_a_check=[5, 1, 4], **NUMBERS).table()
    first, last = found.sentences()
    assert first.startswith("With 1 minute a check people wait 0.0139 minutes on average; 34.9 %")
    assert last.startswith("With 5 minutes a check the checkpoint is overloaded: ")
    assert "the queue grows by 4.00 persons an hour" in last
    lines = dict(found.lines())
    assert lines["overloaded"] == ["yes", "no", "no"]
    assert lines["mean wait, min"][0] == "-"
    assert lines["false stops of 1,000"] == ["49.8"] * 3


def test_a_wide_question_goes_on_below() -> None:
    found = theory.report(arrivals_per_hour=20, minutes_a_check=range(1, 9), **NUMBERS)
    text = str(found)
    assert max(map(len, text.splitlines())) <= 100
    assert text.count("minutes a check ") >= 2
    assert found._repr_html_().startswith("<pre")
    assert repr(found) == text
