"""Who goes home after the place is secured, through which checkpoint, in what cold (MODEL 12).

No publication gives a curve of cold deaths by temperature, or the detection of a checkpoint by the
minutes that a check takes: those numbers are to be swept.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from nobat.scenario.parts import Part, fail, worded
from nobat.scenario.quantity import (
    COUNT,
    DAYS,
    NON_NEGATIVE,
    POSITIVE,
    POSITIVE_DAYS,
    Kind,
    Quantity,
    Share,
    Strength,
)

#: The most nights that homecoming is followed, and the most lanes of a checkpoint.
MOST_NIGHTS, MOST_LANES = 3650, 1000
NIGHTS = replace(
    DAYS, name="Nights", a="a number of nights", allowed="a whole number of nights, 0 or more",
    unit="nights",
)  # fmt: skip
_HORIZON = replace(
    POSITIVE_DAYS, name="HorizonNights", a="a number of nights", unit="nights",
    allowed=f"a whole number, 1 to {MOST_NIGHTS:,} nights", maximum=MOST_NIGHTS,
)  # fmt: skip
LANES = replace(
    COUNT, name="Lanes", a="a number of lanes", allowed=f"a whole number, 1 to {MOST_LANES:,}",
    unit="lanes", maximum=MOST_LANES,
)  # fmt: skip
MINUTES = replace(POSITIVE, name="Minutes", a="a number of minutes", unit="min")
#: Strictly between 0 and 1: at the ends everybody is stopped, or nobody.
RATE = Kind("RateInside", "allowed here", "above 0, below 1", "share", 0, 1, True, True)
_HOURS = Kind("HoursOfDayAbove0", "hours of a day", "above 0, up to 24 hours", "h", 0, 24, True)
_PER_NIGHT = NON_NEGATIVE.in_unit("per night")
_RISK = NON_NEGATIVE.in_unit("per 10,000 person-nights")
_SD = NON_NEGATIVE.in_unit("sd")
_TOLL = NON_NEGATIVE.in_unit("persons")
_CROWD = POSITIVE.in_unit("persons")
_CELSIUS = Kind("Celsius", "a temperature", "-60 to 60 degrees C", "C", -60, 60)
_SPREAD = NON_NEGATIVE.in_unit("C")
_MEAN_NIGHTS = NON_NEGATIVE.in_unit("nights")


def _a_day(text: str) -> str:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise worded(f"{text!r} is not a day: write it as 2017-11-19") from None
    return text


def _a_day_of_the_year(text: str) -> str:
    try:
        datetime.date.fromisoformat(f"2001-{text}")
    except ValueError:
        raise worded(f"{text!r} is not a day of the year: write it as 01-20") from None
    return text


Day = Annotated[str, AfterValidator(_a_day)]
DayOfYear = Annotated[str, AfterValidator(_a_day_of_the_year)]


class ReturnPolicy(Part):
    """What the authority decides: when the way home opens, and how those who come are checked."""

    open_after_nights: Annotated[Quantity, NIGHTS] = Field(
        description="Nights after the place is secured until the way home opens; 0 for at once."
    )
    lanes: Annotated[Quantity, LANES] = Field(
        description="Lanes of the checkpoint, in which persons are checked side by side (c)."
    )
    minutes_a_check: Annotated[Quantity, MINUTES] = Field(
        description="Minutes that a check takes, mean of an exponential law."
    )
    false_stop_share: Annotated[Quantity, RATE] = Field(
        description="The threshold of a check: the share of those who mean no harm that it stops "
        "(FPR), above 0 and below 1. A higher one catches more."
    )


class Band(Part):
    """A band of temperature: nights colder than its limit, down to the limit of the next one."""

    below_c: Annotated[Quantity, _CELSIUS] = Field(
        description="Upper limit of the band, the lowest temperature of the night, degrees C."
    )
    deaths: Annotated[Quantity, _RISK] = Field(
        description="Deaths in a night of the band, per 10,000 persons without shelter."
    )


class Cold(Part):
    """Nights outside: how cold they are by the season, and what that costs in lives."""

    unsheltered: Share = Field(
        description="Share of the displaced who spend a night without shelter from the cold."
    )
    coldest_c: Annotated[Quantity, _CELSIUS] = Field(
        description="Lowest temperature of a night, mean at the coldest time of the year, "
        "degrees C."
    )
    warmest_c: Annotated[Quantity, _CELSIUS] = Field(
        description="The same half a year later, degrees C; between the two runs a cosine."
    )
    coldest_on: DayOfYear = Field(description="The coldest day of the year, as in 01-20.")
    spread_c: Annotated[Quantity, _SPREAD] = Field(
        description="Standard deviation of a night about that mean, degrees C."
    )
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=12)] = Field(
        description="Bands of temperature, the warmest first; warmer nights cost no lives."
    )

    @model_validator(mode="after")
    def _agrees(self) -> Cold:
        low, high = self.coldest_c.value, self.warmest_c.value
        if high < low:
            raise fail((("warmest_c",), f"{high:g} is below coldest_c, {low:g}"))
        limits = [band.below_c.value for band in self.bands]
        for i, (warmer, colder) in enumerate(pairwise(limits), start=1):
            if colder >= warmer:
                text = f"{colder:g} is not below {warmer:g}, the limit of the band before it"
                raise fail((("bands", i, "below_c"), text))
        return self


class Checkpoint(Part):
    """The checkpoint on the way home: who passes it, what it sees, and what may strike it."""

    hours_a_day: Annotated[Quantity, _HOURS] = Field(
        description="Hours of a day in which people come and are checked."
    )
    infiltrator_share: Share = Field(description="Share of those who come who mean harm (pi).")
    d_max: Annotated[Quantity, _SD] = Field(
        description="How far the evidence of those lies above that of the others after a check "
        "without end, in standard deviations (d'max)."
    )
    tau_minutes: Annotated[Quantity, MINUTES] = Field(
        description="Minutes in which a check finds 63 per cent of that (tau)."
    )
    caught_strike_share: Share = Field(
        description="Share of those caught who strike at the checkpoint, where the queue is."
    )
    toll_alone: Annotated[Quantity, _TOLL] = Field(
        description="Persons hit by a strike at a checkpoint without a queue, mean."
    )
    toll_most: Annotated[Quantity, _TOLL] = Field(
        description="Persons hit where the queue is endless, mean."
    )
    crowd_half: Annotated[Quantity, _CROWD] = Field(
        description="Queue at which half of what it can add to the toll is reached, persons."
    )
    missed_strike_share: Share = Field(
        description="Share of those missed who strike later, inside."
    )
    missed_strike_nights: Annotated[Quantity, _MEAN_NIGHTS] = Field(
        description="Nights until they do, on average."
    )
    missed_toll: Annotated[Quantity, _TOLL] = Field(
        description="Persons hit by such a strike, mean."
    )
    close_nights: Annotated[Quantity, NIGHTS] = Field(
        description="Nights for which the way home is closed after a strike at the checkpoint, "
        "on average; 0 for none."
    )

    @model_validator(mode="after")
    def _agrees(self) -> Checkpoint:
        alone, most = self.toll_alone.value, self.toll_most.value
        if most < alone:
            raise fail((("toll_most",), f"{most:g} is below toll_alone, {alone:g}"))
        return self


class Homecoming(Part):
    """The way home, night by night from the end of the campaign."""

    begins: Day = Field(
        description="The day on which the campaign begins, as in 2017-10-23: it gives the season."
    )
    horizon_nights: Annotated[Quantity, _HORIZON] = Field(
        description="Nights after the end of the campaign in which all of this is counted."
    )
    displaced: Strength = Field(
        description="Persons displaced before the campaign; residents who leave in it are added."
    )
    return_per_night: Annotated[Quantity, _PER_NIGHT] = Field(
        description="Rate at which the displaced set out for a home that is safe and whole, per "
        "night (k)."
    )
    shelter: Share = Field(
        description="Share of the homes that can be lived in: the index S without mines."
    )
    mined: Share = Field(description="Share by which mines lower S on the first night.")
    clear_per_night: Annotated[Quantity, _PER_NIGHT] = Field(
        description="Rate at which mines are cleared, share per night of what is left."
    )
    mine_victims: Annotated[Quantity, _RISK] = Field(
        description="Persons hit by mines, per 10,000 nights of a person at home, while none is "
        "cleared."
    )
    cold: Cold = Field(description="What nights away from home cost.")
    checkpoint: Checkpoint = Field(description="The checkpoint on the way home.")
    policy: ReturnPolicy = Field(description="When the way opens and how people are checked.")
