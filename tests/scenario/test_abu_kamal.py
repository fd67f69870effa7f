"""The first real scenario: every number has its pedigree, and both tellings are kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nobat.scenario import Quantity, Scenario, load, quantities
from nobat.scenario.routes import geodesic_km
from nobat.study.isolate import isolate
from tests.reference import rows

SOURCED = ("account", "record", "published", "derived")
#: The one source that is no part of the public record: the account itself.
TOLD = "ACCOUNT"
#: A host that is four numbers or an IPv6 literal, behind `//` or alone.
BARE_IP = re.compile(r"(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])|//\[")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("abu-kamal-2017")


@pytest.fixture(scope="module")
def numbers(scenario: Scenario) -> dict[str, Quantity]:
    return {path: quantity for path, quantity, _ in quantities(scenario)}


def within(quantity: Quantity, value: float) -> bool:
    assert quantity.low is not None
    assert quantity.high is not None
    return quantity.low <= value <= quantity.high


def test_every_number_has_a_basis_a_unit_and_a_reason(numbers: dict[str, Quantity]) -> None:
    assert len(numbers) > 50
    for path, quantity in numbers.items():
        assert quantity.basis, path
        assert quantity.unit, path
        # Only what the file writes down has a note; a default that slips in has none.
        assert quantity.note, path


def test_every_basis_but_a_guess_names_a_source_that_exists(
    scenario: Scenario, numbers: dict[str, Quantity]
) -> None:
    assert {quantity.basis for quantity in numbers.values()} >= {"account", "record", "assumed"}
    for path, quantity in numbers.items():
        assert quantity.source or quantity.basis not in SOURCED, path
        assert set(quantity.source) <= set(scenario.sources), path
        assert (quantity.basis == "account") == (TOLD in quantity.source), path


def test_no_source_is_listed_that_nothing_refers_to(
    scenario: Scenario, numbers: dict[str, Quantity]
) -> None:
    used = {name for quantity in numbers.values() for name in quantity.source}
    used |= {name for matter in scenario.contested for name in matter.sources}
    positions = [place.position for place in scenario.places.values() if place.position]
    used |= {name for position in positions for name in position.source}
    assert used == set(scenario.sources)


def test_every_contested_matter_keeps_both_sides(scenario: Scenario) -> None:
    assert [matter.id for matter in scenario.contested] == [f"C{i}" for i in range(1, 13)]
    for matter in scenario.contested:
        assert matter.account, matter.id
        assert matter.record, matter.id
        assert matter.account != matter.record, matter.id
        assert matter.finding, matter.id
        assert matter.sources, matter.id


@pytest.mark.parametrize(
    ("path", "account", "record"),
    [
        # No public source gives a number of layers: the record has nothing to put beside seven.
        ("places.abu_kamal.layers.count", 7, ()),
    ],
)
def test_the_range_holds_what_either_side_says(
    numbers: dict[str, Quantity], path: str, account: float, record: tuple[float, ...]
) -> None:
    assert all(within(numbers[path], value) for value in (account, *record))


def ends(numbers: dict[str, Quantity], *paths: str) -> tuple[float, float, float]:
    """Low, value and high of a way that consists of several routes."""
    found = [numbers[path] for path in paths]
    low, high = sum(q.low or 0 for q in found), sum(q.high or 0 for q in found)
    return low, sum(q.value for q in found), high


def test_the_way_from_siyal_may_be_as_short_as_told(numbers: dict[str, Quantity]) -> None:
    low, value, high = ends(numbers, "routes.sayyal_road.km", "routes.hamdan_road.km")
    assert low <= 2
    assert value == 13
    assert all(low <= km <= high for km in (2, 11, 12.8, 13.1))


def test_the_number_of_layers_may_be_more_or_fewer_than_told(numbers: dict[str, Quantity]) -> None:
    count = numbers["places.abu_kamal.layers.count"]
    assert (count.value, count.basis) == (7, "account")
    assert within(count, 6)
    assert within(count, 8)


def test_a_number_that_is_contested_says_so(
    scenario: Scenario, numbers: dict[str, Quantity]
) -> None:
    settled = ("account", "record", "published")
    for matter in scenario.contested:
        for path in set(matter.bears_on) & set(numbers):
            if numbers[path].basis in settled:
                assert f"({matter.id})" in numbers[path].note, path


def test_no_address_is_a_bare_ip(scenario: Scenario) -> None:
    for name, source in scenario.sources.items():
        assert not BARE_IP.search(source.where), name
    assert not BARE_IP.search(json.dumps(scenario.canonical()))
    assert BARE_IP.search("http://192.0.2.1:8031/story")


def test_the_anchors_describe_the_scenario_they_stand_in(scenario: Scenario) -> None:
    """The anchors' day: one group awake, a whole garrison behind whole works in full order."""
    anchor = scenario.canonical()["attrition"]["attacker_rate"]["anchor"]
    value = {name: quantity["value"] for name, quantity in anchor.items()}
    policy = scenario.policy_of("rotate")
    awake = 1 - scenario.sleep.operating_h.value / 24
    group = policy.posts.value * scenario.attacker.strengths()[0] * awake
    works = scenario.works
    open_share = (1 - works.works_protection.value) * (1 - works.order_protection.value)
    assert value["attackers"] == pytest.approx(group, rel=0.02)
    assert value["defenders"] == scenario.places["abu_kamal"].layers.expanded()[0].garrison.value
    assert value["shield"] == pytest.approx(1 - open_share)


