"""The names of outcomes and of their estimates: either is understood wherever one is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from nobat.model.outcome import OUTCOMES, Outcome
from nobat.scenario.words import choice

#: Outcomes that do not exist in every replication, and what their mean is conditional on.
_CONDITIONS = {
    "day_secured": "if_secured",
    "day_core_taken": "if_taken",
    "day_core_lost": "if_lost",
    "day_core_retaken": "if_retaken",
    "rest_debt_due_day": "if_due",
    "isolated_day": "if_isolated",
    "attacks_after_secured": "if_secured",
    "first_attack_after_d": "if_attacked",
}

#: What is left of `secured` and `abandoned`; no run keeps it, for it follows from these two.
UNDECIDED = Outcome(
    "undecided", "1", "share", "still going on the last day: neither secured nor abandoned"
)

#: The outcomes on which doctrines are compared pair by pair, and the key of the difference.
PAIRED = {
    "secured": "p_secured",
    "day_secured": "day_secured_if_both_secured",
    "attacker_losses": "attacker_losses",
    "defender_losses": "defender_losses",
    "layers_lost_again": "layers_lost_again",
    "rest_debt_unit_days": "rest_debt_unit_days",
    "harm_index": "harm_index",
    "escaped": "escaped",
    "residual_force": "residual_force",
    "attacks_after": "attacks_after",
    "attacks_after_secured": "attacks_after_secured_if_both_secured",
    "nights_displaced": "nights_displaced",
    "cold_deaths": "cold_deaths",
    "missed_infiltrators": "missed_infiltrators",
}
MAIN = tuple(PAIRED)


class UnknownNameError(KeyError):
    """A doctrine or an outcome that is not there; the text names the nearest one that is."""

    def __init__(self, name: str, known: Iterable[str], what: str, label: str) -> None:
        """Say that `name` is not `what`; known: the names there are, listed under `label`."""
        super().__init__(f"{name!r} is not {what}{choice(name, list(known), label)}")

    def __str__(self) -> str:
        """The text as it is: a KeyError would put it in quotes."""
        return str(self.args[0])


def key(outcome: str, kind: str) -> str:
    """The name of an outcome's estimate: `p_` for a share, the condition of a conditional mean."""
    if kind == "share":
        return f"p_{outcome}"
    condition = _CONDITIONS.get(outcome)
    return f"{outcome}_{condition}" if condition else outcome


def plain(name: str) -> str:
    """The outcome that an estimate's key speaks of; any other name is given back as it is."""
    return name.removeprefix("p_").partition("_if_")[0]


def outcome_named(name: str) -> Outcome:
    """An outcome by its name or by the key of its estimate, `undecided` among them.

    Raises UnknownNameError for any other.
    """
    known = {one.name: one for one in (*OUTCOMES, UNDECIDED)}
    names = {**known, **{key(one.name, one.kind): one for one in known.values()}}
    try:
        return names[name]
    except (KeyError, TypeError):
        raise UnknownNameError(name, known, "an outcome", "outcomes") from None
