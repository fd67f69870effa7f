"""Fusing reports: cases worked out by hand in fractions, and what must hold for any reports."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.scenario import load
from nobat.scenario.reports import Reports
from nobat.theory import fusion
from nobat.theory.fusion import HIGH, LOW, Item, Span, evidence, fused, weights

probabilities = st.floats(0.001, 0.999)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    low, mid, high = sorted(draw(st.tuples(probabilities, probabilities, probabilities)))
    return Span(low, mid, high)


items = st.builds(Item, st.booleans(), spans(), spans(), st.sampled_from([None, "one", "other"]))
lists = st.lists(items, max_size=12)


def point(yes: bool, r: float, s: float, group: str | None = None) -> Item:
    return Item(yes, Span(r, r, r), Span(s, s, s), group)


def ratio(r: Fraction, s: Fraction) -> Fraction:
    """The likelihood ratio of a yes, worked out from what each kind of source says."""
    half = Fraction(1, 2)
    yes_if_yes = r * s + (1 - r) * half
    yes_if_no = r * (1 - s) + (1 - r) * half
    return yes_if_yes / yes_if_no


def test_one_report_by_hand() -> None:
    # r = 3/5, s = 3/4: yes in 13/20 of the cases where it is so, in 7/20 where it is not.
    assert ratio(Fraction(3, 5), Fraction(3, 4)) == Fraction(13, 7)
    assert evidence(0.6, 0.75, True) == pytest.approx(math.log(13 / 7), rel=1e-14)
    assert fused([point(True, 0.6, 0.75)], 0.5, 0.0) == pytest.approx(13 / 20, rel=1e-14)
    # From 1/5 before: odds 1/4 x 13/7 = 13/28.
    assert fused([point(True, 0.6, 0.75)], 0.2, 0.0) == pytest.approx(13 / 41, rel=1e-14)
    assert fused([point(False, 0.6, 0.75)], 0.2, 0.0) == pytest.approx(7 / 59, rel=1e-14)


def test_conflicting_reports_by_hand() -> None:
    # 13/7 for yes against 9/5 (r = 4/7, s = 3/4) for no: odds 65/63.
    assert ratio(Fraction(4, 7), Fraction(3, 4)) == Fraction(9, 5)
    both = [point(True, 0.6, 0.75), point(False, 4 / 7, 0.75)]
    assert fused(both, 0.5, 0.5) == pytest.approx(65 / 128, rel=1e-14)


def test_reports_that_hang_together_by_hand() -> None:
    # r = 4/5, s = 7/8: 4 to 1. Of two that repeat each other wholly each counts half: 4 to 1 still;
    # independent ones 16 to 1; at rho 1/2 each counts 2/3: 4^(4/3) to 1.
    assert ratio(Fraction(4, 5), Fraction(7, 8)) == 4
    pair = [point(True, 0.8, 0.875, "one")] * 2
    assert fused(pair, 0.5, 1.0) == pytest.approx(4 / 5, rel=1e-14)
    assert fused(pair, 0.5, 0.0) == pytest.approx(16 / 17, rel=1e-14)
    odds = 4 ** (4 / 3)
    assert fused(pair, 0.5, 0.5) == pytest.approx(odds / (1 + odds), rel=1e-14)
    assert weights(["one", None, "one", "other", "one"], 0.5) == [0.5, 1.0, 0.5, 1.0, 0.5]


def test_a_source_that_knows_nothing_and_a_coin_say_nothing() -> None:
    assert evidence(0.5, 0.5, True) == 0.0
    assert evidence(1e-9, 0.99, True) == pytest.approx(0.0, abs=1e-8)
    assert evidence(0.9, 0.1, True) == pytest.approx(-evidence(0.9, 0.9, True), rel=1e-12)


@given(lists, probabilities, st.floats(0.0, 1.0), st.sampled_from([LOW, 1, HIGH]))
def test_yes_for_no_swaps_the_answer(
    reports: list[Item], prior: float, rho: float, end: int
) -> None:
    other = [Item(not one.yes, one.r, one.s, one.group) for one in reports]
    p, q = fused(reports, prior, rho, end), fused(other, 1.0 - prior, rho, end)
    assert p + q == pytest.approx(1.0, abs=1e-12)


@given(lists, probabilities, st.floats(0.0, 1.0), st.randoms(use_true_random=False))
def test_the_order_is_no_matter(
    reports: list[Item], prior: float, rho: float, luck: object
) -> None:
    mixed = list(reports)
    luck.shuffle(mixed)  # type: ignore[attr-defined]
    assert fused(mixed, prior, rho) == fused(reports, prior, rho)


@given(items, st.integers(1, 3000), st.floats(0.0, 1.0), st.floats(1e-9, 1 - 1e-9))
def test_never_0_or_1_however_many_agree(one: Item, copies: int, rho: float, prior: float) -> None:
    alone = Item(one.yes, one.r, one.s)
    for end in (LOW, 1, HIGH):
        for many in ([one] * copies, [alone] * copies):
            assert 0.0 < fused(many, prior, rho, end) < 1.0


@given(items, st.integers(2, 50), st.floats(0.0, 1.0))
def test_copies_are_worth_what_the_group_says(one: Item, n: int, rho: float) -> None:
    copies = [Item(one.yes, one.r, one.s, "same")] * n
    found = fusion.log_odds(copies, 0.5, rho)
    alone = evidence(one.r.mid, one.s.mid, one.yes)
    assert found == pytest.approx(alone * n / (1 + (n - 1) * rho), rel=1e-12, abs=1e-12)
    assert abs(found) <= abs(alone) * (n if rho == 0 else min(n, 1 / rho)) * (1 + 1e-12)


@given(probabilities, probabilities, probabilities)
def test_a_better_source_weighs_more(r: float, better: float, s: float) -> None:
    low, high = sorted((r, better))
    assert abs(evidence(low, s, True)) <= abs(evidence(high, s, True)) + 1e-12


def test_the_law_of_total_probability() -> None:
    # The mean of the answer over what a source may say is the prior: nothing comes from nowhere.
    prior, r, s = 0.3, 0.7, 0.8
    says_yes = prior * (r * s + (1 - r) / 2) + (1 - prior) * (r * (1 - s) + (1 - r) / 2)
    after = {yes: fused([point(yes, r, s)], prior, 0.0) for yes in (True, False)}
    assert says_yes * after[True] + (1 - says_yes) * after[False] == pytest.approx(prior)


@pytest.mark.parametrize(
    ("p", "word"),
    [(1e-9, "almost no chance"), (0.05, "almost no chance"), (0.1, "very unlikely"),
     (0.3, "unlikely"), (0.5, "roughly even"), (0.55, "roughly even"), (0.56, "likely"),
     (0.9, "very likely"), (0.96, "almost certain"), (1 - 1e-16, "almost certain")],
)  # fmt: skip
def test_words(p: float, word: str) -> None:
    assert fusion.word(p) == word


def given_reports(**changes: object) -> Reports:
    told = {
        "a": {"who": "A", "says": "yes", "grade": "B2", "group": "pair"},
        "b": {"who": "B", "says": "yes", "grade": "C3", "group": "pair", "day": 4},
        "c": {"who": "C", "says": "no", "grade": "D1", "day": 2},
    }
    return Reports.model_validate({"prior": 0.4, "rho": 0.5, "told": told, **changes})


def test_each_report_is_left_out_in_turn() -> None:
    reports = given_reports()
    found = fusion.fuse(reports)
    total = fusion.logit(0.4) + sum(one.evidence_db for one in found.reports) / fusion.DECIBANS
    assert found.log_odds == pytest.approx(total)
    assert [one.weight for one in found.reports] == [pytest.approx(2 / 3)] * 2 + [1.0]
    for one in found.reports:
        told = {name: each for name, each in reports.told.items() if name != one.id}
        assert one.without == fusion.fuse(reports.model_copy(update={"told": told})).p


def test_what_is_known_day_by_day() -> None:
    reports = given_reports()
    days = fusion.by_day(reports)
    assert [day for day, _ in days] == [0.0, 2.0, 4.0]
    first = given_reports(told={"a": {"who": "A", "says": "yes", "grade": "B2"}})
    assert days[0][1] == fusion.fuse(first).p  # alone it has its whole weight
    assert days[-1][1] == fusion.fuse(reports).p
    [(day, p)] = fusion.by_day(given_reports(told={}))
    assert day == 0.0
    assert p == pytest.approx(0.4)


def test_other_priors_and_rho() -> None:
    reports = given_reports()
    assert fusion.fuse(reports, prior=0.9).p > fusion.fuse(reports).p
    assert fusion.fuse(reports, rho=0.0).p == fusion.fuse(given_reports(rho=0.0)).p


def test_no_reports_leave_the_prior() -> None:
    found = fusion.fuse(given_reports(told={}))
    assert [found.p, found.at_low, found.at_high] == pytest.approx([0.4] * 3)
    assert "0 reports" in str(found)


def test_the_shipped_reports() -> None:
    reports = load("abu-kamal-2017").reports
    assert reports is not None
    found = fusion.fuse(reports)

    # 2/3 of each linked report; r and s are the middles of the ranges of their grades.
    def each(r: Fraction, s: Fraction) -> float:
        return math.log(ratio(r, s))

    c, d, f = Fraction(3, 5), Fraction(7, 20), Fraction(1, 2)
    possibly, probably = Fraction(11, 20), Fraction(3, 4)
    by_hand = each(c, probably) + 2 / 3 * (
        each(d, possibly) + each(f, possibly) - each(c, possibly) - each(d, possibly)
    )
    assert found.log_odds == pytest.approx(by_hand, rel=1e-12)
    assert found.word == "likely"
    assert "recording it would be 49.7 %" in str(found)


@given(lists, probabilities, st.floats(0.0, 1.0), st.randoms(use_true_random=False))
def test_nothing_within_the_grades_ranges_leads_beyond_the_bounds(
    reports: list[Item], prior: float, rho: float, luck: object
) -> None:
    low, high = fusion.bounds(reports, prior, rho)

    def somewhere(span: Span) -> Span:
        p = luck.uniform(span.low, span.high)  # type: ignore[attr-defined]
        return Span(p, p, p)

    chosen = [replace(one, r=somewhere(one.r), s=somewhere(one.s)) for one in reports]
    found = [fused(reports, prior, rho, end) for end in (LOW, 1, HIGH)]
    for p in (*found, fused(chosen, prior, rho)):
        assert low - 1e-12 <= p <= high + 1e-12


def test_a_better_grade_can_make_the_answer_lower_at_both_ends() -> None:
    # A no of F6, whose range is 0.05 to 0.95, against a yes of A1.
    no = Item(False, Span(0.05, 0.5, 0.95), Span(0.05, 0.5, 0.95))
    yes = Item(True, Span(0.85, 0.91, 0.97), Span(0.9, 0.94, 0.98))
    low, mid, high = (fused([no, yes], 0.5, 0.5, end) for end in (LOW, 1, HIGH))
    assert max(low, high) < mid
    least, most = fusion.bounds([no, yes], 0.5, 0.5)
    assert least < min(low, high)
    assert mid < most
