"""The report in a real browser: it opens alone, replays, sorts, saves, turns dark, prints."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import nobat
from nobat.show.language import shaped, speaking
from nobat.show.tables import COLUMNS
from nobat.study.comparison import Comparison
from tests.browser.conftest import SHOTS, Opener

pytestmark = pytest.mark.slow

SIZES = (390, 1440)
#: A report to hand out has no more pages than this.
_MOST_PAGES = 20
THEMES = ("light", "dark")
#: What stands behind # in the address to be told in a language.
LANGUAGES = {"en": "", "fa": ";lang=fa"}

#: The contrast of every text with the ground behind it; gives the worst of those below a limit.
_CONTRAST = """
() => {
  const part = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const ground = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const found = rgba(getComputedStyle(it).backgroundColor);
      if (found[3] === 255) return found;
    }
    return [255, 255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    if (element.closest("script, style, svg.drawings")) continue;
    const style = getComputedStyle(element);
    const ink = rgba(element.closest("svg") ? style.fill : style.color);
    const [a, b] = [light(ink), light(ground(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) poor.push([walker.currentNode.textContent.trim().slice(0, 40), contrast]);
  }
  return poor;
}
"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_it_opens_alone_and_without_a_complaint(
    opened: Opener, width: int, theme: str, code: str
) -> None:
    found = opened(width, theme=theme, hash=LANGUAGES[code])
    page = found.page
    page.wait_for_timeout(300)
    assert found.asked == []
    assert found.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    charts = page.locator(".chart svg")
    assert charts.count() == page.locator(".chart").count() > 10
    SHOTS.mkdir(exist_ok=True)
    assert page.evaluate("document.documentElement.lang") == code
    page.screenshot(path=SHOTS / f"report-{code}-{width}-{theme}.png", full_page=True)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_stands_out_from_its_ground(opened: Opener, theme: str, code: str) -> None:
    page = opened(theme=theme, hash=LANGUAGES[code]).page
    page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    assert page.evaluate(_CONTRAST) == []


def test_what_the_page_shows_is_the_runs_own(opened: Opener, result: Comparison) -> None:
    page = opened().page
    lead = page.locator("#verdict .lead").inner_text()
    assert _seen(result.sentence()).startswith(_seen(lead))
    for one in result.doctrines:
        row = page.locator("#outcomes tbody tr").filter(
            has=page.get_by_role("rowheader", name=one.name, exact=True)
        )
        for place, (_heading, key) in enumerate(COLUMNS):
            cell = row.locator("td").nth(place)
            shown = cell.get_attribute("data-value")
            assert (None if shown is None else float(shown)) == one[key].mean
            low = cell.get_attribute("data-low")
            assert (None if low is None else float(low)) == one[key].low


def test_the_slider_replays(opened: Opener, result: Comparison) -> None:
    page = opened().page
    page.locator("#player-doctrine").select_option("commit-all")
    page.get_by_label("a bad one").check()
    number = int(_numbers(page.locator("#player-why").inner_text())[0])
    replay = nobat.replay(result, "commit-all", number)
    expect(page.locator("#player-sentence")).to_have_text(replay.sentence())
    slider = page.locator("#player-slider")
    slider.focus()
    page.keyboard.press("Home")
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    clock = page.locator("#player-clock").inner_text()
    step = replay.steps.filter(replay.steps["clock"] == clock).row(0, named=True)
    assert slider.get_attribute("aria-valuetext") == clock
    held = page.locator(".layer.attacker").count()
    assert held == step["layers_carried"]
    shown = page.locator("[data-state=attackers]").inner_text().replace(",", "")
    assert int(shown) == step["attacker_present"]
    page.keyboard.press("End")
    assert page.locator(".layer.attacker").count() == replay.outcomes["layers_carried"]
    assert page.locator("#player-log li").count() > 5


def test_it_plays_and_pauses(opened: Opener) -> None:
    page = opened().page
    slider, play = page.locator("#player-slider"), page.locator("#player-play")
    before = int(slider.input_value())
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"Number(document.getElementById('player-slider').value) > {before + 2}")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    after = slider.input_value()
    page.wait_for_timeout(400)
    assert slider.input_value() == after


def test_the_theme_switches_and_is_remembered(opened: Opener) -> None:
    page = opened(theme="light").page
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    button = page.locator("#theme")
    expect(button).to_have_text("Colours: as the system")
    button.click()
    expect(button).to_have_text("Colours: light")
    button.click()
    expect(button).to_have_text("Colours: dark")
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    expect(page.locator("#theme")).to_have_text("Colours: dark")
    assert page.evaluate(ground) == dark


