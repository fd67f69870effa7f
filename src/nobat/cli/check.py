"""`nobat check`: whether a scenario can be run, what is in it, and where its numbers come from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from nobat.cli.check_crews import check_crews
from nobat.cli.options import Json, Set, settings
from nobat.cli.output import DONE, FAILED, WRONG, Mistake, emit, fail, show
from nobat.show.language import _, joined, latin, many, named

if TYPE_CHECKING:
    from rich.console import RenderableType

    from nobat.scenario import Scenario


def check(
    file: Annotated[str, Parameter(help="A file, or the name of a shipped scenario.")],
    /,
    *,
    sources: Annotated[
        bool,
        Parameter(
            negative="",
            show_default=False,
            help="List every number with its source, then what is contested.",
        ),
    ] = False,
    guards: Annotated[
        bool,
        Parameter(
            negative="",
            show_default=False,
            help="Ask whether the scenario's answers mean anything: runs it at both ends of every "
            "range and at half the step (a minute or more); exit 1 if a guard fails.",
        ),
    ] = False,
    set_: Set = None,
    json: Json = False,
) -> int:
    """Check a scenario and say what is in it; all its problems at once, each with its line."""
    from nobat import Crews
    from nobat.account.asked import check_claims
    from nobat.scenario import load_any

    scenario = load_any(file, settings(set_))
    if isinstance(scenario, Crews):
        if guards:
            text = "--guards: it asks about a fight, and a crews scenario has none"
            return fail([Mistake(text)], WRONG, json)
        return check_crews(scenario, sources, json)
    check_claims(scenario)
    if guards:
        return _guard(scenario, json)
    answer = _summary(scenario) | (_pedigree(scenario) if sources else {})
    if json:
        emit(answer)
        return DONE
    show(*_lines(answer))
    if sources:
        from nobat.show.claims import claims, vouched
        from nobat.show.geography import distances
        from nobat.show.sources import Numbers, contested, origins
        from nobat.show.theatre import theatre

        show("", Numbers(scenario), vouched(scenario), theatre(scenario), distances(scenario))
        show(origins(scenario), contested(scenario), claims(scenario))
    return DONE


def _guard(scenario: Scenario, json: bool) -> int:
    """Put the scenario to the guards, and say how it stood; 1 where one of them fails."""
    from nobat.cli.progress import Points
    from nobat.show.guards import report, to_json
    from nobat.study.guards import guards

    with Points(_("guarding {name}").format(name=latin(scenario.name))) as points:
        found = guards(scenario, progress=points)
    if json:
        emit(to_json(found))
    else:
        show(report(found))
    return DONE if found.good else FAILED


def _summary(scenario: Scenario) -> dict[str, Any]:
    """What is in a scenario, counted."""
    from nobat.scenario import quantities
    from nobat.study.provision import provisions

    layers = {name: len(place.layers.expanded()) for name, place in scenario.places.items()}
    garrisons = [
        layer.garrison.value for place in scenario.places.values() for layer in place.defences()
    ]
    units = scenario.attacker.units
    numbers = [quantity for _, quantity, _ in quantities(scenario)]
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "places": [
            {"name": n, "title": p.title, "layers": layers[n]}
            for n, p in scenario.places.items()
            if p.core is not None
        ],
        "attacker": {
            "units": int(sum(group.count.value for group in units)),
            "persons": sum(group.count.value * group.strength.value for group in units),
        },
        "defender": {
            "in_layers": sum(garrisons),
            "in_reserve": scenario.defender.reserve.value,
        },
        "supply": [each.to_json() for each in provisions(scenario)],
        "doctrines": [{"name": n, "title": d.title} for n, d in scenario.doctrines.items()],
        "sections": [name for name in _OPTIONAL if getattr(scenario, name) is not None],
        "numbers": {
            "all": len(numbers),
            "with_source": sum(bool(quantity.source) for quantity in numbers),
            "by_basis": dict(Counter(quantity.basis for quantity in numbers)),
        },
        "contested": len(scenario.contested),
    }


def _pedigree(scenario: Scenario) -> dict[str, Any]:
    """Every number with its source, the sources, and the contested matters."""
    from nobat.scenario import quantities
    from nobat.show.choices import choices
    from nobat.show.claims import to_json
    from nobat.show.theatre import positions, ways

    return to_json(scenario) | {
        "positions": positions(scenario),
        "routes": ways(scenario),
        "quantities": [
            {"path": path} | quantity.plain() for path, quantity, _ in quantities(scenario)
        ],
        "choices": [one.to_json() for one in choices(scenario)],
        "sources": {name: one.model_dump(mode="json") for name, one in scenario.sources.items()},
        "contested_matters": [one.model_dump(mode="json") for one in scenario.contested],
    }


#: What a scenario may leave out, and is looked at only where it is there.
_OPTIONAL = ("fire", "flight", "reports", "homecoming", "recurrence")


def _lines(answer: dict[str, Any]) -> list[RenderableType]:
    """The summary as a few lines for people."""
    from rich.text import Text

    from nobat.show.layout import Grid

    attacker, defender, numbers = answer["attacker"], answer["defender"], answer["numbers"]
    rows = [
        (_("places"), joined(map(_place, answer["places"]))),
        (
            _("attacker"),
            _("{units} units, {persons} persons").format(
                units=attacker["units"], persons=f"{attacker['persons']:,.0f}"
            ),
        ),
        (
            _("defender"),
            _("{in_layers} persons in layers, {in_reserve} in reserve").format(
                in_layers=f"{defender['in_layers']:,.0f}",
                in_reserve=f"{defender['in_reserve']:,.0f}",
            ),
        ),
        *((_("supply"), _provision(each)) for each in answer["supply"]),
        (_("doctrines"), joined(latin(one["name"]) for one in answer["doctrines"])),
        *(((_("also"), joined(map(latin, answer["sections"]))),) if answer["sections"] else ()),
        (_("numbers"), _numbers(numbers)),
        (_("contested"), _matters(answer["contested"])),
    ]
    grid = Grid.grid(padding=(0, 2))
    for name, text in rows:
        grid.add_row(Text(name, style="dim"), Text(text))
    heading = Text(named(answer["title"]), style="bold")
    nothing = _("{name}: nothing wrong with it").format(name=latin(answer["scenario"]))
    return [heading, Text(nothing, style="dim"), grid]


def _place(one: dict[str, Any]) -> str:
    """A place with its layers."""
    text = _("{place} (no layers and the core)")
    if one["layers"]:
        text = many(
            one["layers"],
            "{place} ({n} layer and the core)",
            "{place} ({n} layers and the core)",
            place="{place}",
        )
    return text.format(place=named(one["title"]))


def _numbers(numbers: dict[str, Any]) -> str:
    """How many numbers there are, on what they rest, how many have a source."""
    bases = joined(f"{count} {_(basis)}" for basis, count in numbers["by_basis"].items())
    return many(
        numbers["with_source"],
        "{all}: {bases}; {n} has a source",
        "{all}: {bases}; {n} have a source",
        all=numbers["all"],
        bases=bases,
    )


def _provision(each: dict[str, Any]) -> str:
    """One side's supplies in a sentence: the way, the lift, and how long they last."""
    if each["km"] is None:
        text = _("{side}: no way leads from the rear to {place}")
        return text.format(side=_(each["side"]), place=latin(each["place"]))
    lives = []
    for use in each["uses"]:
        lasts = _("covered")
        if use["days"] is not None:
            lasts = _("{n} days").format(n=f"{use['days']:,.0f}")
        text = _("{what} {tonnes} t ({lasts}, d* {km} km)")
        if use["culmination_km"] is None:
            text = _("{what} {tonnes} t ({lasts})")
        lives.append(
            text.format(
                what=_(use["what"]),
                tonnes=f"{use['use_t_per_day']:,.1f}",
                lasts=lasts,
                km=f"{use['culmination_km'] or 0:,.0f}",
            )
        )
    return _("{side}: {km} km, {lift} t a day, {stock} t in stock; a day takes {uses}").format(
        side=_(each["side"]),
        km=f"{each['km']:,.0f}",
        lift=f"{each['lift_t_per_day']:,.1f}",
        stock=f"{each['stock_t']:,.0f}",
        uses=_(" or ").join(lives),
    )


def _matters(count: int) -> str:
    """How many matters are contested, and how to see them."""
    if count == 0:
        return _("nothing")
    return many(count, "{n} matter; --sources lists it", "{n} matters; --sources lists them")
