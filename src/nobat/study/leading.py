"""Whether a comparison has a leader that luck cannot explain, and whether the horizon hides one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nobat.study.decision import LEAST_PAIRS
from nobat.study.estimates import Estimate, t_quantile

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison, DoctrineResult

#: A leader is called clear from this bootstrap probability on.
CLEAR = 0.95
#: Campaigns still going at the horizon are told of from this share on.
MATTERS = 0.005
#: With fewer replications than this, who is in front but not clearly so is not told at all.
FEWEST = 30


@dataclass(frozen=True, slots=True)
class Overtaker:
    """A doctrine that could have come out first if there had been more time.

    still_going: the share of its campaigns that were neither secured nor abandoned at the horizon.
    at_most: the share secured if every one of those had succeeded: a bound, no estimate.
    """

    doctrine: str
    still_going: float
    at_most: float

    def to_json(self) -> dict[str, Any]:
        """The doctrine as plain JSON values."""
        return {
            "doctrine": self.doctrine, "still_going": self.still_going, "at_most": self.at_most
        }  # fmt: skip


def could_overtake(results: Sequence[DoctrineResult], best: str) -> tuple[Overtaker, ...]:
    """The doctrines that could have come out before the best one, had the horizon been longer.

    A campaign that is still going is a success or a failure, nobody knows which: with p secured and
    u still going, the share that would be secured in the end lies between p and p + u, whatever the
    rest would have done (the bounds without assumptions of Manski 1990). Doctrine i could overtake
    where u_i is no trifle and p_i + u_i > p_best. best: the name of the one with the highest share
    secured by the horizon.

    Shares are of the replications that were run; the intervals are those of `p_secured` and
    `p_undecided`.
    """
    least = next(one["p_secured"].mean or 0.0 for one in results if one.name == best)
    return tuple(
        Overtaker(one.name, going, at_most)
        for one in results
        if one.name != best
        and (going := one["p_undecided"].mean or 0.0) >= MATTERS
        and (at_most := (one["p_secured"].mean or 0.0) + going) > least
    )


def differing(gap: Estimate) -> int:
    """In how many pairs two shares differ, from their paired difference.

    Each difference d is -1, 0 or 1, so d^2 counts the pairs that differ: sum d^2 = (n - 1) s^2 +
    n m^2, with the mean m and the standard deviation s = h sqrt(n) / t, h being half of Student's
    interval. 0 where there is no interval.
    """
    if gap.mean is None or gap.low is None or gap.high is None:
        return 0
    half, n = (gap.high - gap.low) / 2, gap.n
    variance = n * (half / t_quantile(n - 1)) ** 2
    return round((n - 1) * variance + n * gap.mean**2)


def is_clear(comparison: Comparison) -> bool:
    """Whether the best of several doctrines takes the place more often than luck explains.

    It is best in 95 % of all bootstrap resamples, the 95 % interval of its lead over each of the
    others leaves out 0, and it and each of them end otherwise in so many pairs that a coin would
    hardly have thrown them all one way (`decision.LEAST_PAIRS`). Without luck: it is alone in
    front.
    """
    best, others = comparison.best, _others(comparison)
    if not others or not comparison[best.doctrine]["p_secured"].mean:
        return False
    gaps = [comparison.difference(best.doctrine, name, "p_secured") for name in others]
    if not comparison.drawn:
        return all((gap.mean or 0.0) > 0 for gap in gaps)
    return best.p_best is not None and best.p_best >= CLEAR and all(map(_ahead, gaps))


def too_few(comparison: Comparison) -> bool:
    """Whether there are so few replications that nothing is said of who is in front."""
    few = comparison.drawn and comparison.replications < FEWEST
    return few and len(comparison.doctrines) > 1 and not is_clear(comparison)


def _others(comparison: Comparison) -> list[str]:
    """The doctrines but for the best."""
    return [one.name for one in comparison.doctrines if one.name != comparison.best.doctrine]


def _ahead(gap: Estimate) -> bool:
    """Whether a lead is beyond noise."""
    return gap.low is not None and gap.low > 0 and differing(gap) >= LEAST_PAIRS
