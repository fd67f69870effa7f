"""What the page does to a text is what `shaped` does."""

from __future__ import annotations

import json
from importlib.resources import files

import quickjs
from hypothesis import given
from hypothesis import strategies as st

from nobat.show.language import LANGUAGES, shaped, speaking
from nobat.show.report.words import for_scripts

_PIECES = (
    "1,234.5%", "[-0.62, 0.71]", "day 60.", "`--set x.y=1,2`", "`", "-12", "+3.5", "4-7", "1e-12",
    "2017-11-20", "\u2066abu-kamal-2017\u2069", "\u2066", "\u2069", "T2 14:00", "\n", " ",
    "a_b.c-d", "روز", "۵", "٪", ".", ",", "-", "±", "0", "12 %", "(3)", "é9", "x1",
)  # fmt: skip
_TEXTS = st.one_of(
    st.lists(st.sampled_from(_PIECES)).map("".join), st.text(alphabet="-+.,%e1 9aر`\n\u2066\u2069")
)


def engine() -> quickjs.Context:
    """An engine that knows the page's way to shape a text, in every language."""
    found = quickjs.Context()
    found.eval((files("nobat.show") / "report" / "static" / "shape.js").read_text("utf-8"))
    digits = {}
    for code in LANGUAGES:
        with speaking(code):
            digits[code] = for_scripts()["digits"]
    found.set("given", json.dumps(digits))
    found.eval("const digits = JSON.parse(given);")
    found.eval("const shape = (code, text) => JSON.stringify(shaping(digits[code])(text));")
    return found


_ENGINE = engine()


@given(_TEXTS)
def test_the_page_shapes_a_text_as_the_rest_does(text: str) -> None:
    for code in LANGUAGES:
        with speaking(code):
            _ENGINE.set("text", text)
            assert json.loads(_ENGINE.eval(f'shape("{code}", text)')) == shaped(text)
