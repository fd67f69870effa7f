"""The numbers of two published models of sleep and alertness (MODEL 3).

Plain numbers, so that whoever wants only them need not load the compiler. The equations that they
belong to are in `process`, for the campaign, and in `nobat.theory.sleep`, for one person's curve.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Reservoir(NamedTuple):
    """The constants of SAFTE's equations; units of the reservoir, minutes, points of 100.

    capacity: the most that the reservoir holds; use: what a waking minute takes; fastest: the
    most that a minute of sleep gives; feedback f and propensity a_s: SI = f (Rc - R) - a_s c.
    rise k1, balance k2, recovery k3: the capacity is regulated while asleep,
    dRc = k1 (1 - f (Rc - R) / k2) + k3 (capacity - Rc) a minute; none where k1 = k3 = 0.
    swing a1, tired_swing a2: the circadian term c (a1 + a2 (capacity - R) / capacity), points.
    inertia: points lost on waking; inertia_rate: lost as exp(-rate t / SI); inertia_min: for so
    long; by_waking: SI is that of the moment of waking, or else goes on with time.
    divisor: the result is divided by it. early_min: sleep begins and ends so much earlier.
    """

    feedback: float
    rise: float
    recovery: float
    swing: float
    inertia: float
    inertia_rate: float
    inertia_min: float
    by_waking: bool
    divisor: float
    early_min: float
    capacity: float = 2880.0
    use: float = 0.5
    fastest: float = 3.4
    propensity: float = 0.55
    balance: float = 0.5
    tired_swing: float = 5.0


#: SAFTE as published (Hursh and others 2004; US 6,579,233), the capacity a constant.
SAFTE = Reservoir(
    feedback=0.0026243, rise=0.0, recovery=0.0, swing=7.0,
    inertia=5.0, inertia_rate=0.04, inertia_min=120.0, by_waking=True, divisor=1.0,
    early_min=0.0,
)  # fmt: skip

#: The program SAFTEr 1.0.0: the capacity is regulated, and the result is scaled. Its inertia is
#: 5 to the power -0.08 t / SI with the SI of each minute, and ends 240 minutes after waking. It
#: takes each minute for what its end is, so that a sleep begins and ends a minute early.
SAFTER = Reservoir(
    feedback=0.00312, rise=0.22, recovery=0.0015, swing=7.8,
    inertia=1.0, inertia_rate=0.08 * math.log(5.0), inertia_min=240.0, by_waking=False,
    divisor=0.967, early_min=1.0,
)  # fmt: skip

#: SI at waking is at least this: where the equations give nothing or less, inertia is over at once.
LEAST_INTENSITY = 0.01


class ThreeProcess(NamedTuple):
    """The constants of the three-process model; its own units of alertness, hours.

    Awake S falls towards `low` at the rate `fall`; asleep it rises in a straight line up to
    `bend`, and from there towards `high`, at the rate `rise` of what is missing. C and U have an
    amplitude and the clock hour of their peak; U lies around its mean. W is lost on waking and
    comes back at the rate `waking_rate`. KSS = kss_most - kss_slope (S + C + U + W).
    """

    low: float = 2.4
    high: float = 14.3
    bend: float = 12.2
    fall: float = 0.0353
    rise: float = -math.log(0.3 / 6.34) / 8.0
    c_size: float = 2.5
    c_peak_h: float = 16.8
    u_mean: float = -0.5
    u_size: float = 0.5
    u_peak_h: float = 19.8
    waking: float = 5.72
    waking_rate: float = 1.51
    kss_most: float = 10.6
    kss_slope: float = 0.6


#: Akerstedt and Folkard 1997, with the constants of Ingre and others 2014.
THREE_PROCESS = ThreeProcess()

_EVENING_H, _MORNING_H = 23.0, 7.0


def well_rested(model: ThreeProcess = THREE_PROCESS) -> float:
    """Mean of S + C + U + W over the waking hours of one who always sleeps from 23 to 7.

    S in its steady state, by repeating the day; the means in closed form. It is what a campaign
    takes for full effectiveness in the three-process model.
    """
    asleep_h, awake_h = 24.0 - _EVENING_H + _MORNING_H, _EVENING_H - _MORNING_H
    left, waking = math.exp(-model.fall * awake_h), model.high
    for _ in range(100):
        s = model.low + (waking - model.low) * left
        straight_h = max(0.0, (model.bend - s) / (model.rise * (model.high - model.bend)))
        missing = (model.high - max(s, model.bend)) * math.exp(
            -model.rise * (asleep_h - straight_h)
        )
        waking = model.high - missing
    mean_s = model.low + (waking - model.low) * (1.0 - left) / (model.fall * awake_h)
    mean_w = -model.waking * -math.expm1(-model.waking_rate * awake_h)
    mean_w /= model.waking_rate * awake_h
    c = _mean_wave(model.c_size, model.c_peak_h, 24.0)
    u = model.u_mean + _mean_wave(model.u_size, model.u_peak_h, 12.0)
    return mean_s + c + u + mean_w


def _mean_wave(size: float, peak_h: float, period_h: float) -> float:
    """Mean of size cos(2 pi (T - peak) / period) over the waking hours."""
    turn = 2.0 * math.pi / period_h
    rise = math.sin(turn * (_EVENING_H - peak_h)) - math.sin(turn * (_MORNING_H - peak_h))
    return size * rise / (turn * (_EVENING_H - _MORNING_H))
