"""What a stretch of waking or of sleep does to a person, exactly (MODEL 3).

SAFTE as published (Hursh and others 2004; US 6,579,233): a reservoir R of capacity 2880, of which
x = 2880 - R is missing. A waking minute takes 0.5. A minute of sleep gives SI = min(3.4,
f x - a_s c), c = cos 2 pi (T - 18) / 24 + 0.5 cos 4 pi (T - 21) / 24, which is the same as
-sin(w t) (1 + cos(w t)), t minutes after midnight and w = 2 pi / 1440: at most 0 from midnight to
noon, at least 0 from noon to midnight. Effectiveness E = 100 R / 2880 + c (7 + 5 x / 2880), in
points. So, asleep and below the cap, x' = -f x + a_s c, linear with two sinusoids.

Three rules keep the pieces few. While SI is at its cap it falls (f 3.4 > a_s |c'|), so that the
cap is left once and not met again in the same sleep. Between midnight and noon x only falls, so
that it reaches 0 at most once; there it stays (the reservoir is full) until noon. From noon to
midnight x cannot reach 0.

The three-process model (Akerstedt and Folkard 1997): S alone has a state, and C + U depend on the
clock. Both models give an area: effectiveness as a share, times minutes, without inertia.
"""

from __future__ import annotations

import math

from nobat.model.alertness import LEAST_INTENSITY, SAFTE, THREE_PROCESS, well_rested
from nobat.model.compiled import scalar

DAY_MIN = 1440.0
HALF_DAY_MIN = 720.0

CAPACITY, USE, FASTEST = SAFTE.capacity, SAFTE.use, SAFTE.fastest
_F, _A_S = SAFTE.feedback, SAFTE.propensity
_SWING, _TIRED = SAFTE.swing / 100.0, SAFTE.tired_swing / 100.0 / SAFTE.capacity

_W = 2.0 * math.pi / DAY_MIN
_D1, _D2 = _F * _F + _W * _W, _F * _F + 4.0 * _W * _W

#: Newton's last step, minutes: the error left is about its square. It takes three or four.
_CLOSE = 1e-5
_TRIES = 60

WELL_RESTED = well_rested()
LOW, HIGH, BEND = THREE_PROCESS.low, THREE_PROCESS.high, THREE_PROCESS.bend
_FALL, _RISE = THREE_PROCESS.fall / 60.0, THREE_PROCESS.rise / 60.0
STRAIGHT = _RISE * (HIGH - BEND)
_C_SIZE, _C_PEAK = THREE_PROCESS.c_size, THREE_PROCESS.c_peak_h * 60.0
_U_MEAN, _U_SIZE = THREE_PROCESS.u_mean, THREE_PROCESS.u_size
_U_PEAK = THREE_PROCESS.u_peak_h * 60.0


@scalar
def drive(t: float) -> float:
    """The circadian term c at t minutes after midnight, between -1.3 and 1.3."""
    angle = _W * t
    return -math.sin(angle) * (1.0 + math.cos(angle))


@scalar
def _drive_area(t: float) -> float:
    """An integral of c: (cos wt + cos 2wt / 4) / w."""
    cosine = math.cos(_W * t)
    return (cosine + 0.5 * cosine * cosine - 0.25) / _W


@scalar
def _drive_area_twice(t: float) -> float:
    """An integral of `_drive_area`: (sin wt + sin 2wt / 8) / w^2."""
    angle = _W * t
    return math.sin(angle) * (1.0 + 0.25 * math.cos(angle)) / (_W * _W)


@scalar
def _forced(t: float) -> float:
    """The part q of x that the circadian forcing alone sustains: q' = -f q + a_s c."""
    s, c = math.sin(_W * t), math.cos(_W * t)
    first = (_F * s - _W * c) / _D1
    second = (_F * s * c - _W * (2.0 * c * c - 1.0)) / _D2
    return -_A_S * (first + second)


