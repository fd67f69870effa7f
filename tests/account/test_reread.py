"""An answer read from its folder: the same figures, the same sentences, nothing run."""

from __future__ import annotations

from pathlib import Path

import pytest

from nobat.account.audit import audit
from nobat.account.audited import Audit
from nobat.account.reread import reread
from nobat.show.language import speaking
from tests.account.told import told


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    path = tmp_path_factory.mktemp("audit") / "a"
    return audit(told(), settings=64, replications=10, given_record=True, out=path)


def test_it_is_read_as_it_was_written(found: Audit) -> None:
    """Whatever a page says of an audit stands in its folder."""
    assert found.path is not None
    again = reread(found.path, found.scenario)
    assert again is not None
    assert again.to_json() == found.to_json()
    for code in ("en", "fa"):
        with speaking(code):
            assert str(again.table()) == str(found.table())


def test_distances_are_read_too(tmp_path: Path) -> None:
    import nobat

    scenario = nobat.load("abu-kamal-2017")
    made = audit(scenario, claims=["C5"], settings=8, replications=2, out=tmp_path / "a")
    again = reread(tmp_path / "a", made.scenario)
    assert again is not None
    assert again["C5"].gap == made["C5"].gap
    assert again.to_json() == made.to_json()


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"claims": []}'])
def test_what_is_no_answer_is_not_read(found: Audit, tmp_path: Path, text: str) -> None:
    (tmp_path / "audit.json").write_text(text, encoding="utf-8")
    assert reread(tmp_path, found.scenario) is None
    assert reread(tmp_path / "nowhere", found.scenario) is None


def test_an_answer_to_other_claims_is_not_read(found: Audit) -> None:
    assert found.path is not None
    assert reread(found.path, told(())) is None
