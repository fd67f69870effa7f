"""The equations of sleep stepped through time, as they are written: the reference for closed forms.

Fourth-order Runge-Kutta, by the minute or finer, with the numbers typed anew. Nothing here is
shared with the package.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

PUBLISHED, SAFTER, THREE = "safte", "safter", "three-process"


def circadian(minute: float) -> float:
    """The term c at so many minutes after a midnight."""
    hour = minute / 60
    first = math.cos(2 * math.pi * (hour - 18) / 24)
    return first + 0.5 * math.cos(4 * math.pi * (hour - 21) / 24)


def rhythm(minute: float) -> float:
    """C + U of the three-process model."""
    hour = minute / 60
    c = 2.5 * math.cos(2 * math.pi * (hour - 16.8) / 24)
    return c - 0.5 + 0.5 * math.cos(2 * math.pi * (hour - 19.8) / 12)


@dataclass
class Stepped:
    """A person: the state (R, Rc) or (S, unused), minutes since waking, SI at waking."""

    model: str
    state: float
    capacity: float = 2880.0
    awake: float = 1e9
    depth: float = 1.0

    def intensity(self, state: float, capacity: float, minute: float) -> float:
        """SI without its cap."""
        f = 0.00312 if self.model == SAFTER else 0.0026243
        return f * (capacity - state) - 0.55 * circadian(minute)

    def rates(
        self, state: float, capacity: float, asleep: bool, minute: float
    ) -> tuple[float, float]:
        """The change of state and capacity, a minute."""
        if self.model == THREE:
            g = math.log(0.3 / 6.34) / 8 / 60
            if not asleep:
                return -0.0353 / 60 * (state - 2.4), 0.0
            return g * (max(state, 12.2) - 14.3), 0.0
        if not asleep:
            return (-0.5 if state > 0 else 0.0), 0.0
        gain, grows = min(3.4, self.intensity(state, capacity, minute)), 0.0
        if self.model == SAFTER:
            debt = 0.00312 * (capacity - state)
            grows = 0.22 * (1 - debt / 0.5) + 0.0015 * (2880 - capacity)
            grows = min(0.0, grows) if capacity >= 2880 else grows
        return (min(gain, grows) if state >= capacity else gain), grows

    def live(self, asleep: bool, minute: float, dt: float) -> None:
        """One step of dt minutes from this minute."""
        if asleep:
            self.awake = -1.0
        elif self.awake < 0:
            self.awake = 0.0
            self.depth = self.intensity(self.state, self.capacity, minute)
        s, c, half = self.state, self.capacity, dt / 2
        k1 = self.rates(s, c, asleep, minute)
        k2 = self.rates(s + half * k1[0], c + half * k1[1], asleep, minute + half)
        k3 = self.rates(s + half * k2[0], c + half * k2[1], asleep, minute + half)
        k4 = self.rates(s + dt * k3[0], c + dt * k3[1], asleep, minute + dt)
        s += dt / 6 * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0])
        c += dt / 6 * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1])
        self.capacity = min(2880.0, c)
        self.state = s if self.model == THREE else min(self.capacity, max(0.0, s))
        if not asleep:
            self.awake += dt

    def effectiveness(self, minute: float) -> float:
        """E in points without inertia, undivided; S + C + U of the three-process model."""
        if self.model == THREE:
            return self.state + rhythm(minute)
        swing = 7.8 if self.model == SAFTER else 7.0
        tired = (2880 - self.state) / 2880
        return 100 * self.state / 2880 + circadian(minute) * (swing + 5 * tired)

    def inertia(self, minutes_awake: float) -> float:
        """Points, or W, so many minutes after waking; nothing while asleep. Not for SAFTER."""
        if minutes_awake < 0:
            return 0.0
        if self.model == THREE:
            return -5.72 * math.exp(-1.51 * minutes_awake / 60)
        if minutes_awake > 120:
            return 0.0
        return -5 * math.exp(-0.04 * minutes_awake / max(0.01, min(3.4, self.depth)))
