"""Who leaves when a layer breaks, and when residents leave (MODEL 11)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nobat.scenario.parts import Part
from nobat.scenario.quantity import NON_NEGATIVE, SHARE, Quantity, Share

_NIGHTS = NON_NEGATIVE.in_unit("nights")
_SHARE_PER_DAY = SHARE.in_unit("share per day")


class Flight(Part):
    """What the survivors of a broken layer do: leave by an open way, or fight on or surrender."""

    leave_share: Share = Field(
        description="Share of the survivors of a broken layer who leave by an open way (e); the "
        "others fall back."
    )
    fight_on_share: Share = Field(
        description="Share of those survivors who fight on when the way is closed (s); the others "
        "surrender."
    )
    nights: Annotated[Quantity, _NIGHTS] = Field(
        description="How many nights those who leave wait until they go, on average; 0 for at once."
    )
    fleeing_loss_share: Share = Field(
        description="Share of those who leave that is lost to fire, where they are not spared."
    )
    residents_leave_per_day: Annotated[Quantity, _SHARE_PER_DAY] = Field(
        description="Share per day of the residents present who leave while the way is open."
    )
