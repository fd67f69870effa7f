"""An audit in words and as a chart: every word has a figure behind it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nobat.account.alike import Ratio
from nobat.account.audit import audit
from nobat.account.audited import Audit
from nobat.account.measure import Measured
from nobat.show.audit_words import named, ratio_text
from nobat.show.geography import measured_text
from tests.account.told import told


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    path = tmp_path_factory.mktemp("audit") / "a"
    return audit(told(), settings=64, replications=10, given_record=True, out=path)


def test_the_sentences_of_a_claim(found: Audit) -> None:
    text = "\n".join(found["hanging"].to_json()["sentences"])
    assert text.startswith("Open: what is tested holds in ")
    assert "No source takes a side." in text
    assert "Decided most by attrition.defender_rate (" in text
    assert "All that decides it is assumed: nothing but guesses." in text
    assert "On average over all else it turns at " in text
    assert "Given the dated record: " in text
    assert text.endswith("What would settle it: A witness.")


def test_every_number_told_is_in_the_answer(found: Audit) -> None:
    """Counts and shares of a sentence are those of the JSON."""
    for answer in found:
        share = answer.share
        if share is None:
            continue
        sentence = answer.to_json()["sentences"][0]
        numbers = re.findall(r"holds in ([\d,]+), .*fails in ([\d,]+),", sentence)
        assert [int(n) for n in numbers[0]] == [share.holds, share.fails]
        assert f"{100 * (share.share or 0):.1f} %" in sentence


def test_the_page(found: Audit) -> None:
    text = str(found.table())
    assert text.count("Tested: ") == len(found.answers)
    for answer in found:
        assert answer.claim.told in text
        assert answer.verdict in text
    assert "64 settings: in each, all 6 quantities with a range" in text
    assert found._repr_html_().startswith("<pre")
    assert repr(found) == f"<Audit small: {found.sentence()}>"


def test_tables(found: Audit) -> None:
    frame = found.to_polars()
    assert frame["claim"].to_list() == [one.claim.id for one in found]
    assert json.loads(json.dumps(found.to_json(), allow_nan=False))["sentence"] == found.sentence()


def test_the_chart(found: Audit, tmp_path: Path) -> None:
    chart = found.plot()
    rows = chart.option["yAxis"]["data"]
    assert rows[0] == "true\nsupported"
    assert len(rows) == 4
    dots = chart.option["series"][-1]["data"]
    assert dots[0][0] > 90
    assert "hanging open" in chart.description
    assert chart.save(tmp_path / "a.html").exists()


def test_quantities_in_words() -> None:
    assert named("contact.frontage").startswith("contact.frontage (")
    assert (
        named("places.fort.layers.count") == "places.fort.layers.count (how many layers there are)"
    )


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Ratio(2, 3.0, 1.5, 6.0, 30, 10, 500), "by its first 2 targets, fits the claim 3 [1.5, 6]"),
        (Ratio(1, 0.0, 0.0, 0.4, 0, 12, 500), "fits the claim 0 [0, 0.4] times as well (0 against"),
        (Ratio(1, None, 2.0, None, 12, 0, 500), "endlessly many [2, any number] times"),
        (Ratio(1, None, None, None, 2, 3, 500), "Too few replications look like the dated record"),
    ],
)
def test_ratios_in_words(one: Ratio, said: str) -> None:
    assert said in ratio_text(one)


_AB = ("Ay", "Bee")


def test_distances_in_words() -> None:
    both = Measured(("a", "b"), _AB, 3.0, 12.0, 14.0, 10.0, 25.0, ("a", "b"), ("Bee",), False, 4.0)
    assert measured_text(both) == (
        "Ay and Bee are 12.0 km apart in a straight line and 14.0 km [10.0, 25] by the shortest "
        "way of this scenario; told: 3.0 km, off by a factor of 4.0. The position of Bee is not "
        "sure."
    )
    far = Measured(("a", "b"), _AB, 100.0, 25.0, None, None, None, (), (), False, 0.25)
    assert "off by a factor of 4.0" in measured_text(far)
    way = Measured(("a", "b"), _AB, 3.0, None, 5.0, 1.0, 6.0, ("a", "b"), (), None, None)
    assert "3.0 km, which cannot be measured: a position is missing." in measured_text(way)
    none = Measured(("a", "b"), _AB, 3.0, None, None, None, None, (), (), None, None)
    assert "nothing to measure" in measured_text(none)
