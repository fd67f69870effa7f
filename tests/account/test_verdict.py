"""The words have fixed meanings, and no model outvotes a source."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.account.verdict import (
    OPEN,
    RATHER_REJECTED,
    RATHER_SUPPORTED,
    REJECTED,
    SUPPORTED,
    TOO_FEW,
    UNTESTABLE,
    WORDS,
    share_of,
    wilson,
    with_sources,
    word_of,
)
from nobat.study import estimates

NONE = np.zeros(100)


@pytest.mark.parametrize(
    ("holds", "word"),
    [
        (100, SUPPORTED), (94, RATHER_SUPPORTED), (80, RATHER_SUPPORTED), (70, OPEN), (50, OPEN),
        (30, OPEN), (20, RATHER_REJECTED), (6, RATHER_REJECTED), (0, REJECTED),
    ],
)  # fmt: skip
def test_words_by_share_of_a_hundred(holds: int, word: str) -> None:
    found = np.array([1.0] * holds + [0.0] * (100 - holds))
    assert word_of(share_of(found, NONE)) == word


def test_few_settings_give_no_strong_word() -> None:
    assert word_of(share_of(np.ones(8), np.ones(8))) == RATHER_SUPPORTED
    assert word_of(share_of(np.ones(4), np.ones(4))) == OPEN
    assert word_of(share_of(np.full(8, np.nan), np.zeros(8))) == UNTESTABLE


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_is_that_of_the_estimates(successes: int, more: int) -> None:
    n = successes + more
    known = estimates.share(successes, n)
    low, high = wilson(successes / n, n)
    assert low == pytest.approx(known.low)
    assert high == pytest.approx(known.high)


def test_counts() -> None:
    found = np.array([1, 1, 0.5, 0, np.nan])
    share = share_of(found, np.array([1, 0, 0, 1, 0.0]))
    assert (share.holds, share.level, share.fails, share.silent) == (2, 1, 1, 1)
    assert (share.holds_beyond_noise, share.fails_beyond_noise) == (1, 1)
    assert share.share == 2.5 / 4
    assert (share.settings, share.worth) == (4, 4.0)


def test_weights() -> None:
    found = np.array([1.0, 0.0, 0.0])
    share = share_of(found, np.zeros(3), np.array([2.0, 1.0, 0.0]))
    assert share.share == pytest.approx(2 / 3)
    assert share.settings == 2
    assert share.worth == pytest.approx(9 / 5)


@pytest.mark.parametrize("word", WORDS)
def test_sources_move_a_word_to_open_only(word: str) -> None:
    assert with_sources(word, "neither") == word
    assert with_sources(word, "both") == OPEN
    for side, kept in (
        ("for", {SUPPORTED, RATHER_SUPPORTED}),
        ("against", {REJECTED, RATHER_REJECTED}),
    ):
        assert with_sources(word, side) == (word if word in kept else OPEN)


def test_words_that_are_no_verdict_stay() -> None:
    assert with_sources(UNTESTABLE, "against") == UNTESTABLE
    assert with_sources(TOO_FEW, "for") == TOO_FEW
