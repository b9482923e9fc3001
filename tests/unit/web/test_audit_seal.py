"""How a record becomes one line and how its seal is reckoned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from maisui.web.audit.chain import FIRST_HASH, SEALED, canonical_json, one_line, seal

RECORD = dict.fromkeys(SEALED, "x") | {"sequence": 1, "at": datetime(2026, 10, 31, 1, 2, 3, 4, UTC), "previous_hash": FIRST_HASH}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三", "张三"),
        ("a\nb", "a\\u000ab"),
        ("a\r\n2 forged", "a\\u000d\\u000a2 forged"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\u202eevil", "\\u202eevil"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\u2028line", "\\u2028line"),
    ],
)
def test_names_cannot_forge_a_line(text, expected):
    assert one_line(text, 100) == expected


def test_a_long_text_is_cut():
    assert one_line("x" * 300, 10) == "x" * 9 + "…"


def test_the_same_moment_has_one_seal_in_every_zone():
    china = RECORD["at"].astimezone(timezone(timedelta(hours=8)))
    assert seal(RECORD) == seal(RECORD | {"at": china}) == seal(RECORD | {"at": RECORD["at"].replace(tzinfo=None)})


@pytest.mark.parametrize("name", SEALED)
def test_every_field_is_sealed(name):
    other = datetime(2026, 10, 31, 1, 2, 3, 5, UTC) if name == "at" else 2 if name == "sequence" else "y"
    assert seal(RECORD | {name: other}) != seal(RECORD)


def test_a_letter_moved_from_one_field_to_the_next_changes_the_seal():
    assert seal(RECORD | {"actor_username": "ab", "actor_name": "c"}) != seal(RECORD | {"actor_username": "a", "actor_name": "bc"})


def test_json_has_one_spelling():
    assert canonical_json({"b": 1, "a": [None, "张"]}) == canonical_json({"a": [None, "张"], "b": 1}) == '{"a":[null,"\\u5f20"],"b":1}'
