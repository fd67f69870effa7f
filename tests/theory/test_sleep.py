from __future__ import annotations

import math

import pytest

from nobat.theory.schedule import Sleep
from nobat.theory.sleep import COLUMNS, MODELS, SAFTE, SAFTER, THREE, Curve, Reading, curve

NIGHTS = [Sleep(23 + 24 * n, 31 + 24 * n) for n in range(3)]


def at(found: Curve, hour: float) -> Reading:
    return next(one for one in found.rows if one.hour == hour)


@pytest.mark.parametrize("model", MODELS)
def test_somebody_rested_stays_as_rested(model: str) -> None:
    """The defaults: from hour 7 of the first day, as after a night from 23 to 7, and on like it."""
    found = curve(NIGHTS, model)
    assert [one.hour for one in found.rows] == list(range(7, 104))
    for hour in range(7, 55):
        assert at(found, hour)[1:] == pytest.approx(at(found, hour + 24)[1:], abs=1e-6)
    assert at(found, 7).state == found.start_reservoir
    assert [one.awake for one in found.rows if 22 <= one.hour <= 32] == (
        [True] + [False] * 8 + [True] * 2
    )


def test_the_defaults_at_other_hours() -> None:
    """At 23 a rested person has 2,400 left: full at 7, less 960 waking minutes."""
    assert curve(NIGHTS, SAFTE, 23.0).start_reservoir == pytest.approx(2400)
    assert curve(NIGHTS, SAFTER, 23.0).start_reservoir == pytest.approx(2400, abs=0.5)
    assert curve(NIGHTS, SAFTE, 31.0).start_reservoir == pytest.approx(2880)
    assert curve([Sleep(2, 6)], SAFTE).start_h == 2
    assert curve([Sleep(2, 6)], SAFTE).start_reservoir == pytest.approx(2880 - 19 * 30)
    assert curve(NIGHTS, THREE, 23.0).start_reservoir == pytest.approx(
        2.4 + 11.4198307 * math.exp(-0.0353 * 16), abs=1e-6
    )


def test_what_comes_before_and_after_does_not_count() -> None:
    late = curve(NIGHTS, SAFTE, 40.0, 2000.0, 60.5)
    assert (late.left_out, late.sleeps) == (2, (NIGHTS[1],))
    assert [one.hour for one in late.rows] == list(range(40, 61))
    assert at(late, 40).state == 2000
    assert at(late, 46).state == 1820
    within = curve(NIGHTS, SAFTE, 26.0, 2000.0, 30.0)
    assert not any(one.awake for one in within.rows)
    assert at(within, 26).state == 2000


def test_the_end_belongs_to_the_curve() -> None:
    for model in MODELS:
        found = curve(NIGHTS, model, 7.0, None, 47.0)
        assert (at(found, 46).awake, at(found, 47).awake) == (True, False)


def test_the_first_hours_after_waking() -> None:
    """SAFTE: 5 points at once, none after two hours; the start counts as awake since 7."""
    found = curve([Sleep(23, 26)], SAFTE)
    assert [at(found, h).third for h in (7, 26)] == [-5, -5]
    assert -5 < at(found, 27).third < at(found, 28).third < 0
    assert at(found, 29).third == 0
    assert all(one.third == 0 for one in found.rows if not one.awake)
    assert at(curve([Sleep(23, 26)], SAFTE, 9.5, 2000.0), 10).third == 0
    # The SI of waking is that of the reservoir of 7 o'clock, two and a half hours' use above.
    missing = 2880 - (1200 + 90)
    c = math.cos(2 * math.pi * (7 - 18) / 24) + 0.5 * math.cos(4 * math.pi * (7 - 21) / 24)
    depth = min(3.4, 0.0026243 * missing - 0.55 * c)
    start = at(curve([Sleep(23, 26)], SAFTE, 8.0, 1260.0), 8)
    assert start.third == pytest.approx(-5 * math.exp(-0.04 * 60 / depth))


def test_nobody_has_less_than_nothing() -> None:
    for model in (SAFTE, SAFTER):
        found = curve([Sleep(200, 201)], model)
        assert at(found, 7 + 96).state == pytest.approx(0, abs=0.5)
        assert at(found, 120).state == 0
        assert at(found, 201).state > 200


def test_the_days() -> None:
    found = curve([Sleep(23, 31), Sleep(52.5, 55)], SAFTE)
    days = found.days()
    assert [day.day for day in days] == [0, 1, 2, 3]
    assert [day.asleep_h for day in days] == [1, 7, 2.5, 0]
    assert [day.awake_h for day in days] == [16, 17, 21.5, 7]
    for day in days:
        waking = [o for o in found.rows if o.awake and 24 * day.day <= o.hour < 24 * day.day + 24]
        assert day.mean is not None
        assert day.worst is not None
        assert day.mean == pytest.approx(sum(o.score for o in waking) / len(waking), abs=1.0)
        assert day.worst <= min(o.score for o in waking) + 0.3
        assert 24 * day.day <= (day.worst_h or 0) < 24 * day.day + 24
    low = [o for o in found.samples if o.awake and o.score < 77 and 48 <= o.hour < 72]
    assert days[2].impaired_h == pytest.approx(len(low) / 10)
    assert days[2].impaired_h > 4
    asleep = curve([Sleep(0, 30)], THREE, 1.0, None, 20.0).days()
    assert asleep[0][1:] == (19, 0, None, None, None, 0)


def test_the_worst_of_a_day_is_the_highest_kss() -> None:
    found = curve([Sleep(23, 25)], THREE)
    for day in found.days():
        kss = [one.third for one in found.samples if one.awake and one.hour // 24 == day.day]
        assert day.worst == max(kss)
        assert day.impaired_h == pytest.approx(sum(score >= 7 for score in kss) / 10)


@pytest.mark.parametrize("model", MODELS)
def test_plain_values(model: str) -> None:
    found = curve(NIGHTS, model).to_json()
    assert found["model"] == model
    rows = found["rows"]
    assert isinstance(rows, list)
    assert list(rows[0]) == ["hour", "awake", *COLUMNS[model]]
    assert isinstance(rows[0]["hour"], int)
    assert rows[0]["awake"] is True
