"""What a checkpoint costs and what it catches, in closed form (MODEL 12).

Persons come to c lanes, lambda an hour; a check takes an exponential time of mean m: M/M/c.
Of those who come a share pi means harm. A check of t minutes catches it with chance
Se(t) = Phi(z(FPR) + d'max (1 - exp(-t / tau))). The same as in the model's own nights, written down
once more so that each is held against the other.

Sources: Erlang (1917); Green and Swets (1966) on signal detection; Wickelgren (1977) on speed
against accuracy.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from nobat.scenario.homecoming import LANES, MINUTES, RATE
from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.quantity import NON_NEGATIVE, POSITIVE, SHARE
from nobat.theory.asked import Option, list_of, numbers_of

if TYPE_CHECKING:
    from nobat.show.checkpoint import Table

_NORMAL = NormalDist()
_HOUR = 60.0

#: What may be asked, in the order of the command's help. The minutes of a check may be several.
CHECK = Option("minutes_a_check", MINUTES, "Minutes that a check takes, mean.")
OPTIONS = (
    Option("arrivals_per_hour", NON_NEGATIVE, "Persons who come, an hour."),
    Option("lanes", LANES, "Lanes in which persons are checked side by side."),
    Option("infiltrator_share", SHARE, "Share of those who come who mean harm."),
    Option("false_stop_share", RATE, "Share of the others that a check stops (FPR)."),
)
#: The same where the share caught is given, so that z(FPR) is not needed.
ANY_RATE = Option("false_stop_share", SHARE, OPTIONS[-1].about)
#: What a check sees: how it grows with time, or one figure for any time.
SIGHT = (
    Option("d_max", NON_NEGATIVE, "Evidence of a check without end, standard deviations (d'max)."),
    Option("tau_minutes", POSITIVE, "Minutes in which a check finds 63 per cent of it (tau)."),
)
SENSITIVITY = Option("sensitivity", SHARE, "Share of those who mean harm that a check catches.")


@dataclass(frozen=True)
class Queue:
    """An M/M/c queue in its steady state; overloaded: there is none, and the queue grows.

    utilisation: arrivals as a share of what can be checked; p_wait: chance that somebody who comes
    waits (Erlang C); mean_wait_min, mean_queue: over all who come, and at any time, those in check
    not counted; infinite where it is overloaded; growth_per_hour: of the queue, 0 unless so.
    """

    utilisation: float
    overloaded: bool
    p_wait: float
    mean_wait_min: float
    mean_queue: float
    growth_per_hour: float


def queue(arrivals_per_hour: float, lanes: int, minutes: float) -> Queue:
    """The queue of c lanes: Erlang C, with a = lambda m the load.

    C = (a^c / c!) (c / (c - a)) / (sum_{k < c} a^k / k! + (a^c / c!) (c / (c - a))), the mean wait
    C m / (c - a), and the mean queue lambda times that (Little). Raises ValueError for less than
    nobody who comes, less than one lane, and checks that take no time.
    """
    if not (arrivals_per_hour >= 0.0 and lanes >= 1 and minutes > 0.0):
        raise ValueError(
            f"{arrivals_per_hour} persons an hour, {lanes} lanes, {minutes} minutes a check: there "
            "is no such queue (0 or more, 1 or more, above 0)"
        )
    load = arrivals_per_hour * minutes / _HOUR
    used = load / lanes
    if used >= 1.0:
        growth = arrivals_per_hour - lanes * _HOUR / minutes
        return Queue(used, True, 1.0, math.inf, math.inf, growth)
    waits = wait_chance(lanes, load)
    wait = waits * minutes / (lanes - load)
    return Queue(used, False, waits, wait, arrivals_per_hour * wait / _HOUR, 0.0)


def wait_chance(lanes: int, load: float) -> float:
    """Erlang C: chance of a wait, by the sum itself, each term as a logarithm; load below lanes."""
    if load <= 0.0:
        return 0.0
    terms = [k * math.log(load) - math.lgamma(k + 1) for k in range(lanes)]
    last = lanes * math.log(load) - math.lgamma(lanes + 1) - math.log1p(-load / lanes)
    most = max(*terms, last)
    tail = math.exp(last - most)
    return tail / (math.fsum(math.exp(term - most) for term in terms) + tail)


def caught_share(false_stop_share: float, d_max: float, tau: float, minutes: float) -> float:
    """Se of a check of exactly so many minutes: Phi(z(FPR) + d'max (1 - exp(-t / tau)))."""
    gained = -d_max * math.expm1(-minutes / tau)
    return _NORMAL.cdf(_NORMAL.inv_cdf(false_stop_share) + gained)


def mean_caught_share(false_stop_share: float, d_max: float, tau: float, minutes: float) -> float:
    """Se averaged over exponential check times of mean m: how many a checkpoint catches.

    exp(-t / m) is uniform on (0, 1), so Se = int_0^1 Phi(z(FPR) + d'max (1 - s^(m / tau))) ds: by
    Gauss and Legendre's rule over pieces that halve towards both ends, where the kinks are.
    """
    z, power = _NORMAL.inv_cdf(false_stop_share), minutes / tau

    def near_0(s: float) -> float:
        return _NORMAL.cdf(z - d_max * math.expm1(power * math.log(s)))

    def near_1(rest: float) -> float:
        return _NORMAL.cdf(z - d_max * math.expm1(power * math.log1p(-rest)))

    return math.fsum(
        _integral(near, 0.5 ** (half + 1), 0.5**half)
        for half in range(1, _HALVINGS)
        for near in (near_0, near_1)
    )


#: What is left out at each end is 2^-60.
_HALVINGS = 60
_NODES = 12


def _integral(f: Callable[[float], float], low: float, high: float) -> float:
    half, middle = 0.5 * (high - low), 0.5 * (high + low)
    return half * math.fsum(weight * f(middle + half * x) for x, weight in _rule())


@lru_cache(maxsize=1)
def _rule() -> tuple[tuple[float, float], ...]:
    """Nodes and weights of Gauss and Legendre's rule on [-1, 1]."""
    # Slow to load.
    from numpy.polynomial.legendre import leggauss

    nodes, weights = leggauss(_NODES)
    return tuple(zip(nodes.tolist(), weights.tolist(), strict=True))


@dataclass(frozen=True)
class Screening:
    """What a check finds among 1,000 who come.

    sensitivity Se; specificity Sp = 1 - FPR; missed = 1,000 pi (1 - Se); false stops =
    1,000 (1 - pi)(1 - Sp); ppv: share of those stopped who mean harm, pi Se / (pi Se +
    (1 - pi)(1 - Sp)), NaN where nobody is stopped.
    """

    sensitivity: float
    specificity: float
    missed_per_1000: float
    false_stops_per_1000: float
    ppv: float


def screening(infiltrator_share: float, sensitivity: float, specificity: float) -> Screening:
    """What a check with these chances finds. pi 0.005, Se 0.8 and Sp 0.95 give a PPV of 0.074.

    Raises ValueError for a share outside 0 to 1.
    """
    shares = {"share": infiltrator_share, "Se": sensitivity, "Sp": specificity}
    if wrong_ones := [f"{name} {x}" for name, x in shares.items() if not 0.0 <= x <= 1.0]:
        raise ValueError(f"{', '.join(wrong_ones)}: not between 0 and 1")
    right = infiltrator_share * sensitivity
    wrong = (1.0 - infiltrator_share) * (1.0 - specificity)
    stopped = right + wrong
    return Screening(
        sensitivity=sensitivity,
        specificity=specificity,
        missed_per_1000=1000.0 * infiltrator_share * (1.0 - sensitivity),
        false_stops_per_1000=1000.0 * wrong,
        ppv=right / stopped if stopped > 0.0 else math.nan,
    )


@dataclass(frozen=True)
class Row:
    """What one time of a check means: the queue, and what is caught."""

    minutes_a_check: float
    queue: Queue
    screening: Screening


@dataclass(frozen=True)
class Report:
    """A checkpoint at one or several times of a check; `print` it.

    fixed: whether the share caught was given, whatever a check takes.
    """

    arrivals_per_hour: float
    lanes: int
    infiltrator_share: float
    rows: tuple[Row, ...]
    fixed: bool = False

    def table(self) -> Table:
        """What `nobat theory checkpoint` shows: `print` it, or let a notebook show it."""
        from nobat.show.checkpoint import Table

        return Table(self)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values; null stands for infinite, and for what is not."""
        return {
            "arrivals_per_hour": self.arrivals_per_hour,
            "lanes": self.lanes,
            "infiltrator_share": self.infiltrator_share,
            "rows": [
                {name: _finite(value) for name, value in flat.items()}
                for flat in (
                    {"minutes_a_check": row.minutes_a_check} | vars(row.queue) | vars(row.screening)
                    for row in self.rows
                )
            ],
        }

    def __repr__(self) -> str:
        """The table."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def report(
    *,
    arrivals_per_hour: object = None,
    lanes: object = None,
    minutes_a_check: object = None,
    infiltrator_share: object = None,
    false_stop_share: object = None,
    d_max: object = None,
    tau_minutes: object = None,
    sensitivity: object = None,
) -> Report:
    """What a checkpoint costs and catches, for one time of a check or, given a list, several.

    The numbers are those of `nobat theory checkpoint`, as numbers or as text. Either d_max and
    tau_minutes say what a check sees, or sensitivity does. Raises ScenarioError with all that is
    wrong.
    """
    given = {
        "arrivals_per_hour": arrivals_per_hour, "lanes": lanes,
        "infiltrator_share": infiltrator_share, "false_stop_share": false_stop_share,
        "d_max": d_max, "tau_minutes": tau_minutes, "sensitivity": sensitivity,
    }  # fmt: skip
    problems: list[Problem] = []
    minutes = list_of(CHECK, minutes_a_check, problems)
    fixed = sensitivity is not None
    if fixed:
        text = "and sensitivity both say what a check catches: give one of them"
        extra = [option.name for option in SIGHT if given[option.name] is not None]
        problems += [Problem(name, None, text) for name in extra]
    blind = not fixed and all(given[option.name] is None for option in SIGHT)
    if blind:
        text = "is missing, and tau_minutes; or give sensitivity, the share caught by any check"
        problems.append(Problem(SIGHT[0].name, None, text))
    sight = (SENSITIVITY,) if fixed else () if blind else SIGHT
    asked = (*OPTIONS[:-1], ANY_RATE if fixed else OPTIONS[-1], *sight)
    found = numbers_of(asked, given, problems)
    if problems:
        raise ScenarioError(problems)
    pi, rate, count = found["infiltrator_share"], found["false_stop_share"], int(found["lanes"])
    rows = []
    for each in minutes:
        caught = found["sensitivity"] if fixed else None
        if caught is None:
            caught = mean_caught_share(rate, found["d_max"], found["tau_minutes"], each)
        line = queue(found["arrivals_per_hour"], count, each)
        rows.append(Row(each, line, screening(pi, caught, 1.0 - rate)))
    return Report(found["arrivals_per_hour"], count, pi, tuple(rows), fixed)


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
