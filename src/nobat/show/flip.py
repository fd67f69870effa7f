"""Where one doctrine stops being the better one, as text: the answer, and a line for each value."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nobat.show.language import _, latin, parts
from nobat.show.numbers import (
    NOTHING,
    chance_text,
    mean_text,
    number,
    percent,
    places_for,
    share_text,
    span,
)
from nobat.show.pages import Page, value_texts
from nobat.show.stated import BARE, stated_text
from nobat.show.words import days, outcome_name, replications
from nobat.study.estimates import RESAMPLES, Estimate

if TYPE_CHECKING:
    from nobat.study.crossing import Crossing
    from nobat.study.flip import Flip, FlipPoint

#: A crossing that shows in fewer resamples than this may be noise, and is told so.
SURE = 0.95
_LONGEST = 20
#: A mean over fewer replications than this is told with their number.
_FEW = 30


def sentence(answer: Flip) -> str:
    """Where the difference changes its sign; or that it does not, and which doctrine is ahead."""
    if all(point.difference.mean is None for point in answer.points):
        text = _("No replication has {name} under both doctrines: there is nothing to compare.")
        return text.format(name=outcome_name(answer.outcome.name))
    if answer.p_crossing is None:
        return _("One replication says nothing about chance: run more of them to find a flip.")
    if not answer.crossings:
        return f"{_nowhere(answer)}{_perhaps(answer.p_crossing)}"
    if len(answer.crossings) == 1:
        (one,) = answer.crossings
        return f"{_once(answer, one)} {_shows(one)}"
    where = _("above {value} {higher} ({chance})")
    changes = parts(
        where.format(
            value=crossing_text(answer, one),
            higher=_higher(answer, *_order(answer, one.rises)),
            chance=chance_text(one.p_exists or 0.0),
        )
        for one in answer.crossings
    )
    return _(
        "{a} and {b} change places {count} times along {path}: {changes}. In brackets: the share "
        "of {resamples} bootstrap resamples in which they do so there; below {sure} it may be "
        "noise."
    ).format(
        a=latin(answer.a),
        b=latin(answer.b),
        count=len(answer.crossings),
        path=latin(answer.path),
        changes=changes,
        resamples=f"{RESAMPLES:,}",
        sure=percent(SURE, 0),
    )


def _once(answer: Flip, crossing: Crossing) -> str:
    """The sentence for one crossing: where the first doctrine is ahead, and where it is not."""
    if answer.outcome.name == "secured":
        above = _("{higher} above {path} = {value}, less often below it.")
        below = _("{higher} below {path} = {value}, less often above it.")
    else:
        above = _("{higher} above {path} = {value}, lower below it.")
        below = _("{higher} below {path} = {value}, lower above it.")
    return (above if crossing.rises else below).format(
        higher=_higher(answer, answer.a, answer.b),
        path=latin(answer.path),
        value=crossing_text(answer, crossing),
    )


def crossing_text(answer: Flip, crossing: Crossing) -> str:
    """`2.61 h [2.43, 2.80]`: where it is, with its interval to two digits."""
    unit = unit_text(answer)
    if crossing.low is None or crossing.high is None:
        return f"{crossing.value:,.4g}{unit}"
    half = (crossing.high - crossing.low) / 2
    places = max(0, 1 - math.floor(math.log10(half))) if half > 0 else 3
    low, high = number(crossing.low, places), number(crossing.high, places)
    return f"{number(crossing.value, places)}{unit} {span(low, high)}"


def unit_text(answer: Flip) -> str:
    """The unit of the number with a blank before it; empty where it says nothing."""
    return "" if answer.unit in BARE else f" {_(answer.unit)}"


def _higher(answer: Flip, more: str, less: str) -> str:
    """`commit-all takes the place more often than rotate`."""
    if answer.outcome.name == "secured":
        text = _("{more} takes the place more often than {less}")
    else:
        text = _("{name} is higher under {more} than under {less}")
    return text.format(name=outcome_name(answer.outcome.name), more=latin(more), less=latin(less))


def _order(answer: Flip, a_first: bool) -> tuple[str, str]:
    return (answer.a, answer.b) if a_first else (answer.b, answer.a)


def _shows(crossing: Crossing) -> str:
    """In how many resamples a crossing exists, and what that says."""
    share = crossing.p_exists or 0.0
    if share == 1:
        return _("The change shows in all of {n} bootstrap resamples.").format(n=f"{RESAMPLES:,}")
    sure = _("The change shows in {share} of {n} bootstrap resamples.")
    noise = _("The change shows in {share} of {n} bootstrap resamples: it may be noise.")
    text = sure if share >= SURE else noise
    return text.format(share=chance_text(share), n=f"{RESAMPLES:,}")


def _nowhere(answer: Flip) -> str:
    """That nothing changes in the range, and who is ahead in it."""
    values = value_texts([point.value for point in answer.points])
    gaps = [point.difference.mean or 0.0 for point in answer.points]
    if any(gaps):
        text = _(
            "No flip along {path} between {low} and {high}{unit}: {higher}, beyond noise at {sure} "
            "of the {count} values."
        )
    else:
        text = _(
            "No flip along {path} between {low} and {high}{unit}: {a} and {b} do not differ in "
            "{name} at any value."
        )
    return text.format(
        path=latin(answer.path),
        low=values[0],
        high=values[-1],
        unit=unit_text(answer),
        higher=_higher(answer, *_order(answer, max(gaps, key=abs) > 0)),
        sure=sum(leader(point) is not None for point in answer.points),
        count=len(gaps),
        a=latin(answer.a),
        b=latin(answer.b),
        name=outcome_name(answer.outcome.name),
    )


def _perhaps(share: float) -> str:
    """That some resamples have a crossing all the same; empty where none has."""
    if not share:
        return ""
    text = _("A change shows in {share} of {n} bootstrap resamples.")
    return f" {text.format(share=chance_text(share), n=f'{RESAMPLES:,}')}"


def leader(point: FlipPoint) -> bool | None:
    """Whether a's mean is the higher one at a point; None where noise may decide."""
    low, high = point.difference.low, point.difference.high
    if low is None or high is None or low <= 0 <= high:
        return None
    return low > 0


