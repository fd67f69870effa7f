"""The numbers of the way home, as the model's own terms."""

from __future__ import annotations

import datetime
import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from nobat.model import checkpoint
from nobat.model.homecoming import Terms
from nobat.scenario import Scenario
from nobat.scenario.homecoming import Checkpoint, Cold, Homecoming, ReturnPolicy

_PER = 10_000.0
_YEAR_D = 365.2425
_MINUTES = 60.0


def terms(scenario: Scenario) -> Terms:
    """The way home under the scenario's own policy; off where the scenario does not say."""
    given = scenario.homecoming
    return _OFF if given is None else terms_of(given, given.policy, scenario.run.horizon_d)


def terms_of(given: Homecoming, policy: ReturnPolicy, horizon_d: float) -> Terms:
    """The way home under a policy. horizon_d: the longest that the campaign can last, days."""
    cold, nights = given.cold, int(given.horizon_nights.value)
    unsheltered = float(cold.unsheltered.value)
    bands = [(band.below_c.value, band.deaths.value) for band in cold.bands]
    return Terms(
        on=True,
        nights=nights,
        opens=int(policy.open_after_nights.value),
        displaced=float(given.displaced.value),
        rate=float(given.return_per_night.value),
        shelter=float(given.shelter.value),
        mined=float(given.mined.value),
        clear=float(given.clear_per_night.value),
        mines=given.mine_victims.value / _PER,
        unsheltered=unsheltered,
        night_c=night_means(cold, given.begins, math.ceil(horizon_d) + nights),
        spread_c=float(cold.spread_c.value),
        band_c=np.array([limit for limit, _ in bands], np.float64),
        band_deaths=np.array([unsheltered * deaths / _PER for _, deaths in bands], np.float64),
        gate=gate(given.checkpoint, policy),
    )


def gate(given: Checkpoint, policy: ReturnPolicy) -> checkpoint.Terms:
    """The checkpoint under a policy."""
    minutes, hours = float(policy.minutes_a_check.value), float(given.hours_a_day.value)
    later, shut = given.missed_strike_nights.value, given.close_nights.value
    rate = float(policy.false_stop_share.value)
    return checkpoint.Terms(
        lanes=int(policy.lanes.value),
        minutes=minutes,
        capacity=capacity(int(policy.lanes.value), minutes, hours),
        false_rate=rate,
        z=NormalDist().inv_cdf(rate),
        d_max=float(given.d_max.value),
        tau=float(given.tau_minutes.value),
        infiltrators=float(given.infiltrator_share.value),
        caught_strike=float(given.caught_strike_share.value),
        missed_strike=float(given.missed_strike_share.value),
        strike_chance=-math.expm1(-1.0 / later) if later > 0.0 else 1.0,
        toll_alone=float(given.toll_alone.value),
        toll_most=float(given.toll_most.value),
        crowd_half=float(given.crowd_half.value),
        missed_toll=float(given.missed_toll.value),
        closes=shut > 0.0,
        reopen=1.0 / shut if shut > 0.0 else 1.0,
    )


def capacity(lanes: int, minutes: float, hours: float) -> float:
    """Persons that a checkpoint can check in a day, whole: lanes x hours / time of a check."""
    return float(math.floor(lanes * hours * _MINUTES / minutes + 1e-9))


def night_means(cold: Cold, begins: str, nights: int) -> NDArray[np.float64]:
    """Mean temperature of the nights after the campaign's first day, the first of them included.

    A cosine through the year, lowest on the coldest day. nights: how many, at least.
    """
    first = datetime.date.fromisoformat(begins)
    coldest = datetime.date.fromisoformat(f"{first.year}-{cold.coldest_on}")
    since = (first - coldest).days + np.arange(nights + 1)
    low, high = cold.coldest_c.value, cold.warmest_c.value
    found: NDArray[np.float64] = low + 0.5 * (high - low) * (
        1.0 - np.cos(2.0 * math.pi * since / _YEAR_D)
    )
    return found


_NO_GATE = checkpoint.Terms(
    1, 1.0, 0.0, 0.5, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, False, 1.0
)
_OFF = Terms(
    False, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, np.zeros(0), 0.0, np.zeros(0), np.zeros(0),
    _NO_GATE,
)  # fmt: skip
