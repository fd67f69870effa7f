"""The letters that pages carry: those of Vazirmatn that Persian and English need, made small.

    python -m pip install fonttools brotli && python docs/letters.py

Reads the whole fonts in src/nobat/show/static/fonts and writes a `.woff2` beside each of them.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).parent.parent / "src" / "nobat" / "show" / "static" / "fonts"
#: ASCII and the signs of English and Persian print; the letters, marks and digits of Persian and
#: Arabic; joiners and isolates; dashes, quotes, arrows, signs of comparison.
LETTERS = (
    "U+0020-007E,U+00A0,U+00AB,U+00B0,U+00B1,U+00B7,U+00BB,U+00D7,U+060C,U+061B,U+061F,"
    "U+0621-063A,U+0640-0656,U+066A-066C,U+0670,U+067E,U+0686,U+0698,U+06A9,U+06AF,U+06C0,U+06CC,"
    "U+06D5,U+06F0-06F9,U+200B-200F,U+2010-2015,U+2018-201E,U+2026,U+2030,U+2066-2069,"
    "U+2190-2193,U+2195,U+2212,U+2264,U+2265"
)

for whole in sorted(FONTS.glob("*.ttf")):
    small = whole.with_suffix(".woff2")
    subset.main(
        [
            str(whole),
            f"--unicodes={LETTERS}",
            "--flavor=woff2",
            "--layout-features=*",
            f"--output-file={small}",
        ]
    )
    print(f"{small.name}: {small.stat().st_size:,} bytes")
