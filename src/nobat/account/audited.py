"""The answer of an audit: every claim with its verdict, what decides it, and what backs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.account.alike import Ratio
from nobat.account.deciding import Index
from nobat.account.likeness import Given, Likeness
from nobat.account.measure import Gap, Measured
from nobat.account.verdict import Share
from nobat.scenario import Scenario
from nobat.scenario.claims import Claim
from nobat.study.crossing import Crossing
from nobat.study.estimates import LEVEL

if TYPE_CHECKING:
    import polars as pl

    from nobat.scenario.record import Source
    from nobat.show.audit import Page
    from nobat.show.charts import Chart


@dataclass(frozen=True, slots=True)
class Level:
    """The mean margin of the settings in one bin along a quantity, on the scale of `deciding`."""

    value: float
    scaled_margin: float


@dataclass(frozen=True, slots=True)
class Decider:
    """A quantity that decides a claim.

    first, total: its share of the margin's variance, alone and together with others; total is None
    where it was not looked at. share_low, share_high: the share of settings in which the claim
    holds, in the lowest and in the highest third of the quantity. flips: where the mean margin
    changes its sign along it (looked for along the strongest only); along: the means themselves.
    """

    path: str
    unit: str
    low: float
    high: float
    basis: str
    first: Index
    total: Index | None
    share_low: float | None
    share_high: float | None
    flips: tuple[Crossing, ...]
    along: tuple[Level, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "path": self.path, "unit": self.unit, "low": self.low, "high": self.high,
            "basis": self.basis,
            "first_order": self.first.to_json(),
            "total": None if self.total is None else self.total.to_json(),
            "holds_in_lowest_third": self.share_low, "holds_in_highest_third": self.share_high,
            "flips": [one.to_json() for one in self.flips],
            "along": [asdict(one) for one in self.along],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class RivalAnswer:
    """A rival: what it says, the runs that stand for it, and the claim's likelihood ratios to it.

    ratios: one for each way of putting what was done into the model that makes a difference here;
    none where nothing that can be run stands for it. measured: the distance it means.
    """

    id: str
    says: str
    runs: tuple[str, ...]
    ratios: tuple[Ratio, ...]
    measured: Measured | None

    @property
    def better(self) -> bool | None:
        """Whether the record fits the claim better than the rival, whichever way it was done.

        None where an interval holds 1, where they disagree, and where nothing is known.
        """
        sides = {one.better for one in self.ratios}
        return sides.pop() if len(sides) == 1 else None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        better = {True: "claim", False: "rival", None: None}[self.better]
        return {
            "id": self.id, "says": self.says, "runs": list(self.runs),
            "likelihood_ratios": [one.to_json() for one in self.ratios],
            "record_fits_better": better,
            "measured": None if self.measured is None else self.measured.to_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the audit says of one claim.

    model: the word of the settings alone; sources: which side the sources take; verdict: both.
    luck: the share of the margin's variance that few replications may owe to luck, at most.
    floor: what the largest index reaches by chance. gap: of a distance. given: by the record.
    """

    claim: Claim
    model: str
    sources: str
    verdict: str
    share: Share | None
    luck: float | None
    floor: float | None
    deciders: tuple[Decider, ...]
    rivals: tuple[RivalAnswer, ...]
    gap: Gap | None
    given: Given | None

    @property
    def on_assumptions_alone(self) -> bool | None:
        """Whether every quantity that decides it is assumed; None where none is known to."""
        if not self.deciders:
            return None
        return all(one.basis == "assumed" for one in self.deciders)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, sentences in the language that is spoken."""
        from nobat.show.audit_words import asks, sentences

        claim = self.claim
        return {
            "id": claim.id, "about": claim.about, "told": claim.told, "told_by": claim.by,
            "tested": claim.test.says, "test": claim.test.kind,
            "asks": asks(self),
            "verdict": self.verdict, "by_the_settings": self.model, "sources_speak": self.sources,
            "share": None if self.share is None else self.share.to_json(),
            "luck_share_at_most": self.luck, "index_by_chance": self.floor,
            "decided_by": [one.to_json() for one in self.deciders],
            "on_assumptions_alone": self.on_assumptions_alone,
            "rivals": [one.to_json() for one in self.rivals],
            "measured": None if self.gap is None else self.gap.measured.to_json(),
            "given_record": None if self.given is None else self.given.to_json(),
            "support": list(claim.support), "against": list(claim.against),
            "context": list(claim.context), "needs": claim.needs,
            "untestable": claim.test.untestable,
            "sentences": list(sentences(self)),
        }  # fmt: skip


@dataclass(frozen=True, repr=False)
class Audit:
    """Every claim of a scenario with its verdict. path: the folder with what backs it."""

    scenario: Scenario
    settings: int
    replications: int
    seed: int
    quantities: int
    assumed: int
    answers: tuple[Answer, ...]
    likeness: Likeness | None
    given_record: bool
    path: Path | None

    def __getitem__(self, claim: str) -> Answer:
        """The answer to a claim by its id; KeyError, with the ids there are, for another."""
        for answer in self.answers:
            if answer.claim.id == claim:
                return answer
        raise KeyError(f"{claim!r} (claims: {', '.join(one.claim.id for one in self.answers)})")

    def __iter__(self) -> Iterator[Answer]:
        """The answers in the order of the claims."""
        return iter(self.answers)

    def to_json(self) -> dict[str, Any]:
        """The audit as plain JSON values: the object that `nobat audit --json` prints.

        Its sentences are English, whatever language is spoken: the same audit has the same bytes.
        """
        from nobat.show.language import ENGLISH, speaking

        with speaking(ENGLISH.code):
            return self._json()

    def _json(self) -> dict[str, Any]:
        return {
            "scenario": self.scenario.name,
            "title": self.scenario.title,
            "settings": self.settings,
            "replications": self.replications,
            "seed": self.seed,
            "quantities": {"drawn": self.quantities, "assumed": self.assumed},
            "interval": {"level": LEVEL, "share": "Wilson", "index": "bootstrap"},
            "record": None if self.likeness is None else self.likeness.to_json(),
            "claims": [answer.to_json() for answer in self.answers],
            "sources": {k: v.model_dump(mode="json") for k, v in self.sources().items()},
            "sentence": self.sentence(),
        }

    def sources(self) -> dict[str, Source]:
        """The sources that the claims name, by id, in the order of the scenario."""
        claims = (one.claim for one in self.answers)
        named = {name for c in claims for name in (*c.support, *c.against, *c.context)}
        return {name: one for name, one in self.scenario.sources.items() if name in named}

    def to_polars(self) -> pl.DataFrame:
        """One row for each claim: verdict, share and interval, the strongest quantity."""
        import polars as pl

        rows = [
            {
                "claim": one.claim.id,
                "verdict": one.verdict,
                "by_the_settings": one.model,
                "sources_speak": one.sources,
                "share": None if one.share is None else one.share.share,
                "low": None if one.share is None else one.share.low,
                "high": None if one.share is None else one.share.high,
                "decided_by": one.deciders[0].path if one.deciders else None,
                "first_order": one.deciders[0].first.value if one.deciders else None,
            }
            for one in self.answers
        ]
        numbers = dict.fromkeys(("share", "low", "high", "first_order"), pl.Float64)
        schema = {name: numbers.get(name, pl.String) for name in rows[0]}
        return pl.DataFrame(rows, schema=schema)

    def sentence(self) -> str:
        """How the claims stand, in one sentence."""
        from nobat.show.audit_words import summary

        return summary(self)

    def table(self) -> Page:
        """The audit as a page of text: printed plainly, by rich, or as HTML in a notebook."""
        from nobat.show.audit import Page

        return Page(self)

    def plot(self) -> Chart:
        """A chart of the share of settings in which each claim holds."""
        from nobat.show.audit_chart import audit_chart

        return audit_chart(self)

    def __repr__(self) -> str:
        """Short: how many claims, and how they stand."""
        return f"<Audit {self.scenario.name}: {self.sentence()}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the page."""
        return self.table()._repr_html_()
