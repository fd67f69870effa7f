"""An audit in words and as a chart: every word has a figure behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nobat.account.alike import LEAST_ALIKE, Ratio
from nobat.account.audit import audit
from nobat.account.audited import Answer, Audit, RivalAnswer
from nobat.account.deciding import LEAST_SETTINGS
from nobat.account.likeness import LEAST_SURVIVING
from nobat.account.verdict import CLEARLY, RATHER
from nobat.show.audit_deciders import quantity
from nobat.show.audit_record import ratios_text, record_texts
from nobat.show.language import speaking
from tests.account.told import told


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    path = tmp_path_factory.mktemp("audit") / "a"
    return audit(told(), settings=64, replications=10, given_record=True, out=path)


def test_the_sentences_of_a_claim(found: Audit) -> None:
    text = "\n".join(found["hanging"].to_json()["sentences"])
    assert text.startswith("Open: what is tested holds in ")
    assert "No source takes a side." in text
    assert "By how much it holds or fails hangs most on attrition.defender_rate (" in text
    assert ", drawn from 0.03 to 0.3 per day (assumed). By itself it makes " in text
    assert "All that decides it is assumed: nothing but guesses." in text
    assert "On average over all else it turns at " in text
    assert "Given the dated record, by its first 2 targets: " in text
    assert text.endswith("What would settle it: A witness.")


#: A number as a sentence tells it: its digits, and whether it is a share in percent.
_TOLD = re.compile(r"(?<![\w.\[])-?\d[\d,]*(?:\.\d+)?(?=( %)?)")
_ENDS = re.compile(r"(?<=[\[ ])-?\d[\d,]*(?:\.\d+)?(?=[,\]])")


def numbers_in(node: object) -> Iterator[float]:
    """All numbers of a JSON value, and those of its texts, which are the scenario's own words."""
    if isinstance(node, dict):
        for value in node.values():
            yield from numbers_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from numbers_in(value)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield float(node)


def backed(token: str, known: list[float]) -> bool:
    """Whether a number of a text is one that is known, or a hundred times one, as far as told."""
    text = token.replace(",", "")
    _whole, _point, after = text.partition(".")
    half = 0.5 * 10.0 ** -len(after)
    value = float(text)
    return any(abs(value - scale * x) <= half * (1 + 1e-9) for x in known for scale in (1, 100))


def own_words(answer: Answer) -> list[str]:
    """What a claim's sentences repeat from the scenario, whose numbers are no results."""
    claim = answer.claim
    said = [claim.told, claim.needs, claim.test.says, *(one.says for one in claim.rivals)]
    paths = [one.path for one in answer.deciders]
    ids = [*(one.id for one in claim.rivals), *claim.support, *claim.against, *claim.context]
    return sorted([*said, *paths, *ids], key=len, reverse=True)


#: Numbers that the texts have by themselves: limits with a name.
LIMITS = [LEAST_SURVIVING, LEAST_SETTINGS, LEAST_ALIKE]


def loose(text: str, own: Iterable[str], known: list[float]) -> list[str]:
    """The numbers of a text that nothing backs."""
    for words in own:
        text = text.replace(words, " ")
    tokens = [m[0] for pattern in (_TOLD, _ENDS) for m in pattern.finditer(text)]
    return [one for one in dict.fromkeys(tokens) if not backed(one, [*known, *LIMITS])]


def written(found: Audit) -> dict[str, Any]:
    """The answer as the folder has it, without its sentences."""
    assert found.path is not None
    answer = json.loads((found.path / "audit.json").read_text(encoding="utf-8"))
    for one in answer["claims"]:
        del one["sentences"]
    kept: dict[str, Any] = answer
    return kept


def test_every_number_told_is_in_the_folder(found: Audit) -> None:
    """Whatever a sentence says: its numbers are those of audit.json there, as they are told."""
    answers = {one["id"]: one for one in written(found)["claims"]}
    told = 0
    for answer in found:
        known = list(numbers_in(answers[answer.claim.id]))
        for text in answer.to_json()["sentences"]:
            assert loose(text, own_words(answer), known) == [], text
            told += len(_TOLD.findall(text))
    assert told > 50


