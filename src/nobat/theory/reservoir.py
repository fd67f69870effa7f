"""SAFTE's reservoir in closed form, its capacity regulated or not (MODEL 3).

Asleep, with x = Rc - R what is missing to the capacity Rc, z = C - Rc what is missing to the
largest capacity C, and c the circadian term, per minute:

    SI  = min(3.4, f x - a_s c),  dR = SI
    dRc = k1 (1 - f x / k2) + k3 z          (0 where nothing is regulated)
    x, z >= 0

Each course between two events is linear: free (both x and z move), at the largest capacity
(z = 0), at the fastest rate (dR = 3.4), or full (x = 0, R rises with Rc). Its sinusoids are those
of c = -Im(e^{iwt} + e^{2iwt} / 2). The event that ends it is looked for every few minutes and then
found by halving.

Plain numbers in, plain numbers out: nothing is compiled, so that a curve is there at once. What a
campaign runs is `nobat.model.process`, written on its own; each is a check on the other.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import NamedTuple

from nobat.model.alertness import Reservoir

_W = 2.0 * math.pi / 1440.0
#: An event is looked for so often, minutes, and found to so much.
_LOOK, _EXACT = 5.0, 1e-10


class Store(NamedTuple):
    """A person's reservoir: what is missing to the capacity, and of the capacity; units of R."""

    missing: float
    regulated: float = 0.0


#: A course: the store after so many minutes; and whether it is over at a store and clock minute.
_Course = Callable[[float], Store]
_Over = Callable[[Store, float], bool]


def circadian(t: float) -> float:
    """The term c at t minutes after midnight, as it was published, with phases of 18 and 21 h."""
    hour = t / 60.0
    first = math.cos(2.0 * math.pi * (hour - 18.0) / 24.0)
    return first + 0.5 * math.cos(4.0 * math.pi * (hour - 21.0) / 24.0)


def intensity(model: Reservoir, store: Store, t: float) -> float:
    """Sleep intensity without its cap, f x - a_s c, units a minute."""
    return model.feedback * store.missing - model.propensity * circadian(t)


def level(model: Reservoir, store: Store) -> float:
    """The reservoir R, units."""
    return model.capacity - store.regulated - store.missing


def awake(model: Reservoir, store: Store, minutes: float) -> Store:
    """After so many waking minutes: R falls by 0.5 a minute, not below 0; Rc stays."""
    most = model.capacity - store.regulated
    return store._replace(missing=min(most, store.missing + model.use * minutes))


def asleep(model: Reservoir, store: Store, t: float, minutes: float) -> Store:
    """After so many minutes of sleep from clock minute t."""
    while minutes > 0.0:
        course, over = _course(model, store, t)
        stay = _ends(course, over, t, minutes)
        found = course(stay)
        store = Store(max(0.0, found.missing), max(0.0, found.regulated))
        t, minutes = t + stay, minutes - stay
    return store


def _ends(course: _Course, over: _Over, t: float, minutes: float) -> float:
    """Minutes after which a course is over, at most `minutes`."""
    low = 0.0
    while low < minutes:
        high = min(minutes, low + _LOOK)
        if over(course(high), t + high):
            while high - low > _EXACT:
                middle = 0.5 * (low + high)
                if over(course(middle), t + middle):
                    high = middle
                else:
                    low = middle
            return high
        low = high
    return minutes


