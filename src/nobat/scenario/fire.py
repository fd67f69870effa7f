"""How fire is used: what is fired at, and the harm that it does (MODEL 10).

No published figures of identification in combat were found: the numbers of this section are to be
swept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StrictBool

from nobat.scenario.parts import FROZEN, Id, Part
from nobat.scenario.quantity import NON_NEGATIVE, PER_DAY, Kind, NonNegative, Quantity, Share

_EVIDENCE = "sd"
_D_PRIME = NON_NEGATIVE.in_unit(_EVIDENCE, "ratio")
_CRITERION = Kind("Criterion", "a criterion", "any finite number", _EVIDENCE)
_CONTACTS = PER_DAY.in_unit("per day per 1,000 residents")
_HARM = NON_NEGATIVE.in_unit("index")


class FirePolicy(Part):
    """When a source of fire is engaged, and what is never fired at."""

    criterion: Annotated[Quantity, _CRITERION] = Field(
        description="Evidence above which a target is engaged, in standard deviations above the "
        "mean of those who do not fight (lambda): TPR = 1 - Phi(lambda - d'), FPR = 1 - "
        "Phi(lambda)."
    )
    spare_gatherings: StrictBool = Field(
        default=False, description="Never fire at gatherings (true/false)."
    )
    spare_fleeing: StrictBool = Field(
        default=False, description="Never fire at those who leave (true/false)."
    )


class Fire(Part):
    """Fire as a matter of telling targets apart: fire on defenders x TPR, harm x FPR."""

    d_prime: Annotated[Quantity, _D_PRIME] = Field(
        description="How far the evidence of those who fight lies above that of the others, in "
        "standard deviations (d')."
    )
    contacts_per_day: Annotated[Quantity, _CONTACTS] = Field(
        description="Encounters with residents, at a fully manned front, per day per 1,000 "
        "residents present."
    )
    harm_per_engagement: Annotated[Quantity, _HARM] = Field(
        description="Harm of one false engagement, on the scale of the harm index."
    )
    outside_share: Share = Field(
        description="Share of the residents who are near while the fight is in the layers outside "
        "the core."
    )
    gathering_share: Share = Field(description="Share of the targets that are found in gatherings.")
    gathering_harm: NonNegative = Field(
        description="Harm of a false engagement in a gathering, relative to one elsewhere (ratio)."
    )
    policies: Annotated[Mapping[Id, FirePolicy], Field(min_length=1), *FROZEN] = Field(
        description="Fire policies by name; the first one is the default of doctrines."
    )
