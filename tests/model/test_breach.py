"""The simulation event by event: its luck, and its skeleton at points that can be checked."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nobat.model import breach, luck
from nobat.model.luck import Address


def passages(
    up: list[float], down: list[float], n: int, seed: int = 1, first: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    times, rebuilt = np.zeros(n), np.zeros(n, np.int64)
    breach.passages(np.array(up), np.array(down), seed, first, times, rebuilt)
    return times, rebuilt


def test_replications_by_hand() -> None:
    # Two layers: each event takes one block of four numbers at its own address.
    times, rebuilt = passages([0.5, 2.0], [0.0, 3.0], 20, seed=9, first=4)
    assert rebuilt.max() > 1
    for k, (time, lost) in enumerate(zip(times, rebuilt, strict=True)):
        carried, event, days, back = 0, 0, 0.0, 0
        while carried < 2:
            event += 1
            w, u, v, _ = luck.four(Address(9, 4 + k, event), breach.EVENT, 0)
            rate = (0.5, 5.0)[carried]
            days += math.log(1.0 / w) / rate
            up = u + (v - 0.5) / 2**32 < (1.0, 2.0 / 5.0)[carried]
            carried += 1 if up else -1
            back += not up
        assert (time, lost) == (pytest.approx(days), back)


def test_numbers_have_64_bits() -> None:
    # Neighbouring words of 32 bits meet without a gap or an overlap.
    least, most = luck.unit_interval(0), luck.unit_interval(2**32 - 1)
    assert 0.0 < breach.direction(least, least) < breach.direction(least, most)
    following = luck.unit_interval(1)
    assert breach.direction(least, most) < breach.direction(following, least)
    assert breach.direction(most, most) <= 1.0


def test_replications_are_numbered() -> None:
    some, all_ = (
        passages([1.0] * 3, [0.0, 1.0, 1.0], 5, first=7),
        passages([1.0] * 3, [0.0, 1.0, 1.0], 12),
    )
    assert np.array_equal(some[0], all_[0][7:])
    assert np.array_equal(some[1], all_[1][7:])


def test_nothing_is_rebuilt_before_the_first_breach() -> None:
    times, rebuilt = passages([1.0], [0.0], 100)
    assert (rebuilt == 0).all()
    assert (times > 0.0).all()