class Table(Page):
    """A flip as text: the sentence, a line for each value, what to know about it."""

    def __init__(self, answer: Flip) -> None:
        super().__init__(answer.title, answer.scenario)
        self._answer = answer

    def sentence(self) -> str:
        """Where the difference changes its sign."""
        return sentence(self._answer)

    def headings(self) -> tuple[str, ...]:
        """The columns: the number, both doctrines, their difference, which of them is higher."""
        answer = self._answer
        number_named = latin(answer.path.rpartition(".")[2])
        unit = _("points") if answer.outcome.kind == "share" else _(answer.outcome.unit)
        own = unit_text(answer).strip()
        return (
            f"{number_named}\n({own})" if own else number_named,
            _short(answer.a),
            _short(answer.b),
            _("difference") if unit == "1" else _("difference\n({unit})").format(unit=unit),
            _("higher"),
        )

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each value."""
        answer = self._answer
        a, b = (_column(answer, name, between) for name in ("a", "b"))
        gaps = _gaps(answer, between)
        values = value_texts([point.value for point in answer.points])
        names = {True: _short(answer.a), False: _short(answer.b), None: NOTHING}
        return [
            (values[i], a[i], b[i], gaps[i], names[leader(point)])
            for i, point in enumerate(answer.points)
        ]

    def notes(self) -> list[str]:
        """What was run and what the intervals are, a sentence each."""
        answer = self._answer
        meaning = _("{name}: {meaning}.")
        if answer.outcome.kind == "share":
            meaning = _("{name}: {meaning}, within {days}.")
        run = _(
            "Along {path}: {count} of each doctrine at each value, on the same luck, seed {seed}."
        )
        gap = _(
            "Difference: {a} minus {b}, with Student's 95 % interval on the pairs; higher: where "
            "that leaves out 0."
        )
        line = _(
            "A flip lies on the straight line between two values; its 95 % interval is the "
            "bootstrap's."
        )
        known = {
            "name": latin(answer.outcome.name),
            "meaning": _(answer.outcome.meaning),
            "days": days(answer.horizon_d),
            "path": latin(answer.path),
            "count": replications(answer.replications),
            "seed": answer.seed,
            "a": latin(answer.a),
            "b": latin(answer.b),
        }
        meaning, run, gap = (text.format(**known) for text in (meaning, run, gap))
        stated = stated_text(answer.path, answer.quantity, (one.value for one in answer.points))
        return [meaning, f"{run}{self._over()}", stated, gap, line]

    def _over(self) -> str:
        """Over how many pairs the differences are, where they are not all of them."""
        counts = [point.difference.n for point in self._answer.points]
        if min(counts) == self._answer.replications:
            return ""
        some = _("Differences over {least} to {most} pairs.")
        few = _("Differences over {least} to {most} pairs (few).")
        text = few if min(counts) < _FEW else some
        return f" {text.format(least=f'{min(counts):,}', most=f'{max(counts):,}')}"


def _short(name: str) -> str:
    """A doctrine's name; a very long one is cut."""
    return latin(name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…")


def _column(answer: Flip, which: str, between: str) -> list[str]:
    """One doctrine's estimates as text, with the same decimals in each."""
    found: list[Estimate] = [getattr(point, which) for point in answer.points]
    if answer.outcome.kind == "share":
        return [share_text(one, between) for one in found]
    places = places_for(found)
    return [mean_text(one, places, between) for one in found]


def _gaps(answer: Flip, between: str) -> list[str]:
    """The differences as text, with their sign; those of shares in percentage points."""
    found = [_scaled(answer, point.difference) for point in answer.points]
    places = 1 if answer.outcome.kind == "share" else places_for(found)
    return [
        f"+{text}" if (one.mean or 0.0) > 0 and text.strip("0.,") else text
        for one in found
        for text in [mean_text(one, places, between)]
    ]


def _scaled(answer: Flip, gap: Estimate) -> Estimate:
    """A difference in the unit in which it is shown."""
    scale = 100.0 if answer.outcome.kind == "share" else 1.0
    mean, low, high = (None if x is None else scale * x for x in (gap.mean, gap.low, gap.high))
    return Estimate(mean, low, high, gap.n, gap.kind)
