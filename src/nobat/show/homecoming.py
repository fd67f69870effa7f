"""Policies of the way home, as text: what the scenario's own costs and gains, and the frontier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.show.numbers import mean_text, places_for, share_text
from nobat.show.pages import Page
from nobat.show.words import days

if TYPE_CHECKING:
    from nobat.study.dominance import Standing
    from nobat.study.estimates import Estimate
    from nobat.study.way_home import Gap, Point, Policy, WayHome

_STANDING: dict[Standing, str] = {
    "frontier": "yes",
    "not surely": "not surely",
    "beaten": "no",
}
_MARK = " *"
#: Rows of the table; where there are more policies they are thinned out evenly.
_MOST_ROWS = 24
_THOUSAND = 1000.0
#: What is told of a difference, in its order.
_TOLD = (
    ("nights_displaced", "nights away from home"),
    ("cold_deaths", "deaths of cold"),
    ("missed_infiltrators", "missed infiltrators"),
    ("persons_hit", "persons hit"),
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
    name = f"The scenario's own policy ({policy_text(own.policy)})"
    if own.beaten_by is None:
        what = "no other that was tried is as good in every respect with no more lanes"
        return f"{name} is on the frontier: {what}."
    sure = "" if own.standing == "beaten" else ", though not beyond noise"
    return f"{name} is beaten in every respect by {policy_text(own.beaten_by)}{sure}."


def policy_text(policy: Policy) -> str:
    """`open after 2 nights, 2 lanes, 4 minutes a check`."""
    lanes = "1 lane" if policy.lanes == 1 else f"{policy.lanes:,} lanes"
    minutes = "1 minute" if policy.minutes_a_check == 1 else f"{policy.minutes_a_check:g} minutes"
    return f"{opening_text(policy)}, {lanes}, {minutes} a check"


def opening_text(policy: Policy) -> str:
    """`open after 2 nights`, `open at once`."""
    nights = policy.open_after_nights
    if nights == 0:
        return "open at once"
    return f"open after {nights:,} {'night' if nights == 1 else 'nights'}"


def _against(gap: Gap) -> str:
    """What the own policy spares and costs against another opening night."""
    spares: list[str] = []
    costs: list[str] = []
    for name, words in _TOLD:
        one = gap.differences[name]
        if one.mean is None or one.low is None or one.high is None or one.low <= 0 <= one.high:
            continue
        size = replace(one, mean=abs(one.mean), low=0.0, high=one.high - one.low)
        text = f"{mean_text(size, places_for([size]))} {words}"
        (spares if one.mean < 0 else costs).append(text)
    where = opening_text(gap.policy).replace("open", "opening", 1)
    if not spares and not costs:
        return f"Against {where} nothing surely changes."
    both = (("spares", spares), ("costs", costs))
    parts = [f"{verb} {_listed(texts)}" for verb, texts in both if texts]
    return f"Against {where} it {' and '.join(parts)}."


def _overload(own: Point) -> list[str]:
    """That the checkpoint is overloaded, where it is."""
    over = own.estimates["overloaded_days"]
    if not over.mean:
        return []
    queue = own.estimates["longest_queue"]
    return [
        f"Its checkpoint is overloaded on {_own(over)} days: more come than can be checked, and "
        f"the queue grows, to {_own(queue)} persons at the longest."
    ]


def _listed(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


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
            "opens after\nnights", "lanes", "minutes\na check", "nights away\n(1,000)",
            "died of\ncold", "infiltrators\nmissed", "persons\nhit", "went\nhome",
            "days\noverloaded", "on the\nfrontier",
        )  # fmt: skip

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each policy; the scenario's own is marked."""
        points, _ = shown(self._answer)

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
                _STANDING[point.standing],
            )
            for i, point in enumerate(points)
        ]

    def notes(self) -> list[str]:
        """What was run, what the columns are, what the record says."""
        answer = self._answer
        _, left_out = shown(answer)
        more = f" {left_out:,} more of it are in --json." if left_out else ""
        return [
            f"* the scenario's own policy. Of {len(answer.points):,} policies "
            f"{len(answer.on_frontier):,} are on the frontier: no other has fewer nights away, "
            f"deaths of cold, missed infiltrators and persons hit, with no more lanes.{more}",
            f"Doctrine {answer.doctrine}: {counted(answer.replications, 'replication')} on the "
            f"same luck, seed {answer.seed}; the place was secured within "
            f"{days(answer.horizon_d)} in {share_text(answer.secured)}, over which the means are "
            f"taken, {answer.horizon_nights:,} nights from then on. ± Student's t, 95 %.",
            "Persons hit: by mines, at the checkpoint, and later by infiltrators who were missed.",
            "Structure, not evidence: sweep the numbers of the section homecoming.",
            *self._record(answer.record),
        ]

    def _record(self, record: Iterable[tuple[str, str, str]]) -> list[str]:
        return [f"The record. {matter}: {said}" for matter, said, _ in record]
