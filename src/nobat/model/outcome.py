"""What a replication leaves behind: the one table of outcome names, units and meanings.

The campaign writes a row of numbers in the order of this table. To add an outcome, add its row
here and write it where the campaign ends. An outcome that does not exist in a replication (the
day it was secured, where it was not) is NaN.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["share", "count", "number"]


class Outcome(NamedTuple):
    """One row of the table.

    kind: `share` (each replication gives 0 or 1, the mean is a probability), `count` (a whole
    number) or `number`.
    """

    name: str
    unit: str
    kind: Kind
    meaning: str


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("secured", "1", "share", "the last stage's places were taken and held as asked"),
    Outcome("abandoned", "1", "share", "the attacker gave up: units spent, or supply run dry"),
    Outcome("abandoned_dry", "1", "share", "the attacker gave up because supply had run dry"),
    Outcome("day_secured", "day", "number", "day on which it was secured (only where it was)"),
    Outcome("day_core_taken", "day", "number", "day on which the last place's core first fell"),
    Outcome("day_core_lost", "day", "number", "day on which that core was first lost again"),
    Outcome("day_core_retaken", "day", "number", "day on which it then fell for the second time"),
    Outcome("duration_d", "days", "number", "length of the campaign, whatever ended it"),
    Outcome("layers_carried", "layers", "count", "layers in the attacker's hands at the end"),
    Outcome("layers_lost_again", "layers", "count", "layers that counter-attacks took back"),
    Outcome("counterattacks", "attempts", "number", "counter-attacks tried, or expected"),
    Outcome("attacker_losses", "persons", "count", "attackers lost, suicide attacks included"),
    Outcome("defender_losses", "persons", "count", "defenders lost, suicide attackers included"),
    Outcome("surrendered", "persons", "count", "defenders who gave up when their layer broke"),
    Outcome("escaped", "persons", "count", "defenders who got away: the residual force"),
    Outcome("attacker_present", "persons", "count", "attackers left at the end"),
    Outcome("defender_present", "persons", "count", "defenders left in layers at the end"),
    Outcome("defender_reserve", "persons", "count", "defenders left in reserve at the end"),
    Outcome("suicide_attacks", "attacks", "count", "suicide attacks on the approach"),
    Outcome("suicide_losses", "persons", "count", "attackers lost to suicide attacks"),
    Outcome("units_spent", "times", "count", "times a unit was spent and left to refit"),
    Outcome("handovers", "handovers", "count", "tours that ended by relief or by time"),
    Outcome("cover", "1", "number", "share of the posts asked for that were filled, over time"),
    Outcome("operating_unit_days", "unit-days", "number", "unit-days at posts"),
    Outcome("relieving_unit_days", "unit-days", "number", "unit-days of handing over, uncounted"),
    Outcome("reserve_unit_days", "unit-days", "number", "unit-days in reserve"),
    Outcome("rest_unit_days", "unit-days", "number", "unit-days of rest, recovery included"),
    Outcome("spent_unit_days", "unit-days", "number", "unit-days of refit after being spent"),
    Outcome("rest_debt_unit_days", "unit-days", "number", "rest still owed at the end"),
    Outcome("rest_debt_peak_unit_days", "unit-days", "number", "most rest owed at any time"),
    Outcome("rest_debt_due_day", "day", "number", "day the first bill of owed rest falls due"),
    Outcome("days_committed", "days", "number", "days under commit_all"),
    Outcome("mean_contact", "persons", "number", "attackers in contact, mean over the campaign"),
    Outcome("mean_pressure", "1", "number", "pressure A/B, mean over the time in contact"),
    Outcome("breaks_by_pressure", "breaks", "count", "layers that broke under pressure as such"),
    Outcome("breaks_by_losses", "breaks", "count", "layers that broke for their losses"),
    Outcome("breaks_by_isolation", "breaks", "count", "layers that broke for being cut off"),
    Outcome("breaks_by_no_reserve", "breaks", "count", "layers that broke for want of a reserve"),
    Outcome("breaks_by_annihilation", "breaks", "count", "layers with nobody left in them"),
    Outcome("breaks_by_leader", "breaks", "count", "layers that broke for a leader believed dead"),
    Outcome("reinforcements", "persons", "count", "of the defender's reserve who came up"),
    Outcome("isolated_day", "day", "number", "day the last places were first cut off (where so)"),
    Outcome("lowest_effectiveness", "1", "number", "lowest mean effectiveness at the posts"),
    Outcome(
        "lowest_defender_effectiveness",
        "1",
        "number",
        "lowest mean effectiveness of the layers in contact",
    ),
    Outcome("supply_used_t", "t", "number", "what the attacker used, tonnes"),
    Outcome("supply_brought_t", "t", "number", "what his trucks brought, tonnes"),
    Outcome("lowest_supply_days", "days", "number", "fewest days of supply left; 999: no fall"),
    Outcome("days_dry", "days", "number", "days on which the attacker did not have what he used"),
    Outcome("defender_supply_used_t", "t", "number", "what the defender used, works included"),
    Outcome("defender_days_dry", "days", "number", "place-days in contact without enough"),
    Outcome("false_engagements", "1", "count", "times that residents were taken for combatants"),
    Outcome("harm_index", "harm", "number", "harm to residents by the attackers' fire"),
    Outcome("residents_left", "persons", "number", "residents who left while a way was open"),
    Outcome("leader_believed_dead", "1", "share", "the defenders believed their leader dead"),
    Outcome("residual_force", "persons", "number", "defenders who can come back after the end"),
    Outcome("attacks_after", "attacks", "count", "attacks after the end, while looked at"),
    Outcome(
        "attacks_after_secured", "attacks", "count", "attacks after the end, where it was secured"
    ),
    Outcome("first_attack_after_d", "days", "number", "days to the first attack after the end"),
    Outcome("nights_displaced", "person-nights", "number", "nights away from home after the end"),
    Outcome("nights_in_cold", "person-nights", "number", "cold nights away without shelter"),
    Outcome("cold_deaths", "persons", "count", "displaced persons who died of the cold"),
    Outcome("returned", "persons", "count", "displaced persons who went home"),
    Outcome("still_displaced", "persons", "count", "persons still displaced on the last night"),
    Outcome("mine_victims", "persons", "count", "persons hit by mines after they went home"),
    Outcome("missed_infiltrators", "persons", "count", "infiltrators whom the checkpoint let in"),
    Outcome("caught_infiltrators", "persons", "count", "infiltrators whom the checkpoint caught"),
    Outcome("false_stops", "stops", "count", "times that others were stopped at the checkpoint"),
    Outcome("checkpoint_attacks", "attacks", "count", "strikes at the checkpoint"),
    Outcome("checkpoint_toll", "persons", "count", "persons hit by strikes at the checkpoint"),
    Outcome("infiltrator_strikes", "attacks", "count", "later strikes of missed infiltrators"),
    Outcome("infiltrator_toll", "persons", "count", "persons hit by those"),
    Outcome("overloaded_days", "days", "count", "days on which more came than could be checked"),
    Outcome("longest_queue", "persons", "number", "longest queue at the checkpoint of any day"),
)

_INDEX = {outcome.name: place for place, outcome in enumerate(OUTCOMES)}


def index(name: str) -> int:
    """The column of an outcome; KeyError for a name that is not in the table."""
    return _INDEX[name]