def test_every_number_of_the_record_is_in_the_folder(found: Audit) -> None:
    like = found.likeness
    assert like is not None
    known = list(numbers_in(written(found)["record"]))
    # What is asked is the range with its tolerance; how many targets and ways there are is counted.
    for one in like.targets:
        known += [x + s * one.tolerance for x in (one.low, one.high) if x is not None
                  for s in (-1, 1)]  # fmt: skip
    known += [len(like.targets), len(like.ways)]
    words = [one.what for one in like.targets] + [one.says for one in like.ways]
    words += [one.id for one in like.targets] + [one.id for one in like.ways]
    for text in record_texts(like):
        assert loose(text, words, known) == [], text


def test_every_number_of_the_page_is_in_the_folder(found: Audit) -> None:
    """From the first line to the last, the scenario's own words left out."""
    page = " ".join(str(found.table()).split())
    like = found.likeness
    assert like is not None
    known = [*numbers_in(written(found)), len(found.answers), len(like.targets)]
    known += [CLEARLY, RATHER, 1 - RATHER, 1 - CLEARLY]
    verdicts = [one.verdict for one in found]
    known += [verdicts.count(word) for word in verdicts]
    for one in like.targets:
        known += [x + s * one.tolerance for x in (one.low, one.high) if x is not None
                  for s in (-1, 1)]  # fmt: skip
    words = [w for answer in found for w in own_words(answer)]
    words += [one.what for one in like.targets] + [str(found.path)]
    assert loose(page, words, known) == []


def test_a_wrong_number_would_be_found() -> None:
    assert loose("It holds in 17 of 64.", [], [18.0, 64.0]) == ["17"]
    assert loose("12.5 % [6.2, 21.0]", [], [0.125, 0.062, 0.3]) == ["21.0"]
    assert loose("12.5 % [6.2, 30.0]", [], [0.125, 0.062, 0.3]) == []


def test_the_page(found: Audit) -> None:
    text = " ".join(str(found.table()).split())
    assert text.count("Tested: ") == len(found.answers)
    for answer in found:
        assert answer.claim.told in text
        assert answer.verdict in text
    assert "All 6 numbers of the scenario that have a range" in text
    assert "64 times over: each draw is a setting." in text
    assert "supported, its low end is 90 % or more; rather supported, 67 % or more" in text
    assert "The dated record" in text
    assert "The sources that are named" in text
    assert "ledger: " in text
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
    assert quantity("contact.frontage").startswith("contact.frontage (")
    layers = "places.fort.layers.count"
    assert quantity(layers) == f"{layers} (how many layers there are)"


WAYS = ("a", "b")
BETTER = Ratio(("a",), 2, 3.0, 1.5, 6.0, 30, 10, 500)
ENDLESS = Ratio(("b",), 2, None, 2.0, None, 12, 0, 500)
NEVER = Ratio(("a",), 1, 0.0, 0.0, 0.4, 0, 12, 500)
UNSURE = Ratio(("b",), 1, 0.75, 0.27, 1.5, 9, 12, 500)
FEW = Ratio(("a",), 1, None, None, None, 2, 3, 500)


@pytest.mark.parametrize(
    ("ratios", "said"),
    [
        ((BETTER,), "by its first 2 targets, fits the claim better. Claim to rival: 3.0 times as "
         "well [1.5, 6.0] (30 against 10 look like it), of 500 replications."),
        ((BETTER, ENDLESS), "fits the claim better. Claim to rival: a 3.0 times as well [1.5, 6.0] "
         "(30 against 10 look like it); b endlessly many times as well [2.0, any number] (12"),
        ((NEVER,), "by its first target, fits this rival better. Claim to rival: 0 times as well "
         "[0, 0.40] (0 against"),
        ((NEVER, UNSURE), "does not tell the two apart for sure. Claim to rival: a 0 times"),
        ((FEW, UNSURE), "does not tell the two apart for sure. Claim to rival: a 2 against 3 look "
         "like it, too few for a ratio; b 0.75 times as well"),
        ((FEW,), "Too few settings look like the dated record to weigh it against the claim: 2 "
         "against 3 look like it, of 500 replications."),
    ],
)  # fmt: skip
def test_ratios_in_words(ratios: tuple[Ratio, ...], said: str) -> None:
    assert said in ratios_text(RivalAnswer("r", "R.", (), ratios, None))


def test_the_same_sentences_in_the_folder_whatever_is_spoken(found: Audit) -> None:
    with speaking("fa"):
        assert found.to_json()["sentence"] == found.to_json()["sentence"]
        assert json.dumps(found.to_json(), ensure_ascii=False).isascii()
    assert "Open: what is tested holds in" in json.dumps(found.to_json())
