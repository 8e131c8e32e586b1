"""The strict YAML of the bank: what it reads, and what it refuses with a line."""

from __future__ import annotations

import pytest

from question_bank.strict_yaml import BrokenYaml, parse

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "off", "y", "NO", "True", "FALSE", "~", "Null", "2026-11-23"]
)
def test_what_looks_like_a_boolean_or_a_date_stays_a_text(text: str) -> None:
    assert parse(f"a: {text}") == {"a": text}


@pytest.mark.parametrize("text", ["010", "0x1F", "1_000", "1e3", "12:30", ".5", "+1", ".inf"])
def test_what_only_yaml_reads_as_a_number_stays_a_text(text: str) -> None:
    assert parse(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("null", None), ("12", 12), ("-3", -3), ("1.5", 1.5)],
)
def test_plain_booleans_numbers_and_null_are_read(text: str, value: object) -> None:
    read = parse(f"a: {text}")
    assert read == {"a": value}
    assert isinstance(read, dict)
    assert type(read["a"]) is type(value)


def test_a_quoted_number_stays_a_text() -> None:
    assert parse('a: "2022"') == {"a": "2022"}


@pytest.mark.parametrize(
    ("text", "line", "fragment"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands here twice"),
        ("a:\n  b: 1\n  b: 2\n", 3, "'b' stands here twice"),
        ("a: [1, 2\n", 2, "did not find"),
        ("1: a\n", 1, "must be a text"),
        ("a: 1\ntrue: 2\n", 2, "must be a text"),
        ("a: !!python/name:os.system\n", 1, "has no place in a bank"),
        ("a: !!set {b}\n", 1, "has no place in a bank"),
        ("a: b\n---\nc: d\n", 2, "another document"),
        ("a: b\x00\n", 1, "cannot be read"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, line: int, fragment: str) -> None:
    with pytest.raises(BrokenYaml) as refusal:
        parse(text)
    assert (refusal.value.line, fragment in str(refusal.value)) == (line, True)
