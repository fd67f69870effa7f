"""Who can reach whom, and what fire does (MODEL 5 and 6)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from nobat.scenario.parts import TAG_MARK, Part, fail
from nobat.scenario.quantity import (
    NON_NEGATIVE,
    PER_DAY,
    POSITIVE,
    SHARE,
    SHARE_ABOVE_0,
    SHARE_BELOW_1,
    Exponent,
    Km,
    PerDay,
    Positive,
    PositiveKm,
    Quantity,
    Share,
    ShareAbove0,
    ShareBelow1,
    StrengthAbove0,
)
from nobat.scenario.words import Location

_COEFFICIENT = PER_DAY.in_unit("per day", "per person per day")
_TOLL = NON_NEGATIVE.in_unit("persons")

#: Exponents (p1, q1, p2, q2) of the named laws of attrition. In `guerrilla` the attacker is the
#: guerrilla: he is hit by area fire (q2 = 1), the defender by aimed fire (q1 = 0), Deitchman 1962.
LAWS: dict[str, tuple[float, float, float, float]] = {
    "square": (1.0, 0.0, 1.0, 0.0),
    "linear": (1.0, 1.0, 1.0, 1.0),
    "logarithmic": (0.0, 1.0, 0.0, 1.0),
    "guerrilla": (1.0, 0.0, 1.0, 1.0),
}
LawName = Literal["square", "linear", "logarithmic", "guerrilla"]


class Contact(Part):
    """Who can reach whom (MODEL 5). How wide the front is decides what mass is worth: sweep it."""

    frontage: StrengthAbove0 = Field(
        description="Persons that a side can engage at one layer; more adds nothing (F)."
    )
    handover_contact: Share = Field(
        default=SHARE.of(0.4),
        description="Share of a unit in relief that is in contact, times its waking share.",
    )
    hold_intensity: Share = Field(
        default=SHARE.of(0.3),
        description="Share of the fire that is exchanged in the posture `hold`: contact without "
        "assault.",
    )
    pressure_half: Positive = Field(
        default=POSITIVE.of(4),
        description="Pressure A/B at which half of the defence is suppressed, a ratio (P_half).",
    )


class Exponents(Part):
    """Exponents of dD/dt = -a A^p1 D^q1 and dA/dt = -b B^p2 A^q2 (MODEL 6; Bracken 1995)."""

    p1: Exponent = Field(description="Exponent of the attacker in the defender's losses.")
    q1: Exponent = Field(description="Exponent of the defender in the defender's losses.")
    p2: Exponent = Field(description="Exponent of the defender in the attacker's losses.")
    q2: Exponent = Field(description="Exponent of the attacker in the attacker's losses.")


class Anchor(Part):
    """An attrition coefficient given by what it does: a loss in a day at stated strengths."""

    loss_share_per_day: Share = Field(
        description="Share of the side that is hit that it loses in a day."
    )
    attackers: StrengthAbove0 = Field(description="Fighting attackers on that day, persons (A).")
    defenders: StrengthAbove0 = Field(description="Fighting defenders on that day, persons (D).")
    shield: ShareBelow1 = Field(
        default=SHARE_BELOW_1.of(0),
        description="Share of the attacker's fire that works and order stopped on that day; only "
        "for attacker_rate.",
    )
    effectiveness: ShareAbove0 = Field(
        default=SHARE_ABOVE_0.of(1),
        description="Effectiveness of the side that fires on that day, share of full (MODEL 3).",
    )
    supply: ShareAbove0 = Field(
        default=SHARE_ABOVE_0.of(1),
        description="Supply factor of the side that fires on that day, share of full (MODEL 4).",
    )


class Anchored(Part):
    """A coefficient that is given by an anchor."""

    anchor: Anchor = Field(description="The day that fixes the coefficient.")


_NUMBER, _ANCHORED, _LAW, _EXPONENTS = (
    TAG_MARK + form for form in ("number", "anchored", "law", "exponents")
)


def _how_given(given: Any) -> str:
    named = isinstance(given, Mapping) and "anchor" in given
    return _ANCHORED if named or isinstance(given, Anchored) else _NUMBER


#: A rate per day, or the anchor that fixes it. Its exact unit depends on the law: per day for the
#: square and the logarithmic law, per person per day for the linear one.
Coefficient = Annotated[
    Annotated[Annotated[Quantity, _COEFFICIENT], Tag(_NUMBER)]
    | Annotated[Anchored, Tag(_ANCHORED)],
    Discriminator(_how_given),
]


def _law_given(given: Any) -> str:
    return _EXPONENTS if isinstance(given, Mapping | Exponents) else _LAW


Law = Annotated[
    Annotated[LawName, Tag(_LAW)] | Annotated[Exponents, Tag(_EXPONENTS)],
    Discriminator(_law_given),
]


class Suicide(Part):
    """Suicide attacks on the approach (MODEL 6): a compound Poisson stream while layers stand."""

    attacks_per_day: PerDay = Field(
        description="Rate at distance 0 with every garrison whole, per day."
    )
    toll_mean: Annotated[Quantity, _TOLL] = Field(
        description="Mean losses of one attack on a full frontage, persons; the toll of each is a "
        "skewed count, and smaller where fewer are in contact."
    )
    distance_scale_km: PositiveKm = Field(
        description="Distance kept at which the rate of attacks has fallen to 1/e, km."
    )
    assault_distance_km: Km = Field(description="Distance kept in an assault, km.")
    hold_distance_km: Km = Field(description="Distance kept in the posture `hold`, km.")


class Attrition(Part):
    """What fire does (MODEL 6): dD/dt = -a A^p1 D^q1 (1 - shield), dA/dt = -b B^p2 A^q2."""

    law: Law = Field(description="A named law, or its four exponents.")
    attacker_rate: Coefficient = Field(
        description="Losses that one attacker inflicts, per day (a); or an anchor."
    )
    defender_rate: Coefficient = Field(
        description="Losses that one defender inflicts, per day (b); or an anchor."
    )
    suicide: Suicide = Field(description="Suicide attacks on the approach.")

    @model_validator(mode="after")
    def _anchors_hold(self) -> Attrition:
        problems: list[tuple[Location, str]] = []
        for name, each in zip(("attacker_rate", "defender_rate"), self.coefficients(), strict=True):
            if not math.isfinite(each):
                problems.append(((name,), "its anchor gives no finite rate"))
        rate = self.defender_rate
        if isinstance(rate, Anchored) and rate.anchor.shield.value > 0:
            text = "the attacker has no works to shield him: leave it out"
            problems.append((("defender_rate", "anchor", "shield"), text))
        if problems:
            raise fail(*problems)
        return self

    def exponents(self) -> tuple[float, float, float, float]:
        """The exponents (p1, q1, p2, q2) of the law."""
        if isinstance(self.law, Exponents):
            law = self.law
            return law.p1.value, law.q1.value, law.p2.value, law.q2.value
        return LAWS[self.law]

    def coefficients(self) -> tuple[float, float]:
        """The coefficients (a, b), anchors resolved, in persons^(1 - p - q) per day.

        An anchor fixes a by share D = a (e s A)^p1 D^q1 (1 - shield), and b by share A =
        b (e s D)^p2 A^q2, e the effectiveness and s the supply factor of the side that fires.
        """
        p1, q1, p2, q2 = self.exponents()
        a, b = self.attacker_rate, self.defender_rate
        if isinstance(a, Anchored):
            there = a.anchor
            rate_a = _solve(there, there.defenders.value, there.attackers.value, p1, q1)
        else:
            rate_a = a.value
        if isinstance(b, Anchored):
            there = b.anchor
            rate_b = _solve(there, there.attackers.value, there.defenders.value, p2, q2)
        else:
            rate_b = b.value
        return rate_a, rate_b


def _solve(anchor: Anchor, hit: float, firing: float, p: float, q: float) -> float:
    """The rate r of: share hit = r (e s firing)^p hit^q (1 - shield); infinite where none is."""
    lost = anchor.loss_share_per_day.value * hit
    firing *= anchor.effectiveness.value * anchor.supply.value
    try:
        each = math.pow(firing, p) * math.pow(hit, q) * (1.0 - anchor.shield.value)
        return lost / each
    except (OverflowError, ZeroDivisionError):
        return math.inf
