"""What lies beside a run is shown where it is of the same scenario, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

import nobat
from nobat.account.audited import Audit
from nobat.show.audit import question_text
from nobat.show.audit_record import record_texts
from nobat.show.audit_words import notes, sentences
from nobat.show.language import speaking
from nobat.show.report import page
from nobat.show.report.beside import audit_of
from nobat.show.report.blocks import Words
from nobat.show.report.material import gather
from nobat.show.report.sections import sections_of
from nobat.show.report.sections.account import account
from nobat.study.comparison import Comparison
from nobat.study.why_kept import keep
from nobat.study.why_pair import pair_of
from tests.account.told import CLAIMS, RECORD
from tests.account.told import told as siege
from tests.show.report.runs import Page
from tests.small import small, whole


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    monkeypatch.chdir(tmp_path)
    return nobat.compare(small(replications=8))


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    """A run of a scenario that has claims."""
    monkeypatch.chdir(tmp_path)
    return nobat.compare(siege(CLAIMS, RECORD, replications=8))


def audit(folder: str, settings: int = 8, **changed: object) -> Audit:
    """An audit of the same scenario, or of one that is not the same."""
    scenario = siege(CLAIMS, RECORD, seed=9)
    asked = scenario.model_copy(update=changed)
    return nobat.audit(asked, settings=settings, replications=2, out=folder)


def names(result: Comparison) -> set[str]:
    """The sections of a report."""
    return {section.id for section in sections_of(gather(result))}


def test_nothing_is_shown_where_nothing_lies(result: Comparison) -> None:
    assert "audit" not in names(result)
    alone = nobat.compare(small(replications=4), doctrines=["wait"], out=Path("runs/alone"))
    assert not names(alone) & {"audit", "why"}


def words(result: Comparison) -> str:
    """What the section on why says in words."""
    (section,) = (one for one in sections_of(gather(result)) if one.id == "why")
    return " ".join(
        text for one in section.blocks if isinstance(one, Words) for text in one.paragraphs
    )


def test_where_why_was_not_asked_it_says_how(tmp_path: Path) -> None:
    """And what needs no more campaigns: in what the runner-up differs."""
    scenario = whole(replications=60).with_values({"doctrines.commit-all.start": "hold"})
    three = ["rotate", "closed", "commit-all"]
    result = nobat.compare(scenario, doctrines=three, out=tmp_path / "three")
    best = result.best.doctrine
    (second,) = {"rotate", "closed"} - {best}
    text = words(result)
    assert text.startswith(f"What makes the difference between {best} and commit-all was not asked")
    assert "`nobat why three` runs mixes of the two" in text
    assert f"{second} comes nearer to {best}, but differs from it only in the corridor" in text
    pair = nobat.compare(scenario, doctrines=three[:2], out=tmp_path / "two")
    assert words(pair).startswith(f"{best} and {second} differ only in the corridor (")
    assert "`nobat why" not in words(pair)


def test_an_audit_of_the_same_scenario_is_shown(told: Comparison) -> None:
    audit("audits/small-1")
    largest = audit("audits/small-2", settings=32)
    audit("audits/small-3", settings=48, title="Another")
    nobat.audit(siege(), claims=["true"], settings=48, replications=2, out="audits/small-4")
    assert told.run is not None
    found = audit_of(told.run, siege(CLAIMS, RECORD))
    assert found is not None
    assert found.to_json() == largest.to_json()
    rows = Page.of(page.html(told)).rows("claims")
    assert [row["claim"].text.strip() for row in rows] == [one.claim.id for one in largest]
    for row, one in zip(rows, largest, strict=True):
        share = row["share"].attributes.get("data-value")
        there = one.share is not None and one.share.share is not None
        assert share == (str(one.share.share) if one.share and there else None)
        assert one.claim.told in row["told"].text
    assert "audit" in names(told)


@pytest.mark.parametrize("code", ["en", "fa"])
def test_the_page_says_what_is_tested_and_what_words_mean(told: Comparison, code: str) -> None:
    """A verdict is never shown without what it is on, nor without what the word means."""
    found = audit("audits/small-1")
    with speaking(code):
        section = account(gather(told))
        assert section is not None
        shown = str(section)
        for one in found:
            assert repr(question_text(one))[1:-1] in shown
            assert all(repr(text)[1:-1] in shown for text in sentences(one))
        assert all(repr(text)[1:-1] in shown for text in notes(found))
        assert found.likeness is not None
        assert all(repr(text)[1:-1] in shown for text in record_texts(found.likeness))


@pytest.mark.parametrize("text", ["", "[1]", '{"claims": []}', "{"])
def test_what_is_no_audit_is_left_alone(told: Comparison, text: str) -> None:
    audit("audits/small-1")
    Path("audits/small-1/audit.json").write_text(text, encoding="utf-8")
    assert account(gather(told)) is None


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
    pair = pair_of(result, small())
    assert pair is not None
    keep(result.run, nobat.why(small(), doctrine=pair[0], against=pair[1], replications=8))
    after = page.html(result)
    assert f"nobat why {result.run.path.name}" not in after
    assert "Why: " in after