@scalar
def _fading_drive(t: float) -> float:
    """The factor k(t) by which exp(-f t) k(t) is an integral of exp(-f t) c(t)."""
    s, c = math.sin(_W * t), math.cos(_W * t)
    first = (_F * s + _W * c) / _D1
    second = (_F * s * c + _W * (2.0 * c * c - 1.0)) / _D2
    return first + second


@scalar
def _drive_forced_area(t: float) -> float:
    """An integral of c q, by powers of sin wt and cos wt."""
    s, c = math.sin(_W * t), math.cos(_W * t)
    ss, cc = s * s, c * c
    third_s, third_c = 2.0 * s * ss / (3.0 * _W), 2.0 * c * cc / (3.0 * _W)
    with_first = _F * (0.5 * t - s * c / (2.0 * _W)) - 0.5 * ss
    with_first += 0.5 * (_F * third_s + _W * third_c)
    with_second = _F * third_s - 2.0 * (c - _W * third_c)
    double = _F * (0.5 * t - s * c * (2.0 * cc - 1.0) / (2.0 * _W)) - 2.0 * ss * cc
    return _A_S * (with_first / _D1 + 0.5 * (with_second + 0.5 * double) / _D2)


@scalar
def straight_area(missing: float, slope: float, t: float, minutes: float) -> float:
    """Area while what is missing changes in a straight line: x = missing + slope (t' - t)."""
    end = t + minutes
    last = _drive_area(end)
    area = last - _drive_area(t)
    moment = minutes * last - (_drive_area_twice(end) - _drive_area_twice(t))
    lost = minutes * (missing + 0.5 * slope * minutes)
    return minutes - lost / CAPACITY + _SWING * area + _TIRED * (missing * area + slope * moment)


@scalar
def missing_after(missing: float, t: float, minutes: float) -> float:
    """What is missing after so many minutes of sleep below the cap, were there no capacity."""
    return (missing - _forced(t)) * math.exp(-_F * minutes) + _forced(t + minutes)


@scalar
def _resting_area(missing: float, left: float, t: float, minutes: float) -> float:
    """Area of sleep below the cap, at whose end `left` is missing."""
    end = t + minutes
    area = _drive_area(end) - _drive_area(t)
    lost = (missing - left + _A_S * area) / _F
    fading = math.exp(-_F * minutes) * _fading_drive(end) - _fading_drive(t)
    product = (missing - _forced(t)) * fading + _drive_forced_area(end) - _drive_forced_area(t)
    return minutes - lost / CAPACITY + _SWING * area + _TIRED * product


@scalar
def _below_cap_after(missing: float, t: float, minutes: float) -> float:
    """Minutes until SI leaves its cap, at most `minutes`: f (x - 3.4 m) - a_s c = 3.4.

    What is on the left falls without a turn, so Newton's steps are kept within a bracket.
    """
    low, high = 0.0, minutes
    at_end = _F * (missing - FASTEST * minutes) - _A_S * drive(t + minutes) - FASTEST
    if at_end >= 0.0:
        return minutes
    m = minutes / (1.0 - at_end / (_F * missing - _A_S * drive(t) - FASTEST))
    for _ in range(_TRIES):
        s, c = math.sin(_W * (t + m)), math.cos(_W * (t + m))
        excess = _F * (missing - FASTEST * m) + _A_S * s * (1.0 + c) - FASTEST
        if excess > 0.0:
            low = m
        else:
            high = m
        before = m
        m -= excess / (_A_S * _W * (c + 2.0 * c * c - 1.0) - _F * FASTEST)
        if not low <= m <= high:
            m = 0.5 * (low + high)
        elif abs(m - before) < _CLOSE:
            break
    return m