def _course(model: Reservoir, store: Store, t: float) -> tuple[_Course, _Over]:
    """The course that a sleeper is on, and when it is over."""
    f, fastest = model.feedback, model.fastest
    drain = f * model.rise / model.balance
    if intensity(model, store, t) > fastest:
        return _capped(model, store), lambda s, u: intensity(model, s, u) <= fastest
    if store.missing <= 0.0 and intensity(model, store, t) >= _growth(model, store.regulated):
        return (
            _full(model, store),
            lambda s, u: (
                intensity(model, s, u) < _growth(model, s.regulated)
                or (store.regulated > 0.0 >= s.regulated)
            ),
        )
    if store.regulated <= 0.0 and drain * store.missing <= model.rise:
        return (
            _free(model, store, t, 0.0, 0.0, 0.0),
            lambda s, u: (
                s.missing < 0.0
                or drain * s.missing > model.rise
                or intensity(model, s, u) > fastest
            ),
        )
    return _free(
        model, store, t, drain, model.recovery, model.rise
    ), lambda s, u: s.missing < 0.0 or s.regulated < 0.0 or intensity(model, s, u) > fastest


def _growth(model: Reservoir, regulated: float) -> float:
    """How fast the capacity grows when nothing is missing to it, units a minute."""
    return model.rise + model.recovery * regulated if regulated > 0.0 else 0.0


def _full(model: Reservoir, store: Store) -> _Course:
    """Nothing missing: the reservoir follows its capacity, z' = -k1 - k3 z down to 0."""

    def after(minutes: float) -> Store:
        if store.regulated <= 0.0:
            return Store(0.0, 0.0)
        level = model.rise / model.recovery
        left = (store.regulated + level) * math.exp(-model.recovery * minutes) - level
        return Store(0.0, max(0.0, left))

    return after


def _capped(model: Reservoir, store: Store) -> _Course:
    """At the fastest rate: R' = 3.4, z' = -k1 + k x - k3 z, k = f k1 / k2, with x = C - z - R."""
    drain = model.feedback * model.rise / model.balance
    fading = drain + model.recovery
    lacking = store.missing + store.regulated  # C - R, which falls in a straight line

    def after(minutes: float) -> Store:
        z = store.regulated
        if fading > 0.0:
            slope = -drain * model.fastest / fading
            at_start = (drain * lacking - model.rise - slope) / fading
            z = (z - at_start) * math.exp(-fading * minutes) + at_start + slope * minutes
        return Store(lacking - model.fastest * minutes - z, z)

    return after


def _free(
    model: Reservoir, store: Store, t: float, drain: float, recovery: float, rise: float
) -> _Course:
    """Free: two modes that fade, a level, and two waves.

    x' = -(f + k) x + k3 z + k1 + a_s c, z' = k x - k3 z - k1.

    drain k, recovery k3 and rise k1 are those of the model, or all 0 at the largest capacity.
    """
    f = model.feedback
    half = 0.5 * (f + drain + recovery)
    root = math.sqrt(half * half - f * recovery)
    slow, fast = root - half, -root - half
    # The level at which both stand still without c: x = 0, z = -k1 / k3.
    rest = -rise / recovery if recovery > 0.0 else 0.0

    def waves(u: float) -> tuple[float, float]:
        """What the forcing alone sustains at clock minute u."""
        x = z = 0.0
        for harmonic, size in ((1, 1.0), (2, 0.5)):
            turn = 1j * harmonic * _W
            push = model.propensity * size * cmath.exp(turn * u)
            across = (turn + f + drain) * (turn + recovery) - drain * recovery
            x -= (push * (turn + recovery) / across).imag
            z -= (push * drain / across).imag
        return x, z

    x_0, z_0 = waves(t)
    x_0, z_0 = store.missing - x_0, store.regulated - rest - z_0
    # (A - fast) y and (A - slow) y, the parts of the start that fade slowly and fast.
    moved_x = -(f + drain) * x_0 + recovery * z_0
    moved_z = drain * x_0 - recovery * z_0

    def after(minutes: float) -> Store:
        a = math.exp(slow * minutes) / (slow - fast)
        b = math.exp(fast * minutes) / (slow - fast)
        x, z = waves(t + minutes)
        x += a * (moved_x - fast * x_0) - b * (moved_x - slow * x_0)
        z += a * (moved_z - fast * z_0) - b * (moved_z - slow * z_0)
        return Store(x, z + rest)

    return after
