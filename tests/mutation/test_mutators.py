"""What mutants are made of a text, and that each differs from it in one thing."""

from __future__ import annotations

import ast

import pytest
from mutation.python_mutants import python_mutant, python_mutants
from mutation.sql_mutants import sql_mutant, sql_mutants, written_again
from mutation.verdicts import Account, Verdict, drawn

PROGRAM = """
KINDS = {"a": 1, "b": 2}
@guarded
def share(part, whole):
    if part is None or whole == 0:
        raise ValueError("0 of 0")
    total = [x for x in part if x > 0]
    log(total)
    return rows.filter(kind="a")
"""


def changed(program: str, name: str) -> set[str]:
    """Return the lines of `program` that its mutant `name` has and it has not."""
    (place,) = [mutant.place for mutant in python_mutants(program) if mutant.name == name]
    return set(ast.unparse(python_mutant(program, place)).split("\n")) - set(ast.unparse(ast.parse(program)).split("\n"))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("module: 1 → 2", "KINDS = {'a': 2, 'b': 2}"),
        ("module: dropped entry 'b'", "KINDS = {'a': 1}"),
        ("share: not part is None or whole == 0", "    if not (part is None or whole == 0):"),
        ("share: part is None or whole == 0 → part is None and whole == 0", "    if part is None and whole == 0:"),
        ("share: part is None → part is not None", "    if part is not None or whole == 0:"),
        ("share: whole == 0 → whole != 0", "    if part is None or whole != 0:"),
        ("share: dropped raise ValueError('0 of 0')", "        pass"),
        ("share: dropped if x > 0", "    total = [x for x in part]"),
        ("share: x > 0 → x >= 0", "    total = [x for x in part if x >= 0]"),
        ("share: dropped log(total)", "    pass"),
        ("share: return rows.filter(kind='a') → return None", "    return None"),
        ("share: dropped kind='a' of rows.filter", "    return rows.filter()"),
    ],
)
def test_a_mutant_of_a_program_differs_in_one_line(name: str, line: str) -> None:
    assert changed(PROGRAM, name) == {line}


def test_a_decorator_is_taken_off() -> None:
    (mutant,) = [mutant for mutant in python_mutants(PROGRAM) if "@guarded" in mutant.name]
    assert "@guarded" not in ast.unparse(python_mutant(PROGRAM, mutant.place))


def test_the_words_of_an_error_are_no_mutants() -> None:
    """Twelve changes above, 2 → 3, both zeros of conditions, the first entry of the two kinds, and the decorator."""
    assert len(python_mutants(PROGRAM)) == 12 + 1 + 2 + 1 + 1


SELECT = "SELECT a.x FROM a LEFT JOIN b ON a.k = b.k WHERE a.y > 1 AND a.z = 2"


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a.k = b.k → a.k <> b.k", "SELECT a.x FROM a LEFT JOIN b ON a.k <> b.k WHERE a.y > 1 AND a.z = 2"),
        ("a.y > 1 → a.y >= 1", "SELECT a.x FROM a LEFT JOIN b ON a.k = b.k WHERE a.y >= 1 AND a.z = 2"),
        ("a.z = 2 → a.z <> 2", "SELECT a.x FROM a LEFT JOIN b ON a.k = b.k WHERE a.y > 1 AND a.z <> 2"),
        ("dropped: a.y > 1", "SELECT a.x FROM a LEFT JOIN b ON a.k = b.k WHERE a.z = 2"),
        ("dropped: a.z = 2", "SELECT a.x FROM a LEFT JOIN b ON a.k = b.k WHERE a.y > 1"),
        ("OR for AND: a.y > 1 AND a.z = 2", "SELECT a.x FROM a LEFT JOIN b ON a.k = b.k WHERE (a.y > 1 OR a.z = 2)"),
        ("INNER: LEFT JOIN b ON a.k = b.k", "SELECT a.x FROM a JOIN b ON a.k = b.k WHERE a.y > 1 AND a.z = 2"),
    ],
)
def test_a_mutant_of_a_query_differs_in_one_place(what: str, text: str) -> None:
    found = sql_mutants(SELECT)
    assert len(found) == 7
    assert sql_mutant(SELECT, found.index(what)) == text


def test_a_join_that_says_inner_becomes_one_from_the_left() -> None:
    query = "SELECT a.x FROM a INNER JOIN b ON a.k = b.k"
    assert sql_mutant(query, sql_mutants(query).index("LEFT: INNER JOIN b ON a.k = b.k")) == "SELECT a.x FROM a LEFT JOIN b ON a.k = b.k"


def test_a_condition_without_its_predicate_is_none_and_parameters_stay() -> None:
    assert sql_mutants("x = $days") == ["x = $days → x <> $days"]
    assert written_again("x  =  $days") == "x = $days"
    query = "SELECT x FROM a WHERE x < $reporting_date"
    assert sql_mutant(query, sql_mutants(query).index("dropped: WHERE x < $reporting_date")) == "SELECT x FROM a"


def test_the_draw_is_the_same_every_time_and_one_name_moves_no_other() -> None:
    names = [f"mutant {number}" for number in range(50)]
    chosen = drawn(names, 10)
    assert chosen == drawn(reversed(names), 10)
    assert len(set(chosen)) == 10
    without = drawn([name for name in names if name != chosen[0]], 10)
    assert without[:9] == chosen[1:]


def test_an_account_counts_the_living_against_the_killed() -> None:
    account = Account("no area", (Verdict("a", "test_x"), Verdict("b", ""), Verdict("c", "test_y"), Verdict("d", "test_z")))
    assert account.share == 0.75
    assert account.living == ["b"]
    assert str(account) == "no area: 3 of 4 killed, 0 equivalent, 1 living (75.0%)\n  b"
