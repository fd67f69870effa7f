"""What an audit says so that nobody takes a figure for more than it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nobat.account.audit import audit
from nobat.account.audited import Audit, Decider
from nobat.account.deciding import Index
from nobat.account.likeness import Left, Likeness, WayLikeness
from nobat.account.verdict import Share, share_of
from nobat.show.audit_deciders import decider_text
from nobat.show.audit_record import given_text, untold
from nobat.show.audit_words import notes, verdict_text, verdict_word
from tests.account.told import told


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    path = tmp_path_factory.mktemp("audit") / "a"
    return audit(told(), settings=64, replications=10, given_record=True, out=path)


def test_what_a_test_asks_is_said(found: Audit) -> None:
    page = " ".join(str(found.table()).split())
    assert page.count("Whether it was done only sources can say.") == 3
    assert page.count("Whether it was so only sources can say.") == 1
    answers = {one["id"]: one for one in found.to_json()["claims"]}
    assert answers["true"]["asks"].startswith("This asks what would have come of it.")
    assert answers["unasked"]["asks"] == ""


def share(holds: int, level: int, fails: int) -> Share:
    """A share of so many settings."""
    each = np.array([1.0] * holds + [0.5] * level + [0.0] * fails)
    return share_of(each, np.ones(each.size))


BUILT = "whatever the numbers: that comes of how the model is built, and is no evidence."


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (share(60, 4, 0), f"No setting makes it fail, {BUILT}"),
        (share(0, 4, 60), f"No setting makes it hold, {BUILT}"),
        (share(60, 3, 1), None),
        (share(0, 64, 0), None),
        (share(8, 0, 0), None),
    ],
)
def test_what_hangs_on_no_number_is_structure(found: Audit, one: Share, said: str | None) -> None:
    answer = replace(found["true"], share=one, model="open", verdict="open")
    text = verdict_text(answer)
    assert verdict_word(answer) == ("open †" if said else "open")
    assert ("† No setting" in " ".join(notes(replace(found, answers=(answer,))))) is bool(said)
    assert ("how the model is built" in text) is (said is not None)
    assert said is None or said in text


def test_a_word_that_sources_hold_is_marked(found: Audit) -> None:
    held = replace(found["true"], model="supported", verdict="open", share=share(40, 0, 24))
    marked = replace(found, answers=(held, *found.answers[1:]))
    assert marked.table().rows()[0][1] == "open *"
    assert "* By the settings alone it would be another word" in " ".join(notes(marked))
    assert "* By" not in " ".join(notes(found))


def test_the_share_of_a_claim_says_of_how_many(found: Audit) -> None:
    one = found["true"].share
    assert one is not None
    assert found.table().rows()[0][-1].endswith(f"] of {one.settings}")


def decider(alone: float, together: float) -> str:
    """What is said of how much a quantity makes."""
    return decider_text(
        Decider(
            path="contact.frontage", unit="m", low=1.0, high=2.0, basis="assumed",
            first=Index(alone, alone - 0.1, alone + 0.1),
            total=Index(together, together - 0.2, together + 0.2),
            share_low=None, share_high=None, flips=(), along=(),
        ),
        strongest=False,
    )  # fmt: skip


def test_a_total_below_the_first_order_is_explained() -> None:
    """Both are estimates; the second is from fewer settings, and may fall below the first."""
    words = "By itself it makes 30 % [20, 40] of how the settings differ, and 50 % [30, 70] "
    assert words in decider(0.3, 0.5)
    words = "it cannot be less; the estimate of that, from fewer settings, is 60 % [40, 80]."
    assert words in decider(0.8, 0.6)


def test_given_the_record_it_is_said_how_it_is_counted(found: Audit) -> None:
    given = found["hanging"].given
    assert given is not None
    one = given.by[0]
    share = one.share
    assert one.replications >= share.settings >= share.worth > 0
    words = (
        f"(of {share.settings} settings with {one.replications} such replications, worth "
        f"{share.worth:.1f} equal ones; it holds in {share.holds}, fails in {share.fails}, is "
        f"level in {share.level})"
    )
    assert words in given_text(given)


LIKE = Likeness((), (), 512, 4096, 1, 20, None, None)


@pytest.mark.parametrize(
    ("counts", "of", "said"),
    [
        ((0, 0), 4096, "So none of the 4,096 replications of each way tells the course"),
        ((3, 0), 4096, "So hardly any of the 4,096 replications of each way tell the course"),
        ((9, 0), 4096, None),
        ((0, 0), 640, None),
    ],
)
def test_a_course_that_the_model_does_not_tell(
    counts: tuple[int, int], of: int, said: str | None
) -> None:
    ways = tuple(
        WayLikeness(name, "", "", (), (Left(1, n, n, float(n), None),))
        for name, n in zip(("a", "b"), counts, strict=True)
    )
    text = " ".join(untold(replace(LIKE, ways=ways, replications=of)))
    assert text.startswith(said) if said else text == ""
    assert said is None or "against the model as it is, not against the record." in text
