"""Strengths over time under Lanchester's laws, and with reinforcements on a schedule (MODEL 6).

The square, linear and logarithmic laws and Deitchman's guerrilla law have closed forms; other
exponents are integrated (Dormand and Prince's eighth order, to 1e-12). With reinforcements that
come at once or spread over a time the square law is closed from one change of the inflow to the
next: about the strengths at which inflow and losses balance it is the plain square law.

Sources: Lanchester (1916); Engel (1954), who followed Iwo Jima so; Deitchman (1962).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from nobat.theory.lanchester import (
    GUERRILLA,
    LINEAR,
    LOGARITHMIC,
    SQUARE,
    Duel,
    Ending,
    Side,
    almost,
    ending,
)

_TOLERANCE = 1e-12
#: A course that has no end is followed until a side is down to this share of its start.
_NEARLY = 0.01


class Arrival(NamedTuple):
    """Reinforcement of a side: `strength` that comes evenly from start to end, or at once."""

    side: Side
    start: float
    end: float
    strength: float


class Point(NamedTuple):
    """Strengths at a time."""

    time: float
    attackers: float
    defenders: float


class _Inflow(NamedTuple):
    """What comes in a unit of time."""

    attackers: float
    defenders: float


@dataclass(frozen=True)
class Course:
    """Strengths at the times asked for, and the ending; after it they stay as they are."""

    points: tuple[Point, ...]
    ending: Ending


def strengths(duel: Duel, time: float) -> tuple[float, float]:
    """Attackers and defenders left at a time, which must not be after the ending."""
    law, a, b = duel.law, duel.attacker_rate, duel.defender_rate
    x, y = duel.attackers, duel.defenders
    if law == SQUARE:
        return _square(duel, _Inflow(0.0, 0.0), x, y, time)
    if law == LINEAR:
        return _linear(a, b, x, y, time)
    if law == LOGARITHMIC:
        return x * math.exp(-b * time), y * math.exp(-a * time)
    if law == GUERRILLA:
        return _guerrilla(a, b, x, y, time)
    if law == GUERRILLA.swapped():
        return _guerrilla(b, a, y, x, time)[::-1]
    return _integrated(duel, _Inflow(0.0, 0.0), x, y, time)[1:]


def course(duel: Duel, times: Iterable[float], arrivals: Iterable[Arrival] = ()) -> Course:
    """Strengths at the times, and how it ends.

    A side at or below its breakpoint is beaten unless it grows at that moment, so that a landing
    may begin with nobody ashore.
    """
    arrivals = sorted(arrivals, key=lambda one: one.start)
    asked = sorted(set(times))
    changes = sorted({0.0, *(t for one in arrivals for t in (one.start, one.end))})
    found: list[Point] = []
    x, y = duel.attackers, duel.defenders
    for now, after in zip(changes, [*changes[1:], math.inf], strict=True):
        x += sum(_landed(one, now) for one in arrivals if one.side == "attacker")
        y += sum(_landed(one, now) for one in arrivals if one.side == "defender")
        flow = _inflow(arrivals, now)
        at = replace(duel, attackers=x, defenders=y)
        finish = _finish(at, flow, after - now)
        stop = now + finish.duration
        found += [_point(at, flow, finish, now, t) for t in asked if now <= t < min(after, stop)]
        if stop < after or after == math.inf:
            last = finish._replace(duration=stop)
            held = [Point(t, last.attackers, last.defenders) for t in asked if t >= stop]
            return Course((*found, *held), last)
        x, y = _ahead(at, flow, after - now)
    raise AssertionError("the last stretch has no end")


def times_of(end: float, parts: int) -> list[float]:
    """Evenly spaced times from 0 to the end, both included."""
    return [end * k / parts for k in range(parts + 1)]


def horizon(duel: Duel) -> float:
    """How long it takes; where it never ends, until a side is at a hundredth of its start."""
    found = ending(duel).duration
    return found if math.isfinite(found) else ending(almost(duel, _NEARLY)).duration


def _landed(one: Arrival, now: float) -> float:
    """What arrives at once at this moment."""
    return one.strength if one.start == one.end == now else 0.0


def _inflow(arrivals: Sequence[Arrival], now: float) -> _Inflow:
    """What comes in a unit of time from now on."""
    flow = {"attacker": 0.0, "defender": 0.0}
    for one in arrivals:
        if one.start <= now < one.end:
            flow[one.side] += one.strength / (one.end - one.start)
    return _Inflow(flow["attacker"], flow["defender"])


def _finish(duel: Duel, flow: _Inflow, length: float) -> Ending:
    """How a stretch of this length ends the fight; its duration is infinite where it does not."""
    x, y = duel.attackers, duel.defenders
    beaten = _beaten(duel, flow), _beaten(duel.swapped(), _Inflow(*flow[::-1]))
    if any(beaten):
        return Ending(_winner(*beaten), x, y, 0.0)
    if flow == (0.0, 0.0):
        return ending(duel)
    if duel.law == SQUARE:
        first = min(_down(duel, flow), _down(duel.swapped(), _Inflow(*flow[::-1])))
    else:
        first = _integrated(duel, flow, x, y, length)[0]
    if first >= length:
        return Ending(None, x, y, math.inf)
    x, y = _ahead(duel, flow, first)
    # The side that is at its breakpoint, to rounding, is the one that is beaten.
    attackers_over = (x - duel.attackers_break) / max(duel.attackers, x)
    defenders_over = (y - duel.defenders_break) / max(duel.defenders, y)
    if attackers_over < defenders_over:
        return Ending("defender", duel.attackers_break, y, first)
    return Ending("attacker", x, duel.defenders_break, first)


def _beaten(duel: Duel, flow: _Inflow) -> bool:
    """Whether the attackers are at or below their breakpoint and do not grow.

    Where nobody is there yet, aimed fire (q = 0) waits for the first to land; area fire does not.
    """
    if duel.attackers > duel.attackers_break:
        return False
    if duel.attackers > 0.0:
        return flow.attackers <= duel.attackers_fall(duel.attackers, duel.defenders)
    exponent = duel.law.q2
    if exponent == 0.0 and duel.defenders > 0.0:
        falling = duel.defender_rate * float(duel.defenders**duel.law.p2)
        return flow.attackers <= falling
    return flow.attackers <= 0.0 or exponent < 0.0


def _winner(attackers_beaten: bool, defenders_beaten: bool) -> Side | None:
    if attackers_beaten and defenders_beaten:
        return None
    return "defender" if attackers_beaten else "attacker"


def _point(duel: Duel, flow: _Inflow, finish: Ending, began: float, time: float) -> Point:
    """Strengths at a time within a stretch; one without an ending is approached for ever."""
    x, y = _ahead(duel, flow, time - began)
    low_x, low_y = (finish.attackers, finish.defenders) if flow == (0.0, 0.0) else (0.0, 0.0)
    return Point(time, max(x, low_x), max(y, low_y))


def _ahead(duel: Duel, flow: _Inflow, time: float) -> tuple[float, float]:
    """Strengths a time later, under an inflow."""
    if flow == (0.0, 0.0):
        return strengths(duel, time)
    if duel.law == SQUARE:
        return _square(duel, flow, duel.attackers, duel.defenders, time)
    return _integrated(duel, flow, duel.attackers, duel.defenders, time)[1:]


def _square(duel: Duel, flow: _Inflow, x: float, y: float, time: float) -> tuple[float, float]:
    """X' = f - b y, y' = g - a x: hyperbolic about the strengths g / a and f / b."""
    a, b = duel.attacker_rate, duel.defender_rate
    mid_x, mid_y = flow.defenders / a, flow.attackers / b
    u, v, angle = x - mid_x, y - mid_y, math.sqrt(a * b) * time
    cosh, sinh = math.cosh(angle), math.sinh(angle)
    return (
        mid_x + u * cosh - math.sqrt(b / a) * v * sinh,
        mid_y + v * cosh - math.sqrt(a / b) * u * sinh,
    )


def _down(duel: Duel, flow: _Inflow) -> float:
    """When the defenders first sink to their breakpoint under the square law; infinite if never.

    y(t) = mid + P z + Q / z with z = exp(sqrt(a b) t): a quadratic in z.
    """
    a, b = duel.attacker_rate, duel.defender_rate
    u, v = duel.attackers - flow.defenders / a, duel.defenders - flow.attackers / b
    scaled = math.sqrt(a / b) * u
    p, q = 0.5 * (v - scaled), 0.5 * (v + scaled)
    c = flow.attackers / b - duel.defenders_break
    inside = c * c - 4.0 * p * q
    if inside < 0.0:
        return math.inf
    # Both roots without cancellation; at the root sought y falls: P z - Q / z < 0.
    half = -0.5 * (c + math.copysign(math.sqrt(inside), c))
    roots = [top / bottom for top, bottom in ((half, p), (q, half)) if bottom != 0.0]
    later = [z for z in roots if z > 1.0 and p * z - q / z < 0.0]
    return math.log(min(later)) / math.sqrt(a * b) if later else math.inf


def _linear(a: float, b: float, x: float, y: float, time: float) -> tuple[float, float]:
    """Y / x shrinks as exp(-D t), with D = a x - b y kept; D = 0 is the limit."""
    kept = a * x - b * y
    if kept < 0.0:
        return _linear(b, a, y, x, time)[::-1]
    gone = -math.expm1(-kept * time) / kept if kept > 0.0 else time
    below = 1.0 + b * y * gone
    return x / below, y * math.exp(-kept * time) / below


def _guerrilla(a: float, b: float, x: float, y: float, time: float) -> tuple[float, float]:
    """Y' = -(C + b y^2 / 2) with C = a x - b y^2 / 2 kept: a tangent, or a hyperbolic one."""
    half = 0.5 * b
    kept = a * x - half * y * y
    if kept == 0.0:
        below = 1.0 + half * y * time
        return x / below**2, y / below
    s = math.sqrt(abs(kept) / half)
    angle = half * s * time
    turn = math.tan(angle) if kept > 0.0 else math.tanh(angle)
    sign = 1.0 if kept > 0.0 else -1.0
    below = s + y * turn
    return x * s * s * (1.0 + sign * turn * turn) / below**2, s * (y - sign * s * turn) / below


def _integrated(
    duel: Duel, flow: _Inflow, x: float, y: float, time: float
) -> tuple[float, float, float]:
    """Any law by integration over a time: when a side is beaten (infinite if none), strengths."""
    from scipy.integrate import solve_ivp  # late: it takes a quarter of a second

    def change(_: float, at: Sequence[float]) -> tuple[float, float]:
        return (
            flow.attackers - duel.attackers_fall(at[0], at[1]),
            flow.defenders - duel.defenders_fall(at[0], at[1]),
        )

    def attackers_over(_: float, at: Sequence[float]) -> float:
        return at[0] - duel.attackers_break

    def defenders_over(_: float, at: Sequence[float]) -> float:
        return at[1] - duel.defenders_break

    events = [attackers_over, defenders_over]
    for event in events:
        vars(event).update(terminal=True, direction=-1)
    found = solve_ivp(
        change, (0.0, time), (x, y), method="DOP853", events=events,
        rtol=_TOLERANCE, atol=_TOLERANCE * max(x, y, 1.0),
    )  # fmt: skip
    over = found.status == 1
    return (found.t[-1] if over else math.inf), float(found.y[0][-1]), float(found.y[1][-1])
