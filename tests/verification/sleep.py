"""Rows on sleep: independent programs, and closed forms against stepping by time (MODEL 3)."""

from __future__ import annotations

import math
import random

from nobat.model import alertness, process
from nobat.theory import reservoir
from nobat.theory.reservoir import Store
from nobat.theory.sleep import SAFTER, THREE, curve
from tests.oracles import test_sleep as oracle
from tests.oracles.sleep_by_minutes import Stepped
from tests.reference import rows
from tests.verification.judgement import (
    CLOSED,
    EVIDENCE,
    PROGRAM,
    STRUCTURE,
    Verdict,
    judged,
    largest,
)

_SAFTER, _FIPS = "SAFTEr 1.0.0 (R), nine schedules", "FIPS 0.2.1 (R), nine schedules"


def by_safter() -> tuple[list[float], list[float]]:
    """Differences from that program by the hour: reservoir; effectiveness, points."""
    stored, effect = [], []
    for name in oracle.NAMES:
        found = curve(oracle.schedule(name), SAFTER, 23.0, 2400.0, oracle.UNTIL_H).rows
        by_hour = {one.hour: one for one in found}
        for row in rows("sleep/safter.csv"):
            hour = float(row["hour"])
            if row["schedule"] == name and hour < oracle.EMPTY.get(name, math.inf):
                one = by_hour[hour]
                stored.append(one.state - float(row["reservoir_balance"]))
                effect.append(one.score - float(row["effectiveness_norm967"]))
    return stored, effect


@judged(
    "3", "sleep: SAFTE", "reservoir, hour by hour: largest difference of 2,880", _SAFTER,
    kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def safter_reservoir() -> Verdict:
    """That program steps by the minute: worth about 1."""
    return Verdict(largest(by_safter()[0]), 0, 4)


@judged(
    "3", "sleep: SAFTE", "effectiveness, hour by hour: largest difference", _SAFTER,
    kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def safter_effectiveness() -> Verdict:
    """Inertia included, which is that program's own."""
    return Verdict(largest(by_safter()[1]), 0, 0.15, "points")


@judged(
    "3", "sleep: three-process", "S, S + C + U and KSS from hour 55 on: largest difference", _FIPS,
    kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def fips() -> Verdict:
    """To the digits that were written down."""
    apart = []
    for name in oracle.NAMES:
        found = curve(oracle.schedule(name), THREE, 7.0, 7.96, oracle.UNTIL_H).rows
        by_hour = {one.hour: one for one in found}
        for row in rows("sleep/fips_tpm.csv"):
            if row["schedule"] == name and float(row["hour"]) >= 55:
                one = by_hour[float(row["hour"])]
                apart.append(one.state - float(row["S"]))
                apart.append(one.score - float(row["alertness_S_C_U"]))
                apart.append(one.third - float(row["KSS"]))
    return Verdict(largest(apart), 0, 1e-6, rounding=True)


@judged(
    "3", "sleep: SAFTE", "reservoir after 40 nights drawn at random: largest difference",
    "the equations stepped by half a minute", kind=CLOSED,
)  # fmt: skip
def by_steps() -> Verdict:
    """The campaign's own closed form of a stretch of sleep: cap, free, full."""
    luck, apart = random.Random(1), []
    for _ in range(40):
        level, minute = luck.uniform(0, 2880), luck.randint(0, 1439)
        minutes = luck.randint(30, 900)
        person = Stepped("safte", level)
        for n in range(2 * minutes):
            person.live(True, minute + n / 2, 0.5)
        apart.append(process.safte_asleep(level, float(minute), float(minutes))[0] - person.state)
    return Verdict(largest(apart), 0, 2e-3, chance=True)


@judged(
    "3", "sleep: SAFTE", "the campaign's nights and the curve's, 300 of them: largest difference",
    "two closed forms, written apart", kind=CLOSED,
)  # fmt: skip
def twice() -> Verdict:
    """Of the reservoir."""
    luck, apart = random.Random(2), []
    for _ in range(300):
        level, minute = luck.uniform(0, 2880), luck.uniform(0, 1440)
        minutes = luck.uniform(1, 1440)
        one = process.safte_asleep(level, minute, minutes)[0]
        other = reservoir.asleep(alertness.SAFTE, Store(2880 - level), minute, minutes)
        apart.append(one - reservoir.level(alertness.SAFTE, other))
    return Verdict(largest(apart), 0, 1e-8, rounding=True)


@judged(
    "3", "sleep: in a campaign", "reservoir that a day of 3 hours of sleep costs, worn out",
    "60 (12 - 3.9 x 3)", kind=CLOSED, standing=STRUCTURE,
)  # fmt: skip
def below_the_threshold() -> Verdict:
    """Below 12/3.9 h a day there is no steady state."""
    days = oracle.day_of(3.0, 1100.0, 10)
    return Verdict(days[4] - days[5], 60 * (12 - 3.9 * 3), 1e-6)
