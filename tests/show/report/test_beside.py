"""What lies beside a run is shown where it is of the same scenario, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import nobat
from nobat.show.report import page
from nobat.show.report.beside import audit_of
from nobat.show.report.material import gather
from nobat.show.report.sections import sections_of
from nobat.study.comparison import Comparison
from nobat.study.why_kept import keep, pair_of
from tests.show.report.runs import Page
from tests.small import small

_CLAIM = {
    "id": "C1", "told": "There were <two> layers.", "verdict": "open",
    "share": {"share": 0.4, "low": 0.3, "high": 0.5, "settings": 64},
    "decided_by": [{"path": "contact.frontage"}], "sentences": ["Open: 40 %.", "More."],
}  # fmt: skip
_UNTOLD = {**_CLAIM, "id": "C2", "share": None, "decided_by": []}


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    monkeypatch.chdir(tmp_path)
    return nobat.compare(small(replications=8))


def audit(result: Comparison, folder: Path, settings: int = 64, **changed: object) -> None:
    """An audit as it lies in its folder."""
    assert result.run is not None
    folder.mkdir(parents=True)
    scenario = json.loads(result.run.scenario_text()) | {"run": {"seed": 9}} | changed
    (folder / "scenario.json").write_text(json.dumps(scenario), encoding="utf-8")
    answer = {
        "settings": settings, "replications": 50, "claims": [_CLAIM, _UNTOLD],
        "sentence": "Of 2 claims: 2 open.",
    }  # fmt: skip
    (folder / "audit.json").write_text(json.dumps(answer), encoding="utf-8")


def names(result: Comparison) -> set[str]:
    """The sections of a report."""
    return {section.id for section in sections_of(gather(result))}


def test_nothing_is_shown_where_nothing_lies(result: Comparison) -> None:
    assert not names(result) & {"audit", "why"}


def test_an_audit_of_the_same_scenario_is_shown(result: Comparison) -> None:
    audit(result, Path("audits/small-1"))
    audit(result, Path("audits/small-2"), settings=256)
    audit(result, Path("audits/small-3"), settings=999, title="Another")
    assert result.run is not None
    found = audit_of(result.run)
    assert found is not None
    assert found[0].name == "small-2"
    parts = Page.of(page.html(result))
    first, second = parts.rows("claims")
    assert first["share"].attributes["data-value"] == "0.4"
    assert "data-value" not in second["share"].attributes
    assert first["told"].text.strip() == "There were <two> layers."
    assert "audit" in names(result)


@pytest.mark.parametrize("text", ["", "[1]", '{"claims": []}', "{"])
def test_what_is_no_audit_is_left_alone(result: Comparison, text: str) -> None:
    audit(result, Path("audits/small-1"))
    Path("audits/small-1/audit.json").write_text(text, encoding="utf-8")
    assert "audit" not in names(result)


def test_reasons_are_shown_where_they_were_kept(result: Comparison) -> None:
    found = nobat.why(
        small(replications=20), doctrine="rotate", against="commit-all", replications=20
    )
    assert result.run is not None
    keep(result.run, found)
    material = gather(result)
    assert material.reasons == [found]
    rows = Page.of(page.html(result)).rows("why_0")
    own = [one for one in found.shares if one.in_scenario]
    assert [row["mechanism"].text.strip() for row in rows] == [
        *(one.mechanism for one in own), "in all"
    ]  # fmt: skip
    for row, one in zip(rows, own, strict=False):
        assert float(row["share"].attributes["data-value"] or "nan") == one.share.mean
    assert float(rows[-1]["share"].attributes["data-value"] or "nan") == found.difference.mean


def test_the_verdict_tells_why_or_how_to_ask(result: Comparison) -> None:
    assert result.run is not None
    before = page.html(result)
    assert f"nobat why {result.run.path.name}" in before
    assert {row["measure"].attributes.get("data-text") for row in Page.of(before).rows("telling")}
    pair = pair_of(result)
    assert pair is not None
    keep(result.run, nobat.why(small(), doctrine=pair[0], against=pair[1], replications=8))
    after = page.html(result)
    assert f"nobat why {result.run.path.name}" not in after
    assert "Why: " in after