def test_the_language_switches_and_all_stays_where_it_was(
    opened: Opener, result: Comparison
) -> None:
    found = opened()
    page = found.page
    page.locator("#player-doctrine").select_option("commit-all")
    page.get_by_label("a bad one").check()
    slider = page.locator("#player-slider")
    slider.fill("17")
    page.locator("#outcomes th[data-key=attacker_losses] button").click()
    order = page.locator("#outcomes tbody th").all_inner_texts()
    page.locator("#made").scroll_into_view_if_needed()
    page.locator("#by_day").evaluate("(it) => it.scrollIntoView()")
    top = page.locator("#by_day").bounding_box()
    held = page.locator(".layer.attacker").count()
    clock = page.locator("#player-clock").inner_text()
    english = page.locator("#verdict .lead").inner_text()

    # A click by the driver would scroll first: the button sticks to the top.
    page.get_by_role("button", name="فارسی").dispatch_event("click")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "fa", "rtl",
    ]  # fmt: skip
    with speaking("fa"):
        told = shaped(result.sentence())
    assert _seen(told).startswith(_seen(page.locator("#verdict .lead").inner_text()))
    assert slider.input_value() == "17"
    assert page.locator("#player-doctrine").input_value() == "commit-all"
    assert page.locator("input[name=player-kind]:checked").input_value() == "bad"
    assert page.locator(".layer.attacker").count() == held
    assert [_seen(name) for name in page.locator("#outcomes tbody th").all_inner_texts()] == order
    there = page.locator("#by_day").bounding_box()
    assert top is not None
    assert there is not None
    assert abs(there["y"] - top["y"]) < 2
    assert page.evaluate("document.activeElement.lang") == "en"
    assert page.locator(".chart svg").count() == page.locator(".chart").count()

    page.reload()
    assert page.evaluate("document.documentElement.lang") == "fa"
    page.get_by_role("button", name="English").click()
    assert page.locator("#verdict .lead").inner_text() == english
    assert page.evaluate("location.hash") == ""
    assert clock.startswith("day ")
    assert found.asked == found.complaints == []


def test_an_anchor_keeps_the_language(opened: Opener) -> None:
    page = opened(hash="cost;lang=fa").page
    assert page.evaluate("document.documentElement.lang") == "fa"
    expect(page.locator("#cost")).to_be_in_viewport()
    page.locator(".contents a[href='#made']").click()
    page.wait_for_function("location.hash === '#made;lang=fa'")
    expect(page.locator("#made")).to_be_in_viewport()
    page.get_by_role("button", name="English").click()
    assert page.evaluate("location.hash") == "#made"
    expect(page.locator("#made")).to_be_in_viewport()


def test_persian_numbers_and_letters(opened: Opener) -> None:
    page = opened(hash=";lang=fa").page
    assert not any(c.isascii() and c.isdigit() for c in page.locator(".tiles").inner_text())
    axis = page.locator("#by_day .chart svg").text_content() or ""
    assert "۶۰" in axis
    assert "60" not in axis
    assert page.evaluate("document.fonts.check('16px Vazirmatn', 'ب')")
    assert page.evaluate("[...document.fonts].filter((it) => it.status === 'loaded').length") == 2


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_table_is_saved_as_csv(opened: Opener, result: Comparison, code: str) -> None:
    page = opened(hash=LANGUAGES[code]).page
    with page.expect_download() as download:
        page.locator("#outcomes .save").click()
    assert download.value.suggested_filename == "outcomes.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["doctrine"] for row in rows] == [one.name for one in result.doctrines]
    for row in rows:
        for key in ("p_secured", "attacker_losses"):
            estimate = result[row["doctrine"]][key]
            values = [row[key], row[f"{key}_low"], row[f"{key}_high"]]
            assert [float(value) for value in values] == [
                estimate.mean, estimate.low, estimate.high,
            ]  # fmt: skip


def test_a_table_is_sorted_copied_and_narrowed_down(opened: Opener, result: Comparison) -> None:
    page = opened().page
    table = page.locator("#outcomes")
    head = table.locator("th[data-key=attacker_losses]")
    means = {one.name: one["attacker_losses"].mean or 0.0 for one in result.doctrines}
    for direction, expected in (
        ("ascending", sorted(means, key=lambda name: means[name])),
        ("descending", sorted(means, key=lambda name: -means[name])),
    ):
        head.locator("button").click()
        expect(head).to_have_attribute("aria-sort", direction)
        assert table.locator("tbody th").all_inner_texts() == expected
    head.locator("button").click()
    expect(table.locator("[aria-sort]")).to_have_count(0)
    assert table.locator("tbody th").all_inner_texts() == list(means)
    table.locator(".copy").click()
    expect(table.locator(".said")).to_have_text("Copied")
    numbers = page.locator("#numbers")
    numbers.locator("input").fill("the public record")
    shown = numbers.locator("tbody tr:visible").count()
    assert 0 < shown < numbers.locator("tbody tr").count()
    assert numbers.locator(".said").inner_text().startswith(f"{shown} of ")


