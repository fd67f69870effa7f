"""Own losses against harm, as text: what there is to choose from, and a line for each criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.language import _, joined, latin, many, marked
from nobat.show.numbers import mean_text, percent, places_for, share_text
from nobat.show.pages import Page, value_texts
from nobat.show.stated import stated_text
from nobat.show.words import days, replications

if TYPE_CHECKING:
    from nobat.study.dominance import Standing
    from nobat.study.estimates import Estimate
    from nobat.study.frontier import Frontier, Point

_STANDING: dict[Standing, str] = {
    "frontier": marked("yes"),
    "not surely": marked("not surely"),
    "beaten": marked("no"),
}


def sentence(answer: Frontier) -> str:
    """What moves against what, between which criteria; then how the campaign ends at both."""
    most, least = ends(answer)
    if most is least:
        return f"{_alone(answer, most)}{_doubtful(answer)}"
    criteria = criterion_texts(answer)
    text = _(
        "Own losses and harm move against each other: along the frontier, from criterion {first} "
        "to {last}, harm falls from {most_harm} to {least_harm} and own losses rise from "
        "{fewest_losses} to {most_losses}. The place is secured in {first_share} at the first and "
        "{last_share} at the last."
    ).format(
        first=criteria[most.criterion],
        last=criteria[least.criterion],
        most_harm=_own(most.harm_index),
        least_harm=_own(least.harm_index),
        fewest_losses=_own(most.attacker_losses),
        most_losses=_own(least.attacker_losses),
        first_share=share_text(most.secured),
        last_share=share_text(least.secured),
    )
    return f"{text}{_doubtful(answer)}"


def ends(answer: Frontier) -> tuple[Point, Point]:
    """The points of the frontier with the most and with the least harm."""
    points = sorted(answer.on_frontier, key=lambda point: -(point.harm_index.mean or 0.0))
    return points[0], points[-1]


def _alone(answer: Frontier, best: Point) -> str:
    """The sentence where one criterion beats all others in both."""
    if any(point.harm_index.mean for point in answer.points):
        text = _(
            "There is nothing to trade: criterion {criterion} has the fewest own losses, {losses}, "
            "and the least harm, {harm}."
        )
    else:
        text = _(
            "There is no harm at any criterion; own losses are fewest at criterion {criterion}: "
            "{losses}."
        )
    return text.format(
        criterion=criterion_texts(answer)[best.criterion],
        losses=_own(best.attacker_losses),
        harm=_own(best.harm_index),
    )


def _doubtful(answer: Frontier) -> str:
    """How many points are beaten, but not surely; empty where there are none."""
    count = sum(point.standing == "not surely" for point in answer.points)
    text = many(
        count,
        "{n} other may belong to it: beaten within noise.",
        "{n} others may belong to it: beaten within noise.",
    )
    return f" {text}" if count else ""


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
            _("criterion"), "TPR", "FPR", _("own\nlosses"), _("harm\nindex"), _("secured"),
            _("day\nsecured"), _("on the\nfrontier"),
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
                _(_STANDING[point.standing]),
            )
            for i, point in enumerate(answer.points)
        ]

    def notes(self) -> list[str]:
        """What was run, what the columns are, what to keep in mind."""
        answer = self._answer
        run = _(
            "Doctrine {doctrine}, criterion of {policy} ({criterion} in the scenario), d' = "
            "{d_prime}: {count} of each criterion on the same luck, seed {seed}."
        )
        notes = [
            run.format(
                doctrine=latin(answer.doctrine),
                policy=latin(answer.policy),
                criterion=f"{answer.criterion:g}",
                d_prime=f"{answer.d_prime:g}",
                count=replications(answer.replications),
                seed=answer.seed,
            ),
            stated_text(answer.path, answer.quantity, (one.criterion for one in answer.points)),
        ]
        if answer.others:
            also = _("It also uses {others}, whose criterion stays as it is.")
            notes.append(also.format(others=joined(map(latin, answer.others))))
        whole = _(
            "Own losses and harm are those of whole campaigns, however they end within {days}: "
            "read them beside secured, for a campaign that fails early may be cheap."
        )
        return [
            *notes,
            _("TPR, FPR: shares of those who fight, and of the others, who are fired at when met."),
            _(
                "On the frontier: no other criterion has fewer own losses and less harm. Not "
                "surely: one has, but not beyond the 95 % intervals of the paired differences."
            ),
            _("95 % intervals: [low, high] Wilson, for shares; ± Student's t, for means."),
            whole.format(days=days(answer.horizon_d)),
        ]
