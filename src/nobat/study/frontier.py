"""The attacker's own losses against the harm to residents, along the criterion of a fire policy.

A lower criterion engages more of those who fight, and more of those who do not (MODEL 10): harm
rises, and as a rule the attacker's own losses fall. The trade is shown, not decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nobat.model.identification import rates
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.fire import Fire
from nobat.scenario.quantity import Quantity
from nobat.scenario.words import choice, listed, quoted
from nobat.study.asked import doctrine_of, number_at, scenario_asked, spread
from nobat.study.dominance import Standing, standings
from nobat.study.estimates import LEVEL, Estimate, mean, share_of
from nobat.study.scan import Progress, Scan, scan
from nobat.study.stated import stated_json

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.frontier import Table

#: Criteria, if none are given and the policy has no range: from so far below d' to so far above.
BELOW, ABOVE, CRITERIA = 2.5, 1.5, 9
#: The most criteria of one frontier.
MOST_CRITERIA = 101
OUTCOMES = ("attacker_losses", "harm_index", "secured", "day_secured")


@dataclass(frozen=True, slots=True)
class Point:
    """What one criterion gives.

    tpr, fpr: shares of those who fight, and of the others, who are engaged when they are met.
    day_secured: mean over the replications in which the place was secured. beaten_by: a criterion
    with no more losses and no more harm; None on the frontier.
    """

    criterion: float
    tpr: float
    fpr: float
    attacker_losses: Estimate
    harm_index: Estimate
    secured: Estimate
    day_secured: Estimate
    standing: Standing
    beaten_by: float | None

    def to_json(self) -> dict[str, Any]:
        """The point as plain JSON values."""
        return {
            "criterion": self.criterion,
            "tpr": self.tpr,
            "fpr": self.fpr,
            "attacker_losses": self.attacker_losses.to_json(),
            "harm_index": self.harm_index.to_json(),
            "p_secured": self.secured.to_json(),
            "day_secured_if_secured": self.day_secured.to_json(),
            "standing": self.standing,
            "beaten_by": self.beaten_by,
        }


@dataclass(frozen=True, repr=False)
class Frontier:
    """Losses against harm, criterion by criterion, all on the same luck.

    path, criterion: where the criterion stands in the scenario, and its value there; quantity: all
    that is stated of it. others: the other fire policies that the doctrine uses, which stay as they
    are. points: by rising criterion.
    """

    scenario: str
    title: str
    doctrine: str
    policy: str
    others: tuple[str, ...]
    path: str
    criterion: float
    quantity: Quantity
    d_prime: float
    horizon_d: float
    seed: int
    replications: int
    points: tuple[Point, ...]

    @property
    def on_frontier(self) -> tuple[Point, ...]:
        """The points that no other beats in both losses and harm."""
        return tuple(point for point in self.points if point.standing == "frontier")

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat frontier --json` prints."""
        return {
            "scenario": self.scenario,
            "title": self.title,
            "doctrine": self.doctrine,
            "policy": self.policy,
            "other_policies": list(self.others),
            "path": self.path,
            "criterion": self.criterion,
            **stated_json(self.quantity),
            "d_prime": self.d_prime,
            "horizon_d": self.horizon_d,
            "seed": self.seed,
            "replications": self.replications,
            "interval": {"level": LEVEL, "share": "wilson", "mean": "t"},
            "points": [point.to_json() for point in self.points],
            "sentence": self.sentence(),
        }

    def to_polars(self) -> pl.DataFrame:
        """One row for each criterion; `_low` and `_high` are the ends of the intervals."""
        import polars as pl

        rows = [_flat(point.to_json()) for point in self.points]
        schema = dict.fromkeys(rows[0], pl.Float64) | {"standing": pl.String}
        return pl.DataFrame(rows, schema=schema)

    # As in a comparison, a result that can show itself reaches up, late, and only here.

    def sentence(self) -> str:
        """What there is to choose from, in plain words."""
        from nobat.show.frontier import sentence

        return sentence(self)

    def table(self) -> Table:
        """The table of criteria: printed as text, by rich, or as HTML in a notebook."""
        from nobat.show.frontier import Table

        return Table(self)

    def plot(self) -> Chart:
        """A chart of own losses against harm, with the frontier."""
        from nobat.show.scan_charts import frontier_chart

        return frontier_chart(self)

    def __repr__(self) -> str:
        """Short: what was varied, and how much of it is on the frontier."""
        of = f"{len(self.on_frontier)} of {len(self.points)} criteria on it"
        return f"<Frontier {self.scenario}: {self.doctrine}, {self.policy}; {of}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and the table."""
        return self.table()._repr_html_()


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row of plain values: each estimate's mean, then the ends of its interval."""
    flat = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat[name] = value["mean"]
            flat |= {f"{name}_{end}": value[end] for end in ("low", "high")}
        else:
            flat[name] = value
    return flat


