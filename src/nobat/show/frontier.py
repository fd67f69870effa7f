"""Own losses against harm, as text: what there is to choose from, and a line for each criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.show.numbers import mean_text, percent, places_for, share_text
from nobat.show.pages import Page, value_texts
from nobat.show.words import days

if TYPE_CHECKING:
    from nobat.study.dominance import Standing
    from nobat.study.estimates import Estimate
    from nobat.study.frontier import Frontier, Point

_STANDING: dict[Standing, str] = {
    "frontier": "yes",
    "not surely": "not surely",
    "beaten": "no",
}


def sentence(answer: Frontier) -> str:
    """What moves against what, between which criteria; then how the campaign ends at both."""
    most, least = ends(answer)
    if most is least:
        return f"{_alone(answer, most)}{_doubtful(answer)}"
    criteria = criterion_texts(answer)
    return (
        f"Own losses and harm move against each other: along the frontier, from criterion "
        f"{criteria[most.criterion]} to {criteria[least.criterion]}, harm falls from "
        f"{_own(most.harm_index)} to {_own(least.harm_index)} and own losses rise from "
        f"{_own(most.attacker_losses)} to {_own(least.attacker_losses)}. The place is secured in "
        f"{share_text(most.secured)} at the first and {share_text(least.secured)} at the last."
        f"{_doubtful(answer)}"
    )


def ends(answer: Frontier) -> tuple[Point, Point]:
    """The points of the frontier with the most and with the least harm."""
    points = sorted(answer.on_frontier, key=lambda point: -(point.harm_index.mean or 0.0))
    return points[0], points[-1]


def _alone(answer: Frontier, best: Point) -> str:
    """The sentence where one criterion beats all others in both."""
    losses = _own(best.attacker_losses)
    where = f"criterion {criterion_texts(answer)[best.criterion]}"
    if not any(point.harm_index.mean for point in answer.points):
        return f"There is no harm at any criterion; own losses are fewest at {where}: {losses}."
    return (
        f"There is nothing to trade: {where} has the fewest own losses, {losses}, and the least "
        f"harm, {_own(best.harm_index)}."
    )


def _doubtful(answer: Frontier) -> str:
    """How many points are beaten, but not surely; empty where there are none."""
    count = sum(point.standing == "not surely" for point in answer.points)
    return f" {counted(count, 'other')} may belong to it: beaten within noise." if count else ""


def criterion_texts(answer: Frontier) -> dict[float, str]:
    """The criteria as text, with the same decimals in each."""
    criteria = [point.criterion for point in answer.points]
    return dict(zip(criteria, value_texts(criteria), strict=True))


def _own(estimate: Estimate) -> str:
    """A mean with the decimals that its own interval bears out."""
    return mean_text(estimate, places_for([estimate]))


def _texts(answer: Frontier, name: str, between: str = " ") -> list[str]:
    """A column of means, with the same decimals in each."""
    found: list[Estimate] = [getattr(point, name) for point in answer.points]
    places = places_for(found)
    return [mean_text(one, places, between) for one in found]


class Table(Page):
    """A frontier as text: the sentence, a line for each criterion, what to know about it."""

    def __init__(self, answer: Frontier) -> None:
        super().__init__(answer.title, answer.scenario)
        self._answer = answer

    def sentence(self) -> str:
        """What moves against what, between which criteria."""
        return sentence(self._answer)

    def headings(self) -> tuple[str, ...]:
        """The columns."""
        return (
            "criterion", "TPR", "FPR", "own\nlosses", "harm\nindex", "secured", "day\nsecured",
            "on the\nfrontier",
        )  # fmt: skip

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each criterion."""
        answer = self._answer
        means = ("attacker_losses", "harm_index", "day_secured")
        losses, harm, day = (_texts(answer, name, between) for name in means)
        criteria = criterion_texts(answer)
        return [
            (
                criteria[point.criterion],
                percent(point.tpr),
                percent(point.fpr),
                losses[i],
                harm[i],
                share_text(point.secured, between),
                day[i],
                _STANDING[point.standing],
            )
            for i, point in enumerate(answer.points)
        ]

    def notes(self) -> list[str]:
        """What was run, what the columns are, what to keep in mind."""
        answer = self._answer
        others = ", ".join(answer.others)
        notes = [
            f"Doctrine {answer.doctrine}, criterion of {answer.policy} ({answer.criterion:g} in "
            f"the scenario), d' = {answer.d_prime:g}: "
            f"{counted(answer.replications, 'replication')} of each criterion on the same luck, "
            f"seed {answer.seed}."
        ]
        if others:
            notes.append(f"It also uses {others}, whose criterion stays as it is.")
        return [
            *notes,
            "TPR, FPR: shares of those who fight, and of the others, who are fired at when met.",
            "On the frontier: no other criterion has fewer own losses and less harm. Not surely: "
            "one has, but not beyond the 95 % intervals of the paired differences.",
            "95 % intervals: [low, high] Wilson, for shares; ± Student's t, for means.",
            f"Own losses and harm are those of whole campaigns, however they end within "
            f"{days(answer.horizon_d)}: read them beside secured, for a campaign that fails early "
            "may be cheap.",
        ]
