from __future__ import annotations

import pytest

from nobat.show.sleep import Table
from nobat.theory.schedule import Sleep
from nobat.theory.sleep import MODELS, SAFTE, SAFTER, THREE, curve

NIGHTS = [Sleep(23, 31), Sleep(52, 55)]


def test_a_row_for_each_day_and_a_character_for_each_hour() -> None:
    text = str(Table(curve(NIGHTS, SAFTE)))
    lines = text.splitlines()
    assert lines[0] == "SAFTE, as published in 2004, hours 7 to 79, from reservoir 2,880 of 2,880"
    day = next(line for line in lines if line.startswith("  1  "))
    assert day.split()[1:] == ["7.0", "94.1", "82.6", "24:00", "0.0", "zzzzzzz89999999999999998"]
    assert "  3     0.0" in text
    lowest = "Lowest on day 3 at about 04:45, 55.8 %; 11.0 of 61.0 waking hours below 77 %."
    assert lowest in lines
    assert max(map(len, lines)) <= 100


def test_the_hours_of_the_three_process_model_are_kss() -> None:
    table = Table(curve(NIGHTS, THREE))
    text = str(table)
    assert "from S 13.82" in text
    assert "h at KSS" in text
    assert "Sleepiest on day 2 at about" in text
    found = curve(NIGHTS, THREE)
    strip = table.strip(found.days()[1])
    assert strip[:7] == "z" * 7
    for hour, mark in enumerate(strip[7:], start=31):
        assert mark == str(round(found.rows[hour - 7].third))


def test_the_ends_of_the_scale() -> None:
    """Above 100 % and below 0 an hour is still one character."""
    low = Table(curve([Sleep(200, 201)], SAFTER))
    assert low.strip(curve([Sleep(200, 201)], SAFTER).days()[6]).startswith("0000")
    assert "from reservoir 2,880" in low.heading()
    high = curve(NIGHTS, SAFTER)
    assert max(one.score for one in high.rows) > 99.5
    assert set(Table(high).strip(high.days()[0])) == {" ", "9", "z"}
    sleepy = curve([Sleep(200, 201)], THREE)
    assert max(one.third for one in sleepy.rows) > 9.5
    assert set(Table(sleepy).strip(sleepy.days()[4])) <= set("89")


def test_what_is_left_out_is_said() -> None:
    assert "1 sleep is outside these hours and left out." in str(
        Table(curve(NIGHTS, SAFTE, 40.0, 2000.0))
    )
    year = str(Table(curve(NIGHTS, SAFTE, 7.0, None, 24.0 * 60)))
    assert "20 days in the middle are left out." in year
    assert " 19 " in year
    assert " 30 " not in year


def test_a_day_of_nothing_but_sleep() -> None:
    text = str(Table(curve([Sleep(0, 48)], SAFTE, 0.0, None, 47.0)))
    assert "zzzzzzzzzzzzzzzzzzzzzzzz" in text
    assert "Lowest" not in text


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("width", [60, 80, 90])
def test_it_fits_the_page(model: str, width: int) -> None:
    from rich.console import Console

    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as page:
        console.print(Table(curve(NIGHTS, model)))
    text = page.get()
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert "…" not in text
    assert ("zzzzzzz" in text) == (width == 90)
    assert "<pre" in Table(curve(NIGHTS, model))._repr_html_()
