"""The ground: places and routes on maps, and what cuts the city off from the defender's rear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from nobat.scenario import Scenario
from nobat.show import symbols
from nobat.show.days_charts import cut_off_chart
from nobat.show.ground import Ground
from nobat.show.isolate import Table as IsolateTable
from nobat.show.language import _, joined, listed, named, parts
from nobat.show.map_frame import Frame, frame_of
from nobat.show.numbers import NOTHING, number
from nobat.show.report.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Map,
    Maps,
    Part,
    Place,
    Sample,
    Section,
    Table,
    Words,
)
from nobat.show.report.material import Material
from nobat.study.isolation import Isolation, Set

#: The samples of a legend in their order; a symbol stands for a kind of place.
_LOOKS = (
    "attacker", "defender", "nobody", "assaulted", "isolated", "symbol", "way-both",
    "way-attacker", "way-defender", "picked",
)  # fmt: skip


def theatre(material: Material) -> Section | None:
    """Maps and isolation; None where a scenario has no routes."""
    if material.ground is None:
        return None
    blocks: list[Block] = [_maps(material, material.ground)]
    if material.isolation is not None:
        blocks.append(Part(_("What cuts the city off"), _isolation(material, material.isolation)))
    return Section("theatre", _("The ground"), blocks)


def near_map(material: Material, ground: Ground, *, live: bool) -> Map:
    """The surroundings of the city. live: for the player."""
    city = named(material.scenario.places[material.scenario.plan[-1].objectives[0]].title)
    whole = len(ground.near) == len(ground.spots)
    title = _("The theatre") if whole else _("Around {city}").format(city=city)
    name = "map_live" if live else "map_near"
    return _map(material, ground, ground.near, name, title, live=live)


def _maps(material: Material, ground: Ground) -> Maps:
    """The whole theatre, and the surroundings of the city where they are a part of it."""
    city = material.scenario.plan[-1].objectives[0]
    merged = {name: city for name in ground.near if name != city}
    far = tuple(name for name in ground.spots if name not in merged)
    maps = [near_map(material, ground, live=False)]
    if len(far) > 1:
        maps = [_map(material, ground, far, "map_all", _("The theatre"), merged), *maps]
    # A kind of place is told once, by the symbol that it has where it comes first.
    samples = {
        (sample.look, sample.words): sample for one in reversed(maps) for sample in one.legend
    }
    legend = sorted(samples.values(), key=lambda sample: _LOOKS.index(sample.look))
    return Maps(maps, legend, _map_note(material.scenario, ground))


def _legend(scenario: Scenario, map_: Map) -> list[Sample]:
    """What the marks of a map mean; of the player's also those that it moves."""
    holders = {place.holder for place in map_.places.values()}
    sides = {side for side, _words in map_.routes.values()}
    kinds = {
        place.kind: symbols.place_code(place.kind, place.holder)
        for place in reversed([*map_.places.values()])
    }
    strength = max(scenario.attacker.strengths())
    words = {
        "attacker": "attacker" in holders and _the_attackers(map_.live),
        "defender": "defender" in holders and _("the defender's"),
        "nobody": "nobody" in holders and _("nobody's"),
        "way-both": "both" in sides and _("route of both sides"),
        "way-attacker": "attacker" in sides and _("of the attacker only"),
        "way-defender": "defender" in sides and _("of the defender only"),
        "picked": bool(map_.picked) and _("in the cheapest set that cuts the city off"),
        "assaulted": map_.live and _("under assault"),
        "isolated": map_.live and _("cut off from the defender's rear"),
    }
    found = [Sample(text, look) for look, text in words.items() if text]
    found += [Sample(_KINDS()[kind], code=code) for kind, code in sorted(kinds.items())]
    if map_.live:
        text = _("where the attacker's units are in the assault")
        found.append(Sample(text, code=symbols.troops_code("attacker", strength)))
    return sorted(found, key=lambda sample: _LOOKS.index(sample.look))


def _the_attackers(live: bool) -> str:
    """What a place in the attacker's hands is called: the player shows any time, others one."""
    return _("the attacker's") if live else _("the attacker's at the start")


def _map_note(scenario: Scenario, ground: Ground) -> str:
    """How the maps were made, and what in them is not known."""
    note = _(
        "Azimuthal equidistant projection about the city (WGS84); routes are drawn straight, "
        "whatever their windings. Symbols after MIL-STD-2525D and APP-6D: the attacker as the own "
        "side."
    )
    if ground.centre is None:
        note = _("No position is given: places lie where the lengths of the routes fit best.")
    elif ground.guessed:
        text = _(
            "No position is given for {places} (with a question mark): put where the lengths of "
            "their routes fit best, and moved apart to be told apart."
        )
        titles = [named(scenario.places[name].title) for name in ground.guessed]
        note += " " + text.format(places=listed(titles))
    return note


