"""A typical and a bad campaign of each doctrine, with a slider: map, layers, units, log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from nobat.scenario import Scenario
from nobat.show.chart_text import written
from nobat.show.charts import Chart
from nobat.show.course_charts import (
    Look,
    duties_chart,
    duty_looks,
    ground_chart,
    layer_looks,
    order_chart,
    works_chart,
)
from nobat.show.happened import POSTURE_WORDS
from nobat.show.language import _, latin, marked, named, retold
from nobat.show.replay import WHY, routine
from nobat.show.report.blocks import Figure, Player, Section
from nobat.show.report.frames import frames
from nobat.show.report.material import Material
from nobat.show.report.sections.theatre import near_map
from nobat.show.symbols import troops_code
from nobat.study.replayed import Replay

#: The charts of a replication, by the id of their element.
_CHARTS: dict[str, Callable[[Replay], Chart]] = {
    "ground": ground_chart,
    "duties": duties_chart,
    "works": works_chart,
    "order": order_chart,
}
#: What the rows of such a chart can show.
_LOOKS: dict[str, Callable[[], list[Look]]] = {
    "duties": duty_looks,
    "works": layer_looks,
    "order": layer_looks,
}
#: Why a replication is a bad one, as the study says it.
_BAD = (
    marked(
        "{n} of {all} were not secured; one in ten of them lost more attackers than its {losses}"
    ),
    marked("of all campaigns; one in ten of them lost more attackers than its {losses}"),
)


def player(material: Material) -> Section | None:
    """The player; None where nothing can be replayed."""
    if not material.replays:
        return None
    first = material.replays[material.leader][0]
    kinds = [("typical", _("a typical one")), ("bad", _("a bad one"))]
    made = [
        (kind, replay, {name: make(replay) for name, make in _CHARTS.items()})
        for pair in material.replays.values()
        for (kind, _words), replay in zip(kinds, pair, strict=True)
    ]
    replays = [_data(material, replay, kind, charts) for kind, replay, charts in made]
    strength = max(material.scenario.attacker.strengths())
    block = Player(
        data={
            "replays": replays,
            "places": list(first.cast.places),
            "titles": {name: named(first.cast.title(name)) for name in first.cast.places},
            "stages": [list(stage) for stage in first.cast.stages],
            "layers": [[layer.place, layer.number] for layer in first.cast.layers],
            "full": _full(material),
            "postures": {name: _(words) for name, words in POSTURE_WORDS.items()},
        },
        defences=_defences(first),
        figures=_figures(made[0][2], [charts for _kind, _replay, charts in made]),
        map=None if material.ground is None else near_map(material, material.ground, live=True),
        doctrines=list(material.replays),
        kinds=kinds,
        state=list(_state(material.scenario)),
        marks={"troops": troops_code("attacker", strength)},
    )
    about = _("Computed again from the run's seed, to the last bit.")
    return Section("replay", _("One campaign, hour by hour"), [block], about)


def _figures(first: dict[str, Chart], all_: Iterable[dict[str, Chart]]) -> list[Figure]:
    """The figures of the replication that is shown first, with a legend that does for all."""
    each = list(all_)
    found = []
    for name, chart in first.items():
        there = {look for charts in each for look in charts[name].legend}
        looks = ((*look, "solid") for look in _LOOKS.get(name, list)())
        legend = tuple(look for look in looks if look in there)
        found.append(Figure(f"replay_{name}", replace(chart, legend=legend)))
    return found


def _state(scenario: Scenario) -> Iterable[tuple[str, str]]:
    """What is told of each moment, but for what the scenario does not have."""
    yield "orders", _("orders")
    if len(scenario.plan) > 1:
        yield "stage", _("stage")
    yield "operating", _("units at the posts")
    yield "resting", _("units at rest or in reserve")
    yield "spent", _("units spent")
    yield "attackers", _("attackers")
    yield "defenders", _("defenders")
    if scenario.sleep.model != "none":
        yield "effect", _("effectiveness, attackers")
        yield "against", _("effectiveness, defenders")
    if scenario.attacker.supply is not None:
        yield "stock", _("attacker's stock, t")


def _data(
    material: Material, replay: Replay, kind: str, charts: dict[str, Chart]
) -> dict[str, Any]:
    """A replication for the script."""
    return {
        "doctrine": replay.doctrine,
        "title": named(material.comparison[replay.doctrine].title),
        "kind": kind,
        "number": replay.replication,
        "why": retold(replay.why or "", *WHY, *_BAD),
        "sentence": replay.sentence(),
        "chosen": _chosen(replay, kind),
        "routine": routine(replay.happened),
        "ending": replay.ending,
        "charts": {
            name: {
                "option": written(chart.option),
                "description": chart.description,
                "subtitle": chart.subtitle,
            }
            for name, chart in charts.items()
        },
        **frames(replay),
    }


def _chosen(replay: Replay, kind: str) -> str:
    """`rotate: a typical campaign`: what paper says in the place of the choice."""
    texts = {"typical": _("{doctrine}: a typical campaign"), "bad": _("{doctrine}: a bad campaign")}
    return texts[kind].format(doctrine=latin(replay.doctrine))


def _full(material: Material) -> list[int]:
    """The establishment of every layer, persons: what a whole garrison is."""
    scenario = material.scenario
    places = (place for stage in scenario.plan for place in stage.objectives)
    return [
        int(layer.garrison.value) for place in places for layer in scenario.places[place].defences()
    ]


def _defences(replay: Replay) -> list[tuple[str, str, int]]:
    """Every place that can be taken: its id, its title, how many layers it has, core included."""
    cast = replay.cast
    return [
        (name, named(cast.title(name)), sum(layer.place == name for layer in cast.layers))
        for name in cast.places
    ]
