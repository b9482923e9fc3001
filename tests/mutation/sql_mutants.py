"""Mutants of a SQL text: a comparison flipped, a predicate dropped, AND for OR, a join changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot import exp, parse_one

FLIPPED: dict[type[exp.Expression], type[exp.Expression]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}
MUTATED = (*FLIPPED, exp.And, exp.Or, exp.Where, exp.Having, exp.Join)


def sql_mutants(text: str) -> list[str]:
    """Return what can be done to a SELECT or a condition, in the order of its tree; the same at two places is numbered."""
    found: list[str] = []
    seen: dict[str, int] = {}
    for what, _ in _changes(parse_one(text, read="duckdb")):
        seen[what] = seen.get(what, 0) + 1
        found.append(what if seen[what] == 1 else f"{what} #{seen[what]}")
    return found


def sql_mutant(text: str, place: int) -> str:
    """Return `text` after the change at `place` of `sql_mutants`."""
    holder = exp.Paren(this=parse_one(text, read="duckdb"))
    list(_changes(holder.this))[place][1]()
    return _written(holder.this) if holder.this else ""


def written_again(text: str) -> str:
    """Return `text` read and written without a change, so that only the fault of a mutant can make a difference."""
    return _written(parse_one(text, read="duckdb"))


def _written(tree: exp.Expression) -> str:
    return tree.sql(dialect="duckdb", comments=False)


def _changes(tree: exp.Expression) -> Iterator[tuple[str, Callable[[], object]]]:
    for node in tree.find_all(*MUTATED):
        if type(node) in FLIPPED:
            flipped = FLIPPED[type(node)](this=node.this.copy(), expression=node.expression.copy())
            yield f"{_short(node)} → {_short(flipped)}", _replacing(node, flipped)
        elif isinstance(node, exp.And):
            yield (
                f"OR for AND: {_short(node)}",
                _replacing(node, exp.Paren(this=exp.Or(this=node.this.copy(), expression=node.expression.copy()))),
            )
            for dropped, kept in ((node.this, node.expression), (node.expression, node.this)):
                if not isinstance(dropped, exp.And):
                    yield f"dropped: {_short(dropped)}", _replacing(node, kept.copy())
        elif isinstance(node, exp.Or):
            yield f"AND for OR: {_short(node)}", _replacing(node, exp.And(this=node.this.copy(), expression=node.expression.copy()))
        elif isinstance(node, (exp.Where, exp.Having)):
            if not isinstance(node.this, exp.And):
                yield f"dropped: {_short(node)}", node.pop
        elif node.args.get("on") is not None and node.side in ("", "LEFT"):
            side = "" if node.side == "LEFT" else "LEFT"
            yield f"{side or 'INNER'}: {_short(node)}", _joining(node, side)


def _replacing(node: exp.Expression, other: exp.Expression) -> Callable[[], object]:
    return lambda: node.replace(other)


def _joining(node: exp.Expression, side: str) -> Callable[[], object]:
    """Return what joins from the left, or only what meets: an INNER that were left standing beside LEFT would be no SQL."""

    def change() -> None:
        node.set("side", side)
        node.set("kind", "")

    return change


def _short(node: exp.Expression) -> str:
    shown = _written(node)
    return shown if len(shown) <= 110 else f"{shown[:70]} … {shown[-37:]}"