def _map(
    material: Material,
    ground: Ground,
    places: Sequence[str],
    name: str,
    title: str,
    merged: Mapping[str, str] = MappingProxyType({}),
    *,
    live: bool = False,
) -> Map:
    """A map of some places. merged: others that it shows as one with one of them."""
    scenario = material.scenario
    frame = frame_of(scenario, ground, places, merged)
    objectives = {place for stage in scenario.plan for place in stage.objectives}
    about = {
        place: Place(
            title=named(scenario.places[place].title),
            kind=scenario.places[place].kind,
            holder=scenario.places[place].held_by,
            taken=place in objectives,
            note=_place_note(scenario, place, ground),
        )
        for place in places
    }
    routes = {
        way.route: (
            scenario.routes[way.route].side,
            _("{title}, {km} km").format(
                title=named(scenario.routes[way.route].title or way.route), km=number(way.km, 1)
            ),
        )
        for way in frame.ways
    }
    found = Map(
        name, title, frame, about, routes, _described(scenario, places, frame_routes=routes),
        frozenset() if live else _shown(frame, _picked(material.isolation)), live,
    )  # fmt: skip
    return replace(found, legend=_legend(scenario, found))


def _shown(frame: Frame, picked: frozenset[str]) -> frozenset[str]:
    """Those of the picked places and routes that a map shows."""
    there = {mark.place for mark in frame.marks} | {f"route {way.route}" for way in frame.ways}
    return picked & there


def _place_note(scenario: Scenario, place: str, ground: Ground) -> str:
    """What a pointer over a place says."""
    one = scenario.places[place]
    words = [_KINDS()[one.kind]]
    if one.defences():
        text = _("{layers} layers and cores, {persons} persons")
        persons = number(one.garrison(), 0)
        words.append(text.format(layers=len(one.defences()), persons=persons))
    if not ground.spots[place].known:
        words.append(_("position not known"))
    return _("{place}: {what}").format(place=named(one.title), what=parts(words))


def _KINDS() -> dict[str, str]:  # noqa: N802 - words, looked up when they are shown
    return {
        "rear": _("rear"),
        "base": _("base"),
        "village": _("village"),
        "strongpoint": _("strongpoint"),
        "city": _("city"),
        "crossing": _("crossing"),
        "refuge": _("refuge"),
    }


def _described(
    scenario: Scenario, places: Sequence[str], *, frame_routes: Mapping[str, tuple[str, str]]
) -> str:
    """A map in words: who holds what, and the routes with their lengths."""
    sides = {
        "attacker": _("The attacker holds {places}."),
        "defender": _("The defender holds {places}."),
        "nobody": _("Nobody holds {places}."),
    }
    texts = []
    for side, text in sides.items():
        held = [
            named(scenario.places[p].title) for p in places if scenario.places[p].held_by == side
        ]
        if held:
            texts.append(text.format(places=listed(held)))
    routes = parts(text for _side, text in frame_routes.values())
    return " ".join([*texts, _("Routes: {routes}.").format(routes=routes)])


def _picked(isolation: Isolation | None) -> frozenset[str]:
    """The places and routes of the cheapest set that is within the attacker's reach."""
    if isolation is None or not isolation.sets:
        return frozenset()
    within = [one for one in isolation.sets if not one.beyond_reach]
    best = (within or list(isolation.sets))[0]
    return frozenset((*best.places, *(f"route {name}" for name in best.routes)))


def _isolation(material: Material, found: Isolation) -> list[Block]:
    """The sentence, when it happened in the run, the sets."""
    table = IsolateTable(found)
    blocks: list[Block] = [Words([found.sentence()])]
    if any(one["isolated_day"].n for one in material.comparison.doctrines):
        blocks.append(Figure("cut_off", cut_off_chart(material.comparison)))
    if found.sets and not found.isolated:
        heads = [
            Column("persons", _("persons")),
            Column("set", _("hold and cut"), numeric=False),
            Column("with_the_city", _("cut off with the city"), numeric=False),
            Column("way_out", _("way out"), numeric=False),
        ]
        rows = [_set_row(found, one) for one in found.sets]
        note = " ".join(table.notes())
        blocks.append(Table("isolation", _("Sets that cut it off"), heads, rows, note, tall=True))
    return blocks


def _set_row(found: Isolation, one: Set) -> list[Cell]:
    """A set that cuts the city off, by the titles of its places and routes."""
    titles = {name: named(title) for name, title in found.titles.items()}
    hold = joined(
        titles[name] + (" (!)" if name in one.beyond_reach else "") for name in one.places
    )
    cut = joined(titles[f"route {name}"] for name in one.routes)
    todo = ((_("hold {places}"), {"places": hold}), (_("cut {routes}"), {"routes": cut}))
    picked = parts(form.format(**its) for form, its in todo if any(its.values()))
    also = joined(titles[name] for name in one.with_the_city) or NOTHING
    refuges = joined(titles[name] for name in one.refuges)
    out = _("to {places}").format(places=refuges) if refuges else _("closed")
    return [
        Cell(number(one.persons, 0), one.persons), Cell(picked, picked), Cell(also, also),
        Cell(out, out),
    ]  # fmt: skip
