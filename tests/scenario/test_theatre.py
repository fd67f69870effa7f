"""Layers in their three ways of writing; places, stages, and what they must agree on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from nobat.scenario import ScenarioError, load, quantities
from nobat.scenario.theatre import MOST_LAYERS, MOST_PLACES, Layer, Layers, Place, Position, Stage
from tests.scenario.given import complaint, complaints
from tests.theatre import FILE, theatre

TEXT = FILE.read_text(encoding="utf-8")


def garrisons(given: Any) -> list[float]:
    return [layer.garrison.value for layer in Layers.model_validate(given).expanded()]


LIST = [{"garrison": 1}, {"garrison": 2}, {"garrison": 3}]


def test_a_list_counts_itself() -> None:
    assert garrisons(LIST) == [1, 2, 3]
    assert garrisons(tuple(LIST)) == [1, 2, 3]
    assert Layers.model_validate(LIST).count.value == 3


def test_a_larger_count_repeats_the_last_and_a_smaller_one_takes_the_first() -> None:
    assert garrisons({"count": 5, "stack": LIST}) == [1, 2, 3, 3, 3]
    assert garrisons({"count": 2, "stack": LIST}) == [1, 2]


def test_one_pattern_for_all() -> None:
    assert garrisons({"count": 3, "layer": {"garrison": 7}}) == [7, 7, 7]


def test_no_layers_leave_only_the_core() -> None:
    assert garrisons([]) == []
    assert garrisons({"count": 0, "layer": {"garrison": 7}}) == []


def test_layers_without_a_pattern_are_refused() -> None:
    with pytest.raises(ValidationError, match="give at least one layer, or count 0"):
        Layers.model_validate({"count": 1, "stack": []})
    with pytest.raises(ValidationError, match="layer and stack cannot both be given"):
        Layers.model_validate({"count": 1, "stack": LIST, "layer": LIST[0]})


def test_there_is_an_end_to_layers() -> None:
    assert len(garrisons({"count": MOST_LAYERS, "stack": LIST})) == MOST_LAYERS
    with pytest.raises(ValidationError, match="201 is not a count: a whole number, 0 to 200"):
        Layers.model_validate({"count": 201, "stack": LIST})
    with pytest.raises(ValidationError, match="201 layers are too many: up to 200"):
        Layers.model_validate(LIST[:1] * 201)


def test_a_layer_starts_with_whole_works_and_full_order() -> None:
    layer = Layer.model_validate({"garrison": 1})
    assert (layer.works.value, layer.order.value) == (1, 1)


def test_a_place_with_nothing_but_a_title_is_a_place_of_passage() -> None:
    place = Place.model_validate({"title": "A well"})
    assert (place.kind, place.held_by, place.core, place.position) == (
        "city", "defender", None, None
    )  # fmt: skip
    assert place.defences() == ()
    assert (place.garrison(), place.residents.value) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "holder"),
    [
        ("rear", "defender"), ("base", "attacker"), ("village", "defender"),
        ("strongpoint", "defender"), ("city", "defender"), ("crossing", "nobody"),
        ("refuge", "nobody"),
    ],
)  # fmt: skip
def test_who_holds_a_place_goes_by_its_kind_unless_it_is_said(kind: str, holder: str) -> None:
    assert Place.model_validate({"title": "X", "kind": kind}).held_by == holder
    given = {"title": "X", "kind": kind, "holder": "attacker"}
    assert Place.model_validate(given).held_by == "attacker"


def test_the_defences_of_a_place_end_with_its_core() -> None:
    place = Place.model_validate({"title": "X", "layers": LIST, "core": {"garrison": 9}})
    assert [layer.garrison.value for layer in place.defences()] == [1, 2, 3, 9]
    assert place.garrison() == 15


def test_layers_need_a_core() -> None:
    with pytest.raises(ValidationError, match="layers defend a core, the place itself"):
        Place.model_validate({"title": "X", "layers": LIST})
    assert Place.model_validate({"title": "X", "layers": []}).core is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"lat": 91, "lon": 0}, "91 is not a latitude: -90 to 90 degrees"),
        ({"lat": 0, "lon": -181}, "-181 is not a longitude: -180 to 180 degrees"),
        ({"lat": "34N", "lon": 0}, "'34N' is text, not a number"),
        ({"lat": 1, "lon": 2, "status": "ok"}, "ok needs a source"),
    ],
)
def test_positions_are_checked(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Position.model_validate(given)


def test_a_position_names_one_source_or_several() -> None:
    where = {"lat": 34, "lon": 40, "status": "ok"}
    assert Position.model_validate({**where, "source": "ATLAS"}).source == ("ATLAS",)
    assert Position.model_validate({**where, "source": ["A", "B"]}).source == ("A", "B")
    assert Position.model_validate({"lat": 34, "lon": 40}).status == "unverified"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"objectives": ["a", "b"], "shares": [1.0]}, "has 1 entries for 2 objectives"),
        ({"objectives": ["a", "b"], "shares": [0.5, 0.4]}, "add up to 0.9: they must add up to 1"),
        ({"objectives": ["a", "b"], "shares": [0, 1]}, "0 is not allowed here: above 0, up to 1"),
        ({"objectives": ["a"], "until": "soon"}, "'soon' is not a rule"),
        ({"objectives": ["a"], "until": "dya > 3"}, "did you mean day?"),
    ],
)
def test_stages_are_checked(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Stage.model_validate(given)


def test_shares_may_be_off_by_rounding() -> None:
    thirds = {"objectives": ["a", "b", "c"], "shares": [1 / 3, 1 / 3, 0.3333333333]}
    assert Stage.model_validate(thirds).shares is not None


def test_a_theatre_reads_and_survives_its_canonical_form() -> None:
    scenario = theatre()
    assert type(scenario).model_validate(scenario.canonical()) == scenario
    assert scenario.plan[0].shares == (0.4, 0.4, 0.2)
    paths = [path for path, _, _ in quantities(scenario)]
    assert "places.city.hold_h" in paths
    assert "places.city.layers.count" in paths
    assert not {"places.depot.hold_h", "places.depot.layers.count"} & set(paths)
    assert "routes.track.raid_share" in paths


def test_a_kind_that_is_set_changes_who_holds_the_place() -> None:
    assert theatre().places["border"].held_by == "nobody"
    assert theatre({"places.border.kind": "base"}).places["border"].held_by == "attacker"


def line_of(piece: str) -> int:
    assert TEXT.count(piece) == 1, piece
    return TEXT[: TEXT.index(piece)].count("\n") + 1


def refusal(tmp_path: Path, old: str, new: str) -> str:
    return complaint(tmp_path / "x.yaml", TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "[village, city]",
            "[vilage, city]",
            "routes.village_road.between[0] (line @): 'vilage' is not a place; did you mean "
            "village? (places: depot, camp, rear, village, fort, ford, city, far_bank, border)",
        ),
        (
            "[village, city], km: 5,",
            "[village, city],",
            "routes.village_road.km (line @): is missing: village has no position to measure from",
        ),
        (
            "[far_bank, ford], km: 9,",
            "[far_bank, ford],",
            "routes.lower_boats.km (line @): is missing: far_bank and ford have no positions to "
            "measure from",
        ),
        (
            "objectives: [city]",
            "objectives: [city, far_bank]",
            "plan[1].objectives[1] (line @): 'far_bank' cannot be taken: it has no core (with a "
            "core: village, fort, ford, city)",
        ),
        (
            "kind: rear, holder: attacker,",
            "kind: rear,",
            "attacker.rear (line @rear: depot@): 'depot' is held by the defender at the start: "
            "give that place `holder: attacker`",
        ),
        (
            "title: The rear, kind: rear,",
            "title: The rear, kind: base,",
            "defender.rear (line @rear: rear@): 'rear' is held by the attacker at the start: "
            "give that place `holder: defender`",
        ),
        (
            "west: {between: [fort, village], km: 6, side: attacker}",
            "west: {between: [fort, village], km: 6, side: defender}",
            "plan[0].objectives[0] (line @objectives: [village@): 'village' cannot be reached by "
            "the attacker from 'depot': every way passes a place that the defender holds by then",
        ),
    ],
)
def test_each_disagreement_in_its_words(tmp_path: Path, old: str, new: str, words: str) -> None:
    told = re.sub("@(.+?)@", lambda piece: str(line_of(piece[1])), words)
    assert refusal(tmp_path, old, new) == told.replace("@", str(line_of(old)))


def test_an_objective_without_a_route_cannot_be_reached(tmp_path: Path) -> None:
    text = TEXT.replace("[village, city]", "[border, city]").replace(
        "[rear, village]", "[rear, ford]"
    )
    text = text.replace("[fort, village]", "[fort, ford]")
    assert complaint(tmp_path / "x.yaml", text).endswith(
        "'village' cannot be reached: no route leads to it"
    )


def test_places_taken_earlier_can_be_passed(tmp_path: Path) -> None:
    by_village = TEXT.replace(
        "  west: {between: [fort, village]", "  west: {between: [camp, village]"
    )
    path = tmp_path / "x.yaml"
    one_after_the_other = by_village.replace(
        "  - objectives: [village, fort, ford]\n    shares: [0.4, 0.4, 0.2]\n",
        "  - objectives: [ford]\n  - objectives: [village]\n  - objectives: [fort]\n",
    )
    assert "'ford' cannot be reached by the attacker" in complaint(path, one_after_the_other)
    path.write_text(by_village, encoding="utf-8")
    assert load(path).plan[0].objectives == ("village", "fort", "ford")


def test_without_the_attackers_rear_nobody_asks_how_he_gets_there() -> None:
    values: dict[str, object] = {"attacker.rear": None, "routes.west.side": "defender"}
    assert theatre(values).attacker.rear is None


def test_a_city_that_is_cut_off_from_the_start_is_no_fault() -> None:
    cut = {f"routes.{name}.side": "attacker" for name in ("river_road", "back_road", "upper_boats")}
    assert theatre(dict(cut)).routes["river_road"].side == "attacker"


def test_there_is_an_end_to_places(tmp_path: Path) -> None:
    more = "".join(f"  p{k}: {{title: P}}\n" for k in range(MOST_PLACES))
    found = complaints(tmp_path / "x.yaml", TEXT.replace("routes:\n", f"{more}routes:\n", 1))
    assert found == [f"places (line {line_of('  depot: {title') - 1}): has 73 entries: 64 at most"]


def test_setting_a_route_is_checked_too() -> None:
    with pytest.raises(ScenarioError, match=r"joins 'city' with itself"):
        theatre({"routes.quay.between": ["city", "city"]})