def frontier(
    scenario: Scenario,
    *,
    policy: str | None = None,
    doctrine: str | None = None,
    criteria: Sequence[float] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Frontier:
    """Own losses against harm to residents along the criterion of a fire policy.

    doctrine: the one that is run (default: the first main one, else the first). policy: the fire
    policy whose criterion is varied (default: the one that the doctrine starts with). criteria: the
    values (default: nine, over the criterion's own range, or from d' - 2.5 to d' + 1.5 where it has
    none). replications, seed: as the scenario says unless given. jobs: threads. progress: called
    with (points done, all of them).

    Raises ScenarioError (a ValueError) for a scenario without `fire`, for an unknown doctrine or
    policy, for a policy that the doctrine does not use, and for an argument that is not allowed.
    """
    scenario = scenario_asked(scenario, "frontier", replications, seed)
    fire = scenario.fire
    if fire is None:
        text = "the scenario has none: without it targets are never mistaken and there is no harm"
        raise ScenarioError([Problem("fire", None, text)])
    main = (*scenario.run.main, *scenario.doctrines)[0]
    doctrine = main if doctrine is None else doctrine_of(scenario, doctrine)
    used = policies_of(scenario, doctrine)
    policy = used[0] if policy is None else _policy(fire, doctrine, used, policy)
    path = f"fire.policies.{policy}.criterion"
    values = _criteria(scenario, path, criteria)
    found = scan(scenario, path, values, [doctrine], OUTCOMES, jobs=jobs, progress=progress)
    return Frontier(
        scenario=scenario.name,
        title=scenario.title,
        doctrine=doctrine,
        policy=policy,
        others=tuple(name for name in used if name != policy),
        path=path,
        criterion=float(fire.policies[policy].criterion.value),
        quantity=fire.policies[policy].criterion,
        d_prime=float(fire.d_prime.value),
        horizon_d=scenario.run.horizon_d,
        seed=scenario.run.seed,
        replications=found.replications,
        points=points_of(found, float(fire.d_prime.value)),
    )


def policies_of(scenario: Scenario, doctrine: str) -> tuple[str, ...]:
    """The fire policies that a doctrine uses: the one it starts with, then those of its rules."""
    assert scenario.fire is not None, "the caller has looked"
    chosen = scenario.doctrines[doctrine]
    start = chosen.fire or next(iter(scenario.fire.policies))
    return tuple(dict.fromkeys([start, *(rule.fire for rule in chosen.rules if rule.fire)]))


def _policy(fire: Fire, doctrine: str, used: tuple[str, ...], name: str) -> str:
    """The policy's name as it was given; ScenarioError for one that varies nothing."""
    if name in used:
        return name
    text = f"{quoted(str(name))} is not a fire policy{choice(name, fire.policies, 'policies')}"
    if name in fire.policies:
        text = f"{doctrine} never uses {name} (it uses: {listed(used)}): it begins with that one "
        text += f"where doctrines.{doctrine}.fire is {name}"
    raise ScenarioError([Problem("policy", None, text)])


def _criteria(scenario: Scenario, path: str, given: Sequence[float] | None) -> tuple[float, ...]:
    """The criteria to run, rising, each once; ScenarioError for what is none."""
    _, quantity, kind = number_at(scenario, path)
    low, high = quantity.low, quantity.high
    if given is None and low is not None and high is not None and low < high:
        return spread(kind, low, high, CRITERIA)
    if given is None:
        assert scenario.fire is not None, "the caller has looked"
        middle = float(scenario.fire.d_prime.value)
        return spread(kind, middle - BELOW, middle + ABOVE, CRITERIA)
    try:
        values = sorted({kind.number(value) for value in given})
    except ValueError as error:
        raise ScenarioError([Problem("criteria", None, str(error))]) from None
    if not 2 <= len(values) <= MOST_CRITERIA:
        text = f"a frontier takes 2 to {MOST_CRITERIA} different ones, not {len(values)}"
        raise ScenarioError([Problem("criteria", None, text)])
    return tuple(values)


def points_of(found: Scan, d_prime: float) -> tuple[Point, ...]:
    """The points of a scan along the criterion, with where each stands."""
    (doctrine,) = found.doctrines
    columns = {
        name: [found.column(i, doctrine, name) for i in range(len(found.values))]
        for name in OUTCOMES
    }
    where = list(standings(columns["attacker_losses"], columns["harm_index"]))
    points = []
    for i, criterion in enumerate(found.values):
        standing, by = where[i]
        tpr, fpr = rates(d_prime, criterion)
        points.append(
            Point(
                criterion=criterion,
                tpr=tpr,
                fpr=fpr,
                attacker_losses=mean(columns["attacker_losses"][i]),
                harm_index=mean(columns["harm_index"][i]),
                secured=share_of(columns["secured"][i]),
                day_secured=mean(columns["day_secured"][i]),
                standing=standing,
                beaten_by=None if by is None else found.values[by],
            )
        )
    return tuple(points)