@scalar
def _full_after(missing: float, left: float, t: float, minutes: float) -> float:
    """Minutes until nothing is missing, between midnight and noon, where x only falls.

    left: what would be missing after all of the minutes, were there no capacity: below 0.
    """
    low, high = 0.0, minutes
    start = missing - _forced(t)
    m = minutes * missing / (missing - left)
    for _ in range(_TRIES):
        s, c = math.sin(_W * (t + m)), math.cos(_W * (t + m))
        forced = (_F * s - _W * c) / _D1 + (_F * s * c - _W * (2.0 * c * c - 1.0)) / _D2
        x = start * math.exp(-_F * m) - _A_S * forced
        if x > 0.0:
            low = m
        else:
            high = m
        before = m
        m += x / (_F * x + _A_S * s * (1.0 + c))
        if not low <= m <= high:
            m = 0.5 * (low + high)
        elif abs(m - before) < _CLOSE:
            break
    return m


@scalar
def safte_awake(level: float, t: float, minutes: float) -> tuple[float, float]:
    """Reservoir and area after so many waking minutes: R falls by 0.5 a minute, not below 0."""
    lasts = level / USE
    if lasts >= minutes:
        return level - USE * minutes, straight_area(CAPACITY - level, USE, t, minutes)
    area = straight_area(CAPACITY - level, USE, t, lasts)
    return 0.0, area + straight_area(CAPACITY, 0.0, t + lasts, minutes - lasts)


@scalar
def safte_asleep(level: float, t: float, minutes: float) -> tuple[float, float]:
    """Reservoir and area after so many minutes of sleep from t, t >= 0: cap, free, full."""
    x, left, area = CAPACITY - level, minutes, 0.0
    if _F * x - _A_S * drive(t) > FASTEST:
        stay = _below_cap_after(x, t, left)
        area += straight_area(x, -FASTEST, t, stay)
        x -= FASTEST * stay
        t += stay
        left -= stay
    while left > 0.0:
        half_days = math.floor(t / HALF_DAY_MIN)
        stay = min(left, HALF_DAY_MIN * (half_days + 1.0) - t)
        morning = half_days % 2.0 == 0.0
        if morning and x <= 0.0:
            area += straight_area(0.0, 0.0, t, stay)
        else:
            after = missing_after(x, t, stay)
            if morning and after < 0.0:
                stay = _full_after(x, after, t, stay)
                after = 0.0
            area += _resting_area(x, after, t, stay)
            x = max(0.0, after)
        t += stay
        left -= stay
    return CAPACITY - x, area


@scalar
def intensity(level: float, t: float) -> float:
    """SI of sleep at t, as the inertia of one who wakes then has it: above 0, at most 3.4."""
    sleeping = _F * (CAPACITY - level) - _A_S * drive(t)
    return max(LEAST_INTENSITY, min(FASTEST, sleeping))


@scalar
def _rhythm_area(t: float) -> float:
    """An integral of C + U of the three-process model."""
    first = _C_SIZE * math.sin(_W * (t - _C_PEAK)) / _W
    return first + _U_MEAN * t + _U_SIZE * math.sin(2.0 * _W * (t - _U_PEAK)) / (2.0 * _W)


@scalar
def three_awake(level: float, t: float, minutes: float) -> tuple[float, float]:
    """S and area after so many waking minutes from t: S falls towards 2.4."""
    gone = -math.expm1(-_FALL * minutes)
    area = LOW * minutes + (level - LOW) * gone / _FALL
    area += _rhythm_area(t + minutes) - _rhythm_area(t)
    return level - (level - LOW) * gone, area / WELL_RESTED


@scalar
def three_asleep(level: float, t: float, minutes: float) -> tuple[float, float]:
    """S and area after so many minutes of sleep from t: straight up to 12.2, then towards 14.3."""
    area = _rhythm_area(t + minutes) - _rhythm_area(t)
    left = minutes
    if level < BEND:
        straight = min(minutes, (BEND - level) / STRAIGHT)
        area += straight * (level + 0.5 * STRAIGHT * straight)
        level += STRAIGHT * straight
        left -= straight
    gone = -math.expm1(-_RISE * left)
    area += HIGH * left - (HIGH - level) * gone / _RISE
    return level + (HIGH - level) * gone, area / WELL_RESTED
