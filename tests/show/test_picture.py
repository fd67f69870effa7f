"""Pictures: every chart as SVG and PNG, with what its page says, without a browser or a network."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path

import pytest

from nobat.show import picture
from nobat.show.charts import Chart
from nobat.study.comparison import Comparison
from nobat.study.flip import flip
from nobat.study.frontier import frontier
from tests.show.results import comparison
from tests.small import small, whole

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return comparison(
        tmp_path_factory.mktemp("picture"),
        {"rotate": 0.3, "commit-all": 0.7, "wait": 0.0},
        {"rotate": 1234.0, "commit-all": 5678.0, "wait": 12.0},
    )


def plain(**words: object) -> Chart:
    """A chart of two points."""
    option = {
        "xAxis": {"type": "value"},
        "yAxis": {"type": "value"},
        "series": [{"type": "line", "data": [[0, 1], [1, 2]]}],
    }
    own = {
        "title": "t", "subtitle": "s", "note": "n", "option": option, "height_px": 200,
        "description": "d",
    }  # fmt: skip
    return Chart(**{**own, **words})  # type: ignore[arg-type]


def texts(drawn: str) -> str:
    """All words of a drawing, in their order."""
    found = ET.fromstring(drawn).iter(f"{SVG}text")
    return " ".join("".join(one.itertext()).strip() for one in found)


def size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def test_a_picture_says_what_the_page_says(found: Comparison) -> None:
    chart = found.plot("day_secured")
    said = texts(chart.svg())
    for words in (chart.title, chart.subtitle, "rotate", "commit-all", "wait", "100 %"):
        assert words in said
    assert chart.note.split()[-1] in said


def test_rows_are_headed_by_their_doctrine(found: Comparison) -> None:
    said = texts(found.plot("attacker_losses").svg())
    assert "commit-all" in said
    assert "5,678.0 ± 0.1" in said


def test_every_kind_of_chart_can_be_drawn(found: Comparison) -> None:
    scenario = small()
    along = flip(scenario, "contact.frontage", a="commit-all", b="rotate", points=2, replications=5)
    charts = [
        found.plot(),
        found.plot("day_secured"),
        along.plot(),
        frontier(whole(), criteria=[0.5, 1.5], replications=5).plot(),
    ]
    for chart in charts:
        assert chart.title.split()[0] in texts(chart.svg())
        assert size(chart.png())[0] == picture.WIDTH_PX * picture.DOTS


def test_the_same_bytes_every_time(found: Comparison) -> None:
    chart = found.plot()
    assert chart.svg() == chart.svg()
    assert chart.png() == chart.png()


def test_a_wider_picture_and_one_of_fewer_dots() -> None:
    chart = plain()
    root = ET.fromstring(picture.svg(chart, 1200))
    assert root.get("width") == "1200"
    narrow = picture.png(chart, 400, dots=1)
    assert size(narrow) == (400, int(ET.fromstring(picture.svg(chart, 400)).get("height") or 0))


def test_long_words_are_broken_into_lines_inside_the_picture() -> None:
    short, long = (ET.fromstring(plain(note="word " * n).svg()) for n in (3, 300))
    height = [int(root.get("height") or 0) for root in (short, long)]
    assert height[1] > height[0] + 100
    lines = [one for one in long.iter(f"{SVG}text") if "word word" in (one.text or "")]
    assert len(lines) > 10
    assert max(len(one.text or "") for one in lines) < 160


def test_a_legend_goes_on_in_the_next_line() -> None:
    names = [f"a doctrine of a rather long name, {i}" for i in range(9)]
    legend = tuple((name, "#1f83cc", "dashed") for name in names)
    few, many = (ET.fromstring(plain(legend=legend[:n]).svg()) for n in (1, 9))
    assert int(many.get("height") or 0) > int(few.get("height") or 0)
    assert all(name in texts(plain(legend=legend).svg()) for name in names)


def test_what_a_title_holds_cannot_break_the_drawing() -> None:
    name = '<b> & "quotes" {name|x} </text> \''
    chart = plain(title=name, note=name, description=name)
    root = ET.fromstring(chart.svg())
    assert texts(chart.svg()).count(name) == 2
    assert root.findtext(f"{SVG}desc") == name
    assert root.get("role") == "img"


def test_a_drawing_asks_for_nothing_from_outside(found: Comparison) -> None:
    drawn = found.plot().svg()
    for word in ("href", "@import", "<script", "<image"):
        assert word not in drawn
    assert drawn.count("url(") == drawn.count("url(#")


def test_persian_is_drawn_with_the_bundled_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    import resvg_py

    asked: list[bool] = []
    draw = resvg_py.svg_to_bytes

    def spied(**words: object) -> bytes:
        asked.append(words["skip_system_fonts"] is True)
        return draw(**words)  # type: ignore[arg-type]

    monkeypatch.setattr(resvg_py, "svg_to_bytes", spied)
    blank, persian = plain(title=" ").png(), plain(title="نوبت: ۷ لایه").png()
    assert blank != persian
    plain(title="夜").png()
    assert asked == [True, True, False]


@pytest.mark.parametrize("name", ["chart.svg", "chart.PNG", "chart.html"])
def test_a_chart_is_saved_as_its_name_ends(found: Comparison, tmp_path: Path, name: str) -> None:
    chart = found.plot()
    path = chart.save(tmp_path / name)
    content = path.read_bytes()
    kind = path.suffix.lower()
    expected = {".svg": chart.svg, ".html": chart.html}
    assert content == (chart.png() if kind == ".png" else expected[kind]().encode())


@pytest.mark.parametrize("name", ["chart.pdf", "chart", "png"])
def test_another_ending_is_refused(found: Comparison, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"kept as \.html, \.svg or \.png, by the end of its name"):
        found.plot().save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written(found: Comparison, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        found.plot().save(tmp_path / "nowhere" / "chart.svg")


def test_the_letters_come_with_their_licence() -> None:
    folder = files("nobat.show") / "static" / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert "Saber Rastikerdar" in (folder / "AUTHORS").read_text(encoding="utf-8")
    for name in picture._FONT_FILES:
        assert (folder / name).is_file()