def test_the_main_doctrines_are_those_of_the_account_and_its_rivals(scenario: Scenario) -> None:
    assert scenario.run.main == ("rotate", "commit-all", "as-told")
    others = {"as-told-closed", "by-operation", "cautious"}
    assert set(scenario.doctrines) == {*scenario.run.main, *others}
    assert not scenario.policy_of("by-operation").relief.tour_over
    assert scenario.policy_of("by-operation").relief.operation_done


def test_the_sources_are_those_of_the_record(scenario: Scenario) -> None:
    known = {row["source_id"]: row for row in rows("record/sources.csv")}
    for name, source in scenario.sources.items():
        if name == TOLD:
            continue
        assert source.stance.split()[0] == known[name]["stance"].split()[0], name
        where = known[name]["url_or_ref"]
        if where != "-" and not BARE_IP.search(where):
            assert source.where == where, name


def test_the_contested_matters_cite_all_that_the_record_has(
    scenario: Scenario, reference: Path
) -> None:
    text = (reference / "record" / "account_vs_record.json").read_text(encoding="utf-8")
    cited = {matter.id: set(matter.sources) for matter in scenario.contested}
    for claim in json.loads(text):
        wanted = {name for side in ("support", "against", "context") for name in claim[side]}
        assert wanted <= cited[claim["id"]], claim["id"]


def test_the_distances_are_those_of_the_record(scenario: Scenario) -> None:
    """Geodesics between the scenario's own positions, to the tenth of a kilometre that is told."""
    ids = {"abu_kamal_gn": "abu_kamal", "qaim_xing": "qaim_crossing"}
    checked = set()
    for row in rows("record/distances.csv"):
        ends_of = [ids.get(row[end], row[end]) for end in ("from", "to")]
        if not row["kind"].startswith("geodesic") or not set(ends_of) <= set(scenario.places):
            continue
        one, other = (scenario.places[name].position for name in ends_of)
        if one is None or other is None:
            continue
        assert geodesic_km(one, other) == pytest.approx(float(row["km"]), abs=0.0501), ends_of
        checked.add(tuple(ends_of))
    assert ("abu_kamal", "sayyal") in checked
    assert len(checked) >= 8


def test_the_places_are_those_of_the_record(scenario: Scenario) -> None:
    known = {row["id"]: row for row in rows("record/places.csv")}
    ids = {"abu_kamal": "abu_kamal_gn", "qaim_crossing": "qaim_xing"}
    placed = {name: place.position for name, place in scenario.places.items() if place.position}
    assert len(placed) >= 10
    for name, position in placed.items():
        row = known[ids.get(name, name)]
        assert (position.lat, position.lon) == (float(row["lat"]), float(row["lon"])), name
        assert position.status == row["status"], name


def test_the_ring_isolates_the_city_and_leaves_a_way_to_flee(scenario: Scenario) -> None:
    answer = isolate(scenario).to_json()
    assert answer["plan"]["isolates"] is True
    assert answer["sets"][0]["refuges"] == ["far_bank"]
