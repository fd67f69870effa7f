"""The charts of a report as pictures: one file each, and a clear word where there can be none."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from nobat.engine.files import StoreError
from nobat.show.language import speaking
from nobat.show.report.pictures import draw, make_folder, pictures_of
from nobat.study.comparison import Comparison
from tests.show.report.runs import DOCTRINES, whole_run


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return whole_run(tmp_path_factory.mktemp("pictures"))


def test_every_chart_of_the_report_is_among_them(found: Comparison) -> None:
    names = [picture.name for picture in pictures_of(found)]
    assert len(names) == len(set(names)) > 10
    assert {"secured", "by_day", "harm", "replay_duties", "stock"} <= set(names)
    assert {"map_near"} <= set(names)
    assert {f"band_{name}" for name in DOCTRINES} <= set(names)


def test_drawings_are_written_one_by_one(found: Comparison, tmp_path: Path) -> None:
    paths = list(draw(found, tmp_path / "new" / "folder", "svg"))
    assert [path.stem for path in paths] == [picture.name for picture in pictures_of(found)]
    for path in paths:
        assert path.read_text(encoding="utf-8").startswith("<svg")


def test_maps_are_drawn_with_their_legend(found: Comparison) -> None:
    (map_,) = [picture for picture in pictures_of(found) if picture.name == "map_near"]
    drawn = ET.fromstring(map_.drawn("svg"))
    words = {text for one in drawn.iter() if one.tag.endswith("}text") for text in one.itertext()}
    assert {"The mill?", "The town?", "N", "nobody's", "route of both sides"} <= words
    symbols = {one.get("id") for one in drawn.iter() if one.tag.endswith("}symbol")}
    used = {one.get("href") for one in drawn.iter() if one.tag.endswith("}use")}
    assert used == {f"#{name}" for name in symbols}
    assert "var(" not in map_.drawn("svg").decode()
    assert map_.chart.note


@pytest.mark.slow
def test_a_map_is_a_png_too(found: Comparison) -> None:
    (map_,) = [picture for picture in pictures_of(found) if picture.name == "map_near"]
    assert map_.drawn("png").startswith(b"\x89PNG")


@pytest.mark.slow
def test_pictures_are_png(found: Comparison, tmp_path: Path) -> None:
    first = next(draw(found, tmp_path, "png"))
    assert first.read_bytes().startswith(b"\x89PNG")


def test_they_speak_the_language_that_is_spoken(found: Comparison) -> None:
    with speaking("fa"):
        charts = {picture.name: picture.chart for picture in pictures_of(found)}
    assert charts["stock"].code == "fa"
    assert "روز" in charts["stock"].svg()


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="file is not a folder"):
        make_folder(tmp_path / "file")
    with pytest.raises(StoreError, match="cannot be made"):
        make_folder(tmp_path / "file" / "inside")
