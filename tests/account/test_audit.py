"""An audit: planted claims are found out, and the same audit has the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from nobat.account.audit import AuditInterrupted, audit
from nobat.account.audited import Audit
from nobat.account.kept import AUDITS
from nobat.account.likeness import LEAST_SURVIVING
from nobat.account.verdict import OPEN, REJECTED, SUPPORTED, UNTESTABLE
from nobat.engine.files import StoreError
from nobat.engine.manifest import RunError
from nobat.scenario import ScenarioError, load
from tests.account.told import CLAIMS, FALSE, HANGING, TRUE, WIDER, claim, told

SETTINGS, REPLICATIONS = 96, 20


def ask(out: Path, *claims: dict[str, Any], **words: Any) -> Audit:
    """An audit of the small siege."""
    options = {"settings": SETTINGS, "replications": REPLICATIONS, **words}
    return audit(told(claims or CLAIMS), out=out, **options)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    return ask(tmp_path_factory.mktemp("audit") / "whole")


def test_a_true_claim_is_supported(found: Audit) -> None:
    answer = found["true"]
    assert answer.verdict == answer.model == SUPPORTED
    assert answer.share is not None
    assert answer.share.low is not None
    assert answer.share.low >= 0.9
    assert answer.share.holds_beyond_noise > 0.8 * SETTINGS


def test_a_false_claim_is_rejected(found: Audit) -> None:
    answer = found["false"]
    assert answer.verdict == REJECTED
    assert answer.share is not None
    assert answer.share.share is not None
    assert found["true"].share is not None
    # The same comparison the other way round: what is level counts half for both.
    assert answer.share.share == pytest.approx(1 - (found["true"].share.share or 0))


def test_a_claim_that_hangs_on_a_quantity_names_it(found: Audit) -> None:
    answer = found["hanging"]
    assert answer.verdict == OPEN
    first = answer.deciders[0]
    assert first.path == "attrition.defender_rate"
    assert first.first.value > 0.5
    assert first.first.low > 0.3
    assert first.total is not None
    assert first.total.high > first.first.low
    (flip,) = first.flips
    assert not flip.rises  # more fire, more losses, less of the claim
    assert flip.low is not None
    assert flip.high is not None
    assert 0.03 < flip.low < flip.value < flip.high < 0.3
    assert (first.share_low or 0) > 0.9
    assert first.share_high is not None
    assert first.share_high < 0.1
    assert answer.on_assumptions_alone is True


def test_at_the_flip_the_claim_is_level(found: Audit, tmp_path: Path) -> None:
    """With that number held at its flip, and other luck, the claim holds about as often as not."""
    at = found["hanging"].deciders[0].flips[0].value
    scenario = told((HANGING,)).with_values(
        {"attrition.defender_rate": {"value": at}, "run.seed": 5}
    )
    again = audit(scenario, settings=SETTINGS, replications=REPLICATIONS, out=tmp_path / "level")
    share = again["hanging"].share
    assert share is not None
    assert 0.2 < (share.share or 0) < 0.8


def test_a_setting_against_another(found: Audit) -> None:
    answer = found["wider"]
    assert answer.verdict == SUPPORTED
    narrow, other = answer.rivals
    assert narrow.runs == ("commit-all [contact.frontage = 200]",)
    (weighed,) = narrow.ratios
    assert weighed.ratio is not None
    assert weighed.ratio > 1  # a wide front falls sooner, as in the record
    assert weighed.low is not None
    assert weighed.high is not None
    assert weighed.low <= weighed.ratio <= weighed.high
    assert (other.runs, other.ratios, other.better) == ((), (), None)


def test_what_cannot_be_tested_is_said(found: Audit) -> None:
    answer = found["unasked"]
    assert (answer.verdict, answer.share) == (UNTESTABLE, None)
    assert answer.to_json()["sentences"][0] == "Cannot be tested here: Nobody was there."


def test_given_the_record(found: Audit) -> None:
    like = found.likeness
    assert like is not None
    assert like.whole
    (way,) = like.ways
    left = way.left[-1]
    assert (way.id, way.run) == ("commit-all", "commit-all")
    assert 0 < left.replications < like.replications
    assert LEAST_SURVIVING <= left.worth <= left.settings <= SETTINGS
    given = found["hanging"].given
    assert given is not None
    (by,) = given.by
    assert by.share.settings == left.settings
    assert given.model == by.word


def test_the_figures_are_in_the_folder(found: Audit) -> None:
    """What is said of a claim can be worked out again from the rows."""
    assert found.path is not None
    rows = pl.concat([pl.read_parquet(p) for p in sorted((found.path / "settings").iterdir())])
    assert rows["setting"].to_list() == list(range(SETTINGS))
    margins = rows["hanging: margin"]
    share = found["hanging"].share
    assert share is not None
    assert share.holds == int((margins >= 0).sum())
    losses = rows["rotate: mean attacker_losses"]
    assert (150 - losses).to_list() == pytest.approx(margins.to_list())
    design = pl.read_parquet(found.path / "design.parquet")
    assert design.width == 1 + found.quantities
    written = json.loads((found.path / "audit.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(found.to_json()))


def files(path: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    there = (one for one in path.rglob("*") if one.is_file())
    return {str(one.relative_to(path)): one.read_bytes() for one in there}


QUICK: dict[str, Any] = {"settings": 40, "replications": 5}


def test_the_same_audit_has_the_same_bytes(tmp_path: Path) -> None:
    one, two = (tmp_path / name for name in ("one", "two"))
    ask(one, HANGING, WIDER, jobs=1, **QUICK)
    ask(two, HANGING, WIDER, jobs=2, **QUICK)
    assert files(one) == files(two)
    other = ask(tmp_path / "other", HANGING, WIDER, seed=9, **QUICK)
    assert other["hanging"].share != ask(one, HANGING, WIDER, **QUICK)["hanging"].share


def test_a_stopped_audit_is_taken_up(tmp_path: Path) -> None:
    whole, part = tmp_path / "whole", tmp_path / "part"
    ask(whole, HANGING, WIDER, **QUICK)

    def stop(at: int) -> Any:
        def press(done: int, _total: int) -> None:
            if done >= at:
                raise KeyboardInterrupt

        return press

    for at in (1, 17, 33, 41):
        with pytest.raises(AuditInterrupted):
            ask(part, HANGING, WIDER, progress=stop(at), **QUICK)
    calls: list[int] = []
    ask(part, HANGING, WIDER, progress=lambda done, _: calls.append(done), **QUICK)
    assert files(part) == files(whole)


def test_a_damaged_table_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "audit"
    ask(path, HANGING, **QUICK)
    before = files(path)
    for name in ("settings/000016.parquet", "design.parquet", "anew/000000.parquet"):
        content = bytearray((path / name).read_bytes())
        content[len(content) // 2] ^= 0xFF
        (path / name).write_bytes(content)
    ask(path, HANGING, **QUICK)
    assert files(path) == before


def test_nothing_is_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(tmp_path / "a", HANGING, **QUICK)

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("nobat.account.campaigns.in_turn", never)
    assert ask(tmp_path / "a", HANGING, **QUICK)["hanging"].share is not None


def test_another_audit_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "audit"
    ask(path, HANGING, **QUICK)
    before = files(path)
    with pytest.raises(RunError, match=r"holds another audit \(not the same: .*seed\)"):
        ask(path, HANGING, seed=2, **QUICK)
    assert files(path) == before
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(RunError, match="holds no audit"):
        ask(tmp_path / "full", HANGING, **QUICK)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises((StoreError, RunError)):
        ask(tmp_path / "file" / "below", HANGING, **QUICK)


def test_some_claims_only(tmp_path: Path) -> None:
    found = audit(
        told(), claims=["hanging", "true"], settings=8, replications=2, out=tmp_path / "a"
    )
    assert [one.claim.id for one in found] == ["true", "hanging"]
    with pytest.raises(KeyError, match="claims: true, hanging"):
        found["false"]


def test_no_record_no_ratio(tmp_path: Path) -> None:
    found = audit(told((WIDER,), None), settings=8, replications=2, out=tmp_path / "a")
    assert found.likeness is None
    assert found["wider"].given is None
    assert found["wider"].rivals[0].ratios == ()
    with pytest.raises(ScenarioError, match="has no dated record"):
        audit(told((WIDER,), None), given_record=True, out=tmp_path / "b")


def test_a_record_that_nothing_looks_like(tmp_path: Path) -> None:
    record = {
        "doctrine": "wait",
        "targets": [{"id": "fell", "what": "It fell.", "outcome": "day_core_taken", "high": 9,
                     "tolerance": 1}],
    }  # fmt: skip
    found = audit(told((HANGING,), record), settings=8, replications=2, out=tmp_path / "a")
    assert found.likeness is not None
    assert found.likeness.asked == 0
    assert found.likeness.ways[0].left[0].replications == 0
    assert found.likeness.hardest == "fell"
    given = found["hanging"].given
    assert given is not None
    assert (given.verdict, given.by) == ("too few settings", ())
    assert "too few settings look like it" in " ".join(found["hanging"].to_json()["sentences"])


def test_a_scenario_with_no_ranges(tmp_path: Path) -> None:
    """Every setting is the scenario itself: nothing decides, nothing fails."""
    scenario = told((TRUE, FALSE), None)
    plain = scenario.canonical()

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            cut = {"low": None, "high": None} if "basis" in node and "low" in node else {}
            return {key: bare(value) for key, value in node.items()} | cut
        return [bare(one) for one in node] if isinstance(node, list) else node

    from nobat.scenario.problems import Written
    from nobat.scenario.scenario import scenario_of

    found = audit(scenario_of(Written(bare(plain))), settings=8, replications=2, out=tmp_path / "a")
    assert found.quantities == 0
    assert found["true"].deciders == ()


NEVER = claim("never", {"figure": {"doctrine": "wait", "outcome": "day_secured", "at_most": 20}})
LEVEL = claim(
    "level",
    {"setting": {"doctrine": "wait", "set": {"contact.frontage": 800},
                 "instead": {"contact.frontage": 200}, "outcome": "secured", "expect": "more"}},
)  # fmt: skip
#: The hold has no range: a setting of a number that is not drawn.
FIXED = claim(
    "fixed",
    {"setting": {"doctrine": "commit-all", "set": {"places.fort.hold_h": 8},
                 "instead": {"places.fort.hold_h": 96}, "outcome": "duration_d",
                 "expect": "less"}},
)  # fmt: skip
AT_THE_END = claim("end", {"figure": {"doctrine": "wait", "outcome": "secured", "at_most": 0}})


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    return ask(tmp_path_factory.mktemp("edges") / "a", NEVER, LEVEL, FIXED, AT_THE_END, **QUICK)


def said(found: Audit, name: str) -> str:
    """All sentences on a claim."""
    return " ".join(found[name].to_json()["sentences"])


def test_what_never_happens_gives_no_verdict(edges: Audit) -> None:
    answer = edges["never"]
    assert (answer.verdict, answer.deciders) == (UNTESTABLE, ())
    assert answer.share is not None
    assert (answer.share.share, answer.share.silent) == (None, QUICK["settings"])
    assert "in no setting did what is compared happen at all" in said(edges, "never")


def test_a_tie_everywhere_is_open_and_is_told(edges: Audit) -> None:
    answer = edges["level"]
    assert answer.verdict == OPEN
    assert answer.share is not None
    assert (answer.share.level, answer.share.share) == (QUICK["settings"], 0.5)
    assert "Both sides are level in every setting" in said(edges, "level")


def test_a_number_without_a_range_can_be_told(edges: Audit) -> None:
    answer = edges["fixed"]
    assert answer.share is not None
    assert answer.share.holds > answer.share.fails == 0
    assert "places.fort.hold_h" not in [one.path for one in answer.deciders]


def test_at_the_end_of_a_range_it_lies_inside(edges: Audit) -> None:
    assert edges["end"].verdict == SUPPORTED


def test_one_replication_knows_no_noise(tmp_path: Path) -> None:
    found = ask(tmp_path / "a", TRUE, FALSE, HANGING, settings=40, replications=1)
    for answer in found:
        assert answer.share is not None
        assert answer.share.holds_beyond_noise == answer.share.fails_beyond_noise == 0
        assert answer.luck is None
        assert all(one.total is None for one in answer.deciders)
    assert json.dumps(found.to_json(), allow_nan=False)


def test_an_outcome_that_is_not_there_is_told_with_its_list_once(tmp_path: Path) -> None:
    wrong = [
        claim(name, {"figure": {"doctrine": "rotate", "outcome": "secure", "at_most": 1}})
        for name in ("a", "b")
    ]
    with pytest.raises(ScenarioError) as error:
        audit(told(wrong), out=tmp_path / "a")
    first, second = str(error.value).splitlines()
    assert "did you mean secured? (outcomes: secured, " in first
    assert second.endswith("'secure' is not an outcome; did you mean secured?")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"claims": ["hangin"]}, "claim: 'hangin' is not a claim of small; did you mean hanging?"),
        ({"settings": 4}, "settings: 4 is not a number of settings: a whole number from 8 to"),
        ({"settings": 8.5}, "settings: 8.5 is not a number of settings"),
        ({"replications": 0}, "replications: 0 is not"),
        ({"seed": -1}, "seed: -1 is not"),
        ({"jobs": 0}, "jobs: 0 is not a number of threads"),
    ],
)
def test_what_it_refuses(words: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as error:
        audit(told(), out=tmp_path / "a", **words)
    assert str(error.value).startswith(said)
    assert not (tmp_path / "a").exists()


def test_no_claims_nothing_to_audit(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="small has no claims: there is nothing to audit"):
        audit(told(()), out=tmp_path / "a")


def test_claims_that_cannot_be_run_are_told_at_once(tmp_path: Path) -> None:
    wrong = claim(
        "wrong",
        {"figure": {"doctrine": "rotate", "outcome": "attacker_loses", "at_most": 1}},
        set={"places.fort.hold_h": 3},
        rivals=[{"id": "a", "says": "b", "set": {"doctrines.rotate.start": "rush"}}],
    )
    with pytest.raises(ScenarioError) as error:
        audit(told((wrong,)), out=tmp_path / "a")
    lines = str(error.value).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(
        "claims[0].test.figure.outcome: 'attacker_loses' is not an outcome; did you mean"
    )
    assert "claims[0].set: places.fort.hold_h: 3 h is not a whole number of steps" in lines[1]
    assert "claims[0].rivals[0].set: doctrines.rotate.start: 'rush' is not allowed" in lines[2]


def test_a_claim_on_a_leader_without_reports_is_told_and_nothing_else_is_refused(
    tmp_path: Path,
) -> None:
    scenario = load("abu-kamal-2017", {"reports": None})
    with pytest.raises(
        ScenarioError, match=r"claims\[7\].test.belief: there is no section reports"
    ):
        audit(scenario, settings=16, replications=2, out=tmp_path / "a")


def test_it_takes_a_scenario() -> None:
    with pytest.raises(TypeError, match=r"audit takes a Scenario: nobat.load\('small'\)"):
        audit("small")  # type: ignore[arg-type]


def test_the_default_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = audit(told((TRUE,), None), settings=8, replications=2)
    assert found.path is not None
    assert found.path.parent == AUDITS
    assert found.path.name.startswith("small-")
