"""A typical and a bad campaign of each doctrine, with a slider: map, layers, units, log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nobat.show.chart_text import written
from nobat.show.charts import Chart
from nobat.show.course_charts import duties_chart, ground_chart, order_chart, works_chart
from nobat.show.happened import POSTURE_WORDS
from nobat.show.language import _, marked, named, retold
from nobat.show.replay import WHY
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
    charts = {name: make(first) for name, make in _CHARTS.items()}
    kinds = [("typical", _("a typical one")), ("bad", _("a bad one"))]
    replays = [
        _data(material, replay, kind)
        for pair in material.replays.values()
        for (kind, _words), replay in zip(kinds, pair, strict=True)
    ]
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
        figures=[Figure(f"replay_{name}", chart) for name, chart in charts.items()],
        map=None if material.ground is None else near_map(material, material.ground, live=True),
        doctrines=list(material.replays),
        kinds=kinds,
        marks={"troops": troops_code("attacker", strength)},
    )
    about = _(
        "Computed again from the run's seed, to the last bit. The slider moves the map, the layers "
        "and the lines in the charts."
    )
    return Section("replay", _("One campaign, hour by hour"), [block], about)


def _data(material: Material, replay: Replay, kind: str) -> dict[str, Any]:
    """A replication for the script."""
    charts: dict[str, Chart] = {name: make(replay) for name, make in _CHARTS.items()}
    return {
        "doctrine": replay.doctrine,
        "title": named(material.comparison[replay.doctrine].title),
        "kind": kind,
        "number": replay.replication,
        "why": retold(replay.why or "", *WHY, *_BAD),
        "sentence": replay.sentence(),
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
