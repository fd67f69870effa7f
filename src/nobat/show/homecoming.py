"""Policies of the way home, as text: what the scenario's own costs and gains, and the frontier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from nobat.show.language import _, joined, latin, listed, many, marked
from nobat.show.numbers import mean_text, places_for, share_text
from nobat.show.pages import Page
from nobat.show.words import days, replications

if TYPE_CHECKING:
    from nobat.study.dominance import Standing
    from nobat.study.estimates import Estimate
    from nobat.study.way_home import Gap, Point, Policy, WayHome

_STANDING: dict[Standing, str] = {
    "frontier": marked("yes"),
    "not surely": marked("not surely"),
    "beaten": marked("no"),
}
_MARK = " *"
#: Rows of the table; where there are more policies they are thinned out evenly.
_MOST_ROWS = 24
_THOUSAND = 1000.0
#: What is told of a difference, in its order.
_TOLD = (
    ("nights_displaced", marked("{n} nights away from home")),
    ("cold_deaths", marked("{n} deaths of cold")),
    ("missed_infiltrators", marked("{n} missed infiltrators")),
    ("persons_hit", marked("{n} persons hit")),
)


def sentence(answer: WayHome) -> str:
    """Whether another policy beats the scenario's own, and what its opening night costs.

    Against the first and the last of the other nights tried, with the same checkpoint.
    """
    own = answer.own_point
    told = [_standing(answer, own)]
    ends = sorted(answer.gaps, key=lambda gap: gap.policy.open_after_nights)
    told += [_against(gap) for gap in _ends(ends)]
    return " ".join([*told, *_overload(own)])


def _ends(gaps: list[Gap]) -> list[Gap]:
    """The first and the last, or the only one."""
    return gaps if len(gaps) < 2 else [gaps[0], gaps[-1]]


def _standing(answer: WayHome, own: Point) -> str:
    if own.beaten_by is None:
        text = _(
            "The scenario's own policy ({policy}) is on the frontier: no other that was tried is "
            "as good in every respect with no more lanes."
        )
        return text.format(policy=policy_text(own.policy))
    if own.standing == "beaten":
        text = _("The scenario's own policy ({policy}) is beaten in every respect by {other}.")
    else:
        text = _(
            "The scenario's own policy ({policy}) is beaten in every respect by {other}, though "
            "not beyond noise."
        )
    return text.format(policy=policy_text(own.policy), other=policy_text(own.beaten_by))


def policy_text(policy: Policy) -> str:
    """`open after 2 nights, 2 lanes, 4 minutes a check`."""
    one, several = _("{n} minute a check"), _("{n} minutes a check")
    minutes = one if policy.minutes_a_check == 1 else several
    return joined(
        (
            opening_text(policy),
            many(policy.lanes, "{n} lane", "{n} lanes"),
            minutes.format(n=f"{policy.minutes_a_check:g}"),
        )
    )


def opening_text(policy: Policy) -> str:
    """`open after 2 nights`, `open at once`."""
    nights = policy.open_after_nights
    if nights == 0:
        return _("open at once")
    return many(nights, "open after {n} night", "open after {n} nights")


def _against(gap: Gap) -> str:
    """What the own policy spares and costs against another opening night."""
    spares: list[str] = []
    costs: list[str] = []
    for name, words in _TOLD:
        one = gap.differences[name]
        if one.mean is None or one.low is None or one.high is None or one.low <= 0 <= one.high:
            continue
        size = replace(one, mean=abs(one.mean), low=0.0, high=one.high - one.low)
        text = _(words).format(n=mean_text(size, places_for([size])))
        (spares if one.mean < 0 else costs).append(text)
    nights = gap.policy.open_after_nights
    where = many(nights, "opening after {n} night", "opening after {n} nights")
    where = where if nights else _("opening at once")
    if not spares and not costs:
        text = _("Against {where} nothing surely changes.")
    elif not costs:
        text = _("Against {where} it spares {spares}.")
    elif not spares:
        text = _("Against {where} it costs {costs}.")
    else:
        text = _("Against {where} it spares {spares} and costs {costs}.")
    return text.format(where=where, spares=listed(spares), costs=listed(costs))


def _overload(own: Point) -> list[str]:
    """That the checkpoint is overloaded, where it is."""
    over = own.estimates["overloaded_days"]
    if not over.mean:
        return []
    queue = own.estimates["longest_queue"]
    text = _(
        "Its checkpoint is overloaded on {days} days: more come than can be checked, and the queue "
        "grows, to {queue} persons at the longest."
    )
    return [text.format(days=_own(over), queue=_own(queue))]


def _own(estimate: Estimate) -> str:
    """A mean with the decimals that its own interval bears out."""
    return mean_text(estimate, places_for([estimate]))


def _scaled(estimate: Estimate, scale: float) -> Estimate:
    """The estimate in another unit."""
    ends = (estimate.mean, estimate.low, estimate.high)
    mean, low, high = (None if end is None else end / scale for end in ends)
    return replace(estimate, mean=mean, low=low, high=high)


def shown(answer: WayHome) -> tuple[list[Point], int]:
    """(the policies of the table, how many of the frontier are left out).

    The scenario's own and those of the frontier, by rising nights away; thinned out if too many.
    """
    there = [p for p in answer.points if p.standing == "frontier" and p.policy != answer.own]
    there.sort(key=lambda point: point.estimates["nights_displaced"].mean or 0.0)
    room = _MOST_ROWS - 1
    if len(there) <= room:
        kept = there
    else:
        kept = [there[i * (len(there) - 1) // (room - 1)] for i in range(room)]
    return [answer.own_point, *kept], len(there) - len(kept)


class Table(Page):
    """Policies of the way home: the sentence, the frontier, the record, how to read it."""

    keys = 3

    def __init__(self, answer: WayHome) -> None:
        super().__init__(answer.title, answer.scenario)
        self._answer = answer

    def sentence(self) -> str:
        """What the scenario's own policy costs and gains."""
        return sentence(self._answer)

    def headings(self) -> tuple[str, ...]:
        """The columns."""
        return (
            _("opens after\nnights"), _("lanes"), _("minutes\na check"),
            _("nights away\n(1,000)"), _("died of\ncold"), _("infiltrators\nmissed"),
            _("persons\nhit"), _("went\nhome"), _("days\noverloaded"), _("on the\nfrontier"),
        )  # fmt: skip

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each policy; the scenario's own is marked."""
        points = shown(self._answer)[0]

        def column(name: str, scale: float = 1.0) -> list[str]:
            found = [_scaled(point.estimates[name], scale) for point in points]
            places = places_for(found)
            return [mean_text(one, places, between) for one in found]

        columns = [
            column("nights_displaced", _THOUSAND),
            *map(column, ("cold_deaths", "missed_infiltrators", "persons_hit", "returned")),
            column("overloaded_days"),
        ]
        return [
            (
                f"{point.policy.open_after_nights:,}" + _MARK * (point.policy == self._answer.own),
                f"{point.policy.lanes:,}",
                f"{point.policy.minutes_a_check:g}",
                *(texts[i] for texts in columns),
                _(_STANDING[point.standing]),
            )
            for i, point in enumerate(points)
        ]

    def notes(self) -> list[str]:
        """What was run, what the columns are, what the record says."""
        answer = self._answer
        left_out = shown(answer)[1]
        own = _(
            "* the scenario's own policy. Of {all} policies {n} are on the frontier: no other has "
            "fewer nights away, deaths of cold, missed infiltrators and persons hit, with no more "
            "lanes."
        ).format(all=f"{len(answer.points):,}", n=f"{len(answer.on_frontier):,}")
        if left_out:
            more = _("{n} more of it are in --json.").format(n=f"{left_out:,}")
            own = f"{own} {more}"
        run = _(
            "Doctrine {doctrine}: {count} on the same luck, seed {seed}; the place was secured "
            "within {days} in {share}, over which the means are taken, {nights} nights from then "
            "on. ± Student's t, 95 %."
        ).format(
            doctrine=latin(answer.doctrine),
            count=replications(answer.replications),
            seed=answer.seed,
            days=days(answer.horizon_d),
            share=share_text(answer.secured),
            nights=f"{answer.horizon_nights:,}",
        )
        hit = _(
            "Persons hit: by mines, at the checkpoint, and later by infiltrators who were missed."
        )
        structure = _("Structure, not evidence: sweep the numbers of the section homecoming.")
        return [own, run, hit, structure, *self._record(answer.record)]

    def _record(self, record: Iterable[tuple[str, str, str]]) -> list[str]:
        text = _("The record. {matter}: {said}")
        return [text.format(matter=_(matter), said=_(said)) for matter, said, _where in record]