def test_the_keyboard_alone_reaches_everything(opened: Opener) -> None:
    page = opened().page
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary')]"
        ".filter((it) => it.checkVisibility()).length"
    )
    seen = set()
    for _ in range(2 * wanted):
        page.keyboard.press("Tab")
        mark = page.evaluate(
            "() => { const it = document.activeElement; it.dataset.seen ??= Math.random();"
            " return [it.tagName, it.dataset.seen, it.id]; }"
        )
        if mark[0] == "BODY":
            break
        seen.add(tuple(mark))
    ids = {one[2] for one in seen}
    assert {"theme", "print", "player-doctrine", "player-play", "player-slider"} <= ids
    # One of several radio buttons is reached by the arrow keys.
    assert len(
        {one[1] for one in seen if one[0] in ("A", "BUTTON", "INPUT", "SELECT", "SUMMARY")}
    ) >= (wanted - 1)


def test_the_skip_link_leads_to_the_report(opened: Opener) -> None:
    page = opened().page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_prints_on_a4(opened: Opener, code: str) -> None:
    found = opened(theme="dark", hash=LANGUAGES[code])
    paper = found.page.pdf(prefer_css_page_size=True, print_background=True)
    assert paper.startswith(b"%PDF")
    (SHOTS / f"report-{code}.pdf").write_bytes(paper)
    assert b"/MediaBox [0 0 594" in paper or b"/MediaBox [0 0 595" in paper
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= _MOST_PAGES
    assert found.complaints == []


def test_paper_has_no_controls_and_shows_what_is_folded(opened: Opener) -> None:
    page = opened().page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for name in (
        "button:not(.sort)",
        "select",
        "input",
        ".cursor",
        ".time",
        "#player-state",
        "#map_live",
    ):
        assert page.locator(f".edition {name}:visible").count() == 0, name
    expect(page.locator("#player-chosen")).to_have_text("as-told: a typical campaign")
    assert page.locator("#player-log li").first.is_visible()
    assert page.locator("#sources details").first.get_attribute("open") is not None
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("#sources details").first.get_attribute("open") is None
    assert page.locator("#player-play").is_visible()


@pytest.mark.parametrize("width", [390, 900, 1440])
def test_tiles_fill_their_rows(opened: Opener, width: int) -> None:
    page = opened(width).page
    boxes = page.locator(".tiles").first.evaluate(
        "(it) => [it, ...it.children].map((one) => one.getBoundingClientRect().toJSON())"
    )
    whole, *tiles = boxes
    for top in {tile["top"] for tile in tiles}:
        row = [tile for tile in tiles if tile["top"] == top]
        assert max(tile["right"] for tile in row) >= whole["right"] - 2


def test_the_players_map_has_a_legend(opened: Opener) -> None:
    legend = opened().page.locator("#map_live .map-legend")
    for words in ("under assault", "cut off from the defender's rear", "city", "nobody's"):
        expect(legend.get_by_text(words, exact=True)).to_be_visible()


def test_nothing_runs_over_the_name_of_a_path(opened: Opener) -> None:
    page = opened().page
    # A dotted name is broken at its dots and nowhere else.
    page.locator("#numbers tbody th wbr").first.wait_for(state="attached")
    wide = page.locator("#numbers tbody th").evaluate_all(
        "(all) => all.filter((it) => it.scrollWidth > it.clientWidth + 1).length"
    )
    assert wide == 0


def test_the_map_shows_who_holds_what(opened: Opener, result: Comparison) -> None:
    page = opened().page
    slider = page.locator("#player-slider")
    slider.focus()
    page.keyboard.press("Home")
    assert _holder(page, "abu_kamal") == "defender"
    page.keyboard.press("End")
    number = int(_numbers(page.locator("#player-why").inner_text())[0])
    doctrine = page.locator("#player-doctrine").input_value()
    places = nobat.replay(result, doctrine, number).places
    last = places.filter(places["step"] == places["step"].max())
    for row in last.to_dicts():
        assert _holder(page, row["place"]) == row["holder"]


def _holder(page: Page, place: str) -> str | None:
    """Who holds a place on the player's map."""
    return page.locator(f"#map_live [data-place={place}]").get_attribute("data-holder")


def _numbers(text: str) -> list[str]:
    """The whole numbers of a text."""
    return "".join(c if c.isdigit() else " " for c in text.replace(",", "")).split()


def _seen(text: str) -> str:
    """A text without the marks that say which way it runs, its blanks alike."""
    return " ".join("".join(c for c in text if c not in "\u2066\u2069\u200f").split())
