"""From bytes to plain data: encodings, YAML, limits; one clear error each."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml

from nobat.scenario import ScenarioError, load, parse_setting, shipped, starter
from nobat.scenario.events import MOST_NODES, scalar
from nobat.scenario.reading import MOST_BYTES, read_document
from tests.scenario.given import TEXT, complaint, complaints, line_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "FILE: is empty: `nobat new FILE` writes a starter"),
        (b"# only words\n", "FILE: is empty: `nobat new FILE` writes a starter"),
        (b"- a\n- b\n", "FILE (line 1): holds no mapping"),
        (b"just words", "FILE (line 1): holds no mapping"),
        (TEXT.encode("utf-16"), "FILE: is UTF-16 or UTF-32: save it as UTF-8"),
        (TEXT.encode("utf-16-le"), "FILE (line 1): holds the control character 0x00: remove it"),
        (b"a: 1\nb: caf\xe9\n", "FILE (line 2): is not UTF-8: byte 0xe9 at position 11"),
        (b"a: \xed\xa0\x80", "FILE (line 1): is not UTF-8: byte 0xed at position 3"),
        (b"a: x\0", "FILE (line 1): holds the control character 0x00: remove it"),
        (b"a:\n\tb: 1\n", "FILE (line 2): a tab stands where spaces must"),
        (b"a: 1\n  b: 2\n", "FILE (line 2): a `:` where none can be: check the indentation"),
        (b"a:\n    b: 1\n  c: 2\n", "FILE (line 3): the indentation does not match"),
        (b"a: 1\nb: 'x\nc: 1\n", "FILE (line 2): a quote that starts here is never closed"),
        (b"a: 1\nb: [1, 2\nc: 1\n", "FILE (line 2): a bracket that opens here lacks a comma"),
        (b"a: @x\n", "FILE (line 1): text cannot start with @: put it in quotes"),
        (b"a: 1\n---\nb: 1\n", "FILE (line 2): a second document starts here: one scenario a file"),
        (b"a: 1\nb: !!python/object:os.system {}\n", "FILE (line 2): the tag "),
        (b"a: !own 1\n", "FILE (line 1): the tag '!own' is not read: remove it"),
        (b"a: &a [*a]\n", "FILE (line 1): '*a' has no anchor before it, or stands inside its own"),
        (b'a: "\\ud800"\n', "FILE (line 1): holds half of a character (a lone surrogate)"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(tmp_path: Path, text: bytes, words: str) -> None:
    assert complaint(tmp_path / "x.yaml", text).startswith(words)


def test_a_byte_order_mark_and_the_marks_of_a_document_do_no_harm(tmp_path: Path) -> None:
    for text in (b"\xef\xbb\xbf" + TEXT.encode(), f"%YAML 1.2\n---\n{TEXT}...\n".encode()):
        path = tmp_path / "x.yaml"
        path.write_bytes(text)
        assert load(path).name == "full"


def test_doubled_keys_and_keys_that_are_no_text_are_reported_with_the_rest(tmp_path: Path) -> None:
    text = TEXT + "run: {seed: 3}\n7: x\n? [a]\n: y\n"
    text = text.replace("frontage: 900", "frontage: -1")
    last = text.count("\n")
    line = line_of("frontage: 900")
    assert complaints(tmp_path / "x.yaml", text) == [
        f"contact.frontage (line {line}): -1 is not allowed here: above 0 persons",
        f"run (line {last - 3}): stands here again (first on line {last - 4}): remove one",
        f"[7] (line {last - 2}): a key that is not text: put it in quotes",
        f"[a list] (line {last - 1}): a key that is not text: put it in quotes",
    ]


def laughs() -> str:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{k}: &{k} [{', '.join(['*' + chr(ord(k) - 1)] * 9)}]" for k in "bcdefghijk"]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (laughs(), f"more than {MOST_NODES:,} values, aliases written out"),
        ("- " * 400_000, "nested deeper than 40 levels"),
        ("[" * 900_000, "nested deeper than 40 levels"),
        ("{a: " * 200_000, "nested deeper than 40 levels"),
        (
            "a0: &a0 [1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 3000)),
            "nested deeper than 40 levels",
        ),
        ("- 1\n" * 200_000, f"more than {MOST_NODES:,} values"),
        ("1: x\n" * 100_000, "too many such problems: mend these first"),
    ],
)
def test_bombs_are_stopped_while_they_are_small(tmp_path: Path, text: str, words: str) -> None:
    assert words in complaints(tmp_path / "x.yaml", text)[-1]


def test_aliases_are_read_where_they_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        TEXT.replace("core: {garrison: 80}", "core: &core {garrison: 80}").replace(
            "core: {garrison: 60}", "core: *core"
        )
    )
    core = load(path).places["south"].core
    assert core is not None
    assert core.garrison.value == 80


def test_a_file_of_100_mb_answers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(ScenarioError) as caught:
        load(path)
    words = f"{path}: has 100,000,000 bytes: a scenario file has {MOST_BYTES:,} at most"
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("on", "on"),
        ("12", 12),
        ("-012", -12),
        ("0x1F", 31),
        ("0o17", 15),
        ("1.", 1.0),
        (".5e-3", 0.0005),
        ("1e3", 1000.0),
        ("10_000", "10_000"),
        ("1,000", "1,000"),
        (".inf", math.inf),
        ("-.Inf", -math.inf),
        ("9" * 5000, math.inf),
        ("2017-11-08", "2017-11-08"),
        ("1:30", "1:30"),
        (".", "."),
    ],
)
def test_plain_words_follow_the_core_schema(word: str, value: object) -> None:
    assert scalar(word) == value
    assert type(scalar(word)) is type(value)
    assert math.isnan(scalar(".NaN"))


@pytest.mark.parametrize("name", [*shipped(), *shipped("crews")])
def test_without_libyaml_the_same_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = starter(name, from_scenario=name).encode()
    fast = read_document(raw, name)
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert read_document(raw, name) == fast


def test_every_part_has_its_line() -> None:
    document = read_document(b"a: 1\nb:\n  - c: 2\n\n    d:\n      e\n", "x")
    assert document.lines == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "c"): 3,
        ("b", 0, "d"): 5,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("contact.frontage=1500", ("contact.frontage", 1500)),
        (" a = 0.5 ", ("a", 0.5)),
        ("a=", ("a", None)),
        ("a=[1, {b: x}]", ("a", [1, {"b": "x"}])),
        ("a.rules[0].when=day >= 3", ("a.rules[0].when", "day >= 3")),
        ("a='3'", ("a", "3")),
    ],
)
def test_settings_are_a_path_and_a_yaml_value(text: str, expected: tuple[str, object]) -> None:
    assert parse_setting(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("contact.frontage", "--set contact.frontage: write --set PATH=VALUE, for instance"),
        ("=3", "--set =3: write --set PATH=VALUE"),
        ("a=[1", "--set a: a bracket that opens here lacks a comma or its end"),
        ("a=!!x 3", "--set a: the tag"),
        ("a={b: 1, b: 2}", "--set a: stands here again"),
    ],
)
def test_bad_settings_name_the_path(text: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_setting(text)
    assert str(caught.value).startswith(words)
